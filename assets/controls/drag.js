// @ts-check
// A pointer on a slider. A finger that swipes over it scrolls the page and changes nothing.

import { valueAt } from "./numbers.js";
import { decide, tapped } from "./swipe.js";

const THUMB = 16;

export class Drag {
  /** @param {import("./slider.js").Slider} slider */
  constructor(slider) {
    this.slider = slider;
    this.held = undefined;
    const { track } = slider;
    track.addEventListener("mousedown", (event) => event.preventDefault()); // the browser's own jump
    track.addEventListener("pointerdown", (event) => this.begin(event));
    track.addEventListener("pointermove", (event) => this.move(event));
    track.addEventListener("pointerup", (event) => this.end(event));
    track.addEventListener("pointercancel", () => this.cancel());
    this.onKey = (event) => {
      if (event.key !== "Escape" || !this.held) return;
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
    };
    window.addEventListener("keydown", this.onKey, true);
  }

  begin(event) {
    if (event.button !== 0 || this.held) return;
    const sure = event.pointerType === "mouse";
    this.held = { id: event.pointerId, x: event.clientX, y: event.clientY, sliding: false };
    if (sure) this.slide(event);
  }

  slide(event) {
    const { slider, held } = this;
    if (!held.sliding) {
      held.sliding = true;
      slider.stopTyping();
      slider.track.setPointerCapture(event.pointerId);
      slider.range.focus({ preventScroll: true });
    }
    const place = slider.range.getBoundingClientRect();
    const value = valueAt(event.clientX, place, THUMB, slider.setting);
    if (value !== slider.value) slider.moveTo(value);
  }

  move(event) {
    const { held } = this;
    if (held?.id !== event.pointerId) return;
    const meant = held.sliding ? "slide" : decide(event.clientX - held.x, event.clientY - held.y);
    if (meant === "slide") this.slide(event);
    if (meant === "scroll") this.held = undefined;
  }

  end(event) {
    const { held, slider } = this;
    if (held?.id !== event.pointerId) return;
    if (!held.sliding && tapped(event.clientX - held.x, event.clientY - held.y)) this.slide(event);
    this.held = undefined;
    if (held.sliding) slider.release();
  }

  /** Give back the value from before, and take no notice of what is left of the drag. */
  cancel() {
    const sliding = this.held?.sliding;
    this.held = undefined;
    if (sliding) this.slider.listener.cancel();
  }

  destroy() {
    window.removeEventListener("keydown", this.onKey, true);
  }
}
