import assert from "node:assert/strict";
import test from "node:test";

import { brief, cellsOf, formatCells, parseCells, pasteCells, readCell } from "../controls/cells.js";
import { jump, readNumber, shareOf, typeDigit, valueAt, valueText } from "../controls/numbers.js";
import { decide, opened, tapped } from "../controls/swipe.js";
import {
  knownKeys,
  mergedQuery,
  presetOf,
  sameWords,
  stateOf,
  withApart,
  withCells,
  withNumber,
  withShape,
  wordsFromQuery,
  wordsOf,
} from "../controls/words.js";

const setting = (name, label, low, high, usual) => ({ name, label, low, high, default: usual });
const SIZE = setting("size", "Input size", 1, 16, 3);
const STRIDE = setting("stride", "Stride", 1, 5, 2);
const input = { key: "input", text: "x", options: ["example", "random", "custom"], default: "example" };
const kernel = { key: "weights", text: "w", options: ["bilinear", "ones", "custom"], default: "bilinear" };
const GRID = { ...input, size: "size", most: 16 };
const DATA = {
  words: {},
  settings: [
    SIZE,
    setting("kernel", "Kernel size", 1, 9, 3),
    STRIDE,
    setting("padding", "Padding", 0, 12, 1),
  ],
  cols: "_cols",
  seed: { low: 0, high: 999, default: 0 },
  grids: [GRID, { ...kernel, size: "kernel", most: 9 }],
  presets: [
    { label: "3×3, stride 2", note: "", words: {} },
    { label: "Checkerboard", note: "", words: { size: "6", padding: "0", weights: "ones" } },
  ],
};
const said = (words) => wordsOf(stateOf(words, DATA), DATA);

test("words go through the state and come back the same", () => {
  for (const words of [
    {},
    { size: "6", weights: "ones", padding: "0" },
    { size: "6", size_cols: "6", stride_cols: "1", linked: "false" },
    { stride: "3", linked: "false" },
    { input: "custom", x: "1 2; 3 4", seed: "7" },
    { linked: "false", crop: "0 1 2 -1" },
    { crop: "0 1 0 1", output_padding_written: "true" },
  ]) {
    assert.deepEqual(said(words), words);
  }
});

test("what is no choice is a default", () => {
  const wrong = {
    size: "17",
    stride: "0",
    padding: "1.5",
    kernel: "x",
    input: "nothing",
    seed: "1000",
    new: "1",
  };
  assert.deepEqual(said(wrong), {});
  assert.deepEqual(said({ stride_cols: "4" }), {}, "columns without rows apart");
  assert.deepEqual(said({ x: "1 2" }), {}, "cells that are not custom");
});

test("a linked number sets both axes, one apart its own", () => {
  const linked = withNumber(stateOf({}, DATA), "stride", 0, 3);
  assert.deepEqual(linked.numbers.stride, [3, 3]);
  assert.deepEqual(wordsOf(linked, DATA), { stride: "3" });
  const apart = withNumber(withApart(linked, true), "stride", 1, 1);
  assert.deepEqual(wordsOf(apart, DATA), { stride: "3", stride_cols: "1", linked: "false" });
});

test("unlinking keeps the layer, linking takes the rows", () => {
  const state = stateOf({ size: "5" }, DATA);
  const apart = withApart(state, true);
  assert.ok(apart.apart);
  assert.deepEqual(wordsOf(apart, DATA), { size: "5" });
  assert.deepEqual(wordsOf(withApart(withNumber(apart, "size", 1, 9), false), DATA), { size: "5" });
});

test("other numbers give up a crop, other cells keep it", () => {
  const state = stateOf({ crop: "0 1 0 1" }, DATA);
  assert.deepEqual(wordsOf(withNumber(state, "size", 0, 4), DATA), { size: "4" });
  assert.deepEqual(wordsOf(withCells(state, "weights", "ones"), DATA), { weights: "ones", crop: "0 1 0 1" });
});

