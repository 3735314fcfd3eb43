import assert from "node:assert/strict";
import test from "node:test";

import { decodeMessage, isEqual, openMessage, samePlace } from "../player/message.js";
import { Replay, reachCount } from "../player/replay.js";
import { clipWindow } from "../player/scene.js";
import { contributions } from "../player/terms.js";
import { opened, stamps } from "./message.js";

const message = () => decodeMessage(stamps());

test("a message says where the player opens, and holds the scenes as they were", () => {
  const { opening, scenes } = openMessage(opened({ start: 2, live: "live/x" }, stamps()));
  assert.deepEqual(opening, { start: 2, live: "live/x" });
  assert.ok(isEqual(scenes, stamps()));
  assert.equal(decodeMessage(scenes).steps, 2);
});

test("new scenes stand where the old ones stood", () => {
  const walk = (rows, cols) => ({
    steps: rows * cols,
    links: { clock: "source", source: { rows, cols } },
    scenes: [{ grids: [{ rows, cols }] }],
  });
  const place = (from, to, position) => samePlace(walk(...from), walk(...to), position);
  assert.equal(place([3, 3], [5, 5], 5), 7); // after the cell in row 1, column 1
  assert.equal(place([5, 5], [3, 3], 7), 5);
  assert.equal(place([5, 5], [3, 3], 24), 9); // row 4 is gone, and so is column 3
  assert.equal(place([3, 3], [4, 4], 0), 0);
  assert.equal(place([3, 3], [4, 4], 9), 16);
});

test("steps add up, forward and back", () => {
  const [scene] = message().scenes;
  const replay = new Replay(scene);
  const after = (steps) => {
    replay.seek(steps);
    return [...replay.values[2]];
  };
  assert.deepEqual([0, 1, 2].map(after), [[0, 0, 0], [2, 20, 0], [2, 23, 30]]); // prettier-ignore
  assert.deepEqual(after(1), [2, 20, 0]);
  assert.deepEqual([...replay.reached[2]], [1, 1, 0]);
});

test("a cell knows its terms and how many steps reach it", () => {
  const [scene] = message().scenes;
  assert.deepEqual([...reachCount(scene, 2)], [1, 2, 1]);
  const terms = contributions(scene, 2, 1);
  assert.deepEqual(terms.map(({ step, value }) => [step, value]), [[0, 20], [1, 3]]); // prettier-ignore
  assert.deepEqual(terms[0].factors.map(({ name }) => name), ["x[0,0]", "w[0,1]"]); // prettier-ignore
});

test("a window is clipped to its grid, or is nothing", () => {
  const grid = { rows: 3, cols: 3 };
  assert.deepEqual(clipWindow(grid, { row: -1, col: 1, rows: 3, cols: 9 }), {
    row: 0,
    col: 1,
    rows: 2,
    cols: 2,
  });
  assert.equal(clipWindow(grid, { row: 3, col: 0, rows: 1, cols: 1 }), null);
});
