// @ts-check
// The transport: buttons, slider, speed and keys. It moves the player and shows where it stands.

import { element, icon } from "./dom.js";
import { formatNumber } from "./terms.js";

const SPEEDS = [0.5, 1, 2, 4, 8];
const OTHERS_KEYS = "input, textarea, select, button, a, summary, canvas, [contenteditable=true]";

export class Transport {
  constructor(player) {
    this.player = player;
    const button = (name, label, act) => {
      const node = element(
        "button",
        { type: "button", "aria-label": label, title: label, class: name },
        icon(name),
      );
      node.addEventListener("click", act);
      return node;
    };
    this.buttons = {
      first: button("first", "First step (Home)", () => player.goTo(0)),
      back: button("back", "Step back (←)", () => player.stepBy(-1)),
      play: button("play", "Play (space)", () => player.toggle()),
      next: button("next", "Step forward (→)", () => player.stepBy(1)),
      last: button("last", "Last step (End)", () => player.goTo(player.steps)),
      loop: button("loop", "Loop", () => this.setLoop(!player.loop)),
    };
    this.scrub = element("input", { type: "range", min: "0", step: "1", "aria-label": "Step" });
    this.scrub.addEventListener("input", () => player.goTo(Number(this.scrub.value)));
    const speeds = SPEEDS.map((speed) =>
      element("option", { value: String(speed) }, `${formatNumber(speed)}×`),
    );
    const box = element("select", { "aria-label": "Speed", title: "Speed" }, ...speeds);
    box.value = "1";
    box.addEventListener("change", () => {
      player.speed = Number(box.value);
    });
    const { first, back, play, next, last, loop } = this.buttons;
    this.root = element("div", { class: "transport", role: "toolbar", "aria-label": "Transport" });
    this.root.append(first, back, play, next, last, this.scrub, box, loop);
    this.setLoop(false);
  }

  setLoop(on) {
    this.player.loop = on;
    this.buttons.loop.setAttribute("aria-pressed", String(on));
  }

  describe() {
    const { buttons, scrub } = this;
    const { position, steps, playing } = this.player;
    const done = Math.floor(position);
    scrub.max = String(steps);
    scrub.value = String(done);
    scrub.style.setProperty("--at", String(done / steps));
    scrub.setAttribute("aria-valuetext", `step ${done} of ${steps}`);
    buttons.first.disabled = buttons.back.disabled = position <= 0;
    buttons.next.disabled = buttons.last.disabled = position >= steps;
    buttons.play.replaceChildren(icon(playing ? "pause" : "play"));
    const label = playing ? "Pause (space)" : "Play (space)";
    buttons.play.setAttribute("aria-label", label);
    buttons.play.title = label;
  }

  handleKey(event) {
    const { player } = this;
    if (player.opening.loop) return; // it has a button; space and arrows still scroll the page
    const inside = event.composedPath().includes(player.root);
    const target = event.composedPath()[0];
    const taken = event.defaultPrevented && !event.forPlayers; // several players may follow one key
    if (event.ctrlKey || event.metaKey || event.altKey || taken) return;
    if (!inside && target.closest?.(OTHERS_KEYS)) return;
    if (inside && (target.tagName === "INPUT" || target.tagName === "SELECT")) return;
    const acts = {
      " ": () => player.toggle(),
      ArrowLeft: () => player.stepBy(-1),
      ArrowRight: () => player.stepBy(1),
      Home: () => player.goTo(0),
      End: () => player.goTo(player.steps),
    };
    const act = acts[event.key];
    if (!act || (event.key === " " && target.tagName === "BUTTON")) return;
    event.preventDefault();
    event.forPlayers = true;
    act();
  }
}
