// @ts-check
// Terms: the products that a cell's sum is made of, and where each reading shows their factors.

import { cornerOf, forWindow, resultsOf, written } from "./scene.js";

/** The cells whose product is a patch's number in a step. */
export function factorsOf(scene, step, patchIndex, factors = scene.factors) {
  return factors.map(({ channel: name, at }) => {
    const source = scene.channel[name];
    const grid = scene.grids[source.grid];
    const patch = at === "same" ? patchIndex : 0;
    const [top, left] = cornerOf(source, step);
    const row = top + Math.floor(patch / source.cols) * source.rowStep;
    const col = left + (patch % source.cols) * source.colStep;
    const value = grid.values[row * grid.cols + col];
    return {
      grid: source.grid,
      row,
      col,
      value,
      role: grid.role,
      name: cellName(scene, grid, row, col),
      letter: letterOf(scene, grid, row * grid.cols + col),
    };
  });
}

/** Every product that steps put into one cell: a step's own, or all those of its windows. */
export function contributions(scene, gridIndex, target) {
  const found = [];
  const channel = scene.channels.find((one) => one.grid === gridIndex && one.mode !== "read");
  if (!channel || scene.factors.length === 0) return found;
  const [first] = scene.factors.map(({ channel: name }) => scene.channel[name]);
  const products = scene.factors.every(({ at }) => at === "same") && channel.patch === 1 ? first.patch : 1;
  for (let step = 0; step < scene.steps; step += 1) {
    forWindow(scene, step, channel, (cell, patchIndex) => {
      if (cell !== target) return;
      for (let product = 0; product < products; product += 1) {
        const factors = factorsOf(scene, step, products > 1 ? product : patchIndex);
        const value = products > 1 ? productOf(factors) : written(scene, channel, step, patchIndex);
        found.push({ step, value, factors, cells: () => factors });
      }
    });
  }
  return found;
}

/** The same where sums are told channel by channel: each term a product, in the order of the steps. */
function channelTerms(scene, gridIndex, target) {
  const { sums } = scene.layout.board;
  const found = [];
  for (let step = 0; step < scene.steps; step += 1) {
    for (const channel of scene.channels) {
      if (channel.grid !== gridIndex || !sums[channel.name]) continue;
      forWindow(scene, step, channel, (cell, patchIndex) => {
        if (cell !== target) return;
        for (const product of sums[channel.name]) {
          const factors = factorsOf(scene, step, patchIndex, product);
          found.push({ step, value: productOf(factors), factors, cells: () => factors });
        }
      });
    }
  }
  return found;
}

export function productOf(factors) {
  return factors.reduce((total, factor) => total * factor.value, 1);
}

/** The terms of output cell (y, x), counted from the corner of the frame, in one of the results. */
export function termsOf(message, y, x, at = 0) {
  const { links } = message;
  if (!links) {
    const [scene] = message.scenes;
    const grid = scene.grids[resultsOf(scene)[at]];
    const collect = scene.layout.board ? channelTerms : contributions;
    return collect(scene, grid.index, (y + (grid.frame?.row ?? 0)) * grid.cols + x + (grid.frame?.col ?? 0));
  }
  const { source, tap, corners, spacing, target } = links;
  const inside = y >= 0 && x >= 0 && y < target[0] && x < target[1];
  const found = [];
  for (let i = 0; i < source.values.length; i += 1) {
    const u = (y - corners[2 * i]) / spacing[0];
    const v = (x - corners[2 * i + 1]) / spacing[1];
    const lands =
      Number.isInteger(u) && Number.isInteger(v) && u >= 0 && v >= 0 && u < tap.rows && v < tap.cols;
    if (!lands) continue;
    const t = u * tap.cols + v;
    found.push({
      source: i,
      step: links.clock === "source" ? i : inside ? y * target[1] + x : -1,
      value: source.values[i] * tap.values[t],
      factors: [
        { role: "input", name: sourceName(links, i), letter: sourceLetter(i), value: source.values[i] },
        { role: "kernel", name: tapName(links, t), letter: tapLetter(links, t), value: tap.values[t] },
      ],
      cells: (scene) => linkedCells(scene, { source: i, tap: t, row: inside ? y * target[1] + x : -1 }),
    });
  }
  return found;
}

