// @ts-check
// Cells: the one under the mouse or the keys, and the one that is pinned.

import { cornerOf } from "./scene.js";
import { cellName, formatNumber, sourceAt, termsOf } from "./terms.js";

export class Cells {
  constructor(player) {
    this.player = player;
    this.hover = null;
    this.pin = null;
  }

  /** After new scenes: the pin stays where it was, if there still is such a cell. */
  load(first) {
    const { hover } = this;
    this.hover = null;
    if (
      hover &&
      this.player.panels.includes(hover.panel) &&
      hover.row < hover.view.grid.rows &&
      hover.col < hover.view.grid.cols
    )
      this.hover = { ...hover, ...this.relations(hover) };
    const pin = first ? this.player.opening.pin : this.pin && [this.pin.y, this.pin.x, this.pin.at];
    this.setPin(pin);
  }

  setHover(hit) {
    const { player } = this;
    const same =
      hit &&
      this.hover &&
      hit.view === this.hover.view &&
      hit.row === this.hover.row &&
      hit.col === this.hover.col;
    if (!same) this.hover = hit && { ...hit, ...this.relations(hit) };
    if (hit) hit.view.canvas.title = this.nameOf(hit);
    if (!same && !player.playing) player.draw();
  }

  /** What of other grids belongs to a cell: an output cell's terms, or an input cell's number. */
  relations({ panel, view, row, col }) {
    const { grid } = view;
    const at = panel.results.indexOf(view);
    if (at >= 0)
      return { focus: this.focusOn(row - (grid.frame?.row ?? 0), col - (grid.frame?.col ?? 0), at) };
    if (grid.family === "entry" && grid.ids[row * grid.cols + col] === 0) return {};
    if (grid.family === "entry") return { source: col };
    return this.player.message.links ? { source: sourceAt(grid, row * grid.cols + col) } : {};
  }

  focusOn(y, x, at = 0) {
    return { y, x, at, terms: termsOf(this.player.message, y, x, at) };
  }

  nameOf({ panel, view, row, col }) {
    const { index, cols } = view.grid;
    const at = row * cols + col;
    const name = cellName(panel.scene, view.grid, row, col);
    if (view.reach?.[at] === 0) return `${name}: a hole, no stamp reaches it`;
    const reached = panel.replay.reached[index][at] === 1;
    return `${name} ${reached ? `= ${formatNumber(panel.replay.values[index][at])}` : "not reached yet"}`;
  }

  choose(hit) {
    if (!hit) return;
    const { player } = this;
    const { panel, view, row, col } = hit;
    if (view.grid.action === "jump") {
      this.jump(panel, view.grid, row, col);
      return;
    }
    const y = row - (view.grid.frame?.row ?? 0);
    const x = col - (view.grid.frame?.col ?? 0);
    const at = panel.results.indexOf(view);
    const again = this.pin && this.pin.y === y && this.pin.x === x && this.pin.at === at;
    this.setPin(again ? null : [y, x, at]);
    player.describe();
    player.draw();
    player.reportSoon();
  }

  /** Go to the step that reads or fills a cell. */
  jump({ scene }, grid, row, col) {
    const channel = scene.channels.find((one) => one.grid === grid.index && one.patch === 1);
    if (!channel) return;
    for (let step = 0; step < scene.steps; step += 1) {
      const [top, left] = cornerOf(channel, step);
      if (row === top && col === left) this.player.goTo(step + 1);
    }
  }

  /** Arrow keys walk over a focused grid, Enter chooses the cell. */
  move(event, panel, view) {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const move = moves[event.key];
    if (event.key === "Enter") this.choose(this.hover ?? { panel, view, row: 0, col: 0 });
    else if (move) {
      const from = this.hover?.view === view ? this.hover : { row: 0, col: -1 };
      const clamp = (value, size) => Math.min(size - 1, Math.max(0, value));
      this.setHover({
        panel,
        view,
        row: clamp(from.row + move[0], view.grid.rows),
        col: clamp(from.col + move[1], view.grid.cols),
      });
      this.player.pinBox.setAttribute("aria-label", this.nameOf(this.hover));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Pin cell [y, x] of an output, counted from the corner of the frame, if a reading shows it. */
  setPin(cell) {
    const shown = ({ results }) => {
      const grid = results[cell[2] ?? 0]?.grid;
      if (!grid) return false;
      const row = cell[0] + (grid.frame?.row ?? 0);
      const col = cell[1] + (grid.frame?.col ?? 0);
      return row >= 0 && col >= 0 && row < grid.rows && col < grid.cols;
    };
    this.pin = cell && this.player.panels.some(shown) ? this.focusOn(...cell) : null;
  }
}
