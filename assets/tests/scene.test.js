import assert from "node:assert/strict";
import test from "node:test";

import { decodeMessage } from "../player/message.js";
import { Replay, reachCount } from "../player/replay.js";
import { clipWindow } from "../player/scene.js";
import { contributions } from "../player/terms.js";
import { stamps } from "./message.js";

const message = () => decodeMessage(stamps());

test("a message says where the player opens", () => {
  assert.equal(message().start, 2);
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
