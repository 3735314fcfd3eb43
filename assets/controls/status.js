// @ts-check
// The status line: a note on what was typed, what the figures answer, why a layer is refused.

import { element } from "./dom.js";

export class Status {
  constructor() {
    this.root = element("p", { class: "status", role: "status" });
    this.note = this.live = this.refusal = "";
    this.busy = false;
  }

  /** Say something of what was just done. */
  say(note) {
    this.note = note;
    this.show();
  }

  clear() {
    this.note = "";
  }

  /** Take the figures' answer to what was asked. */
  answer(refusal, waiting) {
    this.live = refusal || (waiting ? "Catching up…" : "");
    this.answered = true;
    this.show();
  }

  /** Take the server's answer, which the figures' gives way to. */
  hear(refusal) {
    this.refusal = refusal ?? "";
    this.answered = false;
    this.live = "";
  }

  show() {
    const said = this.busy && this.answered ? this.live : this.live || this.refusal;
    const text = this.note || said;
    if (this.root.textContent !== text) this.root.textContent = text;
    this.root.classList.toggle("told", Boolean(text));
  }
}
