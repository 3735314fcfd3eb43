// @ts-check
// Following the hand: while a control of the layer moves, a figure asks the server for its picture
// of each new layer, one question at a time, always about the newest.

const PATIENCE = 400; // ms until an answer is said to be late

/** The layer's names in an address, as `tconv_ui.layer.choice.WORDS`. */
const NUMBERS = ["size", "kernel", "stride", "padding", "output_padding", "dilation"];
export const LAYER_WORDS = new Set([
  ...NUMBERS,
  ...NUMBERS.map((name) => `${name}_cols`),
  ..."linked input weights x w seed crop output_padding_written".split(" "),
]);

/**
 * A layer's words as one text, in the order of their names.
 * @param {Record<string, string>} words
 */
export function spelled(words) {
  return String(new URLSearchParams(Object.entries(words).sort(([one], [other]) => (one < other ? -1 : 1))));
}

/**
 * A query whose words about the layer are replaced.
 * @param {string} search
 * @param {string} layer spelled
 */
export function withLayer(search, layer) {
  const kept = [...new URLSearchParams(search)].filter(([name]) => !LAYER_WORDS.has(name));
  return String(new URLSearchParams([...kept, ...new URLSearchParams(layer)]));
}

/** Whether anybody answers: what is served without the routes says so once, for all figures. */
let answered = true;

export class Following {
  /**
   * @param {{ show: (scenes: Uint8Array, layer: string) => void, refuse: (sentence: string) => void }} figure
   */
  constructor(figure) {
    this.figure = figure;
    this.live = "";
    /** @type {string | null} the layer the hand is at, while the page does not know of it */
    this.wanted = null;
    /** @type {string | null} the layer of the question under way, or of the last */
    this.asked = null;
    this.busy = false;
    this.gone = false;
    this.frame = Promise.resolve();
    this.onAsk = (event) => this.want(spelled(event.detail.words));
    document.addEventListener("layer:ask", this.onAsk);
  }

  destroy() {
    this.gone = true;
    document.removeEventListener("layer:ask", this.onAsk);
  }

  /** Whether the hand is ahead of the page. */
  get leads() {
    return this.wanted !== null;
  }

  /** Whether the next picture is wanted already. */
  get hurries() {
    return this.leads && this.wanted !== this.asked;
  }

  /**
   * Take what the page says; return whether its picture is to be shown: not while the hand is ahead.
   * @param {{ live?: string, asked?: string, shown?: string }} opening
   */
  take({ live = "", asked = "" }) {
    this.live = live;
    if (this.wanted !== null && this.wanted !== asked && answered) return false;
    this.wanted = null;
    return true;
  }

  /** @param {string} layer */
  want(layer) {
    if (!this.live || !answered) return;
    this.wanted = layer;
    if (!this.busy) this.pursue();
  }

  async pursue() {
    this.busy = true;
    this.asked = null;
    while (this.wanted !== null && this.wanted !== this.asked && !this.gone) {
      this.asked = this.wanted;
      const answer = await this.ask(this.asked);
      await this.frame; // one picture a frame
      if (this.gone) break;
      this.deliver(answer, this.asked);
      this.frame = new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    }
    this.busy = false;
  }

  /**
   * @param {Uint8Array | { refusal?: string, reload?: boolean } | null} answer
   * @param {string} layer
   */
  deliver(answer, layer) {
    if (answer instanceof Uint8Array) this.figure.show(answer, layer);
    else if (answer?.refusal) this.figure.refuse(answer.refusal);
    say({
      waiting: answer === null && answered,
      refusal: (!(answer instanceof Uint8Array) && answer?.refusal) || "",
    });
  }

  /**
   * The server's answer about a layer: scenes, why there are none, or null where there is no answer.
   * @param {string} layer
   */
  async ask(layer) {
    const late = setTimeout(() => say({ waiting: true, refusal: "" }), PATIENCE);
    try {
      const response = await fetch(
        new URL(`${this.live}?${withLayer(location.search, layer)}`, location.href),
      );
      const kind = response.headers.get("content-type") ?? "";
      if (response.ok && kind.startsWith("application/octet-stream"))
        return new Uint8Array(await response.arrayBuffer());
      if (response.ok && kind.startsWith("application/json")) {
        const told = await response.json();
        if (told.reload) answered = false;
        return told;
      }
      if (response.ok) answered = false; // the page itself: served without the routes
      return null;
    } catch {
      return null;
    } finally {
      clearTimeout(late);
    }
  }
}

/** Tell the controls how the question went. */
function say(detail) {
  document.dispatchEvent(new CustomEvent("layer:answer", { detail }));
}