test("a change leaves the state before it as it was", () => {
  const state = stateOf({}, DATA);
  withNumber(state, "size", 0, 9);
  withCells(state, "input", "custom", "1");
  assert.deepEqual(wordsOf(state, DATA), {});
});

test("written cells of another shape set the size", () => {
  const state = stateOf({}, DATA);
  const square = withShape(state, GRID, "1 2; 3 4", [2, 2]);
  assert.deepEqual(wordsOf(square, DATA), { size: "2", input: "custom", x: "1 2; 3 4" });
  const row = wordsOf(withShape(state, GRID, "1 2", [1, 2]), DATA);
  assert.deepEqual(row, { size: "1", size_cols: "2", linked: "false", input: "custom", x: "1 2" });
  assert.deepEqual(stateOf(row, DATA).numbers.size, [1, 2]);
});

test("words are the same in any order, and a preset is known by them", () => {
  assert.ok(sameWords({ size: "6", seed: "1" }, { seed: "1", size: "6" }));
  assert.ok(!sameWords({ size: "6" }, { size: "6", seed: "1" }));
  assert.ok(!sameWords({ size: "6" }, { seed: "6" }));
  assert.equal(presetOf({ weights: "ones", padding: "0", size: "6" }, DATA).label, "Checkerboard");
  assert.equal(presetOf({}, DATA).label, "3×3, stride 2");
  assert.equal(presetOf({ size: "6" }, DATA), undefined);
});

test("an address is read and written, and what is not the layer's stays", () => {
  assert.deepEqual(wordsFromQuery("?step=5&size=6&input=custom&x=1+2%3B+3+4", DATA), {
    size: "6",
    input: "custom",
    x: "1 2; 3 4",
  });
  assert.deepEqual(wordsFromQuery("", DATA), {});
  const merged = mergedQuery("?step=5&stride=4", { size: "6", x: "1; 2" }, DATA);
  assert.equal(merged, "step=5&size=6&x=1%3B+2");
  assert.ok(knownKeys(DATA).includes("stride_cols") && !knownKeys(DATA).includes("step"));
});

test("a typed number is clamped, and said to be", () => {
  assert.deepEqual(readNumber("4", STRIDE), { value: 4, note: "" });
  assert.deepEqual(readNumber(" +3.0 ", STRIDE), { value: 3, note: "" });
  assert.equal(readNumber("12", STRIDE).value, 5);
  assert.match(readNumber("12", STRIDE).note, /Stride goes from 1 to 5.*set to 5/);
  assert.equal(readNumber("−3", STRIDE).value, 1);
  assert.equal(readNumber("2.6", STRIDE).value, 3);
  assert.notEqual(readNumber("2.6", STRIDE).note, "");
  for (const text of ["two", "", "1e3", "NaN", "Infinity", "1 2"]) {
    const { value, note } = readNumber(text, STRIDE);
    assert.equal(value, undefined, text);
    assert.match(note, /is no number/);
  }
});

test("digits typed one after the other make one number", () => {
  const first = typeDigit({ text: "", at: 0 }, "1", 5000, 16);
  assert.equal(first.text, "1");
  assert.equal(typeDigit(first, "2", 5699, 16).text, "12");
  assert.equal(typeDigit(first, "2", 5701, 16).text, "2");
  assert.equal(typeDigit(typeDigit(first, "2", 5100, 16), "3", 5200, 16).text, "3", "a third begins anew");
  assert.equal(typeDigit(first, "2", 5100, 5).text, "2", "no second digit fits");
});

test("Page keys go three, Home and End to the bounds", () => {
  assert.equal(jump("PageUp", 2, SIZE), 5);
  assert.equal(jump("PageUp", 15, SIZE), 16);
  assert.equal(jump("PageDown", 2, SIZE), 1);
  assert.equal(jump("Home", 9, SIZE), 1);
  assert.equal(jump("End", 9, SIZE), 16);
  assert.equal(jump("ArrowUp", 9, SIZE), undefined);
});

