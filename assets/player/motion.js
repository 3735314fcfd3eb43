// Motion: what one step looks like while it happens. The input cell lifts, its stamp forms,
// travels and lands; touched cells show the sum before they settle.

const FORM = 0.28;
const LAND = 0.64;
const SETTLE = 0.86;

function ease(share) {
  const t = Math.min(1, Math.max(0, share));
  return t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2;
}

/** Draw everything that lies over the grids at a position (steps done, and share of the next). */
function drawOverlay(context, player, position) {
  const { scene, views, theme } = player;
  const done = Math.floor(position);
  const share = position - done;
  for (const view of views) {
    if (view.grid.frame) frameCells(context, view, view.grid.frame, theme[view.grid.role], { width: 2, dash: [6, 4] });
  }
  drawPin(context, player);
  const step = share > 0 ? done : done - 1;
  if (step >= 0) {
    drawReads(context, player, step, share);
    if (share > 0) drawFlight(context, player, step, share);
    else drawLanded(context, player, step);
  }
  const { hover } = player;
  if (hover) {
    const colour = theme[hover.view.grid.role];
    frameCells(context, hover.view, { row: hover.row, col: hover.col, rows: 1, cols: 1 }, colour, { width: 1.5, pad: 0 });
  }
}

function drawReads(context, player, step, share) {
  const { scene, views, theme, replay } = player;
  for (const channel of scene.channels) {
    if (channel.mode !== "read" || channel.quiet) continue;
    const view = views[channel.grid];
    const window = windowOf(scene, step, channel);
    const lift = share > 0 && share < LAND ? Math.sin((Math.PI * share) / LAND) : 0;
    if (lift > 0 && channel.patch === 1) {
      const { x, y, size } = view.rect(window.row, window.col);
      const grow = size * 0.16 * lift;
      const value = replay.values[channel.grid][window.row * view.grid.cols + window.col];
      context.save();
      context.shadowColor = theme.soft;
      context.shadowBlur = 10 * lift;
      view.drawCell(context, theme, { x: x - grow / 2, y: y - grow / 2, size: size + grow }, { value });
      context.restore();
      frameCells(context, view, { ...window }, theme[view.grid.role], { width: 3, pad: 1 + grow / 2 });
    } else {
      frameCells(context, view, window, theme[view.grid.role], { width: 3 });
    }
  }
}

/** How a patch's number is made, as in `4·0.25`. */
function productText(scene, step, patch) {
  return factorsOf(scene, step, patch)
    .map(({ value }) => formatNumber(value, 3))
    .join("·");
}

/** The stamp forms, flies and lands. */
function drawFlight(context, player, step, share) {
  const { scene, views, theme, replay } = player;
  const from = scene.channel[scene.flight.from];
  const to = scene.channel[scene.flight.to];
  const fromView = views[from.grid];
  const toView = views[to.grid];
  const forming = share < FORM * 0.8 && player.stepTime >= 350;
  // What a step sets besides its stamp stands from its beginning.
  for (const channel of scene.channels) {
    if (channel.mode !== "set" || channel === from || channel === to) continue;
    const view = views[channel.grid];
    forWindow(scene, step, channel, (_, patch, row, col) => {
      const value = written(channel, step, patch);
      view.drawCell(context, theme, view.rect(row, col), { value: Number.isNaN(value) ? null : value });
    });
  }
  forWindow(scene, step, from, (_, patch, row, col) => {
    const text = forming && scene.factors.length ? productText(scene, step, patch) : undefined;
    fromView.drawCell(context, theme, fromView.rect(row, col), { value: written(from, step, patch), text });
  });
  frameCells(context, fromView, windowOf(scene, step, from), theme.stamp);
  if (share < FORM) return;
  const travelled = ease((share - FORM) / (LAND - FORM));
  const corner = { x: Infinity, y: Infinity, right: -Infinity, bottom: -Infinity };
  const landing = [];
  const arriving = new Map(); // cells of a window without spacing coincide: what lands there adds up
  forWindow(scene, step, to, (cell, patch, row, col) => {
    landing.push({ cell, patch, row, col });
    arriving.set(cell, (arriving.get(cell) ?? 0) + written(to, step, patch));
  });
  forWindow(scene, step, from, (_, patch, row, col) => {
    const target = landing[patch];
    const start = fromView.rect(row, col);
    const end = toView.rect(target.row, target.col);
    const rect = {
      x: start.x + (end.x - start.x) * travelled,
      y: start.y + (end.y - start.y) * travelled - 24 * Math.sin(Math.PI * travelled),
      size: start.size + (end.size - start.size) * travelled,
    };
    corner.x = Math.min(corner.x, rect.x);
    corner.y = Math.min(corner.y, rect.y);
    corner.right = Math.max(corner.right, rect.x + rect.size);
    corner.bottom = Math.max(corner.bottom, rect.y + rect.size);
    if (share < LAND) {
      const view = travelled < 0.5 ? fromView : toView;
      view.drawCell(context, theme, rect, { value: written(to, step, patch), alpha: 0.92 });
    } else {
      drawSum(context, player, { view: toView, rect: end, share, target, add: arriving.get(target.cell), adds: to.mode === "add" });
    }
  });
  context.save();
  context.strokeStyle = theme.stamp;
  context.lineWidth = 3;
  roundedRect(context, corner.x - 1, corner.y - 1, corner.right - corner.x + 2, corner.bottom - corner.y + 2, 5);
  context.stroke();
  context.restore();
}

