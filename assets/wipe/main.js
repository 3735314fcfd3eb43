// @ts-check
// Two pictures in one frame, parted by a line; a range input over them moves it.

import { element } from "../shared/element.js";

const wipes = new WeakMap();

function build(parent) {
  const root = element("div", "wipe", parent);
  const frame = element("div", "frame", root);
  const left = element("img", "left", frame);
  const right = element("img", "right", frame);
  const range = element("input", "range", frame);
  const line = element("div", "line", frame);
  element("div", "knob", line);
  const names = element("div", "names", root);
  const before = element("span", "", names);
  const after = element("span", "", names);
  Object.assign(range, { type: "range", min: 0, max: 100, step: 1, value: 50 });
  const wipe = { root, left, right, range, before, after, names: ["", ""] };
  range.addEventListener("input", () => move(wipe));
  range.addEventListener("change", () => wipe.send("at", Number(range.value)));
  return wipe;
}

function move(wipe) {
  const at = Number(wipe.range.value);
  wipe.root.style.setProperty("--at", `${at}%`);
  wipe.range.setAttribute("aria-valuetext", `${at}% ${wipe.names[0]}, ${100 - at}% ${wipe.names[1]}`);
}

export default function ({ data, parentElement, setStateValue }) {
  if (!data) return undefined;
  let wipe = wipes.get(parentElement);
  if (!wipe) {
    wipe = build(parentElement);
    wipe.range.value = data.at;
  }
  wipes.set(parentElement, wipe);
  wipe.send = setStateValue;
  wipe.names = [data.left.name, data.right.name];
  for (const side of ["left", "right"]) {
    wipe[side].src = data[side].source;
    wipe[side].alt = data[side].name;
    wipe[side].draggable = false;
  }
  wipe.before.textContent = data.left.name;
  wipe.after.textContent = data.right.name;
  wipe.range.setAttribute("aria-label", `Wipe from ${data.left.name} to ${data.right.name}`);
  wipe.root.style.setProperty("--aspect", data.aspect);
  move(wipe);
  return () => {
    wipe.root.remove();
    wipes.delete(parentElement);
  };
}
