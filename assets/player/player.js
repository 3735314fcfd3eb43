// The player: builds the page's elements once, then follows the transport.

const ICONS = {
  first: "M4 4h2v12H4zM16 4v12L7 10z",
  back: "M14 4v12L5 10z",
  play: "M6 3l11 7-11 7z",
  pause: "M5 4h4v12H5zM11 4h4v12h-4z",
  next: "M6 4v12l9-6z",
  last: "M14 4h2v12h-2zM4 4v12l9-6z",
  loop: "M10 3a7 7 0 0 1 6.6 4.7l-1.9.6A5 5 0 1 0 15 10h-2.5l3.5-4.5L19.5 10H17a7 7 0 1 1-7-7z",
};
const SPEEDS = [0.5, 1, 2, 4, 8];
const HOLD = 1400; // ms at the end before a loop begins again
const MARGIN = 8; // px the overlay reaches beyond the stage, for frames at its edge

function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const OTHERS_KEYS = "input, textarea, select, button, a, summary, canvas, [contenteditable=true]";

class Player {
  constructor(parent) {
    this.position = 0;
    this.playing = false;
    this.speed = 1;
    this.loop = false;
    this.untouched = true;
    this.reduced = matchMedia("(prefers-reduced-motion: reduce)");
    this.root = element("div", { class: "player", role: "group", "aria-label": "Animation player" });
    parent.append(this.root);
    this.buildTransport();
    this.resizing = new ResizeObserver(() => this.arrange());
    this.onKey = (event) => this.handleKey(event);
    document.addEventListener("keydown", this.onKey);
  }