/** A touched cell: `old + new` first, then its new sum. */
function drawSum(context, player, { view, rect, share, target, add, adds }) {
  const { replay, theme } = player;
  const index = view.grid.index;
  const old = adds ? replay.values[index][target.cell] : 0;
  const settled = !adds || share >= SETTLE || player.stepTime < 350 || replay.reached[index][target.cell] === 0;
  const sign = add < 0 ? "−" : "+";
  const text = settled ? undefined : `${formatNumber(old, 3)}${sign}${formatNumber(Math.abs(add), 3)}`;
  view.drawCell(context, theme, rect, { value: old + add, text, cropped: view.isCropped(target.row, target.col) });
  const flash = 1 - ease((share - LAND) / (1 - LAND));
  context.save();
  context.globalAlpha = 0.28 * flash;
  context.fillStyle = theme.stamp;
  roundedRect(context, rect.x, rect.y, rect.size, rect.size, 3);
  context.fill();
  context.restore();
}

/** At rest after a step: where the stamp came from and where it lies. */
function drawLanded(context, player, step) {
  const { scene, views, theme } = player;
  const from = scene.channel[scene.flight.from];
  const to = scene.channel[scene.flight.to];
  const fromView = views[from.grid];
  const toView = views[to.grid];
  const landing = windowOf(scene, step, to);
  frameCells(context, toView, landing, theme.stamp, { width: 3 });
  if (player.layout !== "wide") return;
  const { row, col, rows, cols } = windowOf(scene, step, from);
  const start = fromView.rect(row + rows, col);
  const end = toView.rect(landing.row, landing.col);
  const x0 = start.x + (cols * fromView.cell) / 2;
  const y0 = start.y + 8;
  const x1 = toView.x - 10;
  const y1 = Math.max(end.y + (landing.rows * toView.cell) / 2, y0 + 24);
  context.save();
  context.strokeStyle = theme.stamp;
  context.lineWidth = 2;
  context.setLineDash([3, 4]);
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0, y1, x0 + 20, y1, x1, y1);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x1 - 8, y1 - 5);
  context.lineTo(x1, y1);
  context.lineTo(x1 - 8, y1 + 5);
  context.stroke();
  context.restore();
}

/** The pinned cell, and the cells its sum was made from. */
function drawPin(context, player) {
  const { pin, views, theme, position } = player;
  if (!pin) return;
  const one = { rows: 1, cols: 1 };
  for (const { step, factors } of pin.terms) {
    for (const factor of factors) {
      const view = views[factor.grid];
      const landed = step < position;
      context.save();
      context.globalAlpha = landed ? 1 : 0.4;
      frameCells(context, view, { ...one, row: factor.row, col: factor.col }, theme[view.grid.role], {
        width: 1.5,
        dash: landed ? [] : [3, 3],
        pad: -2,
      });
      context.restore();
    }
  }
  const view = views[pin.grid];
  frameCells(context, view, { ...one, row: pin.row, col: pin.col }, theme.ink, { width: 2, pad: -1 });
  const { x, y, size } = view.rect(pin.row, pin.col);
  context.beginPath();
  context.fillStyle = theme.ink;
  context.arc(x + size - Math.min(7, size / 4), y + Math.min(7, size / 4), Math.min(3, size / 8), 0, 2 * Math.PI);
  context.fill();
}
