// @ts-check
// The stage: the elements of each reading, built once for scenes of the same kind.

import { element, icon } from "./dom.js";
import { isTable, isTower } from "./fit.js";
import { raiseLoop } from "./loop.js";
import { GridView } from "./paint.js";
import { Replay, reachCount } from "./replay.js";
import { forWindow, resultsOf } from "./scene.js";
import { fillTemplate } from "./terms.js";
import { letteredCell } from "./words.js";

/** One reading on the stage: its scene, its grids' views, and their numbers at the moment. */
export class Panel {
  constructor(player, scene) {
    this.player = player;
    this.views = [];
    const figures = scene.grids.map((grid) => this.buildGrid(grid));
    const { board } = scene.layout;
    this.factors = element("div", { class: board ? "factors board" : "factors" });
    if (board) this.factors.style.gridTemplateColumns = `repeat(${board.rows[0].length}, auto)`;
    for (const item of board ? board.rows.flat() : scene.layout.factors) {
      this.factors.append(
        typeof item === "number"
          ? figures[item]
          : element("span", { class: "operator", "aria-hidden": "true" }, item),
      );
    }
    this.result = this.views[scene.layout.result];
    this.results = resultsOf(scene).map((at) => this.views[at]);
    this.legend = element("ul", { class: "legend" });
    const output = board
      ? element("div", { class: "results" }, ...this.results.map(({ figure }) => figure))
      : this.result.figure;
    output.classList.add("result");
    output.append(this.legend);
    this.output = output;
    this.left = element("div", { class: "left" }, this.factors);
    const head = element(
      "p",
      { class: "reading" },
      element("b", {}, scene.title),
      " ",
      element("span", {}, scene.lead),
    );
    const arrow = element("span", { class: "operator arrow", "aria-hidden": "true" }, scene.arrow);
    const body = element("div", { class: "body" }, this.left, arrow, output);
    this.root = element(
      "section",
      {
        class: ["panel", scene.name, isTable(scene) && "table", isTower(scene) && "tower", board && "boarded"]
          .filter(Boolean)
          .join(" "),
        "aria-label": scene.title,
      },
      head,
      body,
    );
    this.take(scene);
  }

  /** Show another scene of the same kind. */
  take(scene) {
    this.scene = scene;
    this.replay = new Replay(scene);
    const lettered = scene.symbols && scene.links;
    for (const view of this.views) {
      view.grid = scene.grids[view.grid.index];
      view.label = lettered
        ? (at, position = Math.floor(this.player.position)) =>
            letteredCell(this.player, this, view, at, position)
        : undefined;
    }
    this.turning = this.views.find((view) => view.grid.turns);
    for (const view of this.results) view.reach = reachCount(scene, view.grid.index);
    if (scene.links?.clock === "target") this.result.reach = holesOf(scene, this.result.grid);
    const items = scene.legend.map(({ mark, text }) =>
      element("li", {}, element("span", { class: `swatch ${mark}` }), text),
    );
    this.legend.replaceChildren(...items);
  }

  buildGrid(grid) {
    const canvas = element("canvas", { role: "img" });
    const figure = element(
      "figure",
      { class: `grid ${grid.role}` },
      element("figcaption", {}, element("b"), element("span")),
      canvas,
    );
    const view = new GridView(grid, figure, canvas);
    this.views[grid.index] = view;
    if (grid.turns) figure.append(this.buildFlip());
    const { player } = this;
    // The stage outlives a scene, so cells are looked up in the view's grid of the moment.
    const hitAt = (event) => {
      const box = canvas.getBoundingClientRect();
      const cell = view.cellAt(event.clientX - box.left, event.clientY - box.top);
      return cell && { panel: this, view, ...cell };
    };
    canvas.addEventListener("pointermove", (event) => player.setHover(hitAt(event)));
    canvas.addEventListener("pointerleave", () => player.setHover(null));
    if (!grid.action) return figure;
    figure.classList.add("live");
    canvas.tabIndex = 0;
    canvas.addEventListener("blur", () => player.setHover(null));
    canvas.addEventListener("click", (event) => player.choose(hitAt(event)));
    canvas.addEventListener("keydown", (event) => player.moveInGrid(event, this, view));
    return figure;
  }

  buildFlip() {
    const flip = element(
      "button",
      { type: "button", class: "flip", title: "Watch the kernel turn by 180°" },
      icon("loop"),
      "turn again",
    );
    flip.addEventListener("click", () => this.player.turning.replay());
    return flip;
  }

