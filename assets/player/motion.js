// @ts-check
// Motion: what one step looks like while it happens. What is read lifts, a stamp forms, travels
// and lands; touched cells show the sum before they settle.

import { drawFocus, drawHover, drawSources } from "./focus.js";
import { frameCells, roundedRect } from "./paint.js";
import { clipWindow, forWindow, resultsOf, windowOf, written } from "./scene.js";
import { factorsOf, formatNumber, productOf } from "./terms.js";
import { drawTurn, ease } from "./turn.js";

const FORM = 0.28;
const LAND = 0.64;
const SETTLE = 0.86;
const SCALED = 0.2; // kernels stand scaled; from here on they travel to the stamp they add up to
const MERGED = 0.42;

/** Draw everything that lies over the grids at a position (steps done, and share of the next). */
export function drawOverlay(context, player, position) {
  const { message, theme } = player;
  const done = Math.floor(position);
  const share = position - done;
  const step = share > 0 ? done : done - 1;
  const walked = step >= 0 && message.links?.clock === "target" ? player.walkedTerms(step) : null;
  for (const panel of player.panels) {
    const scene = { context, player, panel, theme };
    for (const view of panel.views) {
      if (view.grid.frame)
        frameCells(context, view, view.grid.frame, theme[view.grid.role], { width: 2, dash: [6, 4] });
    }
    drawTurn(context, player, panel);
    if (walked) drawSources(scene, walked, { outlined: true });
    drawFocus(scene, player.pin, theme.ink);
    if (step >= 0) {
      drawReads(scene, step, share);
      if (share > 0) drawWrites(scene, step, share);
      if (panel.scene.flights.length && share > 0)
        panel.scene.flights.forEach((flight) => drawFlight(scene, step, share, flight));
      else if (share === 0) drawLanded(scene, step);
    }
    drawFocus(scene, player.hover?.focus, theme.output);
    drawHover(scene);
  }
}

// One step ------------------------------------------------------------------------

function hueOf(theme, channel, view) {
  return theme[channel.hue || view.grid.role];
}

function drawReads({ context, panel, theme }, step, share) {
  const { scene, views, replay } = panel;
  for (const channel of scene.channels) {
    if (channel.mode !== "read" || channel.quiet) continue;
    const view = views[channel.grid];
    const window = windowOf(scene, step, channel);
    if (!clipWindow(view.grid, window)) continue;
    const lift = share > 0 && share < LAND ? Math.sin((Math.PI * share) / LAND) : 0;
    if (lift > 0 && channel.patch === 1 && Math.min(view.width, view.height) >= 10) {
      const { x, y, width, height } = view.rect(window.row, window.col);
      const at = window.row * view.grid.cols + window.col;
      const grow = Math.min(width, height) * 0.16 * lift;
      context.save();
      context.shadowColor = theme.soft;
      context.shadowBlur = 10 * lift;
      const raised = { x: x - grow / 2, y: y - grow / 2, width: width + grow, height: height + grow };
      view.drawCell(context, theme, raised, {
        value: replay.values[channel.grid][at],
        text: view.label?.(at),
      });
      context.restore();
      frameCells(context, view, window, hueOf(theme, channel, view), { width: 3, pad: 1 + grow / 2 });
    } else {
      frameCells(context, view, window, hueOf(theme, channel, view), { width: channel.patch > 1 ? 2 : 3 });
    }
  }
}

function isFlying(scene, channel) {
  return scene.flights.some(({ from, to }) => channel.name === from || channel.name === to);
}

/** What a step writes without a flight: first the factors' cells, then the result's. */
function drawWrites({ context, player, panel, theme }, step, share) {
  const { scene, views } = panel;
  for (const channel of scene.channels) {
    if (channel.mode === "read" || isFlying(scene, channel)) continue;
    const late = resultsOf(scene).includes(channel.grid);
    const begin = scene.flight ? 0 : FORM / 2; // beside a stamp, what a step sets stands from its beginning
    if (share < (late ? LAND : begin)) continue;
    const view = views[channel.grid];
    forWindow(scene, step, channel, (cell, patch, row, col) => {
      const place = {
        view,
        rect: view.rect(row, col),
        share,
        target: { cell, row, col },
        add: written(scene, channel, step, patch),
      };
      if (late) drawSum(context, player, panel, { ...place, replaces: channel.mode === "set" });
      else
        view.drawCell(context, theme, place.rect, {
          value: Number.isNaN(place.add) ? null : place.add,
          text: view.label?.(cell) ?? undefined,
        });
    });
    if (scene.flight) continue;
    frameCells(context, view, windowOf(scene, step, channel), hueOf(theme, channel, view), {
      width: late ? 2.5 : 3,
    });
  }
}