test("a place on the track is the value whose thumb is there", () => {
  const track = { left: 100, width: 176 };
  assert.equal(valueAt(0, track, 16, SIZE), 1);
  assert.equal(valueAt(999, track, 16, SIZE), 16);
  for (let value = 1; value <= 16; value++) {
    const x = 108 + shareOf(value, SIZE) * 160;
    assert.equal(valueAt(x, track, 16, SIZE), value);
  }
  assert.equal(shareOf(1, { low: 1, high: 1 }), 0);
  assert.equal(valueText(2, false), "2, rows and columns");
  assert.equal(valueText(2, true), "2");
});

test("a finger slides only when it goes sideways", () => {
  assert.equal(decide(0, 0), "wait");
  assert.equal(decide(7, 0), "wait");
  assert.equal(decide(8, 0), "slide");
  assert.equal(decide(-20, 12), "slide");
  assert.equal(decide(20, 13), "wait");
  assert.equal(decide(3, -40), "scroll");
  assert.ok(tapped(3, -4) && !tapped(9, 0));
});

test("the sheet opens upwards, closes downwards, and a tap turns it over", () => {
  assert.equal(opened(false, -40), true);
  assert.equal(opened(true, 40), false);
  assert.equal(opened(true, -40), true);
  assert.equal(opened(false, 40), false);
  assert.equal(opened(false, 2), true);
  assert.equal(opened(true, -2), false);
});

test("cells are read as they are written, pasted or printed", () => {
  const square = [
    ["1", "2"],
    ["3", "4"],
  ];
  for (const text of ["1 2; 3 4", "1\t2\n3\t4", "[[1, 2], [3, 4]]", "[[1. 2.]\n [3. 4.]]", " 1,2 ; 3,4;"]) {
    assert.deepEqual(parseCells(text, 16).cells, square, text);
  }
  assert.deepEqual(parseCells("tensor([[1., 2.], [3., 4.]], dtype=torch.float64)", 16).cells, square);
  assert.deepEqual(parseCells("−1.50 +2e1 .5 -0", 16).cells, [["-1.5", "20", "0.5", "0"]]);
  assert.equal(formatCells(square), "1 2; 3 4");
});

test("text that spells no grid says why", () => {
  const notes = [
    ["", /no number/],
    ["1 2; 3", /1 to 2 cells/],
    ["1 2; 3 x", /Row 1, column 1: “x”/],
    ["1 nan", /finite/],
    ["1 1e999", /too large/],
    ["1 2 3", /1 × 3 cells are too many/],
    ["[1 ... 3]", /dots/],
    ["1 ".repeat(3000), /characters/],
  ];
  for (const [text, note] of notes) {
    assert.equal(parseCells(text, 2).cells, undefined, text);
    assert.match(parseCells(text, 2).note, note);
  }
  assert.equal(readCell("1,5"), "1.5");
  for (const text of ["", "0x10", "Infinity", "1e7", "--1"]) assert.equal(readCell(text), undefined, text);
});

test("a small field shows a cell in brief, a whole number in full", () => {
  assert.equal(brief("0.03999999999999998"), "0.04");
  assert.equal(brief("-0.123456"), "-0.123");
  assert.equal(brief("1234.56"), "1234.6");
  assert.equal(brief("123456"), "123456");
  assert.equal(brief("0.00145784"), "0.0015");
});

test("cells take a shape, and a pasted block goes on from a cell", () => {
  const square = cellsOf("1 2; 3 4", [2, 2]);
  assert.deepEqual(cellsOf("1 2; 3 4", [1, 3]), [["1", "2", "0"]]);
  assert.deepEqual(cellsOf("nothing", [1, 1]), [["0"]]);
  assert.deepEqual(pasteCells(square, 0, 1, "8\n9"), {
    cells: [
      ["1", "8"],
      ["3", "9"],
    ],
    note: "",
  });
  const over = pasteCells(square, 1, 1, "7\t8");
  assert.deepEqual(over.cells[1], ["3", "7"]);
  assert.match(over.note, /fit/);
  assert.equal(pasteCells(square, 0, 0, "1 x").cells, undefined);
  assert.equal(formatCells(square), "1 2; 3 4", "the cells before are as they were");
});
