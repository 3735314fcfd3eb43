// @ts-check
// Flights: a stamp forms, travels and lands.

import { FORM, LAND } from "./clock.js";
import { frameCells, roundedRect } from "./frames.js";
import { clipWindow, forWindow, windowOf, written } from "./scene.js";
import { factorsOf, formatNumber, productOf } from "./terms.js";
import { dimOthers, drawSum } from "./sum.js";
import { ease } from "./turn.js";

const SCALED = 0.1; // kernels stand scaled; from here on they travel to the stamp they add up to
const MERGED = 0.23;

/** How a patch's number is made, as in `4·0.25`, or in letters. */
export function productText(scene, step, patch) {
  const factors = factorsOf(scene, step, patch);
  if (!scene.symbols) return factors.map(({ value }) => formatNumber(value, 3)).join("·");
  return factors.some(({ letter }) => letter === "0") ? "0" : factors.map(({ letter }) => letter).join("·");
}

/** The stamp forms, flies and lands; a patch that is summed up draws together into one cell. */
export function drawFlight({ context, player, panel, theme }, step, share, flight) {
  const { scene, views } = panel;
  const from = scene.channel[flight.from];
  const to = scene.channel[flight.to];
  const fromView = views[from.grid];
  const toView = views[to.grid];
  const merging = scene.layout.board?.sums[flight.to];
  const form = merging ? MERGED : FORM;
  if (merging && !clipWindow(toView.grid, windowOf(scene, step, to))) return; // nothing lands: a step of its own
  if (merging && share < form) {
    for (const product of merging) drawScaled({ context, player, panel, theme }, step, share, from, product);
    return;
  }
  const forming = scene.factors.length > 0 && ((share < FORM * 0.8 && player.isLegible) || scene.symbols);
  forWindow(scene, step, from, (_, patch, row, col) => {
    const text = forming ? productText(scene, step, patch) : undefined;
    fromView.drawCell(context, theme, fromView.rect(row, col), {
      value: written(scene, from, step, patch),
      text,
    });
  });
  frameCells(context, fromView, windowOf(scene, step, from), theme.stamp);
  if (share < form) return;
  const travelled = ease((share - form) / (LAND - form));
  if (share >= LAND) dimOthers(context, player, panel, toView, step, to);
  const corner = { x: Infinity, y: Infinity, right: -Infinity, bottom: -Infinity };
  const landing = [];
  const arriving = new Map(); // cells of a window without spacing coincide: what lands there adds up
  forWindow(scene, step, to, (cell, patch, row, col) => {
    landing[patch] = { cell, row, col };
    arriving.set(cell, (arriving.get(cell) ?? 0) + written(scene, to, step, patch));
  });
  forWindow(scene, step, from, (_, patch, row, col) => {
    const one = Math.min(patch, landing.length - 1);
    const target = landing[one];
    const start = fromView.rect(row, col);
    const end = toView.rect(target.row, target.col);
    const between = (name) => start[name] + (end[name] - start[name]) * travelled;
    const rect = {
      x: between("x"),
      y: between("y") - 24 * Math.sin(Math.PI * travelled),
      width: between("width"),
      height: between("height"),
    };
    corner.x = Math.min(corner.x, rect.x);
    corner.y = Math.min(corner.y, rect.y);
    corner.right = Math.max(corner.right, rect.x + rect.width);
    corner.bottom = Math.max(corner.bottom, rect.y + rect.height);
    if (share < LAND) {
      const view = travelled < 0.5 ? fromView : toView;
      const text = scene.symbols && scene.factors.length ? productText(scene, step, patch) : undefined;
      view.drawCell(context, theme, rect, { value: written(scene, from, step, patch), text, alpha: 0.92 });
    } else {
      const add = arriving.get(target.cell);
      drawSum(context, player, panel, {
        view: toView,
        rect: end,
        share,
        target,
        add,
        replaces: to.mode === "set",
      });
    }
  });
  context.save();
  context.strokeStyle = theme.stamp;
  context.lineWidth = 3;
  roundedRect(
    context,
    corner.x - 1,
    corner.y - 1,
    corner.right - corner.x + 2,
    corner.bottom - corner.y + 2,
    5,
  );
  context.stroke();
  context.restore();
}

/** A kernel scaled by its input cell, where it stands, then on its way to the stamp it is part of. */
function drawScaled({ context, player, panel, theme }, step, share, stamp, product) {
  const { scene, views } = panel;
  const kernel = scene.channel[product.find(({ at }) => at === "same").channel];
  const view = views[kernel.grid];
  const target = views[stamp.grid];
  const travelled = ease((share - SCALED) / (MERGED - SCALED));
  const spelled = share < SCALED && player.isLegible;
  forWindow(scene, step, kernel, (_, patch, row, col) => {
    const factors = factorsOf(scene, step, patch, product);
    const start = view.rect(row, col);
    const end = target.rect(row, col);
    const rect = {
      ...start,
      x: start.x + (end.x - start.x) * travelled,
      y: start.y + (end.y - start.y) * travelled,
    };
    const text = spelled ? factors.map(({ value }) => formatNumber(value, 3)).join("·") : undefined;
    view.drawCell(context, theme, rect, { value: productOf(factors), text, alpha: travelled > 0 ? 0.85 : 1 });
  });
  if (travelled === 0) frameCells(context, view, windowOf(scene, step, kernel), theme.stamp, { width: 2 });
}
