// @ts-check
// The clock: where a player stands among its steps, and how it moves on.

import { isInSight } from "./loop.js";

const HOLD = 1400; // ms at the end before a loop begins again
const STEP = 2200; // ms of a step that is played in full
const IN_FULL = 8; // steps at most that are
const SCENE = 60_000; // ms of a whole scene: later steps shorten
const QUICK = 500; // ms: a quicker step does not stop at its sums

/** Shares of a step: the stamp is formed, has landed, and its sums have stood long enough. */
export const FORM = 0.3 / 2.2;
export const LAND = 0.9 / 2.2;
export const SETTLE = 1.8 / 2.2;

/** What a player is besides its picture: a position, and the ways to change it. */
export class Clock {
  constructor() {
    this.position = 0;
    this.playing = false;
    this.loop = false;
    this.speed = 1;
    this.untouched = true;
    /** @type {number | undefined} the step at which a play of one step ends */
    this.until = undefined;
    /** @type {import("./message.js").Message} */
    this.message = undefined;
    /** @type {import("./message.js").Opening} */
    this.opening = {};
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

  /** Milliseconds of the step under way: the first row in full, the rest within a minute. */
  get stepTime() {
    return this.timeOf(Math.floor(this.clock ?? this.position)) / this.speed;
  }

  timeOf(step) {
    const { links, scenes } = this.message;
    const row = links
      ? links.clock === "target"
        ? links.target[1]
        : links.source.cols
      : scenes[0].grids[0].cols;
    const full = Math.min(row, IN_FULL, this.steps);
    if (step < full || this.steps === full) return STEP;
    return Math.min(STEP, (SCENE - full * STEP) / (this.steps - full));
  }

  /** What the step under way is at, in a word. */
  get phase() {
    const share = this.position % 1;
    if (share === 0) return "rest";
    return share < LAND ? "fly" : share < SETTLE ? "add" : "settle";
  }

  /** Whether a step takes long enough for its numbers to be read. */
  get isLegible() {
    return this.stepTime >= QUICK || !this.playing;
  }

  /** Whether sums stand on the cells that the step under way touches. */
  get isAdding() {
    return this.phase === "add" && this.isLegible;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.untouched || this.position >= this.steps) this.position = 0;
    this.untouched = false;
    this.until = undefined;
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
    this.until = undefined;
    this.turning.settle();
    this.draw();
    this.describe();
    this.reportSoon();
  }

  tick(now) {
    const elapsed = this.last === undefined ? 0 : Math.min(1000, now - this.last);
    this.last = now;
    this.frame = requestAnimationFrame((next) => this.tick(next));
    if (this.opening.loop && !isInSight(this.root)) return;
    if (this.turning.due) {
      this.turning.advance(elapsed);
      this.draw();
      if (!this.turning.due) this.describe();
      return;
    }
    if (this.clock >= this.steps) this.held += elapsed;
    const end = this.until ?? this.steps;
    this.clock = Math.min(end, this.clock + elapsed / this.stepTime);
    this.position = this.reduced.matches ? withoutFlight(this.clock) : this.clock;
    this.draw();
    if (this.position >= end && (!this.loop || this.until !== undefined)) this.pause();
    else if (this.held >= HOLD) {
      this.held = 0;
      this.clock = 0;
    }
  }

  goTo(position) {
    this.untouched = false;
    this.playing = false;
    this.until = undefined;
    cancelAnimationFrame(this.frame);
    this.position = this.clock = Math.min(this.steps, Math.max(0, position));
    this.turning.settle();
    this.draw();
    this.describe();
    this.reportSoon();
  }

  /** Go back at once; go forward as a step does, or to its end at once where one is under way. */
  stepBy(count) {
    const under = this.position % 1 !== 0;
    if (count < 0) this.goTo(Math.ceil(this.position) + count);
    else if (under) this.goTo(Math.ceil(this.position));
    else if (this.position < this.steps) {
      this.untouched = false;
      this.play();
      this.until = Math.min(this.steps, Math.floor(this.position) + count);
    }
  }

  /** Tell the server where we are, once things have come to rest. */
  reportSoon() {
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => {
      if (this.playing || this.opening.loop) return;
      const { pin } = this.cells;
      this.report({
        step: Math.floor(this.position),
        pin: pin && [pin.y, pin.x, ...(pin.at ? [pin.at] : [])],
      });
    }, 700);
  }
}

/** Where motion is not welcome a step is still: its sums stand, then it is done. */
function withoutFlight(clock) {
  const share = clock % 1;
  return share === 0 ? clock : Math.floor(clock) + (share < LAND ? 0 : share < SETTLE ? LAND : 1);
}
