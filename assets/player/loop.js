// @ts-check
// Loop: a small scene that plays by itself, over and over, with a pause and nothing else.

import { element } from "./dom.js";
import { factorsIn, fitPanels, square, sum, tallest } from "./fit.js";

const LOOP_EDGE = 12; // px left and right, for frames at the edge
const LOOP_CELL = 56; // px, the largest
const LOOP_TITLE = 54; // px a title and its subtitle take above a grid
const LOOP_FOOT = 84; // px the sentence and the pause take below the grids

/** Put the sentence and the pause beside the grids, and leave the other controls away. */
export function raiseLoop(player) {
  player.root.classList.add("looping");
  player.transport.setLoop(true);
  const foot = element("div", { class: "foot" }, player.transport.root, player.caption);
  player.pinBox.remove();
  player.panels[0].left.append(foot);
}

/** @param {import("./message.js").Message} message */
export function fitMessage({ scenes }, loop, width, ratio, room) {
  return loop
    ? fitLoop(scenes[0], { width: width - LOOP_EDGE, height: loop, ratio })
    : fitPanels(scenes, width, ratio, room);
}

/** The largest cells with which a scene fits a width and a height. */
function fitLoop(scene, { width, height, ratio }) {
  const factors = factorsIn(scene);
  const result = scene.grids[scene.layout.result];
  const narrow = width < 620;
  const across = narrow ? width - 56 : 0.56 * width - 64;
  const down = narrow ? 92 : height - LOOP_TITLE - LOOP_FOOT;
  const small = Math.min(LOOP_CELL, across / sum(factors), down / tallest(factors));
  const left = height - LOOP_TITLE - (narrow ? 18 + small * tallest(factors) + LOOP_FOOT : 0);
  const large = Math.min(LOOP_CELL, ((narrow ? 1 : 0.4) * width) / result.cols, left / result.rows);
  const sizes = [];
  for (const grid of factors) sizes[grid.index] = square(small, ratio);
  sizes[scene.layout.result] = square(large, ratio);
  return { layout: narrow ? "narrow" : "wide", sizes: [sizes], widths: [width] };
}

/** Whether any of an element is on the screen: nobody watches the rest. */
export function isInSight(node) {
  const { top, bottom } = node.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
