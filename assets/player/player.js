// @ts-check
// The player: takes scenes, and moves all of them through the same steps.

import { Cells } from "./cells.js";
import { Clock } from "./clock.js";
import { element } from "./dom.js";
import { fitMessage } from "./loop.js";
import { decodeMessage } from "./message.js";
import { drawOverlay } from "./motion.js";
import { MARGIN, dress, level, seat } from "./seat.js";
import { raiseStage, withUpright } from "./stage.js";
import { termsOf } from "./terms.js";
import { Theme, contrastOf } from "./theme.js";
import { Transport } from "./transport.js";
import { Turning } from "./turn.js";
import { captionOf, pinnedSum } from "./words.js";

export class Player extends Clock {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    super();
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
