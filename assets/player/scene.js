// The scene: grids of numbers, and steps that read windows of grids and write patches to them.
// Nothing here knows what the numbers mean.

/**
 * Read the payload: u32 start step, u32 header length, JSON header, buffers (each 8-byte aligned).
 * @param {Uint8Array} bytes
 */
function decodeScene(bytes) {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const headerLength = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(copy.subarray(8, 8 + headerLength)));
  const types = { f4: Float32Array, i2: Int16Array, u1: Uint8Array };
  const base = 8 + headerLength;
  const buffers = {};
  for (const [name, { type, offset, length }] of Object.entries(header.buffers)) {
    buffers[name] = new types[type](copy.buffer, base + offset, length);
  }
  const channels = header.channels.map((channel, index) => ({
    ...channel,
    index,
    values: buffers[channel.values],
    patch: channel.rows * channel.cols,
  }));
  return {
    ...header,
    start: view.getUint32(0, true),
    grids: header.grids.map((grid, index) => ({ ...grid, index, values: buffers[grid.values] })),
    channels,
    channel: Object.fromEntries(channels.map((channel) => [channel.name, channel])),
    positions: buffers.positions,
    captionIndex: buffers.captions,
  };
}

/** Call visit(cell index, patch index, row, col) for each cell of a channel's window at a step. */
function forWindow(scene, step, channel, visit) {
  const at = 2 * (step * scene.channels.length + channel.index);
  const width = scene.grids[channel.grid].cols;
  for (let u = 0; u < channel.rows; u += 1) {
    const row = scene.positions[at] + u * channel.rowStep;
    for (let v = 0; v < channel.cols; v += 1) {
      const col = scene.positions[at + 1] + v * channel.colStep;
      visit(row * width + col, u * channel.cols + v, row, col);
    }
  }
}

/** A channel's window at a step: first cell, and the rows and columns it spans. */
function windowOf(scene, step, channel) {
  const at = 2 * (step * scene.channels.length + channel.index);
  const row = scene.positions[at];
  const col = scene.positions[at + 1];
  return {
    row,
    col,
    rows: channel.rowStep * (channel.rows - 1) + 1,
    cols: channel.colStep * (channel.cols - 1) + 1,
  };
}

/** The value a writing channel puts (or adds) at a patch index in a step. */
function written(channel, step, patchIndex) {
  return channel.values[step * channel.patch + patchIndex];
}

/** The grids' numbers after any number of steps; going forward by one applies one step only. */
class Replay {
  constructor(scene) {
    this.scene = scene;
    this.rewind();
  }

  rewind() {
    this.position = 0;
    this.values = this.scene.grids.map((grid) =>
      grid.values ? Float64Array.from(grid.values) : new Float64Array(grid.rows * grid.cols),
    );
    this.reached = this.scene.grids.map((grid) =>
      Uint8Array.from({ length: grid.rows * grid.cols }, (_, cell) => (grid.values && !Number.isNaN(grid.values[cell]) ? 1 : 0)),
    );
  }

  seek(position) {
    if (position < this.position) this.rewind();
    while (this.position < position) this.apply(this.position);
  }

  apply(step) {
    for (const channel of this.scene.channels) {
      if (channel.mode === "read") continue;
      const values = this.values[channel.grid];
      const reached = this.reached[channel.grid];
      forWindow(this.scene, step, channel, (cell, patchIndex) => {
        const value = written(channel, step, patchIndex);
        values[cell] = channel.mode === "add" ? values[cell] + value : value;
        reached[cell] = Number.isNaN(value) ? 0 : 1;
      });
    }
    this.position = step + 1;
  }
}

/** How many steps write to each cell of a grid. */
function reachCount(scene, gridIndex) {
  const grid = scene.grids[gridIndex];
  const count = new Uint16Array(grid.rows * grid.cols);
  for (const channel of scene.channels) {
    if (channel.mode === "read" || channel.grid !== gridIndex) continue;
    for (let step = 0; step < scene.steps; step += 1) {
      forWindow(scene, step, channel, (cell) => {
        count[cell] += 1;
      });
    }
  }
  return count;
}

/** The cells whose product is a patch's number in a step. */
function factorsOf(scene, step, patchIndex) {
  return scene.factors.map(({ channel: name, at }) => {
    const source = scene.channel[name];
    const grid = scene.grids[source.grid];
    const patch = at === "same" ? patchIndex : 0;
    const corner = 2 * (step * scene.channels.length + source.index);
    const row = scene.positions[corner] + Math.floor(patch / source.cols) * source.rowStep;
    const col = scene.positions[corner + 1] + (patch % source.cols) * source.colStep;
    return { grid: source.grid, row, col, value: grid.values[row * grid.cols + col] };
  });
}

/** Every addition to one cell: its step, its value and the cells it was made from. */
function contributions(scene, gridIndex, target) {
  const found = [];
  const channel = scene.channels.find((one) => one.grid === gridIndex && one.mode === "add");
  if (!channel) return found;
  for (let step = 0; step < scene.steps; step += 1) {
    forWindow(scene, step, channel, (cell, patchIndex) => {
      if (cell !== target) return;
      const factors = factorsOf(scene, step, patchIndex);
      found.push({ step, value: written(channel, step, patchIndex), factors });
    });
  }
  return found;
}

/** A number as people write it: few digits, no trailing zeros, a real minus sign. */
function formatNumber(value, digits = 4) {
  const size = Math.abs(value);
  if (size < 1e-9) return "0";
  const text =
    size >= 1e5 || size < 1e-3
      ? value.toExponential(Math.max(0, digits - 3)).replace("e+", "e")
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

/** Rows or columns a window covers, in words: `rows 2–4`, or `rows 0, 2, 4` when it skips cells. */
function formatSpan(name, start, count, step) {
  if (count === 1) return `${name} ${start}`;
  if (step === 1) return `${name}s ${start}–${start + count - 1}`;
  return `${name}s ${Array.from({ length: count }, (_, index) => start + index * step).join(", ")}`;
}

/** The name of a cell, counted from the corner of the frame where the grid has one. */
function cellName(grid, row, col) {
  const frame = grid.frame;
  if (!frame) return `${grid.symbol}[${row},${col}]`;
  const y = row - frame.row;
  const x = col - frame.col;
  const inside = y >= 0 && x >= 0 && y < frame.rows && x < frame.cols;
  return inside ? `${grid.symbol}[${y},${x}]` : `${grid.outside}[${row},${col}]`;
}

/** Fill `{channel.part}` in a sentence from one step's windows. */
function fillTemplate(scene, step, template) {
  return template.replace(/\{(\w+)\.(\w+)\}/g, (_, name, part) => {
    const channel = scene.channel[name];
    const { row, col } = windowOf(scene, step, channel);
    const grid = scene.grids[channel.grid];
    if (part === "value") return formatNumber(grid.values[row * grid.cols + col]);
    if (part === "name") return cellName(grid, row, col);
    if (part === "rows") return formatSpan("row", row, channel.rows, channel.rowStep);
    return formatSpan("column", col, channel.cols, channel.colStep);
  });
}
