// @ts-check
// The player: takes scenes, and moves all of them through the same steps.

import { Cells } from "./cells.js";
import { element } from "./dom.js";
import { fitMessage, isInSight } from "./loop.js";
import { drawOverlay } from "./motion.js";
import { decodeMessage } from "./scene.js";
import { MARGIN, dress, level, seat } from "./seat.js";
import { raiseStage, withUpright } from "./stage.js";
import { termsOf } from "./terms.js";
import { Theme, contrastOf } from "./theme.js";
import { Transport } from "./transport.js";
import { Turning } from "./turn.js";
import { captionOf, pinnedSum } from "./words.js";

const HOLD = 1400; // ms at the end before a loop begins again

export class Player {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.position = 0;
    this.loop = false;
    /** @type {import("./stage.js").Panel[]} */
    this.panels = [];
    /** @type {HTMLCanvasElement} */
    this.overlay = undefined;
    /** @type {CanvasRenderingContext2D} */
    this.pen = undefined;
    /** @type {HTMLElement} */
    this.caption = undefined;
    /** @type {HTMLElement} */
    this.pinBox = undefined;
    this.playing = false;
    this.speed = 1;
    this.untouched = true;
    this.reduced = matchMedia("(prefers-reduced-motion: reduce)");
    this.root = element("div", { class: "player", role: "group", "aria-label": "Animation player" });
    parent.append(this.root);
    this.transport = new Transport(this);
    this.turning = new Turning(this);
    this.cells = new Cells(this);
    this.resizing = new ResizeObserver(() => this.arrange());
    this.onKey = (event) => this.transport.handleKey(event);
    document.addEventListener("keydown", this.onKey);
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    cancelAnimationFrame(this.turning.frame);
    clearTimeout(this.reporting);
    this.resizing.disconnect();
    document.removeEventListener("keydown", this.onKey);
    this.root.remove();
  }

  get steps() {
    return this.message.steps;
  }

  get result() {
    return this.panels[0].result;
  }

  get pin() {
    return this.cells.pin;
  }

  get hover() {
    return this.cells.hover;
  }

  // Data and theme ------------------------------------------------------------

  /** Take a payload: the same numbers keep everything as it is, new ones keep the place. */
  load(bytes, report) {
    this.report = report;
    if (!this.sameMessage(bytes)) {
      const first = !this.message;
      const share = first ? 0 : this.position / this.steps;
      this.bytes = bytes;
      this.message = decodeMessage(bytes);
      if (this.reduced.matches) this.message.scenes = this.message.scenes.map(withUpright);
      const { steps, start } = this.message;
      const opening = start > 0 ? Math.min(start - 1, steps) : Math.ceil(steps / 2);
      this.untouched = first ? start === 0 : this.untouched;
      this.position = first || this.untouched ? opening : Math.round(share * steps);
      if (this.playing) this.position = this.clock = Math.floor(this.position);
      raiseStage(this);
      this.cells.load(first);
      this.turning.settle();
      this.describe();
    }
    this.arrange();
    if (this.message.loop && this.untouched && !this.reduced.matches) this.play();
  }

  sameMessage(bytes) {
    if (!this.bytes || this.bytes.length !== bytes.length) return false;
    return bytes.every((byte, at) => at < 4 || byte === this.bytes[at]);
  }

  applyTheme() {
    const probe = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    const dark = /^#[0-9a-f]{6}$/i.test(probe) && contrastOf(probe, "#ffffff") > 4.5;
    this.root.dataset.theme = dark ? "dark" : "light";
    this.theme = new Theme(this.root, this.message.limit);
  }

  // Layout and drawing ----------------------------------------------------------

  arrange() {
    const width = this.root.clientWidth;
    if (!width || !this.message) return;
    this.applyTheme();
    const ratio = window.devicePixelRatio || 1;
    const fit = fitMessage(this.message, width, ratio);
    this.layout = fit.layout;
    for (const name of ["wide", "stacked", "over", "narrow", "beside"]) {
      this.root.classList.toggle(name, fit.layout === name);
    }
    this.panels[0].output.style.setProperty("--across", fit.across ?? 1);
    this.panels.forEach((panel, at) => dress(panel, fit.layout, fit.sizes[at], fit.widths[at], ratio));
    if (fit.layout === "beside") level(this.panels);
    seat(this, ratio);
    this.redraw();
  }

  redraw() {
    this.drawn = Math.floor(this.position);
    for (const panel of this.panels) {
      panel.drawn = undefined;
      panel.draw(this.theme, this.drawn);
    }
    this.draw();
  }

  /** Bring the grids and what lies over them to the current position. */
  draw() {
    const done = Math.floor(this.position);
    if (done !== this.drawn) {
      for (const panel of this.panels) panel.draw(this.theme, done);
      this.drawn = done;
      this.describe();
    } else if (this.described !== this.shownStep()) {
      this.describe();
    }
    this.pen.clearRect(-MARGIN, -MARGIN, this.overlay.width, this.overlay.height);
    drawOverlay(this.pen, this, this.position);
  }

  /** The step in view: the one under way, or else the last one done; −1 before the first. */
  shownStep() {
    const done = Math.floor(this.position);
    return this.position > done ? done : done - 1;
  }

  /** The terms of the output cell that a walk by output cell has reached. */
  walkedTerms(step) {
    if (this.walked?.step !== step || this.walked.message !== this.message) {
      const [, cols] = this.message.links.target;
      const terms = termsOf(this.message, Math.floor(step / cols), step % cols);
      this.walked = { step, message: this.message, terms };
    }
    return this.walked.terms;
  }

  /** Bring titles, caption, pinned sum and transport up to the step in view. */
  describe() {
    const step = this.shownStep();
    this.described = step;
    for (const panel of this.panels) panel.describe(step, !this.turning.due);
    this.caption.setAttribute("aria-live", this.playing ? "off" : "polite");
    this.caption.replaceChildren(...captionOf(this.message, step));
    this.pinBox.replaceChildren(...pinnedSum(this));
    this.transport.describe();
    this.root.dataset.step = String(Math.floor(this.position));
    this.root.dataset.playing = String(this.playing);
    this.root.dataset.turn = this.turning.state;
  }

  // Movement --------------------------------------------------------------------

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
      this.report({
        step: this.position,
        pin: this.pin && [this.pin.y, this.pin.x, ...(this.pin.at ? [this.pin.at] : [])],
      });
    }, 700);
  }

  setHover(hit) {
    this.cells.setHover(hit);
  }

  choose(hit) {
    this.cells.choose(hit);
  }

  moveInGrid(event, panel, view) {
    this.cells.move(event, panel, view);
  }
}
