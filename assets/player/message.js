// @ts-check
// Messages: the bytes that the server sends, read into scenes.

/**
 * @typedef {object} Message What the server sent.
 * @property {number} start The opening step and 1, or 0.
 * @property {number} steps
 * @property {number} limit
 * @property {boolean} symbols
 * @property {any} links
 * @property {number[] | null} pin
 * @property {number} [loop] Pixels high, if the scene plays by itself.
 * @property {import("./scene.js").Scene[]} scenes
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
