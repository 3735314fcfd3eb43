// @ts-check
// On a phone the controls are a sheet at the foot of the window, with a lip to open it by.

import { button, element, icon } from "./dom.js";
import { opened } from "./swipe.js";

const PHONE = "(max-width: 640px)";
const SHOWN = ["stride", "kernel", "padding"];

export class Sheet {
  /**
   * @param {HTMLElement} body
   * @param {HTMLElement} status
   */
  constructor(body, status) {
    this.body = body;
    this.open = false;
    this.values = element("span", { class: "values" });
    const change = element("span", { class: "change" }, icon("change"), "Change");
    this.lip = button({ class: "lip" }, () => this.press(), this.values, change);
    this.close = button({ class: "tool close", "aria-label": "Close the controls" }, () =>
      this.set(false, true),
    );
    this.close.append(icon("close"));
    this.frame = element("div", { class: "sheet" }, this.lip, this.close, body, status);
    this.nodes = [this.frame];
    this.lip.addEventListener("pointerdown", (event) => this.begin(event));
    this.lip.addEventListener("pointerup", (event) => this.end(event));
    this.lip.addEventListener("pointercancel", () => (this.from = undefined));
    this.frame.addEventListener("keydown", (event) => this.leave(event));
    this.phone = matchMedia(PHONE);
    this.onPhone = () => this.arrange();
    this.phone.addEventListener("change", this.onPhone);
  }

  /** Be part of the element that carries the classes. */
  watch(root) {
    this.root = root;
    const coarse = matchMedia("(any-pointer: coarse)").matches || window.navigator.maxTouchPoints > 0;
    root.classList.toggle("touch", coarse);
    this.arrange();
  }

  arrange() {
    const phone = this.phone.matches;
    this.root.classList.toggle("phone", phone);
    this.root.classList.toggle("open", phone && this.open);
    this.lip.hidden = !phone;
    this.close.hidden = !phone || !this.open;
    this.body.inert = phone && !this.open;
    this.lip.setAttribute("aria-expanded", String(this.open));
  }

  set(open, focus = false) {
    this.open = open;
    this.arrange();
    if (focus) this.lip.focus();
  }

  begin(event) {
    this.from = event.clientY;
    this.lip.setPointerCapture(event.pointerId);
  }

  /** A pointer turns the sheet over, or drags it up or down; the click it makes says nothing more. */
  end(event) {
    if (this.from === undefined) return;
    this.set(opened(this.open, event.clientY - this.from));
    this.from = undefined;
    this.pointed = true;
    setTimeout(() => (this.pointed = false), 50);
  }

  press() {
    if (!this.pointed) this.set(!this.open);
  }

  leave(event) {
    if (event.key !== "Escape" || !this.open || !this.phone.matches) return;
    event.stopPropagation();
    this.set(false, true);
  }

  /** The values most used, on the lip. */
  show({ numbers }, settings) {
    const shown = SHOWN.map((name) => settings.find((each) => each.name === name)).filter(Boolean);
    const parts = shown.map(({ name, short, hue }) => {
      const [rows, cols] = numbers[name];
      const value = rows === cols ? String(rows) : `${rows}, ${cols}`;
      return element("span", { class: hue }, `${short} `, element("b", {}, value));
    });
    this.values.replaceChildren(...parts);
  }

  destroy() {
    this.phone.removeEventListener("change", this.onPhone);
  }
}
