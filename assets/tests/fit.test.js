import assert from "node:assert/strict";
import test from "node:test";

import { fitPanels } from "../player/fit.js";
import { fitMessage } from "../player/loop.js";

/** A layer of n × n input cells and k × k taps, and its output. */
function layer(n, k, out) {
  const sizes = [n, k, k, out];
  const grids = sizes.map((size, index) => ({ index, rows: size, cols: size }));
  return { grids, layout: { factors: [0, "×", 1, "=", 2], result: 3 } };
}

const width = (scene, cells) => scene.grids.map(({ index, cols }) => cols * cells[index].width);

for (const [n, k, out] of [
  [3, 3, 7],
  [16, 9, 84],
  [1, 1, 1],
  [16, 1, 16],
  [1, 9, 9],
]) {
  // prettier-ignore
  for (const across of [320, 390, 700, 1280, 1900]) {
    test(`the grids of ${n}, ${k} → ${out} fit ${across} px`, () => {
      const scene = layer(n, k, out);
      const { layout, sizes } = fitPanels([scene], across, 1);
      const spans = width(scene, sizes[0]);
      assert.ok(spans.every((span) => span > 0 && span <= across), `${layout}: ${spans}`);
      if (layout === "wide") assert.ok(spans.reduce((total, span) => total + span) <= across);
    });
  }
}

test("a larger screen never makes cells smaller", () => {
  const result = (across) => fitPanels([layer(6, 3, 13)], across, 1).sizes[0][3].width;
  const sizes = [700, 900, 1100, 1300, 1500].map(result);
  assert.deepEqual(
    sizes,
    sizes.toSorted((first, second) => first - second),
  );
});

test("a scene that plays by itself keeps to its height", () => {
  const scene = layer(3, 3, 7);
  const message = { scenes: [scene], loop: 452 };
  for (const across of [340, 800]) {
    const { sizes } = fitMessage(message, across, 1);
    assert.ok(7 * sizes[0][3].height <= 452);
  }
});