  destroy() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.reporting);
    this.resizing.disconnect();
    document.removeEventListener("keydown", this.onKey);
    this.root.remove();
  }

  // Elements ---------------------------------------------------------------

  buildTransport() {
    const button = (name, label, act) => {
      const node = element("button", { type: "button", "aria-label": label, title: label, class: name }, icon(name));
      node.addEventListener("click", act);
      return node;
    };
    this.buttons = {
      first: button("first", "First step (Home)", () => this.goTo(0)),
      back: button("back", "Step back (←)", () => this.stepBy(-1)),
      play: button("play", "Play (space)", () => this.toggle()),
      next: button("next", "Step forward (→)", () => this.stepBy(1)),
      last: button("last", "Last step (End)", () => this.goTo(this.scene.steps)),
      loop: button("loop", "Loop", () => this.setLoop(!this.loop)),
    };
    this.scrub = element("input", { type: "range", min: "0", step: "1", "aria-label": "Step" });
    this.scrub.addEventListener("input", () => this.goTo(Number(this.scrub.value)));
    this.speedBox = element("select", { "aria-label": "Speed", title: "Speed" });
    for (const speed of SPEEDS) {
      this.speedBox.append(element("option", { value: String(speed) }, `${formatNumber(speed)}×`));
    }
    this.speedBox.value = "1";
    this.speedBox.addEventListener("change", () => {
      this.speed = Number(this.speedBox.value);
    });
    const { first, back, play, next, last, loop } = this.buttons;
    this.transport = element("div", { class: "transport", role: "toolbar", "aria-label": "Transport" });
    this.transport.append(first, back, play, next, last, this.scrub, this.speedBox, loop);
    this.buttons.loop.setAttribute("aria-pressed", "false");
  }

  /** Build the stage for this scene's grids, unless it already stands. */
  buildStage() {
    const { scene } = this;
    const plan = JSON.stringify([scene.layout, scene.grids.map(({ role, action }) => [role, action])]);
    if (plan === this.plan) {
      for (const grid of scene.grids) this.views[grid.index].grid = grid;
      this.views[scene.layout.result].figure.lastChild.replaceWith(this.buildLegend());
      this.scrub.max = String(scene.steps);
      return;
    }
    this.plan = plan;
    this.views = [];
    this.resizing.disconnect();
    const figures = scene.grids.map((grid) => this.buildGrid(grid));
    const factors = element("div", { class: "factors" });
    for (const item of scene.layout.factors) {
      factors.append(typeof item === "number" ? figures[item] : element("span", { class: "operator", "aria-hidden": "true" }, item));
    }
    const result = figures[scene.layout.result];
    result.classList.add("result");
    result.append(this.buildLegend());
    this.pinBox = element("div", { class: "pin", role: "status" });
    this.overlay = element("canvas", { class: "overlay", "aria-hidden": "true" });
    this.pen = this.overlay.getContext("2d");
    this.stage = element("div", { class: "stage" }, element("div", { class: "left" }, factors, this.pinBox), result, this.overlay);
    this.caption = element("p", { class: "caption", "aria-live": "polite" });
    this.root.replaceChildren(this.stage, this.caption, this.transport);
    this.scrub.max = String(scene.steps);
    this.resizing.observe(this.root);
  }

  buildGrid(grid) {
    const canvas = element("canvas", { role: "img" });
    const figure = element("figure", { class: `grid ${grid.role}` }, element("figcaption", {}, element("b"), element("span")), canvas);
    const view = new GridView(grid, figure, canvas);
    this.views[grid.index] = view;
    if (!grid.action) return figure;
    // The stage outlives a scene, so cells are looked up in the view's grid of the moment.
    figure.classList.add("live");
    canvas.tabIndex = 0;
    const cellAt = (event) => {
      const box = canvas.getBoundingClientRect();
      const row = Math.floor((event.clientY - box.top) / view.cell);
      const col = Math.floor((event.clientX - box.left) / view.cell);
      const { rows, cols } = view.grid;
      return row >= 0 && col >= 0 && row < rows && col < cols ? { view, row, col } : null;
    };
    canvas.addEventListener("pointermove", (event) => this.setHover(cellAt(event)));
    canvas.addEventListener("pointerleave", () => this.setHover(null));
    canvas.addEventListener("blur", () => this.setHover(null));
    canvas.addEventListener("click", (event) => this.choose(cellAt(event)));
    canvas.addEventListener("keydown", (event) => this.moveInGrid(event, view));
    return figure;
  }

  buildLegend() {
    const list = element("ul", { class: "legend" });
    for (const { mark, text } of this.scene.legend) {
      list.append(element("li", {}, element("span", { class: `swatch ${mark}` }), text));
    }
    return list;
  }

  // Data and theme ------------------------------------------------------------

  /** Take a payload: the same numbers keep everything as it is, new ones keep the place. */
  load(bytes, report) {
    this.report = report;
    if (!this.sameScene(bytes)) {
      const first = !this.scene;
      const share = first ? 0 : this.position / this.scene.steps;
      this.bytes = bytes;
      this.scene = decodeScene(bytes);
      const { steps, start } = this.scene;
      this.hover = null;
      const opening = start > 0 ? Math.min(start - 1, steps) : Math.ceil(steps / 2);
      this.untouched = first ? start === 0 : this.untouched;
      this.position = first || this.untouched ? opening : Math.round(share * steps);
      if (this.playing) this.position = Math.floor(this.position);
      this.replay = new Replay(this.scene);
      this.buildStage();
      const result = this.views[this.scene.layout.result];
      result.reach = reachCount(this.scene, result.grid.index);
      const pin = first ? this.scene.pin : this.pin && [this.pin.row - result.grid.frame.row, this.pin.col - result.grid.frame.col];
      this.setPin(pin ?? null);
      this.describe();
    }
    this.arrange();
  }

  sameScene(bytes) {
    if (!this.bytes || this.bytes.length !== bytes.length) return false;
    return bytes.every((byte, at) => at < 4 || byte === this.bytes[at]);
  }

  applyTheme() {
    const probe = getComputedStyle(this.root).getPropertyValue("--st-background-color").trim();
    const dark = /^#[0-9a-f]{6}$/i.test(probe) && contrastOf(probe, "#ffffff") > 4.5;
    this.root.dataset.theme = dark ? "dark" : "light";
    this.theme = new Theme(this.root, this.scene.limit);
  }

  // Layout -----------------------------------------------------------------

  arrange() {
    const width = this.root.clientWidth;
    if (!width || !this.scene) return;
    this.applyTheme();
    const cells = this.fitCells(width);
    this.layout = cells.layout;
    for (const name of ["wide", "stacked", "over", "narrow"]) {
      this.root.classList.toggle(name, cells.layout === name);
    }
    const ratio = window.devicePixelRatio || 1;
    const third = (width - 56) / 3 - 2;
    const roomy = this.views.every(
      ({ grid }) => grid.index === this.scene.layout.result || grid.cols * cells.sizes[grid.index] <= third,
    );
    for (const view of this.views) {
      view.resize(cells.sizes[view.grid.index], ratio);
      const narrow = roomy ? third : 56;
      const isResult = view.grid.index === this.scene.layout.result;
      const least = cells.layout === "narrow" ? (isResult ? width : narrow) : isResult ? 240 : 104;
      view.figure.style.setProperty("--caption", `${Math.max(least, view.grid.cols * view.cell)}px`);
    }
    this.seat(ratio);
    this.redraw();
  }

  /** Measure where each canvas lies on the stage. */
  seat(ratio) {
    const stage = this.stage.getBoundingClientRect();
    for (const view of this.views) {
      const box = view.canvas.getBoundingClientRect();
      view.x = box.left - stage.left;
      view.y = box.top - stage.top;
    }
    const width = stage.width + 2 * MARGIN;
    const height = stage.height + 2 * MARGIN;
    const flying = this.views[this.scene.channel[this.scene.flight.from].grid];
    const clear = flying.x + flying.canvas.clientWidth / 2 - 24; // the arrow comes down there
    this.pinBox.style.maxWidth = this.layout === "wide" ? `${Math.max(220, clear)}px` : "";
    this.overlay.style.width = `${width}px`;
    this.overlay.style.height = `${height}px`;
    this.overlay.width = Math.round(width * ratio);
    this.overlay.height = Math.round(height * ratio);
    this.pen.setTransform(ratio, 0, 0, ratio, MARGIN * ratio, MARGIN * ratio);
  }

  /** Choose the arrangement that gives the largest cells. */
  fitCells(width) {
    const { grids, layout } = this.scene;
    const factors = layout.factors.filter((item) => typeof item === "number").map((at) => grids[at]);
    const result = grids[layout.result];
    const sizes = [];
    const ratio = window.devicePixelRatio || 1;
    const set = (list, size) => {
      for (const grid of list) sizes[grid.index] = Math.max(2, Math.floor(size * ratio) / ratio);
    };
    const sum = (list) => list.reduce((total, grid) => total + grid.cols, 0);
    const tallest = (list) => Math.max(...list.map((grid) => grid.rows));
    if (width < 620) {
      set(factors, Math.min(40, (width - 56) / sum(factors), 260 / tallest(factors)));
      set([result], Math.min(46, width / result.cols));
      return { layout: "narrow", sizes };
    }
    const resultCell = Math.min(46, 500 / result.rows, (0.54 * width) / result.cols);
    const overResult = Math.min(46, width / result.cols, 300 / result.rows);
    const overFactors = Math.min(40, (width - 80) / sum(factors), 180 / tallest(factors));
    const height = overResult * result.rows + overFactors * tallest(factors);
    if (overResult >= 1.5 * resultCell && height <= 400) {
      set(factors, overFactors);
      set([result], overResult);
      return { layout: "over", sizes };
    }
    const room = width - Math.max(resultCell * result.cols, 200) - 40 - 64;
    const inRow = Math.min(46, room / sum(factors), (room - 2 * 108) / factors[0].cols, 440 / tallest(factors));
    const [head, ...rest] = factors;
    const headCell = Math.min(44, (room + 64) / head.cols, 210 / head.rows);
    const restCell = Math.min(44, (room + 10) / sum(rest), 150 / tallest(rest));
    set([result], resultCell);
    if (inRow >= 26 || inRow >= Math.min(headCell, restCell)) {
      set(factors, inRow);
      return { layout: "wide", sizes };
    }
    set([head], headCell);
    set(rest, restCell);
    return { layout: "stacked", sizes };
  }

  // Drawing ----------------------------------------------------------------

  redraw() {
    this.replay.seek(Math.floor(this.position));
    this.drawn = Math.floor(this.position);
    for (const view of this.views) view.drawAll(this.theme, this.replay);
    this.draw();
  }

  /** Bring the grids to the current position, redrawing only what a step forward touched. */
  draw() {
    const done = Math.floor(this.position);
    if (done === this.drawn + 1) {
      this.replay.seek(done);
      for (const channel of this.scene.channels) {
        if (channel.mode === "read") continue;
        forWindow(this.scene, done - 1, channel, (_, __, row, col) => this.views[channel.grid].drawAt(this.theme, this.replay, row, col));
      }
      this.drawn = done;
      this.describe();
    } else if (done !== this.drawn) {
      this.replay.seek(done);
      for (const view of this.views) view.drawAll(this.theme, this.replay);
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

  /** Bring titles, caption, pinned sum and transport up to the step in view. */
  describe() {
    const { scene, buttons } = this;
    const step = this.shownStep();
    this.described = step;
    for (const view of this.views) {
      const { grid } = view;
      const [title, subtitle] = view.figure.querySelectorAll("figcaption > *");
      title.textContent = step < 0 ? grid.idle ?? grid.title : fillTemplate(scene, step, grid.title);
      subtitle.textContent = step < 0 && grid.idle ? "" : fillTemplate(scene, Math.max(step, 0), grid.subtitle);
      view.canvas.setAttribute("aria-label", `${title.textContent}, ${grid.rows} × ${grid.cols}. ${grid.hint ?? ""}`.trim());
    }
    const sentence = step < 0 ? scene.opening : fillTemplate(scene, step, scene.captions[scene.captionIndex[step]]);
    const label = element("b", {}, step < 0 ? "Ready. " : `Step ${step + 1} of ${scene.steps}. `);
    this.caption.setAttribute("aria-live", this.playing ? "off" : "polite");
    this.caption.replaceChildren(label, sentence);
    this.scrub.value = String(Math.floor(this.position));
    this.scrub.style.setProperty("--at", String(Math.floor(this.position) / scene.steps));
    this.scrub.setAttribute("aria-valuetext", `step ${Math.floor(this.position)} of ${scene.steps}`);
    buttons.first.disabled = buttons.back.disabled = this.position <= 0;
    buttons.next.disabled = buttons.last.disabled = this.position >= scene.steps;
    buttons.play.replaceChildren(icon(this.playing ? "pause" : "play"));
    const label2 = this.playing ? "Pause (space)" : "Play (space)";
    buttons.play.setAttribute("aria-label", label2);
    buttons.play.title = label2;
    this.root.dataset.step = String(Math.floor(this.position));
    this.root.dataset.playing = String(this.playing);
    this.describePin();
  }

  // Transport --------------------------------------------------------------

  get stepTime() {
    const whole = Math.min(1200, Math.max(110, 26000 / this.scene.steps));
    return whole / this.speed;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.untouched || this.position >= this.scene.steps) this.position = 0;
    this.untouched = false;
    this.playing = true;
    this.clock = this.position;
    this.held = 0;
    this.last = undefined;
    clearTimeout(this.reporting);
    this.describe();
    this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  pause() {
    this.playing = false;
    cancelAnimationFrame(this.frame);
    this.position = Math.round(this.position);
    this.draw();
    this.describe();
    this.reportSoon();
  }

  tick(now) {
    const elapsed = this.last === undefined ? 0 : Math.min(100, now - this.last);
    this.last = now;
    const { steps } = this.scene;
    if (this.clock >= steps) this.held += elapsed;
    this.clock = Math.min(steps, this.clock + elapsed / this.stepTime);
    this.position = this.reduced.matches ? Math.floor(this.clock) : this.clock;
    this.draw();
    if (this.position >= steps && !this.loop) {
      this.pause();
      return;
    }
    if (this.held >= HOLD) {
      this.held = 0;
      this.clock = 0;
    }
    this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  goTo(position) {
    this.untouched = false;
    if (this.playing) {
      this.playing = false;
      cancelAnimationFrame(this.frame);
    }
    this.position = Math.min(this.scene.steps, Math.max(0, position));
    this.draw();
    this.describe();
    this.reportSoon();
  }

  stepBy(count) {
    this.goTo(count > 0 ? Math.floor(this.position) + count : Math.ceil(this.position) + count);
  }

  setLoop(on) {
    this.loop = on;
    this.buttons.loop.setAttribute("aria-pressed", String(on));
  }

  /** Tell the server where we are, once things have come to rest. */
  reportSoon() {
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => {
      if (this.playing) return;
      const frame = this.pin && this.views[this.pin.grid].grid.frame;
      const pin = this.pin ? [this.pin.row - frame.row, this.pin.col - frame.col] : null;
      this.report({ step: this.position, pin });
    }, 700);
  }

  handleKey(event) {
    const inside = event.composedPath().includes(this.root);
    const target = event.composedPath()[0];
    const taken = event.defaultPrevented && !event.forPlayers; // several players may follow one key
    if (event.ctrlKey || event.metaKey || event.altKey || taken) return;
    if (!inside && target.closest?.(OTHERS_KEYS)) return;
    if (inside && (target.tagName === "INPUT" || target.tagName === "SELECT")) return;
    const acts = {
      " ": () => this.toggle(),
      ArrowLeft: () => this.stepBy(-1),
      ArrowRight: () => this.stepBy(1),
      Home: () => this.goTo(0),
      End: () => this.goTo(this.scene.steps),
    };
    const act = acts[event.key];
    if (!act || (event.key === " " && target.tagName === "BUTTON")) return;
    event.preventDefault();
    event.forPlayers = true;
    act();
  }

  // Cells ------------------------------------------------------------------

  setHover(hover) {
    this.hover = hover;
    if (hover) hover.view.canvas.title = this.nameOf(hover);
    if (!this.playing) this.draw();
  }

  nameOf({ view, row, col }) {
    const at = row * view.grid.cols + col;
    const reached = this.replay.reached[view.grid.index][at] === 1;
    const value = reached ? `= ${formatNumber(this.replay.values[view.grid.index][at])}` : "not reached yet";
    if (view.reach?.[at] === 0) return `${cellName(view.grid, row, col)}: a hole, no stamp reaches it`;
    return `${cellName(view.grid, row, col)} ${value}`;
  }

  choose(hit) {
    if (!hit) return;
    const { grid } = hit.view;
    if (grid.action === "jump") {
      const source = this.scene.channels.find((channel) => channel.mode === "read" && channel.grid === grid.index);
      for (let step = 0; step < this.scene.steps; step += 1) {
        const { row, col } = windowOf(this.scene, step, source);
        if (row === hit.row && col === hit.col) this.goTo(step + 1);
      }
      return;
    }
    const again = this.pin && this.pin.row === hit.row && this.pin.col === hit.col;
    this.setPin(again ? null : [hit.row - grid.frame.row, hit.col - grid.frame.col]);
    this.draw();
    this.reportSoon();
  }

  /** Arrow keys walk over a focused grid, Enter chooses the cell. */
  moveInGrid(event, view) {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const move = moves[event.key];
    if (event.key === "Enter") this.choose(this.hover ?? { view, row: 0, col: 0 });
    else if (move) {
      const from = this.hover?.view === view ? this.hover : { row: 0, col: -1 };
      const clamp = (value, size) => Math.min(size - 1, Math.max(0, value));
      this.setHover({ view, row: clamp(from.row + move[0], view.grid.rows), col: clamp(from.col + move[1], view.grid.cols) });
      this.pinBox.setAttribute("aria-label", this.nameOf(this.hover));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  setPin(cell) {
    const view = this.views[this.scene.layout.result];
    const { grid } = view;
    const row = cell ? cell[0] + grid.frame.row : -1;
    const col = cell ? cell[1] + grid.frame.col : -1;
    const inside = cell && row >= 0 && col >= 0 && row < grid.rows && col < grid.cols;
    this.pin = inside
      ? { grid: grid.index, row, col, terms: contributions(this.scene, grid.index, row * grid.cols + col) }
      : null;
    this.describePin();
  }

  /** The sum behind the pinned cell, in the hues of where each number came from. */
  describePin() {
    const { pin, scene } = this;
    const hint = element("p", { class: "hint" }, scene.hint);
    if (!pin) {
      this.pinBox.replaceChildren(hint);
      return;
    }
    const { grid } = this.views[pin.grid];
    const name = cellName(grid, pin.row, pin.col);
    const title = element("p", {}, element("b", {}, `Pinned ${name}`));
    if (pin.terms.length === 0) {
      const note = element("p", {}, `${name} = 0: no stamp reaches this cell.`);
      this.pinBox.replaceChildren(title, note);
      return;
    }
    const symbols = element("small", {});
    const numbers = element("p", { class: "sum" }, "= ");
    let landed = 0;
    let total = 0;
    pin.terms.forEach(({ step, value, factors }, index) => {
      const later = step >= this.position;
      if (!later) landed += value;
      total += value;
      symbols.append(index ? " + " : `${name} = `);
      numbers.append(index ? " + " : "");
      const term = element("span", later ? { class: "later" } : {});
      factors.forEach((factor, at) => {
        const from = scene.grids[factor.grid];
        symbols.append(at ? "·" : "", element("span", { class: `term-${from.role}` }, cellName(from, factor.row, factor.col)));
        const text = formatNumber(factor.value);
        term.append(at ? "·" : "", element("span", { class: `term-${from.role}` }, factor.value < 0 ? `(${text})` : text));
      });
      numbers.append(term);
    });
    const whole = pin.terms.every(({ step }) => step < this.position);
    numbers.append(" = ", element("b", { class: "total" }, formatNumber(total)));
    const last = whole ? "" : `${formatNumber(landed)} so far: the faded terms have not landed yet.`;
    this.pinBox.replaceChildren(title, numbers, element("p", {}, symbols), element("small", {}, last));
  }
}

const players = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  try {
    if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement));
    players.get(parentElement).load(data, (view) => setStateValue("view", view));
  } catch (error) {
    players.get(parentElement)?.destroy();
    players.delete(parentElement);
    const message = `The player could not read its data (${error.message}). Reload the page to try again.`;
    parentElement.querySelector(".failure")?.remove();
    const box = element("p", { class: "player failure", role: "alert", "data-theme": "light" }, message);
    parentElement.append(box);
  }
  return () => {
    players.get(parentElement)?.destroy();
    players.delete(parentElement);
  };
}
