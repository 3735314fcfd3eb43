// Painting: colours by role, one canvas per grid, cells with their numbers.

const BLEND = 0.85;
const SHAPE = 0.6;

/** The palette's roles as the browser resolves them, and the fills of the diverging scale. */
class Theme {
  constructor(root, limit) {
    const style = getComputedStyle(root);
    const roles = "page panel ink soft line input kernel stamp output positive negative black white".split(" ");
    for (const role of roles) this[role] = style.getPropertyValue(`--${role}`).trim();
    this.font = style.fontFamily;
    this.limit = limit;
    this.blank = mixColours(this.panel, this.line, 0.35);
    this.fills = new Map();
  }

  /** Background and readable text colour for a value. */
  fill(value) {
    const share = Math.min(1, Math.abs(value) / this.limit) ** SHAPE;
    const key = Math.round(share * 48) * (value < 0 ? -1 : 1);
    if (!this.fills.has(key)) {
      const end = value < 0 ? this.negative : this.positive;
      const back = mixColours(this.page, end, (BLEND * Math.abs(key)) / 48);
      this.fills.set(key, { back, text: this.readable(back) });
    }
    return this.fills.get(key);
  }

  /** The same for a cell that is cropped away, added by output_padding, or not reached (null). */
  shade(value, cropped, tinted) {
    const plain = value === null ? { back: this.blank, text: this.soft } : this.fill(value);
    if (!cropped && !tinted) return plain;
    const key = `${plain.back}${cropped}`;
    if (!this.fills.has(key)) {
      const [over, share] = cropped ? [this.page, 0.5] : [this.output, 0.22];
      const back = mixColours(plain.back, over, share);
      const faint = cropped && contrastOf(this.soft, back) >= 4.5;
      this.fills.set(key, { back, text: faint ? this.soft : this.readable(back) });
    }
    return this.fills.get(key);
  }

  /** A text colour with a contrast of at least 4.5: ink or page, else black or white. */
  readable(back) {
    const best = (first, second) =>
      contrastOf(first, back) >= contrastOf(second, back) ? first : second;
    const own = best(this.ink, this.page);
    return contrastOf(own, back) >= 4.5 ? own : best(this.black, this.white);
  }
}

