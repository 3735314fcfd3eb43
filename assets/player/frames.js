// @ts-check
// Frames: outlines of cells, and the marks of cells that are cropped or holes.

import { clipWindow } from "./scene.js";

export function roundedRect(context, x, y, width, height, radius) {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
}

/** Frame a block of cells on the stage; in a column grid, the cells of each of its rows. */
export function frameCells(context, view, window, colour, { width = 2.5, dash = [], pad = 1 } = {}) {
  const part = clipWindow(view.grid, window);
  if (!part) return;
  const split = view.grid.column && part.cols < view.grid.cols;
  const blocks = split
    ? Array.from({ length: part.rows }, (_, at) => ({ ...part, row: part.row + at, rows: 1 }))
    : [part];
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  for (const { row, col, rows, cols } of blocks) {
    const { x, y } = view.rect(row, col);
    const across = view.grid.column ? 1 : cols;
    const down = view.grid.column ? rows * cols : rows;
    const radius = Math.min(view.width, view.height) >= 20 ? 5 : 2;
    roundedRect(
      context,
      x - pad,
      y - pad,
      across * view.width + 2 * pad,
      down * view.height + 2 * pad,
      radius,
    );
    context.stroke();
  }
  context.restore();
}

/** Mark a cell that no stamp reaches. */
export function drawHole(context, theme, rect) {
  const size = Math.min(rect.width, rect.height);
  if (size < 5) return;
  context.strokeStyle = theme.soft;
  context.lineWidth = 1;
  context.beginPath();
  context.arc(rect.x + rect.width / 2, rect.y + rect.height / 2, size * 0.14, 0, 2 * Math.PI);
  context.stroke();
}

/** The pattern over cells that are cropped away. */
export function hatching(context, theme) {
  const tile = document.createElement("canvas");
  tile.width = 6;
  tile.height = 6;
  const pen = tile.getContext("2d");
  pen.strokeStyle = theme.soft;
  pen.globalAlpha = 0.4;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(-1, 7);
  pen.lineTo(7, -1);
  pen.moveTo(-1, 1);
  pen.lineTo(1, -1);
  pen.moveTo(5, 7);
  pen.lineTo(7, 5);
  pen.stroke();
  return context.createPattern(tile, "repeat");
}
