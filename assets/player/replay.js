// @ts-check
// Replay: what the grids hold after any number of steps.

import { forWindow, written } from "./scene.js";

/** The grids' numbers after any number of steps; going forward by one applies one step only. */
export class Replay {
  constructor(scene) {
    this.scene = scene;
    this.rewind();
  }

  rewind() {
    this.position = 0;
    this.values = this.scene.grids.map((grid) =>
      grid.values
        ? Float64Array.from(grid.values, (value) => value || 0)
        : new Float64Array(grid.rows * grid.cols),
    );
    this.reached = this.scene.grids.map((grid) =>
      grid.values
        ? Uint8Array.from(grid.values, (value) => (Number.isNaN(value) ? 0 : 1))
        : new Uint8Array(grid.rows * grid.cols),
    );
    /** What was added to each cell of a grid, in turn. @type {number[][][]} */
    this.terms = this.scene.grids.map(() => []);
  }

  seek(position) {
    if (position < this.position) this.rewind();
    while (this.position < position) this.apply(this.position);
  }

  apply(step) {
    for (const channel of this.scene.channels) {
      if (channel.mode === "read") continue;
      const values = this.values[channel.grid];
      const reached = this.reached[channel.grid];
      const terms = this.terms[channel.grid];
      forWindow(this.scene, step, channel, (cell, patchIndex) => {
        const value = written(this.scene, channel, step, patchIndex);
        values[cell] = channel.mode === "add" ? values[cell] + value : value;
        if (channel.mode === "add") (terms[cell] ??= []).push(value);
        reached[cell] = Number.isNaN(value) ? 0 : 1;
      });
    }
    this.position = step + 1;
  }
}

/**
 * How many steps write to each cell of a grid.
 * @param {import("./scene.js").Scene} scene
 * @param {number} gridIndex
 */
export function reachCount(scene, gridIndex) {
  const grid = scene.grids[gridIndex];
  const count = new Uint16Array(grid.rows * grid.cols);
  for (const channel of scene.channels) {
    if (channel.mode === "read" || channel.grid !== gridIndex) continue;
    for (let step = 0; step < scene.steps; step += 1) {
      forWindow(scene, step, channel, (cell) => {
        count[cell] += 1;
      });
    }
  }
  return count;
}
