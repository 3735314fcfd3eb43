// @ts-check
// One whole number: a slider, and the number beside it, as one stop of the Tab key.

import { element, fill } from "./dom.js";
import { PAUSE, jump, readNumber, shareOf, typeDigit, valueText } from "./numbers.js";
import { Drag } from "./drag.js";

const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];

/**
 * @typedef {object} Listener What a slider tells.
 * @property {(value: number) => void} move While it moves.
 * @property {() => void} commit When it is let go.
 * @property {() => void} cancel When it is to be as before.
 * @property {(note: string) => void} say
 */

export class Slider {
  /**
   * @param {import("./words.js").Setting} setting
   * @param {Listener} listener
   */
  constructor(setting, listener) {
    this.setting = setting;
    this.listener = listener;
    this.typed = { text: "", at: 0 };
    this.due = false;
    const { low, high } = setting;
    this.range = element("input", { type: "range", min: low, max: high, step: "1" });
    this.number = element("input", {
      class: "number",
      inputmode: "numeric",
      autocomplete: "off",
      tabindex: "-1",
    });
    this.track = element("div", { class: "track" }, this.range);
    this.drag = new Drag(this);
    this.range.addEventListener("input", () => this.moveTo(Number(this.range.value)));
    this.range.addEventListener("change", () => (this.keyed ? (this.due = true) : this.release()));
    this.range.addEventListener("keydown", (event) => this.press(event));
    this.range.addEventListener("keyup", () => this.letGo());
    this.range.addEventListener("blur", () => this.letGo(true));
    this.number.addEventListener("change", () => this.read());
    this.number.addEventListener("keydown", (event) => this.pressNumber(event));
    this.number.addEventListener("focus", () => this.number.select());
  }

  get value() {
    return Number(this.range.value);
  }

  /** Bring it up to a value, and call it by its name. */
  show(value, name, apart) {
    const { range, number } = this;
    range.value = String(value);
    range.style.setProperty("--at", String(shareOf(value, this.setting)));
    range.setAttribute("aria-label", name);
    range.setAttribute("aria-valuetext", valueText(value, apart));
    number.setAttribute("aria-label", `${name}, as a number`);
    fill(number, String(value));
  }

  moveTo(value) {
    this.range.value = String(value);
    this.listener.move(value);
  }

  release() {
    clearTimeout(this.typing);
    this.typing = undefined;
    this.due = false;
    this.listener.commit();
  }

  /** A key that is held down commits once, when it goes up; typed digits when they pause. */
  letGo(left = false) {
    this.keyed = false;
    if (this.due && (left || !this.typing)) this.release();
    if (left) this.typed = { text: "", at: 0 };
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^\d$/.test(event.key)) return this.type(event);
    if (event.key === "Enter" && this.due) return this.release();
    if (!KEYS.includes(event.key)) return;
    this.stopTyping();
    this.keyed = true;
    const to = jump(event.key, this.value, this.setting);
    if (to === undefined) return;
    event.preventDefault();
    this.due = true;
    this.moveTo(to);
  }

  type(event) {
    event.preventDefault();
    this.typed = typeDigit(this.typed, event.key, Date.now(), this.setting.high);
    const { value, note } = readNumber(this.typed.text, this.setting);
    this.due = true;
    this.moveTo(value);
    if (note) this.listener.say(note);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.release(), PAUSE);
  }

  stopTyping() {
    clearTimeout(this.typing);
    this.typing = undefined;
    this.typed = { text: "", at: 0 };
  }

  /** Take the number that was typed beside the slider. */
  read() {
    if (this.number.value === this.number.dataset.said) return;
    const { value, note } = readNumber(this.number.value, this.setting);
    this.number.value = this.number.dataset.said = String(value ?? this.value);
    if (value !== undefined) {
      this.moveTo(value);
      this.release();
    }
    if (note) this.listener.say(note);
  }

  pressNumber(event) {
    if (event.key === "Escape" && this.number.value !== this.number.dataset.said) {
      event.stopPropagation();
      this.number.value = this.number.dataset.said;
    }
    if (event.key !== "Enter") return;
    this.read();
    this.number.select();
  }

  destroy() {
    clearTimeout(this.typing);
    this.drag.destroy();
  }
}
