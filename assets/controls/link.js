// @ts-check
// The switch that links rows and columns.

import { button, element, icon } from "./dom.js";
import { withApart } from "./words.js";

export class Link {
  /** @param {import("./controls.js").Controls} controls */
  constructor(controls) {
    this.picture = element("span", { class: "picture" });
    const flip = () => controls.change((state) => withApart(state, !state.apart));
    this.root = button({ class: "link", role: "switch" }, flip, this.picture, "Rows and columns linked");
  }

  show({ apart }) {
    if (this.root.getAttribute("aria-checked") === String(!apart)) return;
    this.root.setAttribute("aria-checked", String(!apart));
    this.picture.replaceChildren(icon(apart ? "apart" : "link"));
  }
}
