// @ts-check
// Words: what stands beside the grids. The pinned sum, letters in place of numbers, the caption.

import { element } from "./dom.js";
import { productText } from "./flight.js";
import { quoted } from "./sum.js";
import { cellName, fillTemplate, formatNumber, letterOf, termsOf } from "./terms.js";

/** The sum behind the pinned cell, in the hues of where each number came from. */
export function pinnedSum(player) {
  const { pin, message, position } = player;
  if (!pin) return [element("p", { class: "hint" }, message.scenes[0].hint)];
  const { grid } = player.panels[0].results[pin.at] ?? player.result;
  const name = cellName(
    message.scenes[0],
    grid,
    pin.y + (grid.frame?.row ?? 0),
    pin.x + (grid.frame?.col ?? 0),
  );
  const title = element("p", {}, element("b", {}, `Pinned ${name}`));
  if (pin.terms.length === 0) return [title, element("p", {}, `${name} = 0: no stamp reaches this cell.`)];
  const symbols = element("small", {});
  const numbers = element("span", {}, "= ");
  const letters = element("span", {}, "= ");
  let landed = 0;
  let total = 0;
  pin.terms.forEach(({ step, value, factors }, index) => {
    const later = step >= position;
    if (!later) landed += value;
    total += value;
    symbols.append(index ? " + " : `${name} = `, ...hued(factors, (factor) => factor.name));
    const state = later ? { class: "later" } : {};
    const number = (factor) =>
      factor.value < 0 ? `(${formatNumber(factor.value)})` : formatNumber(factor.value);
    numbers.append(index ? " + " : "", element("span", state, ...hued(factors, number)));
    letters.append(
      index ? " + " : "",
      element("span", state, ...hued(factors, (factor) => factor.letter ?? "")),
    );
  });
  numbers.append(" = ", element("b", { class: "total" }, formatNumber(total)));
  const complete = pin.terms.every(({ step }) => step < position);
  const last = complete ? "" : `${formatNumber(landed)} so far: the faded terms have not landed yet.`;
  const sums = message.symbols ? [element("p", { class: "sum letters" }, letters)] : [];
  const below = message.symbols ? element("small", {}, last) : element("p", {}, symbols);
  const small = message.symbols ? [] : [element("small", {}, last)];
  return [title, ...sums, element("p", { class: "sum" }, numbers), below, ...small];
}

/** A product, each factor in its hue. */
function hued(factors, spell) {
  return factors.flatMap((factor, at) => [
    at ? "·" : "",
    element("span", { class: `term-${factor.role}` }, spell(factor)),
  ]);
}

/** What a cell says in letters after some steps: one text, or several to choose from by room. */
export function letteredCell(player, panel, view, at, position) {
  const { scene } = panel;
  const { grid } = view;
  if (grid.family === "product") {
    const step = panel.replay.position - 1;
    return step < 0 || !scene.flight ? null : productText(scene, step, at);
  }
  if (grid.family !== "target") return letterOf(scene, grid, at);
  const y = Math.floor(at / grid.cols) - (grid.frame?.row ?? 0);
  const x = (at % grid.cols) - (grid.frame?.col ?? 0);
  const terms = termsOf(player.message, y, x).filter(({ step }) => step < position);
  if (terms.length === 0) return null;
  const products = terms.map(({ factors }) => factors.map(({ letter }) => letter).join("·"));
  return [products.join(" + "), products.join("\n+"), `Σ${products.length}`];
}

/** How many cells a step adds to, and one of its sums in the hues of where its numbers come from. */
export function sumWords(sums) {
  const sum = quoted(sums);
  if (!sum) return [];
  const held =
    sums.length === 1
      ? "One cell already held a number"
      : `${counted(sums.length)} cells already held numbers`;
  const hue = (role, value) => element("b", { class: `term-${role}` }, formatNumber(value));
  const sign = sum.add < 0 ? " − " : " + ";
  return [
    ` ${held}, so the two add: `,
    hue("output", sum.old),
    sign,
    hue("stamp", Math.abs(sum.add)),
    " = ",
    element("b", {}, formatNumber(sum.total)),
    ".",
  ];
}

const WORDS = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split(" ");
const counted = (count) => WORDS[count] ?? String(count);

/** The sentence under the stage: what each reading did in the step in view. */
export function captionOf(message, step) {
  const said = (scene) =>
    step < 0 ? scene.opening : fillTemplate(scene, step, scene.captions[scene.captionIndex[step]]);
  const label = element("b", {}, step < 0 ? "Ready. " : `Step ${step + 1} of ${message.steps}. `);
  if (message.scenes.length === 1) return [label, said(message.scenes[0])];
  if (step < 0)
    return [
      label,
      "Press play: each reading fills its output in its own way, and all hold the same numbers at every step.",
    ];
  const lines = message.scenes.map((scene, at) =>
    element("span", at ? { class: "line" } : {}, element("b", {}, `${scene.title}: `), said(scene)),
  );
  return [label, ...lines];
}
