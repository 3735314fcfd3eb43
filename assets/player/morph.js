// @ts-check
// Morph: between two layers, cells that exist in both slide to their new places, and so does the
// outline of each stamp: a stride pulls them apart, a padding crops them.

import { windowOf } from "./scene.js";
import { MARGIN } from "./seat.js";
import { ease } from "./turn.js";

const LASTS = 150; // ms
const MOST_STAMPS = 100;

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/** What lies where on a player's stage, before it shows another layer. */
export class Morph {
  /** @param {import("./player.js").Player} player */
  constructor(player) {
    this.player = player;
    /** @type {number | undefined} */
    this.begun = undefined;
    this.before = player.panels.map((panel) => ({
      views: panel.views.map(({ x, y, width, height }) => ({ x, y, width, height })),
      stamps: stampsOf(panel),
    }));
  }

  /** Slide from there to where things lie now. */
  play() {
    const { player, before } = this;
    if (!before.length || before.length !== player.panels.length) return;
    player.panels.forEach((panel, at) => this.slide(panel, before[at].views));
    const after = player.panels.map(stampsOf);
    const tick = (now) => {
      this.begun ??= now;
      const share = Math.min(1, (now - this.begun) / LASTS);
      if (share >= 1 || player.morph !== this) {
        player.draw();
        return;
      }
      player.pen.clearRect(-MARGIN, -MARGIN, player.overlay.width, player.overlay.height);
      player.panels.forEach((panel, at) => this.outline(panel, before[at].stamps, after[at], ease(share)));
      this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  stop() {
    cancelAnimationFrame(this.frame);
  }

  /** Move each canvas from its old place and cell size to its own: every cell it had goes along. */
  slide(panel, boxes) {
    panel.views.forEach((view, at) => {
      const old = boxes[at];
      if (!old?.width || !view.width) return;
      const scale = [old.width / view.width, old.height / view.height];
      const moved = [old.x - view.x, old.y - view.y];
      if (scale.every((one) => one === 1) && moved.every((one) => one === 0)) return;
      const from = `translate(${moved[0]}px, ${moved[1]}px) scale(${scale[0]}, ${scale[1]})`;
      view.canvas.style.transformOrigin = "0 0";
      view.canvas.animate([{ transform: from }, { transform: "none" }], {
        duration: LASTS,
        easing: "ease-in-out",
      });
    });
  }

  outline({ views, scene }, from, to, share) {
    const { pen, theme } = this.player;
    const landing = scene.channel[scene.flights[0]?.to];
    if (!landing) return;
    const view = views[landing.grid];
    to.forEach((box, at) => {
      const start = from[at] ?? box;
      const between = (name) => start[name] + (box[name] - start[name]) * share;
      const [x, y, width, height] = ["x", "y", "width", "height"].map(between);
      pen.save();
      pen.globalAlpha = 1 - share ** 4;
      pen.strokeStyle = theme.stamp;
      pen.lineWidth = 2;
      pen.beginPath();
      pen.roundRect(x + 1, y + 1, width - 2, height - 2, Math.min(5, view.width / 4));
      pen.stroke();
      pen.restore();
    });
  }
}

/**
 * Where each stamp of a panel's result lies on the stage, by row and column of its input cell.
 * @returns {Box[]}
 */
function stampsOf({ scene, views }) {
  const landing = scene.channel[scene.flights[0]?.to];
  if (!landing || landing.fixed || scene.steps > MOST_STAMPS) return [];
  const view = views[landing.grid];
  return Array.from({ length: scene.steps }, (_, step) => {
    const { row, col, rows, cols } = windowOf(scene, step, landing);
    const { x, y } = view.rect(row, col);
    return { x, y, width: cols * view.width, height: rows * view.height };
  });
}
