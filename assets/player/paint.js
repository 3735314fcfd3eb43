// @ts-check
// Painting: one canvas per grid, cells with their numbers.

import { drawHole, hatching, roundedRect } from "./frames.js";
import { formatNumber } from "./terms.js";

const LEAST_TERMS = 10.5; // px of the type in which a settled cell says what it is the sum of

/** One grid on the screen: its canvas, where it lies on the stage, and how it draws a cell. */
export class GridView {
  /**
   * @param {import("./scene.js").Grid} grid
   * @param {HTMLElement} figure
   * @param {HTMLCanvasElement} canvas
   */
  constructor(grid, figure, canvas) {
    this.grid = grid;
    this.figure = figure;
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.texts = new Map();
    this.x = 0;
    this.y = 0;
    /** @type {((at: number, position?: number) => string | string[] | null) | undefined} */
    this.label = undefined;
    /** @type {ArrayLike<number> | undefined} how many steps reach each cell, where that is told */
    this.reach = undefined;
  }

  /** Rows and columns as drawn: a column grid shows its rows one below the other. */
  get drawnRows() {
    return this.grid.column ? this.grid.rows * this.grid.cols : this.grid.rows;
  }

  get drawnCols() {
    return this.grid.column ? 1 : this.grid.cols;
  }

