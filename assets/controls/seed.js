// @ts-check
// The seed of random cells.

import { element, fill } from "./dom.js";
import { readNumber } from "./numbers.js";
import { RANDOM } from "./words.js";

export class Seed {
  /** @param {import("./controls.js").Controls} controls */
  constructor(controls) {
    this.controls = controls;
    this.field = element("input", { class: "number", type: "number", step: "1", "aria-label": "Seed" });
    this.field.addEventListener("change", () => this.read());
    const name = element("span", { class: "name", "aria-hidden": "true" }, "Seed");
    this.root = element("label", { class: "seed" }, name, this.field);
  }

  read() {
    const { controls, field } = this;
    const { value, note } = readNumber(field.value, { label: "Seed", ...controls.data.seed });
    field.value = field.dataset.said = String(value ?? controls.state.seed);
    if (value !== undefined) controls.change((state) => ({ ...state, seed: value }));
    if (note) controls.say(note);
  }

  show({ kinds, seed }, { low, high }) {
    this.field.min = String(low);
    this.field.max = String(high);
    this.root.hidden = !Object.values(kinds).includes(RANDOM);
    fill(this.field, String(seed));
  }
}
