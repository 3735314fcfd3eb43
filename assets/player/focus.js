// @ts-check
// Focus: the cells that a pinned or hovered cell is made from, in every reading.

import { frameCells } from "./frames.js";
import { clipWindow } from "./scene.js";

const OUTLINES = 9; // more outlines than this hide what they outline

/** A cell of the result, and in this panel all the cells its sum is made from. */
export function drawFocus({ context, player, panel, theme }, focus, colour) {
  if (!focus) return;
  drawSources({ context, player, panel, theme }, focus.terms, {
    outlined: focus === player.hover?.focus,
    fading: true,
  });
  const view = panel.results[focus.at] ?? panel.result;
  const row = focus.y + (view.grid.frame?.row ?? 0);
  const col = focus.x + (view.grid.frame?.col ?? 0);
  if (!clipWindow(view.grid, { row, col, rows: 1, cols: 1 })) return;
  frameCells(context, view, { row, col, rows: 1, cols: 1 }, colour, { width: 2, pad: -1 });
  if (focus !== player.pin) return;
  const { x, y, width, height } = view.rect(row, col);
  const size = Math.min(width, height);
  context.beginPath();
  context.fillStyle = colour;
  context.arc(
    x + width - Math.min(7, size / 4),
    y + Math.min(7, size / 4),
    Math.min(3, size / 8),
    0,
    2 * Math.PI,
  );
  context.fill();
}

export function drawSources({ context, player, panel, theme }, terms, { outlined = false, fading = false }) {
  for (const term of terms) {
    const landed = !fading || term.step < player.position;
    context.save();
    context.globalAlpha = landed ? 1 : 0.4;
    const style = { width: 1.5, dash: landed ? [] : [3, 3] };
    for (const { grid, row, col } of term.cells(panel.scene)) {
      const view = panel.views[grid];
      const size = Math.min(view.width, view.height);
      const pad = size >= 10 ? -2 : size >= 5 ? -0.75 : 0.5;
      frameCells(context, view, { row, col, rows: 1, cols: 1 }, theme[view.grid.role], { ...style, pad });
    }
    context.restore();
  }
  if (outlined && panel.scene.outlines && terms.length <= OUTLINES)
    drawOutlines(context, panel, theme, terms);
}

/** What each stamp that reaches a cell covers. */
function drawOutlines(context, panel, theme, terms) {
  const { corners, spacing, tap } = panel.scene.links;
  const frame = panel.result.grid.frame;
  for (const { source } of terms) {
    const window = {
      row: corners[2 * source] + frame.row,
      col: corners[2 * source + 1] + frame.col,
      rows: spacing[0] * (tap.rows - 1) + 1,
      cols: spacing[1] * (tap.cols - 1) + 1,
    };
    frameCells(context, panel.result, window, theme.stamp, { width: 2, pad: -1 });
  }
}

/** The cell under the mouse, and the same input cell in every reading. */
export function drawHover({ context, player, panel, theme }) {
  const { hover } = player;
  if (!hover) return;
  const own = { row: hover.row, col: hover.col, rows: 1, cols: 1 };
  if (hover.panel === panel)
    frameCells(context, hover.view, own, theme[hover.view.grid.role], { width: 1.5, pad: 0 });
  if (hover.source === undefined) return;
  for (const view of panel.views) {
    const { grid } = view;
    const at = grid.family === "source" ? grid.place(hover.source) : undefined;
    const cell =
      at === undefined ? null : { row: Math.floor(at / grid.cols), col: at % grid.cols, rows: 1, cols: 1 };
    const column = grid.family === "entry" ? { row: 0, col: hover.source, rows: grid.rows, cols: 1 } : cell;
    if (column) frameCells(context, view, column, theme.input, { width: 1.5, pad: 0 });
  }
}
