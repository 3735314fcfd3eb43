// @ts-check
// The sum: a touched cell shows `old + new = total`, standing still, before it becomes one number.

import { SETTLE } from "./clock.js";
import { roundedRect } from "./frames.js";
import { forWindow, written } from "./scene.js";
import { formatNumber } from "./terms.js";
import { ease } from "./turn.js";

const LEAST_CELL = 34; // px: in smaller cells no sum can be read, the caption says it
const LEAST_TYPE = 9; // px

/**
 * The cells that a step adds to and that held a number before: what they held, and what is added.
 * @param {import("./stage.js").Panel} panel
 * @param {number} step
 * @param {import("./scene.js").Channel} channel
 */
export function overlapped({ scene, replay }, step, channel) {
  if (channel.mode !== "add") return [];
  const after = replay.position > step ? 1 : 0; // the replay holds the step already
  const found = new Map();
  forWindow(scene, step, channel, (cell, patch) => {
    const add = written(scene, channel, step, patch);
    const before = replay.terms[channel.grid][cell] ?? [];
    if (before.length <= after) return;
    const old = replay.values[channel.grid][cell] - (after ? add : 0);
    found.set(cell, { cell, old, add, total: old + add });
  });
  return [...found.values()];
}

/** The sum that the caption quotes, of those of a step: the first that changes something. */
export function quoted(sums) {
  return sums.find(({ old, add }) => old !== 0 && add !== 0) ?? sums[0];
}

/** Whether a cell of a view has room for a sum. */
export function hasRoom(view) {
  return Math.min(view.width, view.height) >= LEAST_CELL;
}

/** While sums stand, the fill of all other cells goes half way to the page; their text stays. */
export function dimOthers(context, player, panel, view, step, channel) {
  if (!player.isAdding || !hasRoom(view)) return;
  const touched = new Set();
  forWindow(panel.scene, step, channel, (cell) => touched.add(cell));
  context.drawImage(
    dimmed(view, player.theme, panel.replay, touched),
    view.x,
    view.y,
    view.drawnCols * view.width,
    view.drawnRows * view.height,
  );
}

/** The canvases of dimmed cells, one a view, drawn once for each step. */
const kept = new WeakMap();

/** A canvas with every cell of a view dimmed but those spared. */
function dimmed(view, theme, replay, spared) {
  const key = `${replay.position} ${theme.page} ${view.width}`;
  const last = kept.get(view);
  if (last?.key === key && last.replay === replay) return last.canvas;
  const canvas = document.createElement("canvas");
  canvas.width = view.canvas.width;
  canvas.height = view.canvas.height;
  const pen = canvas.getContext("2d");
  pen.setTransform(view.context.getTransform());
  const { rows, cols } = view.grid;
  for (let row = 0; row < rows; row += 1) {
    for (let col = 0; col < cols; col += 1) {
      if (!spared.has(row * cols + col)) view.drawAt(theme, replay, row, col, { pen, dim: true });
    }
  }
  kept.set(view, { key, replay, canvas });
  return canvas;
}

/** A touched cell: `old + new = total` first, then the total. */
export function drawSum(context, player, panel, { view, rect, share, target, add, replaces }) {
  const { theme } = player;
  const { replay, scene } = panel;
  const index = view.grid.index;
  const old = replaces ? 0 : replay.values[index][target.cell];
  const fresh = replaces || !replay.terms[index][target.cell]?.length;
  const cropped = view.isCropped(target.row, target.col);
  if (!fresh && player.isAdding && !scene.symbols && hasRoom(view)) {
    drawAddition(context, theme, view, rect, { old, add, strong: target.cell === player.quotedCell });
    return;
  }
  const text = scene.symbols ? view.label(target.cell, player.position + 1) : undefined;
  view.drawCell(context, theme, rect, { value: old + add, text, cropped });
  if (share < SETTLE) return;
  context.save();
  context.globalAlpha = 0.28 * (1 - ease((share - SETTLE) / (1 - SETTLE)));
  context.fillStyle = theme.stamp;
  roundedRect(context, rect.x, rect.y, rect.width, rect.height, 3);
  context.fill();
  context.restore();
}

/** `old + new` in the hues of where they come from, and `= total` below. */
function drawAddition(context, theme, view, rect, { old, add, strong }) {
  const { x, y, width, height } = rect;
  context.save();
  context.fillStyle = theme.page;
  context.strokeStyle = theme.stamp;
  context.lineWidth = strong ? 3 : 2;
  roundedRect(context, x + 1, y + 1, width - 2, height - 2, 3);
  context.fill();
  if (strong) {
    context.globalAlpha = 0.13;
    context.fillStyle = theme.stamp;
    context.fill();
    context.globalAlpha = 1;
  }
  context.stroke();
  const sign = add < 0 ? "−" : "+";
  const parts = [
    [formatNumber(old, 3), theme.output],
    [` ${sign} `, theme.soft],
    [formatNumber(Math.abs(add), 3), theme.stamp],
  ];
  const cell = Math.min(width, height);
  writeFitted(context, theme, parts, { x, y: y + 0.37 * height, width, size: 0.3 * cell });
  const total = [[`= ${formatNumber(old + add, 3)}`, theme.ink]];
  writeFitted(context, theme, total, { x, y: y + 0.7 * height, width, size: 0.25 * cell });
  context.restore();
}

/** Write coloured parts in one line, as large as they fit. */
function writeFitted(context, theme, parts, { x, y, width, size }) {
  const text = parts.map(([part]) => part).join("");
  let type = size;
  const measure = () => {
    context.font = `700 ${type}px ${theme.font}`;
    return context.measureText(text).width;
  };
  while (measure() > width - 6 && type > LEAST_TYPE) type -= 0.5;
  context.textBaseline = "middle";
  context.textAlign = "left";
  let left = x + (width - measure()) / 2;
  for (const [part, colour] of parts) {
    context.fillStyle = colour;
    context.fillText(part, left, y);
    left += context.measureText(part).width;
  }
}
