// @ts-check
// Maps: grids of numbers side by side, under a verdict; they follow the controls of the layer.

import { Following } from "../shared/following.js";
import { element } from "../player/dom.js";
import { isEqual, openMessage, readBuffers } from "../player/message.js";
import { themeName } from "../player/theme.js";
import { MapView } from "./map.js";

const GAP = 32; // px between two maps
const NARROW = 560; // px: below, maps stand one under the other

class Maps {
  constructor(parent) {
    this.root = element("div", { class: "maps", role: "group", "aria-label": "Maps of the output" });
    this.verdict = element("p", { class: "verdict", "aria-live": "polite" });
    this.row = element("div", { class: "row" });
    this.root.append(this.verdict, this.row);
    parent.append(this.root);
    /** @type {MapView[]} */
    this.views = [];
    /** @type {Uint8Array | undefined} */
    this.bytes = undefined;
    this.following = new Following(this);
    this.resizing = new ResizeObserver(() => this.arrange());
    this.resizing.observe(this.root);
  }

  destroy() {
    this.following.destroy();
    this.resizing.disconnect();
    this.root.remove();
  }

  take(data) {
    const { opening, scenes } = openMessage(data);
    if (this.following.take(opening)) this.show(scenes, opening.shown ?? "");
  }

  show(bytes, layer) {
    this.root.dataset.shown = layer;
    this.root.classList.remove("refused");
    if (!this.bytes || !isEqual(this.bytes, bytes)) this.load(bytes);
    this.arrange();
  }

  refuse() {
    this.root.classList.add("refused");
  }

  load(bytes) {
    this.bytes = bytes;
    const [header, buffer] = readBuffers(bytes);
    this.verdict.dataset.flat = String(header.verdict.flat);
    this.verdict.replaceChildren(element("b", {}, header.verdict.headline), ` ${header.verdict.reason}`);
    while (this.views.length < header.maps.length) this.views.push(new MapView(this.row));
    this.views.forEach((view, at) => view.load(header.maps[at], buffer));
  }

  arrange() {
    const width = this.root.clientWidth;
    if (!width || !this.bytes) return;
    this.root.dataset.theme = themeName(this.root);
    const beside = width >= NARROW ? this.views.length : 1;
    this.row.style.gridTemplateColumns = `repeat(${beside}, 1fr)`;
    const room = (width - GAP * (beside - 1)) / beside;
    for (const view of this.views) view.draw(this.root, Math.floor(room), window.devicePixelRatio || 1);
  }
}

const shown = new WeakMap();

export default function ({ data, parentElement }) {
  if (!shown.has(parentElement)) shown.set(parentElement, new Maps(parentElement));
  shown.get(parentElement).take(data);
  return () => {
    shown.get(parentElement)?.destroy();
    shown.delete(parentElement);
  };
}
