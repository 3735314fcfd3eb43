// @ts-check
// Frames: outlines of cells.

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
