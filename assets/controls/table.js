// @ts-check
// A table of number fields: arrow keys go from cell to cell, a block can be pasted.

import { brief, cellNote, pasteCells, readCell } from "./cells.js";
import { element, fill } from "./dom.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [1, 0] };

export class Table {
  /**
   * @param {string} label
   * @param {{accept: (cells: string[][]) => void, say: (note: string) => void}} listener
   */
  constructor(label, listener) {
    this.label = label;
    this.listener = listener;
    /** @type {HTMLInputElement[][]} */
    this.fields = [];
    /** @type {string[][]} */
    this.cells = [];
    this.at = [0, 0];
    this.root = element("div", { class: "cells", role: "group", "aria-label": `${label}, cell by cell` });
  }

  show(cells) {
    this.cells = cells;
    if (this.fields.length !== cells.length || this.fields[0].length !== cells[0].length) this.raise(cells);
    for (const [y, row] of cells.entries())
      for (const [x, cell] of row.entries()) this.write(this.fields[y][x], cell);
  }

  /** Show a cell: in full where somebody types, else in brief. */
  write(field, cell) {
    fill(field, field.matches(":focus") ? cell : brief(cell));
  }

  raise(cells) {
    this.fields = cells.map((row, y) => row.map((_, x) => this.field(y, x)));
    this.root.style.setProperty("--across", String(cells[0].length));
    this.root.replaceChildren(...this.fields.flat());
    this.at = [0, 0];
    this.fields[0][0].tabIndex = 0;
  }

  field(y, x) {
    const name = `${this.label}, row ${y}, column ${x}`;
    const attributes = { "aria-label": name, inputmode: "text", autocomplete: "off", tabindex: "-1" };
    const field = element("input", attributes);
    field.addEventListener("focus", () => this.enter(field, y, x));
    field.addEventListener("blur", () => this.write(field, this.cells[y]?.[x] ?? ""));
    field.addEventListener("change", () => this.read(field, y, x));
    field.addEventListener("keydown", (event) => this.press(event, field, y, x));
    field.addEventListener("paste", (event) => this.paste(event, y, x));
    return field;
  }

  focus() {
    this.fields[this.at[0]][this.at[1]].focus();
  }

  enter(field, y, x) {
    this.fields[this.at[0]]?.[this.at[1]]?.setAttribute("tabindex", "-1");
    this.at = [y, x];
    field.tabIndex = 0;
    field.value = field.dataset.said = this.cells[y][x];
    field.select();
  }

  read(field, y, x) {
    if (field.value === field.dataset.said) return;
    const cell = readCell(field.value);
    if (cell === undefined) this.listener.say(cellNote(field.value, `${this.label}, row ${y}, column ${x}`));
    field.value = field.dataset.said = cell ?? this.cells[y][x];
    if (cell === undefined || cell === this.cells[y][x]) return;
    this.listener.accept(this.cells.with(y, this.cells[y].with(x, cell)));
  }

  press(event, field, y, x) {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (step[1] && !atEdge(field, step[1])) return;
    event.preventDefault();
    this.read(field, y, x);
    this.fields[y + step[0]]?.[x + step[1]]?.focus();
  }

  paste(event, y, x) {
    const text = event.clipboardData.getData("text");
    if (!/[\s;,[]/.test(text.trim())) return; // one number: the field takes it
    event.preventDefault();
    const { cells, note } = pasteCells(this.cells, y, x, text);
    const field = this.fields[y][x];
    field.value = field.dataset.said = cells?.[y][x] ?? this.cells[y][x];
    if (cells) this.listener.accept(cells);
    if (note) this.listener.say(note);
  }
}

/** Whether the caret of a field can go no further, or all of its text is marked. */
function atEdge(field, way) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (start === 0 && end === value.length) return true;
  return start === end && start === (way < 0 ? 0 : value.length);
}
