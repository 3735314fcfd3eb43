// @ts-check
// Floating: on a phone the transport stays on the screen while any of the stage does.

import { element } from "./dom.js";

export class Floating {
  /** @param {HTMLElement} root of the player */
  constructor(root) {
    this.root = root;
    this.seat = element("div", { class: "seat" }); // where the transport stands by itself
    this.inSight = new Map();
    root.classList.add("floats"); // as it will be on a phone: nothing moves when it is known
    this.watching = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries)
        this.inSight.set(target, isIntersecting || boundingClientRect.bottom < 0);
      const floats = this.inSight.get(root) && !this.inSight.get(this.seat);
      root.classList.toggle("floats", Boolean(floats));
    });
  }

  /** Watch the stage and the transport's own place, once both are on the page. */
  watch() {
    this.watching.observe(this.root);
    this.watching.observe(this.seat);
  }

  destroy() {
    this.watching.disconnect();
  }
}
