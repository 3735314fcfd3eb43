// @ts-check
// The clock: where a player stands among its steps, and how it moves on.

import { isInSight } from "./loop.js";

const HOLD = 1400; // ms at the end before a loop begins again

/** What a player is besides its picture: a position, and the ways to change it. */
export class Clock {
  constructor() {
    this.position = 0;
    this.playing = false;
    this.loop = false;
    this.speed = 1;
    this.untouched = true;
    /** @type {import("./message.js").Message} */
    this.message = undefined;
    /** @type {import("./turn.js").Turning} */
    this.turning = undefined;
    /** @type {import("./cells.js").Cells} */
    this.cells = undefined;
    /** @type {HTMLElement} */
    this.root = undefined;
    /** @type {(state: object) => void} tells the server where it stands */
    this.report = undefined;
    this.reduced = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** Draw the current position: the player's own part. */
  draw() {}

  /** Say in words where it stands: the player's own part. */
  describe() {}

  get steps() {
    return this.message.steps;
  }

  get stepTime() {
    const whole = Math.min(1200, Math.max(110, 26000 / this.steps));
    return whole / this.speed;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.untouched || this.position >= this.steps) this.position = 0;
    this.untouched = false;
    this.turning.settle();
    this.playing = true;
    this.clock = this.position;
    this.held = 0;
    this.last = undefined;
    clearTimeout(this.reporting);
    cancelAnimationFrame(this.turning.frame);
    this.describe();
    this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  pause() {
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.position = Math.round(this.position);
    this.turning.settle();
    this.draw();
    this.describe();
    this.reportSoon();
  }

  tick(now) {
    const elapsed = this.last === undefined ? 0 : Math.min(100, now - this.last);
    this.last = now;
    this.frame = requestAnimationFrame((next) => this.tick(next));
    if (this.message.loop && !isInSight(this.root)) return;
    if (this.turning.due) {
      this.turning.advance(elapsed);
      this.draw();
      if (!this.turning.due) this.describe();
      return;
    }
    if (this.clock >= this.steps) this.held += elapsed;
    this.clock = Math.min(this.steps, this.clock + elapsed / this.stepTime);
    this.position = this.reduced.matches ? Math.floor(this.clock) : this.clock;
    this.draw();
    if (this.position >= this.steps && !this.loop) this.pause();
    else if (this.held >= HOLD) {
      this.held = 0;
      this.clock = 0;
    }
  }

  goTo(position) {
    this.untouched = false;
    if (this.playing) {
      this.playing = false;
      cancelAnimationFrame(this.frame);
    }
    this.position = Math.min(this.steps, Math.max(0, position));
    this.turning.settle();
    this.draw();
    this.describe();
    this.reportSoon();
  }

  stepBy(count) {
    this.goTo(count > 0 ? Math.floor(this.position) + count : Math.ceil(this.position) + count);
  }

  /** Tell the server where we are, once things have come to rest. */
  reportSoon() {
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => {
      if (this.playing || this.message.loop) return;
      const { pin } = this.cells;
      this.report({
        step: this.position,
        pin: pin && [pin.y, pin.x, ...(pin.at ? [pin.at] : [])],
      });
    }, 700);
  }
}
