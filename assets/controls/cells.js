// @ts-check
// Cells of a grid as text: rows by semicolon or line, cells by space, comma or tab.

import { shorten } from "./numbers.js";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const PRINTED = /^[\w.]*\(\s*(\[.*\])[^[\]]*\)$/s;
const LARGEST = 1e6;
const LONGEST = 4000;

/** The number that a cell's text spells as the shortest text, undefined where it is none. */
export function readCell(text) {
  const spelled = text.trim().replace("−", "-").replace(",", ".");
  if (!NUMBER.test(spelled) || Math.abs(Number(spelled)) > LARGEST) return undefined;
  return String(Number(spelled));
}

/** Why a cell's text is refused. */
export function cellNote(text, place) {
  const shown = text.trim() ? `“${shorten(text.trim())}”` : "an empty cell";
  const large = NUMBER.test(text.trim().replace("−", "-"));
  return large
    ? `${place}: ${shown} is too large; use at most 1,000,000.`
    : `${place}: ${shown} is not a finite number; type one such as 1.5.`;
}

function split(text) {
  const bare = PRINTED.exec(text.trim())?.[1] ?? text;
  const lines = bare
    .split(/[;\n]|\]\s*,|\](?=\s*\[)/)
    .map((line) => line.replace(/^[[\]\s,]+|[[\]\s,]+$/g, ""));
  return lines.filter(Boolean).map((line) => line.split(/[\s,]+/));
}

function shapeNote(text, rows, most) {
  if (text.length > LONGEST) return `The text has ${text.length} characters: use at most ${LONGEST}.`;
  if (text.includes("...")) return "The dots stand for numbers left out: write the grid in full.";
  if (!rows.length) return "There is no number: write rows like 1 2; 3 4.";
  const lengths = rows.map((row) => row.length);
  const [least, longest] = [Math.min(...lengths), Math.max(...lengths)];
  if (least < longest) return `The rows have ${least} to ${longest} cells: give every row the same number.`;
  if (Math.max(rows.length, longest) > most) {
    return `${rows.length} × ${longest} cells are too many: use at most ${most} a side.`;
  }
  return "";
}

/**
 * The grid that text spells, each cell as the shortest text of its number.
 * @param {string} text
 * @param {number} most Cells on a side.
 * @returns {{cells: string[][] | undefined, note: string}} No cells, and why, where it spells none.
 */
export function parseCells(text, most) {
  const rows = split(text);
  const note = shapeNote(text, rows, most);
  if (note) return { cells: undefined, note };
  const cells = rows.map((row) => row.map(readCell));
  for (const [y, row] of cells.entries()) {
    const x = row.indexOf(undefined);
    if (x >= 0) return { cells: undefined, note: cellNote(rows[y][x], `Row ${y}, column ${x}`) };
  }
  return { cells, note: "" };
}

/** The text that `parseCells` reads back. */
export function formatCells(cells) {
  return cells.map((row) => row.join(" ")).join("; ");
}

/** A cell's text for a small field: whole numbers as they are, others with three digits or so. */
export function brief(cell) {
  const value = Number(cell);
  if (Number.isInteger(value)) return cell;
  return String(
    Number(
      value.toPrecision(
        Math.max(Math.abs(value) < 0.01 ? 2 : 3, String(Math.trunc(Math.abs(value))).length + 1),
      ),
    ),
  );
}

/** Cells cut to a shape, or with zeros added to reach it. */
export function resizeCells(cells, [rows, cols]) {
  return Array.from({ length: rows }, (_, y) => Array.from({ length: cols }, (_, x) => cells[y]?.[x] ?? "0"));
}

/** The cells of a text in a shape; zeros where it spells none. */
export function cellsOf(text, shape) {
  return resizeCells(parseCells(text, Infinity).cells ?? [], shape);
}

/**
 * Cells with a pasted block from one cell on; what reaches beyond them is left out, and said.
 * @param {string[][]} cells
 * @param {number} row
 * @param {number} col
 * @param {string} text
 */
export function pasteCells(cells, row, col, text) {
  const block = parseCells(text, Infinity);
  if (!block.cells) return { cells: undefined, note: block.note };
  const filled = cells.map((line, y) => line.map((cell, x) => block.cells[y - row]?.[x - col] ?? cell));
  const over = row + block.cells.length > cells.length || col + block.cells[0].length > cells[0].length;
  return { cells: filled, note: over ? "Only the cells that fit this grid were pasted." : "" };
}