/** Where a scene shows an input cell, a tap, and the matrix entry where the two meet. */
function linkedCells(scene, { source, tap, row }) {
  const found = [];
  for (const grid of scene.grids) {
    let at;
    if (grid.family === "source") at = grid.place(source);
    if (grid.family === "tap" && tap !== undefined) at = grid.place(tap);
    if (grid.family === "entry" && row >= 0) at = row * grid.cols + source;
    if (at !== undefined)
      found.push({ grid: grid.index, row: Math.floor(at / grid.cols), col: at % grid.cols });
  }
  return found;
}

/** The number of the input cell that a cell holds, if it holds one. */
export function sourceAt(grid, at) {
  if (grid.family !== "source") return undefined;
  const number = grid.ids ? grid.ids[at] - 1 : at;
  return number >= 0 ? number : undefined;
}

// Names and numbers -------------------------------------------------------------

function sourceName({ source }, i) {
  return `x[${Math.floor(i / source.cols)},${i % source.cols}]`;
}

function tapName({ tap }, t) {
  return `w[${Math.floor(t / tap.cols)},${t % tap.cols}]`;
}

function sourceLetter(i) {
  return String.fromCharCode(97 + i);
}

function tapLetter({ tap }, t) {
  const digit = (number) => String.fromCharCode(0x2080 + number);
  return `w${digit(Math.floor(t / tap.cols))}${digit(t % tap.cols)}`;
}

/** The letter of the input cell or tap that a cell holds; "0" for the zeros between them. */
export function letterOf(scene, grid, at) {
  const { links } = scene;
  if (!links) return null;
  const number = grid.ids ? grid.ids[at] - 1 : at;
  if (grid.family === "source") return number < 0 ? "0" : sourceLetter(number);
  if (grid.family === "tap" || grid.family === "entry") return number < 0 ? "0" : tapLetter(links, number);
  return null;
}

/** A number as people write it: few digits, no trailing zeros, a real minus sign. */
export function formatNumber(value, digits = 4) {
  const size = Math.abs(value);
  if (size < 1e-9) return "0";
  const text =
    size >= 1e5 || size < 1e-3
      ? value.toExponential(Math.max(0, digits - 3)).replace("e+", "e")
      : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

/** Rows or columns a window covers, in words: `rows 2–4`, or `rows 0, 2, 4` when it skips cells. */
export function formatSpan(name, start, count, step) {
  if (count === 1) return `${name} ${start}`;
  if (step === 1) return `${name}s ${start}–${start + count - 1}`;
  return `${name}s ${Array.from({ length: count }, (_, index) => start + index * step).join(", ")}`;
}

/** The name of a cell, counted from the corner of the frame where the grid has one. */
export function cellName(scene, grid, row, col) {
  if (grid.ids && scene.links) {
    const number = grid.ids[row * grid.cols + col] - 1;
    if (grid.family === "entry") {
      const entry = `${grid.symbol}[${row},${col}]`;
      return number < 0 ? entry : `${entry} = ${tapName(scene.links, number)}`;
    }
    if (number < 0) return number === -1 ? "inserted zero" : "padding";
    return grid.family === "source" ? sourceName(scene.links, number) : tapName(scene.links, number);
  }
  const frame = grid.frame;
  if (grid.symbol.endsWith("]")) return grid.symbol; // a single number with a name of its own
  const at = grid.at.map((number) => `${number},`).join("");
  if (!frame) return `${grid.symbol}[${at}${row},${col}]`;
  const y = row - frame.row;
  const x = col - frame.col;
  const inside = y >= 0 && x >= 0 && y < frame.rows && x < frame.cols;
  return inside ? `${grid.symbol}[${at}${y},${x}]` : `${grid.outside}[${at}${row},${col}]`;
}

/** Fill `{channel.part}` in a sentence from one step's windows. */
export function fillTemplate(scene, step, template) {
  const filled = template.replace(/\{(\w+)\.(\w+)\}/g, (_, name, part) => {
    const channel = scene.channel[name];
    const [row, col] = cornerOf(channel, step);
    const grid = scene.grids[channel.grid];
    if (part === "value") {
      return formatNumber(
        channel.mode === "read" ? grid.values[row * grid.cols + col] : written(scene, channel, step, 0),
      );
    }
    if (part === "name" && grid.family === "source" && scene.links?.clock === "source")
      return sourceName(scene.links, step);
    if (part === "name") return cellName(scene, grid, row, col);
    if (part === "rows") return formatSpan("row", row, channel.rows, channel.rowStep);
    return formatSpan("column", col, channel.cols, channel.colStep);
  });
  return filled.replace(/^(row|column)/, (word) => word[0].toUpperCase() + word.slice(1));
}
