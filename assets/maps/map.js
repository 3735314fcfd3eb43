// @ts-check
// One map: a grid with its numbers, bars along its margins, and a line that reads out a cell.

import { element } from "../player/dom.js";
import { frameCells } from "../player/frames.js";
import { GridView } from "../player/paint.js";
import { formatNumber } from "../player/terms.js";
import { CountTheme, Theme } from "../player/theme.js";

const LARGEST = 40; // px of a cell
const TALLEST = 420; // px of a map
const BAR = 30; // px of the longest bar
const APART = 6; // px between bars and grid

/**
 * @typedef {object} MapHeader
 * @property {string} title
 * @property {string} subtitle
 * @property {string} note
 * @property {"count" | "signed"} scale
 * @property {number} limit
 * @property {number} rows
 * @property {number} cols
 * @property {string} values
 * @property {string} [shades] Where they are not the values that the colours say.
 * @property {boolean} [level] Whether the shades are shares of a level.
 * @property {string[]} [bars]
 * @property {string[][]} [sources]
 * @property {import("../player/scene.js").Window} frame
 */

export class MapView {
  constructor(parent) {
    this.title = element("b");
    this.subtitle = element("span");
    this.canvas = element("canvas", { role: "img", tabindex: "0" });
    this.cells = element("canvas");
    this.readout = element("p", { class: "readout", role: "status" });
    this.note = element("p", { class: "note" });
    const caption = element("figcaption", {}, this.title, this.subtitle);
    this.figure = element("figure", {}, caption, this.canvas, this.readout, this.note);
    parent.append(this.figure);
    this.canvas.addEventListener("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => this.mark(null));
    this.canvas.addEventListener("blur", () => this.mark(null));
    this.canvas.addEventListener("keydown", (event) => this.walk(event));
    /** @type {{ row: number, col: number } | null} */
    this.at = null;
  }

  /**
   * @param {MapHeader} map
   * @param {(name: string) => any} buffer
   */
  load(map, buffer) {
    this.map = map;
    this.values = buffer(map.values);
    this.bars = map.bars?.map(buffer);
    const { rows, cols, frame } = map;
    const shades = map.shades ? buffer(map.shades) : this.values;
    const grid = { index: 0, role: "output", symbol: "y", rows, cols, values: shades, ids: null, frame };
    this.view = new GridView(/** @type {any} */ (grid), this.figure, this.cells);
    this.view.label = (at) => formatNumber(this.values[at], 4);
    this.replay = { values: [shades], reached: [new Uint8Array(rows * cols).fill(1)], terms: [[]] };
    this.title.textContent = map.title;
    this.subtitle.textContent = map.subtitle;
    this.note.textContent = map.note;
    this.canvas.setAttribute("aria-label", `${map.title}: ${map.subtitle}. Arrow keys read out a cell.`);
    if (this.at && (this.at.row >= rows || this.at.col >= cols)) this.at = null;
  }

  /** Draw at most so many pixels across. */
  draw(root, room, ratio) {
    const { rows, cols, scale, limit } = this.map;
    this.margin = this.bars ? BAR + APART : 2;
    const fitting = Math.min(LARGEST, (room - this.margin - 2) / cols, TALLEST / rows);
    const cell = Math.max(1, Math.floor(fitting * ratio) / ratio);
    this.theme = scale === "count" ? new CountTheme(root, limit) : new Theme(root, limit);
    this.view.resize({ width: cell, height: cell }, ratio);
    this.view.drawAll(this.theme, this.replay);
    this.ratio = ratio;
    const size = { width: this.margin + cols * cell + 2, height: this.margin + rows * cell + 2 };
    for (const side of ["width", "height"]) {
      this.canvas[side] = Math.round(size[side] * ratio);
      this.canvas.style[side] = `${size[side]}px`;
    }
    this.view.x = this.view.y = this.margin;
    this.paint();
  }

  /** Put the cells, the bars, the frame and the mark on the screen. */
  paint() {
    const { canvas, cells, view, theme, ratio, margin, map } = this;
    const pen = canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(cells, Math.round(margin * ratio), Math.round(margin * ratio));
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (this.bars) this.paintBars(pen);
    const { frame, rows, cols } = map;
    if (frame.rows < rows || frame.cols < cols)
      frameCells(pen, view, frame, theme.output, { width: 2, dash: [6, 4] });
    if (this.at) frameCells(pen, view, { ...this.at, rows: 1, cols: 1 }, theme.ink, { width: 2 });
    this.readout.textContent = this.at ? this.wordsOf(this.at) : "";
  }

  /** The stamps of each row to the left, of each column above, growing away from the grid. */
  paintBars(pen) {
    const { view, theme, margin } = this;
    const gap = view.width >= 10 ? 2 : 0;
    pen.fillStyle = theme.output;
    pen.globalAlpha = 0.75;
    this.bars.forEach((bars, axis) => {
      const most = Math.max(1, ...bars);
      bars.forEach((count, at) => {
        const length = (BAR * count) / most;
        const along = margin + at * view.width + gap / 2;
        if (axis === 0) pen.fillRect(BAR - length, along, length, view.width - gap);
        else pen.fillRect(along, BAR - length, view.width - gap, length);
      });
    });
    pen.globalAlpha = 1;
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const inside = [event.clientX - box.left - this.margin, event.clientY - box.top - this.margin];
    this.mark(this.view.cellAt(inside[0], inside[1]));
  }

  walk(event) {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const { rows, cols } = this.map;
    const from = this.at ?? { row: 0, col: -1 };
    const within = (at, size) => Math.min(size - 1, Math.max(0, at));
    this.mark({ row: within(from.row + move[0], rows), col: within(from.col + move[1], cols) });
  }

  mark(cell) {
    this.at = cell;
    if (this.theme) this.paint();
  }

  wordsOf({ row, col }) {
    const { map, values, bars } = this;
    const name = `y[${row - map.frame.row},${col - map.frame.col}]`.replaceAll("-", "−");
    const at = row * map.cols + col;
    if (!bars) {
      const share = this.replay.values[0][at];
      const beside = map.level
        ? ` (${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)} % of the level)`
        : "";
      return `${name} = ${formatNumber(values[at], 6)}${beside}`;
    }
    const [rows, cols] = map.sources ?? [];
    const from = rows ? `; input rows ${rows[row]}, columns ${cols[col]}` : "";
    return `${name}: ${values[at]} = ${bars[0][row]} × ${bars[1][col]}${from}`;
  }
}