  resize({ width, height }, ratio) {
    this.width = width;
    this.height = height;
    const cell = Math.min(width, height);
    this.gap = cell >= 14 ? 2 : cell >= 7 ? 1 : cell >= 6 ? 0.5 : 0;
    this.fontSize =
      cell >= 40
        ? Math.max(14, Math.round(0.33 * cell))
        : Math.max(8, Math.min(14, Math.round(width * 0.42), Math.round(height * 0.62)));
    this.texts.clear();
    const across = this.drawnCols * width;
    const down = this.drawnRows * height;
    this.canvas.style.width = `${across}px`;
    this.canvas.style.height = `${down}px`;
    this.canvas.width = Math.round(across * ratio);
    this.canvas.height = Math.round(down * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.hatch = null;
  }

  /** Where a cell lies on its canvas. */
  spot(row, col) {
    const { column, cols } = this.grid;
    const [down, across] = column ? [row * cols + col, 0] : [row, col];
    return { x: across * this.width, y: down * this.height, width: this.width, height: this.height };
  }

  /** Where a cell lies on the stage. */
  rect(row, col) {
    const spot = this.spot(row, col);
    return { ...spot, x: this.x + spot.x, y: this.y + spot.y };
  }

  /** The cell under a point of the canvas, or null. */
  cellAt(x, y) {
    const down = Math.floor(y / this.height);
    const across = Math.floor(x / this.width);
    if (down < 0 || across < 0 || down >= this.drawnRows || across >= this.drawnCols) return null;
    const { column, cols } = this.grid;
    return column ? { row: Math.floor(down / cols), col: down % cols } : { row: down, col: across };
  }

  isCropped(row, col) {
    const frame = this.grid.frame;
    if (!frame) return false;
    const inRows = row >= frame.row && row < frame.row + frame.rows;
    return !(inRows && col >= frame.col && col < frame.col + frame.cols);
  }

  isTinted(row, col) {
    const { frame, tint } = this.grid;
    if (!tint || this.isCropped(row, col)) return false;
    const lastRow = frame.row + frame.rows - tint.rows;
    return row >= lastRow || col >= frame.col + frame.cols - tint.cols;
  }

  /** Draw every cell as it stands after the replay's position. */
  drawAll(theme, replay) {
    const { rows, cols, values } = this.grid;
    this.context.clearRect(0, 0, this.drawnCols * this.width, this.drawnRows * this.height);
    this.most = values
      ? values.reduce((found, value) => Math.max(found, Math.abs(value) || 0), 0) || 1
      : theme.limit;
    if (this.isImage) {
      this.context.fillStyle = theme.panel;
      this.context.fillRect(0, 0, this.drawnCols * this.width, this.drawnRows * this.height);
    }
    for (let row = 0; row < rows; row += 1) {
      for (let col = 0; col < cols; col += 1) this.drawAt(theme, replay, row, col);
    }
  }

  /** Whether cells are too small for a gap: then they are specks on one ground. */
  get isImage() {
    return Math.min(this.width, this.height) < 3;
  }

  drawSpeck(theme, replay, row, col) {
    const { index, cols, ids } = this.grid;
    const at = row * cols + col;
    if ((ids && ids[at] <= 0) || !replay.reached[index][at]) return;
    const value = replay.values[index][at];
    const { x, y, width, height } = this.spot(row, col);
    const shown = Math.max(0.4, Math.abs(value) / this.most) * (value < 0 ? -1 : 1);
    this.context.fillStyle = value === 0 ? theme.line : theme.fill(theme.limit * shown).back;
    this.context.fillRect(x, y, Math.max(1.5, width), Math.max(1.5, height));
  }

  drawAt(theme, replay, row, col, { pen = this.context, dim = false } = {}) {
    if (this.isImage) {
      this.drawSpeck(theme, replay, row, col);
      return;
    }
    const at = row * this.grid.cols + col;
    const rect = this.spot(row, col);
    pen.clearRect(rect.x, rect.y, rect.width, rect.height);
    const reached = replay.reached[this.grid.index][at] === 1;
    if (!reached && this.grid.values && !this.grid.frame && !this.grid.ids) return; // a gap: nothing is there
    const id = this.grid.ids ? this.grid.ids[at] : 1;
    this.drawCell(pen, theme, rect, {
      dim,
      terms: reached ? replay.terms[this.grid.index]?.[at] : undefined,
      value: reached ? replay.values[this.grid.index][at] : null,
      text: reached ? (this.label?.(at) ?? undefined) : undefined,
      hole: this.reach !== undefined && this.reach[at] === 0,
      cropped: this.isCropped(row, col) || id < 0,
      tinted: this.isTinted(row, col),
      faint: id <= 0,
    });
  }

  /** Draw one cell: `value` null is a cell nothing has reached yet. */
  drawCell(context, theme, rect, { value, text, terms, hole, cropped, tinted, faint, dim, alpha = 1 }) {
    const shade = dim ? theme.dimmed(value, cropped, tinted) : theme.shade(value, cropped, tinted);
    const width = rect.width - this.gap;
    const height = rect.height - this.gap;
    const x = rect.x + this.gap / 2;
    const y = rect.y + this.gap / 2;
    context.save();
    context.globalAlpha = alpha;
    context.fillStyle = faint ? theme.panel : shade.back;
    roundedRect(context, x, y, width, height, Math.min(this.width, this.height) >= 20 ? 3 : 1);
    context.fill();
    if (cropped) {
      this.hatch ??= hatching(context, theme);
      context.fillStyle = this.hatch;
      context.fill();
    }
    if (hole) drawHole(context, theme, rect);
    else if (value !== null && !this.drawTerms(context, theme, rect, { value, text, terms, shade }))
      this.drawText(context, theme, rect, text ?? value, faint ? theme.soft : shade.text);
    context.restore();
  }

  drawText(context, theme, rect, value, colour) {
    if (Math.min(rect.width, rect.height + 4) < 17) return;
    const fitted =
      typeof value === "number" ? this.fitNumber(context, theme, value) : this.fitText(context, theme, value);
    if (!fitted) return;
    const { lines, size } = fitted;
    context.font = `${size}px ${theme.font}`;
    context.fillStyle = colour;
    context.textAlign = "center";
    context.textBaseline = "middle";
    const middle = rect.y + rect.height / 2 + 0.5;
    lines.forEach((line, at) => {
      context.fillText(line, rect.x + rect.width / 2, middle + (at - (lines.length - 1) / 2) * (size + 1));
    });
  }

  /** A number with what it is the sum of in small below it, where both fit; return whether they do. */
  drawTerms(context, theme, rect, { value, text, terms, shade }) {
    if (text !== undefined || !terms || terms.length < 2 || Math.min(this.width, this.height) < 50)
      return false;
    const size = Math.max(LEAST_TERMS, 0.205 * this.width);
    const spelled = terms
      .map(
        (term, at) =>
          (at === 0 ? "" : term < 0 ? " − " : " + ") + formatNumber(at ? Math.abs(term) : term, 3),
      )
      .join("");
    context.font = `${size}px ${theme.font}`;
    if (context.measureText(spelled).width > this.width - this.gap - 4) return false;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = shade.text;
    context.fillText(spelled, rect.x + rect.width / 2, rect.y + 0.76 * rect.height);
    context.font = `${0.33 * this.width}px ${theme.font}`;
    context.fillText(formatNumber(value, 4), rect.x + rect.width / 2, rect.y + 0.42 * rect.height);
    return true;
  }

  /** The longest spelling of a number that fits the cell, or null. */
  fitNumber(context, theme, value) {
    const full = formatNumber(value, 4);
    if (!this.texts.has(full)) {
      const small = Math.max(8, this.fontSize - 2);
      const fitted = [
        [4, small],
        [3, small],
        [2, 8],
      ]
        .map(([digits, least]) => this.fitText(context, theme, formatNumber(value, digits), least))
        .find(Boolean);
      this.texts.set(full, fitted ?? null);
    }
    return this.texts.get(full);
  }

  /** The largest size at which a text fits the cell; of several, the first that fits at all. */
  fitText(context, theme, text, least = 8) {
    const choices = Array.isArray(text) ? text : [text];
    for (const choice of choices) {
      const lines = choice.split("\n");
      for (let size = this.fontSize; size >= least; size -= 1) {
        context.font = `${size}px ${theme.font}`;
        const widest = Math.max(...lines.map((line) => context.measureText(line).width));
        const tall = lines.length > 1 && lines.length * (size + 2) > this.height - this.gap - 2;
        if (widest <= this.width - this.gap - (/[a-z]/.test(choice) ? 6 : 3) && !tall) return { lines, size };
      }
    }
    return null;
  }
}
