// @ts-check
// Seat: canvases sized, captions wrapped to them, and where each came to lie on the stage.

import { isTable } from "./fit.js";

export const MARGIN = 8; // px the overlay reaches beyond the stage, for frames at its edge

/** Size a panel's canvases and captions. */
export function dress(panel, layout, sizes, width, ratio) {
  const third = (width - 56) / 3 - 2;
  const isFactor = (grid) => panel.results.every((view) => view.grid.index !== grid.index);
  const roomy = panel.views.every(
    ({ grid }) => !isFactor(grid) || grid.cols * sizes[grid.index].width <= third,
  );
  panel.root.style.width = layout === "beside" ? `${width}px` : "";
  panel.factors.style.minHeight = "";
  const heights = panel.views
    .filter(({ grid }) => isFactor(grid))
    .map(({ grid }) => grid.rows * sizes[grid.index].height);
  panel.factors.style.setProperty("--middle", `${Math.min(...heights) / 2}px`);
  for (const view of panel.views) {
    view.resize(sizes[view.grid.index], ratio);
    view.canvas.style.marginTop = "";
    const drawn = view.drawnCols * view.width;
    const table = isTable(panel.scene);
    const narrow = roomy ? third : 56;
    const alone = isFactor(view.grid) ? 104 : 240;
    const own = { beside: isFactor(view.grid) ? 62 : width, narrow: isFactor(view.grid) ? narrow : width };
    const least =
      table || panel.scene.layout.board ? (isFactor(view.grid) ? 40 : 150) : (own[layout] ?? alone);
    view.figure.style.setProperty("--caption", `${Math.max(least, drawn)}px`);
  }
}

/** Begin the results of readings that stand side by side at the same height, row by row. */
export function level(panels) {
  const upper = panels.filter(({ scene }) => !isTable(scene)).map(({ factors }) => factors);
  const highest = Math.max(...upper.map((factors) => factors.offsetHeight));
  for (const factors of upper) factors.style.minHeight = `${highest}px`;
  const results = panels.filter(({ scene }) => !isTable(scene)).map(({ result }) => result);
  const above = ({ grid, height }) => (grid.frame?.row ?? 0) * height;
  const most = Math.max(...results.map(above));
  for (const view of results) view.canvas.style.marginTop = `${most - above(view)}px`;
}

/** Measure where each canvas lies on the stage. */
export function seat(player, ratio) {
  const flight = player.message.scenes[0].flight;
  const flying = flight && player.panels[0].views[player.message.scenes[0].channel[flight.from].grid];
  player.pinBox.style.maxWidth = "";
  const place = () => {
    const stage = player.stage.getBoundingClientRect();
    for (const view of player.panels.flatMap((panel) => panel.views)) {
      const box = view.canvas.getBoundingClientRect();
      view.x = box.left - stage.left;
      view.y = box.top - stage.top;
    }
    return stage;
  };
  const stage = place();
  if (flying && player.layout === "wide" && !player.message.scenes[0].layout.board) {
    const clear = flying.x + flying.canvas.clientWidth / 2 - 24; // the arrow comes down there
    player.pinBox.style.maxWidth = `${Math.max(220, clear)}px`;
  }
  const width = stage.width + 2 * MARGIN;
  const height = stage.height + 2 * MARGIN;
  player.overlay.style.width = `${width}px`;
  player.overlay.style.height = `${height}px`;
  player.overlay.width = Math.round(width * ratio);
  player.overlay.height = Math.round(height * ratio);
  player.pen.setTransform(ratio, 0, 0, ratio, MARGIN * ratio, MARGIN * ratio);
}
