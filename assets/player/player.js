// @ts-check
// The player: takes scenes, and moves all of them through the same steps.

import { Following } from "../shared/following.js";
import { Cells } from "./cells.js";
import { Clock, LAND } from "./clock.js";
import { element } from "./dom.js";
import { fitMessage } from "./loop.js";
import { decodeMessage, isEqual, samePlace } from "./message.js";
import { Floating } from "./floating.js";
import { Morph } from "./morph.js";
import { drawOverlay } from "./motion.js";
import { MARGIN, dress, level, seat } from "./seat.js";
import { raiseStage, withUpright } from "./stage.js";
import { overlapped, quoted } from "./sum.js";
import { termsOf } from "./terms.js";
import { Theme, themeName } from "./theme.js";
import { Transport } from "./transport.js";
import { Turning } from "./turn.js";
import { captionOf, pinnedSum, sumWords } from "./words.js";

const AROUND = 206; // px that titles, caption and transport take above and below the grids
const LEAST_ROOM = 260; // px

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
    this.following = new Following(this);
    this.floating = new Floating(this.root);
    this.resizing = new ResizeObserver(() => this.arrange());
    this.onKey = (event) => this.transport.handleKey(event);
    document.addEventListener("keydown", this.onKey);
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    cancelAnimationFrame(this.turning.frame);
    clearTimeout(this.reporting);
    this.following.destroy();
    this.floating.destroy();
    this.morph?.stop();
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

  /** Take what the page sends, unless the hand is ahead of it. */
  take(scenes, opening, report) {
    this.report = report;
    this.opening = opening;
    if (!this.following.take(opening)) return;
    this.show(scenes, opening.shown ?? "");
    if (opening.loop && this.untouched && !this.reduced.matches) this.play();
  }

  /** Show scenes of a layer: the same numbers keep everything as it is, new ones keep the place. */
  show(bytes, layer) {
    this.root.dataset.shown = layer;
    this.root.classList.remove("refused");
    const fresh = !this.bytes || !isEqual(this.bytes, bytes);
    const morph = fresh && this.bytes && !this.reduced.matches ? new Morph(this) : null;
    if (fresh) this.load(bytes);
    this.limit = this.following.leads ? (this.limit ?? this.message.limit) : this.message.limit;
    this.arrange();
    if (!morph || this.following.hurries) return;
    this.morph?.stop();
    this.morph = morph;
    morph.play();
  }

  /** Keep the last picture, and dim it: what is asked for is no layer. */
  refuse() {
    this.root.classList.add("refused");
  }

  load(bytes) {
    const before = this.message;
    this.bytes = bytes;
    this.message = decodeMessage(bytes);
    if (this.reduced.matches) this.message.scenes = this.message.scenes.map(withUpright);
    this.position = before ? samePlace(before, this.message, this.position) : this.openingStep();
    if (this.playing) this.position = this.clock = Math.floor(this.position);
    raiseStage(this);
    this.cells.load(!before);
    this.turning.settle();
    this.describe();
  }

  openingStep() {
    const { start } = this.opening;
    this.untouched = start === undefined || start === null;
    return this.untouched ? Math.ceil(this.steps / 2) : Math.min(start, this.steps);
  }

  applyTheme() {
    this.root.dataset.theme = themeName(this.root);
    this.theme = new Theme(this.root, this.limit); // held while the hand moves
  }

  // Layout and drawing ----------------------------------------------------------

  arrange() {
    const width = this.root.clientWidth;
    if (!width || !this.message) return;
    this.applyTheme();
    const ratio = window.devicePixelRatio || 1;
    const fit = fitMessage(this.message, this.opening.loop, width, ratio, this.roomDown());
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

  /** The pixels down that the grids may take so that the transport stays on the screen. */
  roomDown() {
    const host = /** @type {ShadowRoot} */ (this.root.getRootNode()).host;
    const scrolled = host?.closest?.("[data-testid=stMain]")?.scrollTop ?? 0;
    const top = this.root.getBoundingClientRect().top + scrolled;
    return Math.max(LEAST_ROOM, innerHeight - top - AROUND);
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
    } else if (this.described !== this.shownStep() || this.said !== this.hasLanded) {
      this.describe();
    }
    const { phase } = this;
    if (this.root.dataset.phase !== phase) this.root.dataset.phase = phase;
    this.pen.clearRect(-MARGIN, -MARGIN, this.overlay.width, this.overlay.height);
    drawOverlay(this.pen, this, this.position);
  }

  /** The step in view: the one under way, or else the last one done; −1 before the first. */
  shownStep() {
    const done = Math.floor(this.position);
    return this.position > done ? done : done - 1;
  }

  /** Whether the step in view has put its numbers where they belong, so that they can be told. */
  get hasLanded() {
    return this.position % 1 === 0 || this.position % 1 >= LAND;
  }

  /** The sums of the step in view, where one scene plays stamps that land one after another. */
  get sums() {
    const [panel] = this.panels;
    const landing = panel.scene.channel[panel.scene.flights[0]?.to];
    const step = this.shownStep();
    const alone = this.panels.length === 1 && !this.message.symbols && landing;
    return alone && step >= 0 && this.hasLanded ? overlapped(panel, step, landing) : [];
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
    this.said = this.hasLanded;
    const { sums } = this;
    this.quotedCell = quoted(sums)?.cell;
    for (const panel of this.panels) panel.describe(step, !this.turning.due);
    this.caption.setAttribute("aria-live", this.playing ? "off" : "polite");
    this.caption.replaceChildren(...captionOf(this.message, step), ...sumWords(sums));
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
