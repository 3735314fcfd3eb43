// @ts-check
// Undo and Reset.

import { button, element, icon } from "./dom.js";

export class Foot {
  /**
   * @param {() => void} undo
   * @param {() => void} reset
   */
  constructor(undo, reset) {
    const named = (text) => element("span", {}, text);
    this.undo = button({ "aria-label": "Undo" }, undo, icon("undo"), named("Undo"));
    this.reset = button({ "aria-label": "Reset" }, reset, icon("reset"), named("Reset"));
    this.root = element("div", { class: "foot" }, this.undo, this.reset);
  }

  show(canUndo, canReset) {
    this.undo.disabled = !canUndo;
    this.reset.disabled = !canReset;
    this.undo.title = canUndo ? "Undo the last change" : "Nothing to undo";
    this.reset.title = canReset ? "Back to how it begins" : "Nothing to reset";
  }
}
