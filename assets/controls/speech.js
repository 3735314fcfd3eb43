// @ts-check
// How the controls speak: to the figures at once, to the server when a value is let go.

import { sameWords } from "./words.js";

const PATIENCE = 5000;
const DEAF = 2500; // ms: a server that was started anew has not heard of this page
const GLANCE = 20;
const LONGEST = 3000;

/** @typedef {import("./words.js").Words} Words */

/** The words in force, those under way, and the history entries they make. */
export class Speech {
  /**
   * @param {() => void} changed Called where Undo or the words in force may have changed.
   * @param {() => Words} read The words of the address.
   * @param {(words: Words) => void} insist Asks for the page itself with the words.
   */
  constructor(changed, read, insist = () => {}) {
    this.changed = changed;
    this.read = read;
    this.insist = insist;
    /** @type {Words} */
    this.words = {};
    /** @type {{words: Words, before: Words, at: number}} */
    this.pending = undefined;
    /** @type {Words[]} */
    this.sent = []; // of commits that the server has not answered
    this.level = 0;
    /** @type {(words: Words) => void} */
    this.send = undefined;
  }

  destroy() {
    window.cancelAnimationFrame(this.frame);
    clearTimeout(this.waiting);
    clearTimeout(this.marking);
    clearTimeout(this.insisting);
  }

  /** The words that the visitor asked for last. */
  get inForce() {
    return this.pending?.words ?? this.words;
  }

  /** How many entries of the history Undo can go back. */
  get depth() {
    return Number(window.history.state?.lab) || 0;
  }

  /** Show words in the figures with the next frame. */
  ask(words) {
    this.next = words;
    this.frame ??= window.requestAnimationFrame(() => this.tell());
  }

  tell() {
    window.cancelAnimationFrame(this.frame);
    this.frame = undefined;
    if (this.next)
      document.dispatchEvent(new window.CustomEvent("layer:ask", { detail: { words: this.next } }));
    this.next = undefined;
  }

  /** Ask the server for words, once, unless they are those in force. */
  commit(words) {
    if (sameWords(words, this.inForce)) return this.tell();
    this.next = words;
    this.tell();
    this.await(words);
    if (!this.sent.length && !this.marking) this.level = this.depth;
    this.sent.push(words);
    this.send(words);
    const { before } = this.pending;
    clearTimeout(this.insisting);
    this.insisting = setTimeout(() => {
      if (this.pending?.words === words && sameWords(this.words, before)) this.insist(words);
    }, DEAF);
  }

  /** Follow the address to words of its own: the server reads them there too. */
  follow(words) {
    this.sent = [];
    this.stopMarking();
    this.next = words;
    this.tell();
    if (sameWords(words, this.words)) this.pending = undefined;
    else this.await(words);
  }

  /** Hold on to words until the server has them. */
  await(words) {
    this.pending = { words, before: this.words, at: Date.now() };
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      if (this.pending && !sameWords(this.words, this.pending.before)) this.settle();
    }, PATIENCE);
  }

  /** Take the words the server has. */
  hear(words) {
    this.words = words;
    const at = this.sent.findIndex((each) => sameWords(each, words));
    if (at >= 0) {
      this.sent.splice(0, at + 1);
      this.level += 1;
      this.mark(words, this.level, Date.now());
    }
    const { pending } = this;
    if (!pending) return;
    if (sameWords(words, pending.words) || Date.now() - pending.at >= PATIENCE) this.settle();
  }

  settle() {
    clearTimeout(this.waiting);
    this.pending = undefined;
    this.changed();
  }

  /** Number the history entry of a commit, as soon as the address says its words. */
  mark(words, level, since) {
    this.stopMarking();
    if (sameWords(this.read(), words)) {
      window.history.replaceState({ ...window.history.state, lab: level }, "");
      this.changed();
    } else if (Date.now() - since < LONGEST) {
      this.marking = setTimeout(() => this.mark(words, level, since), GLANCE);
    }
  }

  stopMarking() {
    clearTimeout(this.marking);
    this.marking = undefined;
  }
}