function rgbOf(hex) {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function mixColours(start, end, share) {
  const to = rgbOf(end);
  const mixed = rgbOf(start).map((from, i) => Math.round(from + (to[i] - from) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG contrast ratio of two colours. */
function contrastOf(first, second) {
  const light = [first, second].map((hex) => {
    const [r, g, b] = rgbOf(hex).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
  return (Math.max(...light) + 0.05) / (Math.min(...light) + 0.05);
}

function roundedRect(context, x, y, width, height, radius) {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
}

/** One grid on the screen: its canvas, where it lies on the stage, and how it draws a cell. */
class GridView {
  constructor(grid, figure, canvas) {
    this.grid = grid;
    this.figure = figure;
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.texts = new Map();
    this.stepless = null;
  }

  resize(cell, ratio) {
    this.cell = cell;
    this.gap = cell >= 14 ? 2 : cell >= 7 ? 1 : cell >= 6 ? 0.5 : 0;
    this.fontSize = cell >= 40 ? 14 : Math.max(8, Math.round(cell * 0.35));
    this.texts.clear();
    const { rows, cols } = this.grid;
    this.canvas.style.width = `${cols * cell}px`;
    this.canvas.style.height = `${rows * cell}px`;
    this.canvas.width = Math.round(cols * cell * ratio);
    this.canvas.height = Math.round(rows * cell * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.hatch = null;
  }

  /** Where a cell lies on the stage. */
  rect(row, col) {
    return { x: this.x + col * this.cell, y: this.y + row * this.cell, size: this.cell };
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
    this.context.clearRect(0, 0, this.grid.cols * this.cell, this.grid.rows * this.cell);
    for (let row = 0; row < this.grid.rows; row += 1) {
      for (let col = 0; col < this.grid.cols; col += 1) this.drawAt(theme, replay, row, col);
    }
  }

  drawAt(theme, replay, row, col) {
    const at = row * this.grid.cols + col;
    const rect = { x: col * this.cell, y: row * this.cell, size: this.cell };
    this.context.clearRect(rect.x, rect.y, rect.size, rect.size);
    const reached = replay.reached[this.grid.index][at] === 1;
    if (!reached && this.grid.values && !this.grid.frame) return; // a gap: nothing is there
    this.drawCell(this.context, theme, rect, {
      value: reached ? replay.values[this.grid.index][at] : null,
      hole: this.reach !== undefined && this.reach[at] === 0,
      cropped: this.isCropped(row, col),
      tinted: this.isTinted(row, col),
    });
  }

  /** Draw one cell: `value` null is a cell nothing has reached yet. */
  drawCell(context, theme, rect, { value, text, hole, cropped, tinted, alpha = 1 }) {
    const shade = theme.shade(value, cropped, tinted);
    const size = rect.size - this.gap;
    const x = rect.x + this.gap / 2;
    const y = rect.y + this.gap / 2;
    context.save();
    context.globalAlpha = alpha;
    context.fillStyle = shade.back;
    roundedRect(context, x, y, size, size, this.cell >= 20 ? 3 : 1);
    context.fill();
    if (cropped) {
      context.fillStyle = this.hatching(context, theme);
      context.fill();
    }
    if (hole) this.drawHole(context, theme, rect);
    else if (value !== null) this.drawText(context, theme, rect, text ?? value, shade.text);
    context.restore();
  }

  drawText(context, theme, rect, value, colour) {
    if (rect.size < 17) return;
    const fitted = typeof value === "string" ? this.fitText(context, theme, value) : this.fitNumber(context, theme, value);
    if (!fitted) return;
    context.font = `${fitted.size}px ${theme.font}`;
    context.fillStyle = colour;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(fitted.text, rect.x + rect.size / 2, rect.y + rect.size / 2 + 0.5);
  }

  /** The longest spelling of a number that fits the cell, or null. */
  fitNumber(context, theme, value) {
    const full = formatNumber(value, 4);
    if (!this.texts.has(full)) {
      const small = Math.max(8, this.fontSize - 2);
      const fitted = [[4, small], [3, small], [2, 8]]
        .map(([digits, least]) => this.fitText(context, theme, formatNumber(value, digits), least))
        .find(Boolean);
      this.texts.set(full, fitted ?? null);
    }
    return this.texts.get(full);
  }

  fitText(context, theme, text, least = 8) {
    for (let size = this.fontSize; size >= least; size -= 1) {
      context.font = `${size}px ${theme.font}`;
      if (context.measureText(text).width <= this.cell - this.gap - 3) return { text, size };
    }
    return null;
  }

  drawHole(context, theme, rect) {
    if (rect.size < 5) return;
    context.strokeStyle = theme.soft;
    context.lineWidth = 1;
    context.beginPath();
    context.arc(rect.x + rect.size / 2, rect.y + rect.size / 2, rect.size * 0.14, 0, 2 * Math.PI);
    context.stroke();
  }

  hatching(context, theme) {
    if (!this.hatch) {
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
      this.hatch = context.createPattern(tile, "repeat");
    }
    return this.hatch;
  }
}

/** Frame a block of cells on the stage. */
function frameCells(context, view, window, colour, { width = 2.5, dash = [], pad = 1 } = {}) {
  const { x, y } = view.rect(window.row, window.col);
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  roundedRect(
    context,
    x - pad,
    y - pad,
    window.cols * view.cell + 2 * pad,
    window.rows * view.cell + 2 * pad,
    view.cell >= 20 ? 5 : 2,
  );
  context.stroke();
  context.restore();
}
