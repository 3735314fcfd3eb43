// @ts-check
// The cells of the input or of the kernel: by name, or written in a table or as text.

import { cellsOf, formatCells, parseCells } from "./cells.js";
import { button, choice, element, fill, icon } from "./dom.js";
import { Table } from "./table.js";
import { CUSTOM, withCells, withShape } from "./words.js";

const HUES = { input: "input", weights: "kernel" };

export class Grid {
  /**
   * @param {import("./words.js").Grid} grid
   * @param {import("./controls.js").Controls} controls
   */
  constructor(grid, controls) {
    this.grid = grid;
    this.controls = controls;
    const options = grid.options.map((name) => [name, name]);
    this.select = choice({ "aria-label": grid.label }, options, (kind) => this.choose(kind));
    const label = `Edit cells: ${grid.label.toLowerCase()}`;
    const attributes = { class: "tool", "aria-label": label, title: label, "aria-expanded": "false" };
    this.edit = button(attributes, () => this.open(this.editor.hidden), icon("edit"));
    this.table = new Table(grid.label, {
      accept: (cells) => this.write(formatCells(cells)),
      say: (note) => controls.say(note),
    });
    this.text = element("textarea", { rows: "2", "aria-label": `${grid.label} cells`, spellcheck: "false" });
    this.text.addEventListener("change", () => this.read());
    this.text.addEventListener("keydown", (event) => this.press(event));
    const hint = element(
      "p",
      { class: "note" },
      "Rows end with ; or a new line. A pasted grid sets the size.",
    );
    this.editor = element("div", { class: "editor" }, this.table.root, this.text, hint);
    this.editor.hidden = true;
    const name = element("span", { class: "name", "aria-hidden": "true" }, grid.label);
    const box = element("label", { class: "box" }, name, this.select, icon("down"));
    const line = element("div", { class: "line" }, box, this.edit);
    this.root = element("div", { class: `grid ${HUES[grid.key] ?? ""}` }, line, this.editor);
    this.editor.addEventListener("keydown", (event) => this.leave(event));
  }

  open(open) {
    this.editor.hidden = !open;
    this.edit.setAttribute("aria-expanded", String(open));
    if (open) this.table.focus();
  }

  leave(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    this.open(false);
    this.edit.focus();
  }

  /** The cells on the screen, as far as the server has told of them. */
  get cells() {
    const { numbers, kinds, texts } = this.controls.state;
    const text = kinds[this.grid.key] === CUSTOM ? texts[this.grid.key] : this.grid.cells;
    return cellsOf(text, numbers[this.grid.size]);
  }

  choose(kind) {
    const text = kind === CUSTOM ? formatCells(this.cells) : "";
    this.controls.change((state) => withCells(state, this.grid.key, kind, text));
  }

  write(text) {
    this.controls.change((state) => withCells(state, this.grid.key, CUSTOM, text));
  }

  /** Take the text that was typed or pasted, and its shape. */
  read() {
    const { cells, note } = parseCells(this.text.value, this.grid.most);
    const text = cells ? formatCells(cells) : formatCells(this.cells);
    this.text.value = this.text.dataset.said = text;
    if (cells)
      this.controls.change((state) => withShape(state, this.grid, text, [cells.length, cells[0].length]));
    else this.controls.say(note);
  }

  press(event) {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    if (this.text.value !== this.text.dataset.said) this.read();
  }

  /** @param {import("./words.js").State} state */
  show(state, grid) {
    this.grid = grid;
    this.select.value = state.kinds[grid.key];
    const { cells } = this;
    this.table.show(cells);
    fill(this.text, formatCells(cells));
  }
}
