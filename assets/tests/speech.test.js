import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Speech } from "../controls/speech.js";

/** A window with a history, and what is heard and sent. */
function open() {
  const asked = [];
  const frames = [];
  const location = { words: {} };
  const history = { state: null, replaceState: (state) => (history.state = state) };
  globalThis.window = {
    history,
    CustomEvent: globalThis.CustomEvent,
    requestAnimationFrame: (frame) => frames.push(frame),
    cancelAnimationFrame: () => frames.splice(0),
  };
  globalThis.document = { dispatchEvent: ({ type, detail }) => asked.push([type, detail.words]) };
  const speech = new Speech(
    () => {},
    () => location.words,
  );
  speech.send = mock.fn();
  speech.hear({});
  return { speech, asked, frames, location, history, sent: speech.send.mock };
}

test("moves are told once a frame, the newest only", () => {
  const { speech, asked, frames } = open();
  for (const size of ["4", "5", "6"]) speech.ask({ size });
  assert.equal(frames.length, 1);
  assert.deepEqual(asked, []);
  frames[0]();
  assert.deepEqual(asked, [["layer:ask", { size: "6" }]]);
});

test("a commit is told and sent once, words in force are not sent", () => {
  const { speech, asked, sent } = open();
  speech.commit({});
  assert.equal(sent.callCount(), 0);
  speech.ask({ size: "6" });
  speech.commit({ size: "6" });
  speech.commit({ size: "6" });
  assert.equal(sent.callCount(), 1);
  assert.deepEqual(sent.calls[0].arguments, [{ size: "6" }]);
  assert.deepEqual(asked, [["layer:ask", { size: "6" }]]);
  speech.destroy();
});

test("older words that come in during a commit change nothing, newer ones after 5 s do", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { speech } = open();
  speech.commit({ size: "6" });
  speech.hear({});
  assert.deepEqual(speech.inForce, { size: "6" });
  mock.timers.tick(6000);
  assert.deepEqual(speech.inForce, { size: "6" }, "a slow server has said nothing new");
  speech.hear({ size: "5" });
  assert.deepEqual(speech.inForce, { size: "5" });
  mock.timers.reset();
});

test("other words that came in are taken after 5 s", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { speech } = open();
  speech.commit({ size: "6" });
  mock.timers.tick(100);
  speech.hear({ size: "7" });
  assert.deepEqual(speech.inForce, { size: "6" });
  mock.timers.tick(5000);
  assert.deepEqual(speech.inForce, { size: "7" });
  mock.timers.reset();
});

test("a commit numbers the entry of the history that it made", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { speech, history, location } = open();
  history.state = { lab: 2, kept: true };
  speech.commit({ size: "6" });
  speech.hear({ size: "6" });
  assert.equal(speech.depth, 2, "the address is still the one before");
  location.words = { size: "6" };
  history.state = { kept: true };
  mock.timers.tick(60);
  assert.deepEqual(history.state, { lab: 3, kept: true });
  mock.timers.reset();
});

test("following the address sends nothing and numbers nothing", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { speech, history, asked, sent } = open();
  speech.follow({ size: "6" });
  assert.deepEqual(speech.inForce, { size: "6" });
  assert.equal(asked.length, 1);
  speech.hear({ size: "6" });
  mock.timers.tick(9000);
  assert.equal(sent.callCount(), 0);
  assert.equal(history.state, null);
  mock.timers.reset();
});

test("of two commits in a row each numbers its entry, whenever the address follows", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { speech, history, location } = open();
  speech.commit({ size: "6" });
  speech.commit({ size: "7" });
  [location.words, history.state] = [{ size: "6" }, null];
  speech.hear({ size: "6" });
  assert.deepEqual(history.state, { lab: 1 });
  assert.deepEqual(speech.inForce, { size: "7" });
  speech.hear({ size: "7" });
  assert.deepEqual(history.state, { lab: 1 }, "still the entry of the first");
  [location.words, history.state] = [{ size: "7" }, null];
  mock.timers.tick(60);
  assert.deepEqual(history.state, { lab: 2 });
  mock.timers.reset();
});
