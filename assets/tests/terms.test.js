import assert from "node:assert/strict";
import test from "node:test";

import { cellName, formatNumber, formatSpan } from "../player/terms.js";

test("numbers have few digits, no trailing zeros and a real minus", () => {
  const spelled = [-0.5, 1 / 3, 0, 1e-12, 12345, 123456, 0.00012].map((value) => formatNumber(value, 3));
  assert.deepEqual(spelled, ["−0.5", "0.333", "0", "0", "12300", "1e5", "1e−4"]);
});

test("spans are told as people say them", () => {
  const told = [[2, 3, 1], [0, 3, 2], [4, 1, 1]].map((span) => formatSpan("row", ...span)); // prettier-ignore
  assert.deepEqual(told, ["rows 2–4", "rows 0, 2, 4", "row 4"]);
});

test("cells count from the frame; those outside are named by the full grid", () => {
  const frame = { row: 1, col: 1, rows: 2, cols: 2 };
  const grid = { symbol: "y", rows: 4, cols: 4, frame, at: [], outside: "full", ids: null };
  assert.equal(cellName({}, grid, 1, 2), "y[0,1]");
  assert.equal(cellName({}, grid, 0, 0), "full[0,0]");
  assert.equal(cellName({}, { ...grid, at: [0, 1] }, 1, 1), "y[0,1,0,0]");
  assert.equal(cellName({}, { ...grid, symbol: "b[0]" }, 0, 0), "b[0]");
});