/** How a patch's number is made, as in `4·0.25`, or in letters. */
export function productText(scene, step, patch) {
  const factors = factorsOf(scene, step, patch);
  if (!scene.symbols) return factors.map(({ value }) => formatNumber(value, 3)).join("·");
  return factors.some(({ letter }) => letter === "0") ? "0" : factors.map(({ letter }) => letter).join("·");
}

/** The stamp forms, flies and lands; a patch that is summed up draws together into one cell. */
function drawFlight({ context, player, panel, theme }, step, share, flight) {
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
  const forming =
    scene.factors.length > 0 && ((share < FORM * 0.8 && player.stepTime >= 350) || scene.symbols);
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
  const spelled = share < SCALED && player.stepTime >= 350;
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

/** A touched cell: `old + new` first, then its new sum. */
function drawSum(context, player, panel, { view, rect, share, target, add, replaces }) {
  const { theme } = player;
  const { replay } = panel;
  const index = view.grid.index;
  const old = replaces ? 0 : replay.values[index][target.cell];
  const fresh = replaces || replay.reached[index][target.cell] === 0;
  const settled = share >= SETTLE || player.stepTime < 350 || fresh;
  const sign = add < 0 ? "−" : "+";
  const sum = `${formatNumber(old, 3)}${sign}${formatNumber(Math.abs(add), 3)}`;
  const text = panel.scene.symbols ? view.label(target.cell, player.position + 1) : settled ? undefined : sum;
  view.drawCell(context, theme, rect, {
    value: old + add,
    text,
    cropped: view.isCropped(target.row, target.col),
  });
  const flash = 1 - ease((share - LAND) / (1 - LAND));
  context.save();
  context.globalAlpha = 0.28 * flash;
  context.fillStyle = theme.stamp;
  roundedRect(context, rect.x, rect.y, rect.width, rect.height, 3);
  context.fill();
  context.restore();
}

/** At rest after a step: what it wrote, and an arrow from the stamp to where it lies. */
function drawLanded({ context, player, panel, theme }, step) {
  const { scene, views } = panel;
  for (const channel of scene.channels) {
    const lands =
      scene.flights.some(({ to }) => channel.name === to) ||
      (scene.layout.board && resultsOf(scene).includes(channel.grid));
    if (channel.mode === "read" || (scene.flights.length && !lands)) continue;
    const view = views[channel.grid];
    const colour =
      scene.flight && !channel.hue && (channel.patch > 1 || !scene.links)
        ? theme.stamp
        : hueOf(theme, channel, view);
    frameCells(context, view, windowOf(scene, step, channel), colour, {
      width: channel.patch > 1 && !scene.flight ? 2 : 3,
    });
  }
  if (scene.flight && player.layout === "wide" && !scene.layout.board) drawArrow(context, panel, theme, step);
}

function drawArrow(context, { scene, views }, theme, step) {
  const from = scene.channel[scene.flight.from];
  const to = scene.channel[scene.flight.to];
  const fromView = views[from.grid];
  const toView = views[to.grid];
  const landing = windowOf(scene, step, to);
  const { row, col, rows, cols } = windowOf(scene, step, from);
  const start = fromView.rect(row + rows, col);
  const end = toView.rect(landing.row, landing.col);
  const x0 = start.x + (cols * fromView.width) / 2;
  const y0 = start.y + 8;
  const x1 = toView.x - 10;
  const y1 = Math.max(end.y + (landing.rows * toView.height) / 2, y0 + 24);
  context.save();
  context.strokeStyle = theme.stamp;
  context.lineWidth = 2;
  context.setLineDash([3, 4]);
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0, y1, x0 + 20, y1, x1, y1);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x1 - 8, y1 - 5);
  context.lineTo(x1, y1);
  context.lineTo(x1 - 8, y1 + 5);
  context.stroke();
  context.restore();
}
