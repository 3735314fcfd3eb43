import assert from "node:assert/strict";
import { mock, test } from "node:test";

import panels from "../panels/main.js";
import player from "../player/main.js";
import wipe from "../wipe/main.js";
import { open } from "./browser.js";
import { opened, stamps } from "./message.js";

const NOTHING = { listeners: 0, frames: 0, observers: 0, files: 0 };
const sizes = (held) => Object.fromEntries(Object.entries(held).map(([name, set]) => [name, set.size]));
const drawn = () => new Promise((done) => setTimeout(done, 20));

/** Two pictures, half of which can be seen. */
function pictures() {
  const shots = ["Input", "Output"].map((name) => ({ name, detail: "", remark: "", bytes: 4 }));
  const reach = { height: 8, width: 8, part: [2, 2, 4, 4], zooms: [1, 2], zoom: 2 };
  const header = new TextEncoder().encode(JSON.stringify({ shots, reach, columns: 2 }));
  const bytes = new Uint8Array(4 + header.length + 8);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  return bytes;
}

test("panels give back their pictures, also those they no longer show", async () => {
  const { held, place } = open();
  const component = { data: pictures(), parentElement: place, setTriggerValue() {} };
  panels(component);
  await drawn();
  const cleanUp = panels(component);
  await drawn();
  assert.equal(held.files.size, 2);
  assert.equal(place.children.length, 1);
  cleanUp();
  assert.deepEqual(sizes(held), NOTHING);
  assert.equal(place.children.length, 0);
});

test("panels that go while their pictures are decoded keep none of them", async () => {
  const { held, place } = open();
  panels({ data: pictures(), parentElement: place, setTriggerValue() {} })();
  await drawn();
  assert.deepEqual(sizes(held), NOTHING);
});

test("panels that went ask for nothing", async () => {
  const { place } = open();
  const asked = mock.fn();
  const cleanUp = panels({ data: pictures(), parentElement: place, setTriggerValue: asked });
  await drawn();
  const [grid] = place.children[0].children;
  mock.timers.enable({ apis: ["setTimeout"] });
  const press = () => grid.dispatchEvent(Object.assign(new Event("keydown"), { key: "ArrowLeft" }));
  press();
  mock.timers.tick(1000);
  assert.equal(asked.mock.callCount(), 1);
  press();
  cleanUp();
  mock.timers.tick(1000);
  assert.equal(asked.mock.callCount(), 1);
  mock.timers.reset();
});

test("a wipe leaves nothing in its place", () => {
  const { place } = open();
  const side = { name: "Input", source: "" };
  const cleanUp = wipe({
    data: { left: side, right: side, at: 50 },
    parentElement: place,
    setStateValue() {},
  });
  assert.equal(place.children.length, 1);
  cleanUp();
  assert.equal(place.children.length, 0);
});

test("a player listens and watches no longer", () => {
  const { held, place } = open();
  const cleanUp = player({ data: opened({}, stamps()), parentElement: place, setStateValue() {} });
  assert.ok(held.listeners.size && held.observers.size);
  cleanUp();
  assert.deepEqual(sizes(held), NOTHING);
  assert.equal(place.children.length, 0);
});
