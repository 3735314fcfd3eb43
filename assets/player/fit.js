// @ts-check
// Fit: how large the cells are, and how the grids are arranged, at a given width.

const LEAST_COLUMNS = 700; // px: readings stand side by side from here on
const BETWEEN = 28; // px between them
const ASIDE = 250; // px beside a matrix that stands alone, for the pinned sum
const LARGEST = 80; // px of a cell
const LEAST_EVEN = 26; // px: from here on all grids have cells of one size
const SIGN = 33; // px a sign between factors takes
const GUTTER = 60; // px between the factors and the result
const LEGIBLE = 17; // px: a smaller cell holds no number
const TITLE = 92; // px a small grid's title takes

export const whole = (size, ratio) => (size < 4 ? size : Math.floor(size * ratio) / ratio);
export const square = (size, ratio) => {
  const side = Math.max(2, whole(size, ratio));
  return { width: side, height: side };
};
export const sum = (list) => list.reduce((total, grid) => total + grid.cols, 0);
export const tallest = (list) => Math.max(...list.map((grid) => grid.rows));

export function factorsIn(scene) {
  return scene.layout.factors.filter((item) => typeof item === "number").map((at) => scene.grids[at]);
}

export function isTable(scene) {
  return Boolean(scene.grids[scene.layout.result].column);
}

/** Whether two small factors stand one above the other, beside a large one. */
export function isTower(scene) {
  const [head, ...rest] = factorsIn(scene);
  return !scene.layout.board && rest.length === 2 && head.rows >= rest[0].rows + 2;
}

/** Arrange the panels on the stage: the arrangement's name, and cell sizes by panel and grid. */
export function fitPanels(scenes, width, ratio, room = 440) {
  if (scenes.length === 1) {
    const [scene] = scenes;
    if (scene.layout.board) return fitBoard(scene, width, ratio);
    if (!isTable(scene)) return fitOne(scene, width, ratio, room);
    return {
      layout: width < 620 ? "narrow" : "wide",
      sizes: [fitTable(scene, { width: width < 620 ? width : width - ASIDE, height: 480, ratio })],
      widths: [width],
    };
  }
  const beside = width >= LEAST_COLUMNS;
  const widths = beside ? shareWidth(scenes, width - BETWEEN * (scenes.length - 1)) : scenes.map(() => width);
  const cells = scenes.map((scene, at) => {
    const { rows, cols } = scene.grids[scene.layout.result];
    return isTable(scene) ? Infinity : Math.min(46, widths[at] / cols, (beside ? 300 : 400) / rows);
  });
  const result = Math.min(...cells);
  const sizes = scenes.map((scene, at) => {
    if (isTable(scene)) return fitTable(scene, { width: widths[at], height: beside ? 450 : 480, ratio });
    return fitColumn(scene, { width: widths[at], result, ratio, roomy: !beside });
  });
  return { layout: beside ? "beside" : "narrow", sizes, widths };
}

/** Widths of readings that stand side by side: of three, a table takes the least. */
function shareWidth(scenes, width) {
  const shares = scenes.map((scene) => (scenes.length > 2 && isTable(scene) ? 0.76 : 1));
  const all = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => (share * width) / all);
}

/** Factors in a row, or two beside the first; the result below. */
function fitColumn(scene, { width, result, ratio, roomy }) {
  const [head, ...rest] = factorsIn(scene);
  const across = isTower(scene) ? Math.max(...rest.map(({ cols }) => cols)) : sum(rest);
  const signs = isTower(scene) ? 1 : rest.length;
  const sign = roomy && rest.length === 1 ? 44 : 22; // with the gaps on both sides of it
  const named = head.rows > rest[0].rows ? (width - sign - TITLE) / head.cols : Infinity;
  const down = isTower(scene)
    ? Math.max(head.rows, rest[0].rows + rest[1].rows + 3)
    : Math.max(head.rows, tallest(rest));
  const cell = Math.min(
    40,
    (width - sign * signs) / (head.cols + across),
    named,
    (isTower(scene) ? 280 : 220) / down,
  );
  const small = Math.max(cell, Math.min(18, TITLE / across)); // a kernel stays legible beside a large grid
  const sizes = [];
  for (const grid of rest) sizes[grid.index] = square(head.rows > rest[0].rows ? small : cell, ratio);
  sizes[head.index] = square(cell, ratio);
  sizes[scene.layout.result] = square(result, ratio);
  return sizes;
}

/** A matrix, and columns as high as it needs: wide cells that may be low. */
function fitTable(scene, { width, height, ratio }) {
  const matrix = factorsIn(scene).find((grid) => !grid.column);
  const result = scene.grids[scene.layout.result];
  const sums = scene.symbols && width > 500 ? 170 : 0;
  const column = Math.min(44, Math.max(28, width / 9));
  const wide = Math.min(48, (width - 72 - column - (sums || column)) / matrix.cols);
  const low = height / matrix.rows;
  const sizes = [];
  for (const grid of scene.grids) {
    const own =
      grid.column && grid !== result ? Math.min(height / (grid.rows * grid.cols), Math.max(low, 16)) : low;
    const across = grid === matrix ? wide : (grid === result && sums) || column;
    sizes[grid.index] = { width: whole(across, ratio), height: whole(Math.min(26, own), ratio) };
  }
  return sizes;
}

