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
 */

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
