// @ts-check
// Motion: what one step looks like while it happens.

import { FORM, LAND } from "./clock.js";
import { drawFlight } from "./flight.js";
import { drawFocus, drawHover, drawSources } from "./focus.js";
import { frameCells } from "./frames.js";
import { clipWindow, forWindow, resultsOf, windowOf, written } from "./scene.js";
import { drawSum } from "./sum.js";
import { drawTurn } from "./turn.js";

/** Draw everything that lies over the grids at a position (steps done, and share of the next). */
export function drawOverlay(context, player, position) {
  const { message, theme } = player;
  const done = Math.floor(position);
  const share = position - done;
  const step = share > 0 ? done : done - 1;
  const walked = step >= 0 && message.links?.clock === "target" ? player.walkedTerms(step) : null;
  for (const panel of player.panels) {
    const scene = { context, player, panel, theme };
    for (const view of panel.views) {
      if (view.grid.frame)
        frameCells(context, view, view.grid.frame, theme[view.grid.role], { width: 2, dash: [6, 4] });
    }
    drawTurn(context, player, panel);
    if (walked) drawSources(scene, walked, { outlined: true });
    drawFocus(scene, player.pin, theme.ink);
    if (step >= 0) {
      drawReads(scene, step, share);
      if (share > 0) drawWrites(scene, step, share);
      if (panel.scene.flights.length && share > 0)
        panel.scene.flights.forEach((flight) => drawFlight(scene, step, share, flight));
      else if (share === 0) drawLanded(scene, step);
    }
    drawFocus(scene, player.hover?.focus, theme.output);
    drawHover(scene);
  }
}

// One step ------------------------------------------------------------------------

function hueOf(theme, channel, view) {
  return theme[channel.hue || view.grid.role];
}

function drawReads({ context, panel, theme }, step, share) {
  const { scene, views, replay } = panel;
  for (const channel of scene.channels) {
    if (channel.mode !== "read" || channel.quiet) continue;
    const view = views[channel.grid];
    const window = windowOf(scene, step, channel);
    if (!clipWindow(view.grid, window)) continue;
    const lift = share > 0 && share < LAND ? Math.sin((Math.PI * share) / LAND) : 0;
    if (lift > 0 && channel.patch === 1 && Math.min(view.width, view.height) >= 10) {
      const { x, y, width, height } = view.rect(window.row, window.col);
      const at = window.row * view.grid.cols + window.col;
      const grow = Math.min(width, height) * 0.16 * lift;
      context.save();
      context.shadowColor = theme.soft;
      context.shadowBlur = 10 * lift;
      const raised = { x: x - grow / 2, y: y - grow / 2, width: width + grow, height: height + grow };
      view.drawCell(context, theme, raised, {
        value: replay.values[channel.grid][at],
        text: view.label?.(at),
      });
      context.restore();
      frameCells(context, view, window, hueOf(theme, channel, view), { width: 3, pad: 1 + grow / 2 });
    } else {
      frameCells(context, view, window, hueOf(theme, channel, view), { width: channel.patch > 1 ? 2 : 3 });
    }
  }
}

function isFlying(scene, channel) {
  return scene.flights.some(({ from, to }) => channel.name === from || channel.name === to);
}

/** What a step writes without a flight: first the factors' cells, then the result's. */
function drawWrites({ context, player, panel, theme }, step, share) {
  const { scene, views } = panel;
  for (const channel of scene.channels) {
    if (channel.mode === "read" || isFlying(scene, channel)) continue;
    const late = resultsOf(scene).includes(channel.grid);
    const begin = scene.flight ? 0 : FORM / 2; // beside a stamp, what a step sets stands from its beginning
    if (share < (late ? LAND : begin)) continue;
    const view = views[channel.grid];
    forWindow(scene, step, channel, (cell, patch, row, col) => {
      const place = {
        view,
        rect: view.rect(row, col),
        share,
        target: { cell, row, col },
        add: written(scene, channel, step, patch),
      };
      if (late) drawSum(context, player, panel, { ...place, replaces: channel.mode === "set" });
      else
        view.drawCell(context, theme, place.rect, {
          value: Number.isNaN(place.add) ? null : place.add,
          text: view.label?.(cell) ?? undefined,
        });
    });
    if (scene.flight) continue;
    frameCells(context, view, windowOf(scene, step, channel), hueOf(theme, channel, view), {
      width: late ? 2.5 : 3,
    });
  }
}

/** At rest after a step: what it wrote, and an arrow from the stamp to where it lies. */
function drawLanded({ context, player, panel, theme }, step) {
  const { scene, views } = panel;
  for (const channel of scene.channels) {
    const lands =
      scene.flights.some(({ to }) => channel.name === to) ||
      (scene.layout.board && resultsOf(scene).includes(channel.grid));
    if (channel.mode === "read" || (scene.flights.length && !lands)) continue;
    const view = views[channel.grid];
    const colour =
      scene.flight && !channel.hue && (channel.patch > 1 || !scene.links)
        ? theme.stamp
        : hueOf(theme, channel, view);
    frameCells(context, view, windowOf(scene, step, channel), colour, {
      width: channel.patch > 1 && !scene.flight ? 2 : 3,
    });
  }
  if (scene.flight && player.layout === "wide" && !scene.layout.board) drawArrow(context, panel, theme, step);
}

function drawArrow(context, { scene, views }, theme, step) {
  const from = scene.channel[scene.flight.from];
  const to = scene.channel[scene.flight.to];
  const fromView = views[from.grid];
  const toView = views[to.grid];
  const landing = windowOf(scene, step, to);
  const { row, col, rows, cols } = windowOf(scene, step, from);
  const start = fromView.rect(row + rows, col);
  const end = toView.rect(landing.row, landing.col);
  const x0 = start.x + (cols * fromView.width) / 2;
  const y0 = start.y + 8;
  const x1 = toView.x - 10;
  const y1 = Math.max(end.y + (landing.rows * toView.height) / 2, y0 + 24);
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