/** Grids in rows and columns; their results beside them or below, whichever is easier to read. */
function fitBoard(scene, width, ratio) {
  const { rows, results } = scene.layout.board;
  const fits = [];
  for (const layout of width < 620 ? ["narrow"] : ["wide", "over"]) {
    for (let cell = 10; cell <= 32; cell += 1) {
      for (let count = 1; count <= results.length; count += 1)
        fits.push(tryBoard(scene, { width, layout, cell, count }));
    }
  }
  const best = fits.reduce((found, fit) => (fit.score > found.score ? fit : found));
  const [first] = rows[0];
  const sizeOf = ({ index, rows: high, cols }) => {
    if (results.includes(index)) return best.size;
    return high === scene.grids[first].rows &&
      cols === scene.grids[first].cols &&
      rows.some(([head]) => head === index)
      ? best.cell
      : best.tap;
  };
  const sizes = scene.grids.map((grid) => square(sizeOf(grid), ratio));
  return { layout: best.layout, sizes: [sizes], widths: [width], across: best.count };
}

/** One arrangement: input cells of a size, taps as large as that leaves room for, results in so many columns. */
function tryBoard(scene, { width, layout, cell, count }) {
  const { rows, results } = scene.layout.board;
  const grids = rows.map((row) => row.map((item) => scene.grids[item]).filter(Boolean));
  const [input, ...kernels] = grids[0];
  const beside = layout === "wide";
  const signs = (layout === "narrow" ? 24 : 30) + (layout === "narrow" ? 6 : 10) * (kernels.length + 1);
  const taps = ((beside ? 0.56 : 1) * width - signs - cell * input.cols) / sum(kernels);
  const tap = Math.floor(Math.min(32, taps, Math.max(cell, (cell * input.rows) / kernels[0].rows)));
  const heights = grids.map((row) =>
    Math.max(...row.map((grid) => grid.rows * (grid === row[0] && row.length > kernels.length ? cell : tap))),
  );
  const board = heights.reduce((total, height) => total + height + 36, 0);
  const { rows: high, cols: wide } = scene.grids[results[0]];
  const room = beside ? width - cell * input.cols - tap * sum(kernels) - signs - 100 : width;
  const lines = Math.ceil(results.length / count);
  const size = Math.floor(Math.min(34, (room - 24 * (count - 1)) / (wide * count)));
  const outputs = (size * high + 60) * lines;
  const height = beside ? Math.max(board, outputs) : board + outputs;
  const sides = [cell, tap, size];
  const legible = sides.filter((side) => side >= LEGIBLE).length;
  const worth = Math.min(cell, 24) + Math.min(tap, 30) + Math.min(size, 26);
  const fits = tap >= 6 && size >= 4;
  return {
    layout,
    cell,
    tap,
    size,
    count,
    score: fits
      ? 30 * legible + worth - height / 40 - (layout === "narrow" ? 0 : Math.max(0, height - 600) / 12)
      : Math.min(...sides) - 1000,
  };
}

/** One scene alone: choose the arrangement that gives the largest cells. */
function fitOne(scene, width, ratio, room) {
  const factors = factorsIn(scene);
  const result = scene.grids[scene.layout.result];
  const sizes = [];
  const set = (list, size) => {
    for (const grid of list) sizes[grid.index] = square(size, ratio);
  };
  const as = (layout) => ({ layout, sizes: [sizes], widths: [width] });
  if (width < 620 && isTower(scene)) {
    const result = Math.min(46, width / scene.grids[scene.layout.result].cols);
    return {
      layout: "narrow",
      sizes: [fitColumn(scene, { width, result, ratio, roomy: true })],
      widths: [width],
    };
  }
  if (width < 620) {
    set(factors, Math.min(40, (width - 56) / sum(factors), 260 / tallest(factors)));
    set([result], Math.min(46, width / result.cols));
    return as("narrow");
  }
  const across = width - 2 * SIGN - GUTTER;
  const rows = Math.max(result.rows, tallest(factors));
  const even = Math.min(LARGEST, across / (sum(factors) + result.cols), room / rows);
  if (even >= LEAST_EVEN) {
    set([...factors, result], even);
    return as("wide");
  }
  const resultCell = Math.min(46, 500 / result.rows, (0.54 * width) / result.cols);
  const overResult = Math.min(46, width / result.cols, 300 / result.rows);
  const overFactors = Math.min(40, (width - 80) / sum(factors), 180 / tallest(factors));
  const height = overResult * result.rows + overFactors * tallest(factors);
  if (overResult >= 1.5 * resultCell && height <= 400) {
    set(factors, overFactors);
    set([result], overResult);
    return as("over");
  }
  const left = width - Math.max(resultCell * result.cols, 200) - 40 - 64;
  const inRow = Math.min(46, left / sum(factors), (left - 2 * 108) / factors[0].cols, 440 / tallest(factors));
  const [head, ...rest] = factors;
  const headCell = Math.min(44, (left + 64) / head.cols, 210 / head.rows);
  const restCell = Math.min(44, (left + 10) / sum(rest), 150 / tallest(rest));
  set([result], resultCell);
  if (inRow >= 26 || inRow >= Math.min(headCell, restCell)) {
    set(factors, inRow);
    return as("wide");
  }
  set([head], headCell);
  set(rest, restCell);
  return as("stacked");
}
