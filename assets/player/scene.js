// @ts-check
// The scenes: grids of numbers, and steps that read windows of grids and write patches to them.
// Nothing here knows what the numbers mean.

/**
 * @typedef {{ row: number, col: number, rows: number, cols: number }} Window A block of cells.
 *
 * @typedef {object} Grid A grid of numbers on the stage.
 * @property {number} index Its place among the scene's grids.
 * @property {string} role Its hue.
 * @property {string} symbol What its cells are called by, as in `y[1,2]`.
 * @property {number} rows
 * @property {number} cols
 * @property {Float32Array | undefined} values None where only steps write to it.
 * @property {ArrayLike<number> | null} ids The number, from 1, of the input cell or tap a cell holds.
 * @property {Window | undefined} frame The cells that count; those outside are cropped.
 * @property {{ rows: number, cols: number } | null} tint The last ones, which output_padding added.
 * @property {number[]} at What its cells' names begin with: its channels.
 * @property {(number: number) => number | undefined} place Where the cell of a number stands.
 * @property {string} title
 * @property {string} subtitle
 * @property {string | null} idle The title before the first step.
 * @property {"jump" | "pin" | null} action What a click on a cell does.
 * @property {string} hint
 * @property {string} outside What cells outside the frame are called by.
 * @property {"" | "source" | "tap" | "target" | "product" | "entry"} [family] What its cells are.
 * @property {boolean} [column] Drawn as one column, row after row.
 * @property {boolean} [turns] Shown turning by 180° before the first step.
 *
 * @typedef {object} Channel A window that every step reads from, sets or adds to, on one grid.
 * @property {string} name
 * @property {number} grid
 * @property {number} rows
 * @property {number} cols
 * @property {number} rowStep Rows between neighbouring cells of the window.
 * @property {number} colStep
 * @property {"read" | "set" | "add"} mode
 * @property {ArrayLike<number>} corners The first cell of each step's window: row, col, row, col, …
 * @property {boolean} fixed Whether it is the same in every step.
 * @property {number} patch Cells of the window.
 * @property {ArrayLike<number>} [values] What is written, step by step.
 * @property {string[]} [product] Or the channels whose cells multiply to it.
 * @property {string} [hue]
 * @property {boolean} quiet Read without being marked.
 *
 * @typedef {Pick<Channel, "grid" | "rows" | "cols" | "rowStep" | "colStep" | "corners" | "fixed">} Windows
 *
 * @typedef {object} Scene Grids, and steps that read windows of them and write patches to them.
 * @property {number} steps
 * @property {number} limit The end of the colour scale.
 * @property {boolean} symbols Letters in place of numbers.
 * @property {any} links Which input cell meets which tap where, for all readings of one layer.
 * @property {Grid[]} grids
 * @property {Channel[]} channels
 * @property {Record<string, Channel>} channel By name.
 * @property {{ channel: string, at: "first" | "same" }[]} factors How a cell's sum is spelled.
 * @property {any} layout Which grids are factors, and which the result.
 * @property {{ from: string, to: string } | 0} flight
 * @property {{ from: string, to: string }[]} flights
 * @property {string[]} captions
 * @property {ArrayLike<number>} captionIndex The caption of each step.
 * @property {string} name
 * @property {string} title
 * @property {string} lead
 * @property {string} arrow
 * @property {string} opening
 * @property {string} hint
 * @property {boolean} outlines
 * @property {{ mark: string, text: string }[]} legend
 *
 * @typedef {object} Message What the server sent.
 * @property {number} start The opening step and 1, or 0.
 * @property {number} steps
 * @property {number} limit
 * @property {boolean} symbols
 * @property {any} links
 * @property {number[] | null} pin
 * @property {number} [loop] Pixels high, if the scene plays by itself.
 * @property {Scene[]} scenes
 */

/**
 * Read the payload: u32 start step, u32 header length, JSON header, buffers (each 8-byte aligned).
 * @param {Uint8Array} bytes
 * @returns {Message}
 */
export function decodeMessage(bytes) {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const headerLength = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(copy.subarray(8, 8 + headerLength)));
  const buffer = bufferReader(copy.buffer, 8 + headerLength, header.buffers);
  const links = header.links && {
    ...header.links,
    corners: buffer(header.links.corners),
    source: { ...header.links.source, values: buffer(header.links.source.values) },
    tap: { ...header.links.tap, values: buffer(header.links.tap.values) },
  };
  const shared = { steps: header.steps, limit: header.limit, symbols: header.symbols, links };
  return {
    ...header,
    links,
    start: view.getUint32(0, true),
    scenes: header.scenes.map((scene) => decodeScene(scene, shared, buffer)),
  };
}

/** Look buffers up by name; those that follow from others are made when first asked for. */
function bufferReader(data, base, index) {
  const types = { f4: Float32Array, i2: Int16Array, i4: Int32Array, u1: Uint8Array };
  const made = {};
  const make = ({ type, offset, length, outer, sparse }) => {
    if (outer) {
      const [first, second] = outer.map(read);
      const product = new Float64Array(first.length * second.length);
      first.forEach((left, i) =>
        second.forEach((right, j) => (product[i * second.length + j] = left * right)),
      );
      return product;
    }
    if (!sparse) return new types[type](data, base + offset, length);
    const [gaps, told] = sparse.map(read);
    const whole = told instanceof Float32Array ? new Float32Array(length) : new Int32Array(length);
    let at = -1;
    gaps.forEach((gap, i) => {
      at += gap;
      whole[at] = told[i];
    });
    return whole;
  };
  const read = (name) => (made[name] ??= make(index[name]));
  return read;
}

