// @ts-check
// The layer's whole numbers: a name, a help and one slider or two each.

import { button, element } from "./dom.js";
import { Slider } from "./slider.js";
import { withNumber } from "./words.js";

let made = 0;

/** A setting with its help, and a slider for rows and one for columns. */
class Row {
  /**
   * @param {import("./words.js").Setting} setting
   * @param {import("./controls.js").Controls} controls
   */
  constructor(setting, controls) {
    this.setting = setting;
    this.sliders = [0, 1].map((axis) => new Slider(setting, this.listener(axis, controls)));
    const id = `setting-${++made}`;
    const [rows, cols] = this.sliders;
    for (const { range } of this.sliders) range.setAttribute("aria-describedby", `${id}-help`);
    rows.range.id = id;
    this.help = button(
      { class: "help", "aria-label": `Help: ${setting.label}`, "aria-expanded": "false" },
      () => this.explain(this.note.hidden),
      "?",
    );
    this.note = element("p", { class: "note", id: `${id}-help` }, setting.help);
    this.note.hidden = true;
    this.help.addEventListener("keydown", (event) => this.press(event));
    const head = element("div", { class: "head" }, element("label", { for: id }, setting.label), this.help);
    const named = (axis) => element("span", { class: "axis" }, axis);
    this.others = [named("rows"), named("columns"), cols.track, cols.number];
    this.root = element("div", { class: `setting ${setting.hue}` }, head, this.note);
    this.root.append(this.others[0], rows.track, rows.number, ...this.others.slice(1));
  }

  /** @returns {import("./slider.js").Listener} */
  listener(axis, controls) {
    const { name } = this.setting;
    return {
      move: (value) => controls.move((state) => withNumber(state, name, axis, value)),
      commit: () => controls.commit(),
      cancel: () => controls.cancel(),
      say: (note) => controls.say(note),
    };
  }

  explain(open) {
    this.note.hidden = !open;
    this.help.setAttribute("aria-expanded", String(open));
  }

  press(event) {
    if (event.key !== "Escape" || this.note.hidden) return;
    event.stopPropagation();
    this.explain(false);
  }

  show({ numbers, apart }) {
    const { name, label } = this.setting;
    const names = apart ? [`${label}, rows`, `${label}, columns`] : [label, label];
    this.root.classList.toggle("apart", apart);
    for (const node of this.others) node.hidden = !apart;
    for (const [axis, slider] of this.sliders.entries()) slider.show(numbers[name][axis], names[axis], apart);
  }
}

export class Settings {
  /**
   * @param {import("./words.js").Setting[]} settings
   * @param {import("./controls.js").Controls} controls
   */
  constructor(settings, controls) {
    this.rows = settings.map((setting) => new Row(setting, controls));
    const label = "Numbers of the layer";
    this.root = element("div", { class: "settings", role: "group", "aria-label": label });
    this.root.append(...this.rows.map((row) => row.root));
  }

  show(state) {
    for (const row of this.rows) row.show(state);
  }

  destroy() {
    for (const row of this.rows) for (const slider of row.sliders) slider.destroy();
  }
}
