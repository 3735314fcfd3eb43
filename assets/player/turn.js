// @ts-check
// The half turn of a kernel: its cells travel, their names with them.

import { roundedRect } from "./frames.js";
import { formatNumber, letterOf } from "./terms.js";

const TURN = 1600; // ms

/** Turn the grids that turn, before the first step or when asked; without motion, show both ends. */
export class Turning {
  constructor(player) {
    this.player = player;
    this.share = 1;
  }

  get due() {
    return this.share < 1;
  }

  get state() {
    return this.share === 0 ? "upright" : this.due ? "turning" : "turned";
  }

  /** Whether there is something to turn, and motion is welcome. */
  get possible() {
    return !this.player.reduced.matches && this.player.panels.some(({ turning }) => turning);
  }

  /** Stand as the position asks: upright before the first step, turned after it. */
  settle() {
    const { position, playing } = this.player;
    if (!this.possible) this.share = 1;
    else if (position === 0 && !playing) this.reset();
    else if (this.due && !playing) this.run();
  }

  reset() {
    cancelAnimationFrame(this.frame);
    this.share = 0;
  }

  /** Turn while nothing plays. */
  run() {
    cancelAnimationFrame(this.frame);
    let last;
    const tick = (now) => {
      this.advance(last === undefined ? 0 : now - last);
      last = now;
      this.player.draw();
      if (this.due) this.frame = requestAnimationFrame(tick);
      else this.player.describe();
    };
    this.frame = requestAnimationFrame(tick);
  }

  advance(elapsed) {
    this.share = Math.min(1, this.share + (Math.min(100, elapsed) * this.player.speed) / TURN);
    this.player.root.dataset.turn = this.state;
  }

  replay() {
    if (!this.possible || this.player.playing) return;
    this.reset();
    this.run();
  }
}

export function ease(share) {
  const t = Math.min(1, Math.max(0, share));
  return t < 0.5 ? 2 * t * t : 1 - (2 - 2 * t) ** 2 / 2;
}

export function drawTurn(context, player, panel) {
  const { turning } = player;
  const view = panel.turning;
  if (!view || !turning.due) return;
  const { rows, cols, values } = view.grid;
  const angle = (1 - ease(turning.share)) * Math.PI;
  const { theme } = player;
  const width = cols * view.width;
  const height = rows * view.height;
  const centre = { x: view.x + width / 2, y: view.y + height / 2 };
  context.save();
  context.fillStyle = theme.page;
  context.fillRect(view.x - 1, view.y - 1, width + 2, height + 2);
  context.restore();
  for (let at = 0; at < rows * cols; at += 1) {
    const end = view.rect(Math.floor(at / cols), at % cols);
    const dx = end.x + end.width / 2 - centre.x;
    const dy = end.y + end.height / 2 - centre.y;
    const x = centre.x + dx * Math.cos(angle) - dy * Math.sin(angle);
    const y = centre.y + dx * Math.sin(angle) + dy * Math.cos(angle);
    const name = letterOf(panel.scene, view.grid, at);
    const named = turning.share > 0 || panel.scene.symbols;
    const number = formatNumber(values[at], 3);
    const text = named && name ? [`${name}\n${number}`, name] : number;
    context.save();
    context.translate(x, y);
    drawTurnedCell(context, theme, view, {
      angle,
      text: panel.scene.symbols && name ? name : text,
      value: values[at],
    });
    context.restore();
  }
  if (turning.share === 0) return;
  context.save();
  context.translate(centre.x, centre.y);
  context.rotate(angle);
  context.strokeStyle = theme.kernel;
  context.lineWidth = 2;
  roundedRect(context, -width / 2 - 1, -height / 2 - 1, width + 2, height + 2, 5);
  context.stroke();
  context.restore();
}

/** A cell that lies at an angle, its text upright. */
function drawTurnedCell(context, theme, view, { angle, text, value }) {
  const shade = theme.fill(value);
  const width = view.width - view.gap;
  const height = view.height - view.gap;
  context.save();
  context.rotate(angle);
  context.fillStyle = shade.back;
  roundedRect(context, -width / 2, -height / 2, width, height, 3);
  context.fill();
  context.restore();
  const rect = { x: -view.width / 2, y: -view.height / 2, width: view.width, height: view.height };
  view.drawText(context, theme, rect, text, shade.text);
}