function decodeScene(scene, shared, buffer) {
  const channels = scene.channels.map((channel, index) => {
    const corners = buffer(channel.corners);
    const values = channel.values ? buffer(channel.values) : undefined;
    return {
      ...channel,
      index,
      corners,
      values,
      patch: channel.rows * channel.cols,
      fixed: corners.length === 2,
    };
  });
  return {
    ...shared,
    ...scene,
    flights: scene.layout.board?.flights ?? (scene.flight ? [scene.flight] : []),
    grids: scene.grids.map((grid, index) => decodeGrid(grid, index, buffer)),
    channels,
    channel: Object.fromEntries(channels.map((channel) => [channel.name, channel])),
    captionIndex: buffer(scene.captionOfStep),
  };
}

function decodeGrid(grid, index, buffer) {
  const ids = grid.ids ? buffer(grid.ids) : null;
  const whole = Array.isArray(grid.values) ? buffer(grid.values[0]) : null;
  const values = whole
    ? Float32Array.from(ids, (id) => whole[Math.max(id, 0)])
    : grid.values && buffer(grid.values);
  const place = new Map();
  ids?.forEach((id, at) => id > 0 && place.set(id - 1, at));
  return { at: [], ...grid, index, ids, values, place: (number) => (ids ? place.get(number) : number) };
}

/**
 * The grids of a scene that hold its result: one, or one for each filter.
 * @param {Scene} scene
 */
export function resultsOf(scene) {
  return scene.layout.board?.results ?? [scene.layout.result];
}

/**
 * The first cell of a channel's window at a step.
 * @param {Windows} channel
 * @param {number} step
 */
export function cornerOf(channel, step) {
  const at = channel.fixed ? 0 : 2 * step;
  return [channel.corners[at], channel.corners[at + 1]];
}

/**
 * Call visit(cell index, patch index, row, col) for each cell of a channel's window in its grid.
 * @param {Scene} scene
 * @param {number} step
 * @param {Windows} channel
 * @param {(cell: number, patch: number, row: number, col: number) => void} visit
 */
export function forWindow(scene, step, channel, visit) {
  const { rows, cols } = scene.grids[channel.grid];
  const [top, left] = cornerOf(channel, step);
  for (let u = 0; u < channel.rows; u += 1) {
    const row = top + u * channel.rowStep;
    if (row < 0 || row >= rows) continue;
    for (let v = 0; v < channel.cols; v += 1) {
      const col = left + v * channel.colStep;
      if (col >= 0 && col < cols) visit(row * cols + col, u * channel.cols + v, row, col);
    }
  }
}

/**
 * A channel's window at a step: first cell, and the rows and columns it spans.
 * @param {Scene} scene
 * @param {number} step
 * @param {Windows} channel
 */
export function windowOf(scene, step, channel) {
  const [row, col] = cornerOf(channel, step);
  return {
    row,
    col,
    rows: channel.rowStep * (channel.rows - 1) + 1,
    cols: channel.colStep * (channel.cols - 1) + 1,
  };
}

/** The part of a window that lies in a grid of (rows, cols), or null. */
export function clipWindow({ rows, cols }, window) {
  const row = Math.max(0, window.row);
  const col = Math.max(0, window.col);
  const bottom = Math.min(rows, window.row + window.rows);
  const right = Math.min(cols, window.col + window.cols);
  return bottom > row && right > col ? { row, col, rows: bottom - row, cols: right - col } : null;
}

/**
 * The value a writing channel puts (or adds) at a patch index in a step.
 * @param {Scene} scene
 * @param {Channel} channel
 * @param {number} step
 * @param {number} patchIndex
 */
export function written(scene, channel, step, patchIndex) {
  if (!channel.product) return channel.values[step * channel.patch + patchIndex];
  return channel.product.reduce((total, name) => {
    const read = scene.channel[name];
    const [row, col] = cornerOf(read, step);
    const u = Math.floor(patchIndex / read.cols);
    const v = patchIndex % read.cols;
    const grid = scene.grids[read.grid];
    return total * grid.values[(row + u * read.rowStep) * grid.cols + col + v * read.colStep];
  }, 1);
}

/** The grids' numbers after any number of steps; going forward by one applies one step only. */
export class Replay {
  constructor(scene) {
    this.scene = scene;
    this.rewind();
  }

  rewind() {
    this.position = 0;
    this.values = this.scene.grids.map((grid) =>
      grid.values
        ? Float64Array.from(grid.values, (value) => value || 0)
        : new Float64Array(grid.rows * grid.cols),
    );
    this.reached = this.scene.grids.map((grid) =>
      grid.values
        ? Uint8Array.from(grid.values, (value) => (Number.isNaN(value) ? 0 : 1))
        : new Uint8Array(grid.rows * grid.cols),
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
        const value = written(this.scene, channel, step, patchIndex);
        values[cell] = channel.mode === "add" ? values[cell] + value : value;
        reached[cell] = Number.isNaN(value) ? 0 : 1;
      });
    }
    this.position = step + 1;
  }
}

/**
 * How many steps write to each cell of a grid.
 * @param {Scene} scene
 * @param {number} gridIndex
 */
export function reachCount(scene, gridIndex) {
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
