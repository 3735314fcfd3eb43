// @ts-check
// Layers to begin with, by name.

import { choice, element, icon } from "./dom.js";
import { presetOf } from "./words.js";

const OWN = "Own settings";

export class Presets {
  /**
   * @param {import("./words.js").Data} data
   * @param {(words: import("./words.js").Words) => void} take
   */
  constructor(data, take) {
    this.data = data;
    const options = [[OWN, OWN], ...data.presets.map(({ label }) => [label, label])];
    this.select = choice({ "aria-label": "Preset" }, options, (label) => this.choose(label, take));
    this.own = /** @type {HTMLOptionElement} */ (this.select.firstChild);
    this.own.disabled = true;
    const name = element("span", { class: "name", "aria-hidden": "true" }, "Preset");
    this.note = element("p", { class: "note" });
    const box = element("label", { class: "box" }, this.select, icon("down"));
    this.root = element("div", { class: "preset" }, name, box, this.note);
  }

  choose(label, take) {
    const preset = this.data.presets.find((each) => each.label === label);
    if (preset) take(preset.words);
  }

  show(words) {
    const preset = presetOf(words, this.data);
    this.select.value = preset?.label ?? OWN;
    this.own.hidden = Boolean(preset);
    this.note.textContent = preset ? `Notice: ${preset.note}` : "Notice: no preset has these numbers.";
  }
}