  describe(step, turned) {
    for (const view of this.views) {
      const { grid } = view;
      const [title, subtitle] = view.figure.querySelectorAll("figcaption > *");
      const idle = grid.turns ? !turned : step < 0;
      title.textContent = idle
        ? (grid.idle ?? grid.title)
        : fillTemplate(this.scene, Math.max(step, 0), grid.title);
      subtitle.textContent =
        idle && grid.idle ? "" : fillTemplate(this.scene, Math.max(step, 0), grid.subtitle);
      view.canvas.setAttribute(
        "aria-label",
        `${title.textContent}, ${grid.rows} × ${grid.cols}. ${grid.hint ?? ""}`.trim(),
      );
    }
  }

  /** Bring the grids to a number of steps done, redrawing only what one step forward touched. */
  draw(theme, done) {
    const forward = done === this.drawn + 1;
    this.replay.seek(done);
    this.drawn = done;
    if (!forward) {
      for (const view of this.views) {
        if (view.fresh !== theme || this.isWritten(view)) view.drawAll(theme, this.replay);
        view.fresh = theme;
      }
      return;
    }
    for (const channel of this.scene.channels) {
      if (channel.mode === "read") continue;
      const view = this.views[channel.grid];
      forWindow(this.scene, done - 1, channel, (_, __, row, col) =>
        view.drawAt(theme, this.replay, row, col),
      );
    }
  }

  isWritten(view) {
    return this.scene.channels.some((channel) => channel.mode !== "read" && channel.grid === view.grid.index);
  }
}

/** How many terms each cell of a result has, for the cells that no walk visits. */
function holesOf(scene, grid) {
  const count = new Uint16Array(grid.rows * grid.cols);
  const { corners, spacing, source, tap } = scene.links;
  source.values.forEach((_, i) => {
    const channel = {
      fixed: true,
      corners: [corners[2 * i], corners[2 * i + 1]],
      rowStep: spacing[0],
      colStep: spacing[1],
    };
    const shift = grid.frame ? [grid.frame.row, grid.frame.col] : [0, 0];
    channel.corners = [channel.corners[0] + shift[0], channel.corners[1] + shift[1]];
    forWindow(
      scene,
      0,
      { ...channel, grid: grid.index, rows: tap.rows, cols: tap.cols },
      (cell) => (count[cell] += 1),
    );
  });
  return count;
}

/** Where motion is not welcome, a grid that turns is shown beside the one it came from. */
export function withUpright(scene) {
  const turning = scene.grids.find((grid) => grid.turns);
  if (!turning) return scene;
  const upright = {
    ...turning,
    index: scene.grids.length,
    values: turning.values.slice().reverse(),
    ids: turning.ids.slice().reverse(),
    place: (number) => number,
    title: turning.idle,
    subtitle: "w",
    idle: null,
    turns: false,
  };
  const factors = scene.layout.factors.flatMap((item) =>
    item === turning.index ? [upright.index, "↻", item] : [item],
  );
  const still = { ...turning, idle: null, turns: false };
  const grids = [...scene.grids.map((grid) => (grid === turning ? still : grid)), upright];
  return { ...scene, grids, layout: { ...scene.layout, factors } };
}

/** Build the stage for these scenes' grids, unless it already stands. */
export function raiseStage(player) {
  const { scenes } = player.message;
  const kinds = scenes.map((scene) => [
    scene.name,
    scene.title,
    scene.lead,
    scene.layout,
    scene.grids.map(({ role, action, column, turns }) => [role, action, column, turns]),
  ]);
  const plan = JSON.stringify(kinds);
  if (plan === player.plan) {
    player.panels.forEach((panel, at) => panel.take(scenes[at]));
    return;
  }
  player.plan = plan;
  player.resizing.disconnect();
  player.panels = scenes.map((scene) => new Panel(player, scene));
  player.pinBox = element("div", { class: "pin", role: "status" });
  player.overlay = element("canvas", { class: "overlay", "aria-hidden": "true" });
  player.pen = player.overlay.getContext("2d");
  const panels = element("div", { class: "panels" }, ...player.panels.map(({ root }) => root));
  player.stage = element("div", { class: "stage" }, panels, player.overlay);
  const alone = scenes.length === 1 && !isTable(scenes[0]);
  if (alone) player.panels[0].left.append(player.pinBox);
  else panels.after(player.pinBox);
  player.root.classList.toggle("single", scenes.length === 1);
  player.root.classList.toggle("tabled", scenes.length === 1 && !alone);
  player.caption = element("p", { class: "caption", "aria-live": "polite" });
  player.root.replaceChildren(player.stage, player.caption, player.transport.root, player.floating.seat);
  player.floating.watch();
  if (player.opening.loop) raiseLoop(player);
  player.resizing.observe(player.root);
}
