// @ts-check
// The controls of a layer: what they show, what is asked of them, and what they say of it.

import { contrastOf } from "../player/theme.js";
import { Foot } from "./foot.js";
import { Grid } from "./grid.js";
import { Presets } from "./presets.js";
import { element } from "./dom.js";
import { Seed } from "./seed.js";
import { Settings } from "./settings.js";
import { Sheet } from "./sheet.js";
import { Speech } from "./speech.js";
import { Status } from "./status.js";
import { Link } from "./link.js";
import { mergedQuery, sameWords, stateOf, wordsFromQuery, wordsOf } from "./words.js";

export class Controls {
  /**
   * @param {HTMLElement} parent
   * @param {import("./words.js").Data} data
   */
  constructor(parent, data) {
    this.data = data;
    this.state = stateOf(data.words, data);
    this.moving = false;
    const read = () => wordsFromQuery(window.location.search, this.data);
    const insist = (words) => this.insist(words);
    this.speech = new Speech(() => this.refresh(), read, insist);
    this.status = new Status();
    this.build(data);
    parent.append(this.root);
    this.carried = false;
    this.path = window.location.pathname;
    const { signal } = (this.ending = new window.AbortController());
    document.addEventListener("layer:answer", (event) => this.answer(event), { signal });
    window.addEventListener("popstate", () => this.goBack(), { signal });
  }

  build(data) {
    this.presets = new Presets(data, (words) => this.replace(words));
    this.settings = new Settings(data.settings, this);
    this.link = new Link(this);
    this.grids = data.grids.map((grid) => new Grid(grid, this));
    this.seed = new Seed(this);
    this.foot = new Foot(
      () => window.history.back(),
      () => this.replace({}),
    );
    const attributes = { class: "lab controls", role: "group", "aria-label": "Layer" };
    if (!data.presets.length) {
      this.root = element("div", attributes, this.settings.root, this.status.root);
      this.root.classList.add("bare");
      return;
    }
    const body = element("div", { class: "body" }, this.presets.root, this.settings.root, this.link.root);
    const named = element("div", { class: "grids" }, ...this.grids.map((grid) => grid.root), this.seed.root);
    body.append(named, this.foot.root);
    this.sheet = new Sheet(body, this.status.root);
    this.root = element("div", attributes, ...this.sheet.nodes);
    this.sheet.watch(this.root);
  }

  destroy() {
    this.ending.abort();
    this.settings.destroy();
    this.sheet?.destroy();
    this.speech.destroy();
    this.root.remove();
  }

  // Data --------------------------------------------------------------------

  /**
   * Take what the server knows of the layer.
   * @param {import("./words.js").Data} data
   * @param {(words: import("./words.js").Words) => void} send
   */
  load(data, send) {
    this.data = data;
    this.speech.send = send;
    this.speech.hear(data.words);
    this.status.hear(data.refusal);
    this.applyTheme();
    this.carry();
    this.refresh();
  }

  /** Bring the address up to a layer that the visitor has from another page. */
  carry() {
    if (!this.data.carry || this.carried) return;
    this.carried = true;
    const { history, location } = window;
    if (sameWords(wordsFromQuery(location.search, this.data), this.data.words)) return;
    const merged = mergedQuery(location.search, this.data.words, this.data);
    history.replaceState(history.state, "", `${location.pathname}?${merged}`);
    window.dispatchEvent(new window.PopStateEvent("popstate", { state: history.state }));
  }

  /** Ask for the whole page with these words in its address, where letting go was not heard. */
  insist(words) {
    const { history, location } = window;
    const merged = mergedQuery(location.search, words, this.data);
    const state = { ...history.state, lab: this.speech.depth + 1 };
    history.pushState(state, "", `${location.pathname}${merged && `?${merged}`}`);
    window.dispatchEvent(new window.PopStateEvent("popstate", { state }));
  }

  applyTheme() {
    const probe = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    const dark = /^#[0-9a-f]{6}$/i.test(probe) && contrastOf(probe, "#ffffff") > 4.5;
    this.root.dataset.theme = dark ? "dark" : "light";
  }

  /** Show the words in force, unless a control is on the move. */
  refresh() {
    if (!this.moving) this.take(this.speech.inForce);
    this.show();
  }

  /** Have the state that words spell; rows and columns stay apart where the words leave it open. */
  take(words) {
    if (sameWords(words, wordsOf(this.state, this.data))) return;
    this.state = stateOf(words, this.data);
  }

  show() {
    const { state, data, speech } = this;
    const words = wordsOf(state, data);
    this.presets.show(words);
    this.settings.show(state);
    this.link.show(state);
    for (const [at, grid] of this.grids.entries()) grid.show(state, data.grids[at]);
    this.seed.show(state, data.seed);
    this.sheet?.show(state, data.settings);
    this.foot.show(speech.depth > 0, Object.keys(words).length > 0);
    this.status.busy = this.moving || Boolean(speech.pending);
    this.status.show();
  }

  // What is asked -----------------------------------------------------------

  /** Follow a control on the move. */
  move(change) {
    this.moving = true;
    this.status.clear();
    this.state = change(this.state);
    this.speech.ask(wordsOf(this.state, this.data));
    this.show();
  }

  /** Let go of what moved. */
  commit() {
    this.moving = false;
    this.speech.commit(wordsOf(this.state, this.data));
    this.show();
  }

  /** Change something at once. */
  change(change) {
    this.move(change);
    this.commit();
  }

  /** Take other words as they are, with rows and columns as they say. */
  replace(words) {
    this.change(() => stateOf(words, this.data));
  }

  /** Give back what was before the drag, in the figures too. */
  cancel() {
    this.moving = false;
    this.take(this.speech.inForce);
    this.speech.ask(this.speech.inForce);
    this.show();
  }

  say(note) {
    this.status.say(note);
  }

  // What is heard -----------------------------------------------------------

  answer(event) {
    const { refusal = "", waiting = false } = event.detail ?? {};
    this.status.answer(refusal, waiting);
  }

  /** Show the layer of the history entry that the browser went to. */
  goBack() {
    if (window.location.pathname !== this.path) return; // another page's words
    const words = this.speech.read();
    this.moving = false;
    this.status.clear();
    this.state = stateOf(words, this.data);
    this.speech.follow(words);
    this.show();
  }
}
