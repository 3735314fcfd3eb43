// @ts-check
// Messages: the bytes that the server sends, read into scenes.

/**
 * @typedef {object} Message What the server sent.
 * @property {number} steps
 * @property {number} limit
 * @property {boolean} symbols
 * @property {any} links
 * @property {import("./scene.js").Scene[]} scenes
 */

/**
 * @typedef {object} Opening What the component is told beside its scenes.
 * @property {number | null} [start] The step it opens at.
 * @property {number[] | null} [pin] The cell that is pinned when it opens.
 * @property {number} [loop] Pixels high, if the scene plays by itself.
 * @property {string} [live] Where to ask for other scenes.
 * @property {string} [asked] The layer asked for.
 * @property {string} [shown] The layer in the scenes.
 */

/**
 * Part what the component is told: how it opens, and the scenes.
 * @param {Uint8Array} bytes
 * @returns {{ opening: Opening, scenes: Uint8Array }}
 */
export function openMessage(bytes) {
  const [opening, end] = readHeader(bytes);
  return { opening, scenes: bytes.subarray(end) };
}

/** Read a header, u32 length, four bytes of nothing and JSON, and where it ends. */
function readHeader(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return [JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))), 8 + length];
}

/**
 * Read a header, and what looks up the buffers behind it by name.
 * @param {Uint8Array} bytes
 * @returns {[any, (name: string) => any]}
 */
export function readBuffers(bytes) {
  const copy = bytes.slice(); // arrays begin at multiples of 8
  const [header, end] = readHeader(copy);
  return [header, bufferReader(copy.buffer, end, header.buffers)];
}

/**
 * Read scenes: a header, then buffers, each 8-byte aligned.
 * @param {Uint8Array} bytes
 * @returns {Message}
 */
export function decodeMessage(bytes) {
  const [header, buffer] = readBuffers(bytes);
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

/** Whether two messages are the same bytes. */
export function isEqual(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/**
 * The step at which new scenes stand where old ones stood: after the same input or output cell, or
 * the last that is left of its row and column.
 * @param {Message} before
 * @param {Message} after
 * @param {number} position
 */
export function samePlace(before, after, position) {
  const done = Math.floor(position);
  const [from, to] = [shapeWalked(before), shapeWalked(after)];
  if (done === 0) return 0;
  if (done >= before.steps) return after.steps;
  if (!from || !to || before.links?.clock !== after.links?.clock)
    return Math.round((done / before.steps) * after.steps);
  const row = Math.min(Math.floor((done - 1) / from[1]), to[0] - 1);
  const col = Math.min((done - 1) % from[1], to[1] - 1);
  return row * to[1] + col + 1;
}

/** Rows and columns of the cells that the steps go through, where they are one grid's. */
function shapeWalked({ links, scenes, steps }) {
  const { rows, cols } = scenes[0].grids[0];
  const shape = links
    ? links.clock === "target"
      ? links.target
      : [links.source.rows, links.source.cols]
    : [rows, cols];
  return shape[0] * shape[1] === steps ? shape : null;
}
