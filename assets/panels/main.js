// @ts-check
// Pictures of one part of a plane. Dragging, zooming and the arrow keys move all of them at once;
// where they come to rest goes to the server, which sends that part with all its pixels.

import { element } from "../shared/element.js";

const panels = new WeakMap();
const REST = 350; // ms after the last key before the server is asked
const HINT =
  "Drag to pan; double-click to zoom in, with Shift to zoom out. Keys: arrows, + and −. All panels move as one.";

function decode(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const text = new TextDecoder().decode(bytes.subarray(4, 4 + length));
  const header = JSON.parse(text);
  let at = 4 + length;
  for (const shot of header.shots) {
    shot.file = bytes.slice(at, at + shot.bytes);
    at += shot.bytes;
  }
  return header;
}

function build(parent) {
  const root = element("div", "panels", parent);
  const grid = element("div", "grid", root);
  const panel = {
    root,
    grid,
    hint: element("p", "hint", root),
    figures: [],
    urls: [],
    shift: null,
    rest: 0,
    draws: 0,
  };
  grid.setAttribute("role", "group");
  grid.addEventListener("pointerdown", (event) => press(panel, event));
  grid.addEventListener("pointermove", (event) => point(panel, event));
  grid.addEventListener("pointerup", () => release(panel));
  grid.addEventListener("pointercancel", () => release(panel));
  grid.addEventListener("pointerleave", () => root.classList.remove("marked"));
  grid.addEventListener("dblclick", (event) => zoomAt(panel, event, event.shiftKey ? -1 : 1));
  grid.addEventListener("keydown", (event) => key(panel, event));
  grid.addEventListener("wheel", (event) => wheel(panel, event), { passive: false });
  return panel;
}

/** Where a pointer is in the window under it, as shares of its width and height. */
function placeOf(event) {
  const frame = event.target.closest(".window");
  if (!frame) return null;
  const box = frame.getBoundingClientRect();
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height, box };
}

function press(panel, event) {
  const place = placeOf(event);
  if (!place || !panel.reach || panel.reach.zoom === 1 || event.button !== 0) return;
  panel.drag = { x: event.clientX, y: event.clientY, box: place.box, from: panel.shift ?? { x: 0, y: 0 } };
  panel.grid.setPointerCapture(event.pointerId);
  panel.root.classList.add("moving");
}

function point(panel, event) {
  if (panel.drag) {
    const { box, from } = panel.drag;
    slide(
      panel,
      from.x + (event.clientX - panel.drag.x) / box.width,
      from.y + (event.clientY - panel.drag.y) / box.height,
    );
    return;
  }
  const place = placeOf(event);
  panel.root.classList.toggle("marked", Boolean(place));
  if (!place) return;
  panel.root.style.setProperty("--x", place.x);
  panel.root.style.setProperty("--y", place.y);
}

function release(panel) {
  if (!panel.drag) return;
  panel.drag = null;
  panel.root.classList.remove("moving");
  if (panel.shift) ask(panel);
}

/** Move every picture by shares of the window, no further than there is something to see. */
function slide(panel, x, y) {
  const {
    width,
    height,
    part: [top, left, rows, cols],
  } = panel.reach;
  panel.shift = {
    x: Math.min(left / cols, Math.max((left + cols - width) / cols, x)),
    y: Math.min(top / rows, Math.max((top + rows - height) / rows, y)),
  };
  const move = `translate(${panel.shift.x * 100}%, ${panel.shift.y * 100}%)`;
  for (const { image } of panel.figures) image.style.transform = move;
}

/** The centre, from 0 to 1 of the way there is, of a part that begins at a row and a column. */
function centreOf(reach, top, left, rows, cols) {
  const share = (at, room) => (room > 0 ? Math.min(1, Math.max(0, at / room)) : 0.5);
  return { y: share(top, reach.height - rows), x: share(left, reach.width - cols) };
}

function ask(panel) {
  const {
    part: [top, left, rows, cols],
    zoom,
  } = panel.reach;
  const centre = centreOf(panel.reach, top - panel.shift.y * rows, left - panel.shift.x * cols, rows, cols);
  panel.send("view", { zoom, ...centre });
}

function zoomAt(panel, event, direction) {
  const place = placeOf(event) ?? { x: 0.5, y: 0.5 };
  zoomBy(panel, direction, place);
}

/** Zoom one level about a place in the window: what is there stays there. */
function zoomBy(panel, direction, place) {
  const { reach } = panel;
  const next = reach && reach.zooms[reach.zooms.indexOf(reach.zoom) + direction];
  if (!next) return;
  const [top, left, rows, cols] = reach.part;
  const [tall, wide] = [Math.floor(reach.height / next), Math.floor(reach.width / next)];
  const row = top - (panel.shift?.y ?? 0) * rows + place.y * rows;
  const col = left - (panel.shift?.x ?? 0) * cols + place.x * cols;
  panel.send("view", {
    zoom: next,
    ...centreOf(reach, row - place.y * tall, col - place.x * wide, tall, wide),
  });
}

function wheel(panel, event) {
  if (!event.ctrlKey || !panel.reach) return;
  event.preventDefault();
  if (panel.wheeled > event.timeStamp - REST) return;
  panel.wheeled = event.timeStamp;
  zoomAt(panel, event, event.deltaY < 0 ? 1 : -1);
}

function key(panel, event) {
  const steps = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const zooms = { "+": 1, "=": 1, "-": -1, "−": -1 };
  if (!panel.reach || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in zooms) zoomBy(panel, zooms[event.key], { x: 0.5, y: 0.5 });
  else if (event.key in steps && panel.reach.zoom > 1) {
    const [x, y] = steps[event.key];
    slide(panel, (panel.shift?.x ?? 0) + x / 8, (panel.shift?.y ?? 0) + y / 8);
    clearTimeout(panel.rest);
    panel.rest = setTimeout(() => ask(panel), REST);
  } else return;
  event.preventDefault();
}

function figureOf(panel, index) {
  if (panel.figures[index]) return panel.figures[index];
  const figure = element("figure", "", panel.grid);
  const title = element("figcaption", "", figure);
  const frame = element("div", "window", figure);
  const made = { figure, name: element("b", "", title), detail: element("span", "detail", title), frame };
  made.image = element("img", "", frame);
  made.image.draggable = false;
  element("div", "mark", frame);
  made.remark = element("p", "remark", figure);
  panel.figures[index] = made;
  return made;
}

async function draw(panel, header) {
  const turn = ++panel.draws;
  const urls = header.shots.map(
    (shot) => shot.bytes && URL.createObjectURL(new Blob([shot.file], { type: "image/png" })),
  );
  // All pictures change at once, and only when the last of them can be shown.
  const images = urls.filter(Boolean).map((url) => Object.assign(new Image(), { src: url }));
  await Promise.all(images.map((image) => image.decode()));
  if (turn !== panel.draws) return urls.forEach((url) => url && URL.revokeObjectURL(url));
  clearTimeout(panel.rest);
  panel.reach = header.reach;
  panel.shift = null;
  for (const extra of panel.figures.splice(header.shots.length)) extra.figure.remove();
  header.shots.forEach((shot, index) => {
    const made = figureOf(panel, index);
    made.name.textContent = shot.name;
    made.detail.textContent = shot.detail;
    made.remark.textContent = shot.remark;
    made.frame.hidden = !shot.bytes;
    made.image.alt = shot.bytes ? `${shot.name} picture` : "";
    made.image.style.transform = "";
    if (shot.bytes) made.image.src = urls[index];
    else made.image.removeAttribute("src");
  });
  panel.urls.forEach((url) => url && URL.revokeObjectURL(url));
  panel.urls = urls;
  const { reach, root, grid } = panel;
  root.style.setProperty("--columns", header.columns);
  if (images[0]) root.style.setProperty("--aspect", images[0].naturalWidth / images[0].naturalHeight);
  root.dataset.zoom = reach?.zoom ?? "";
  root.classList.toggle("movable", Boolean(reach && reach.zoom > 1));
  panel.hint.textContent = reach ? HINT : "";
  if (reach) grid.tabIndex = 0;
  else grid.removeAttribute("tabindex");
  grid.setAttribute("aria-label", reach ? `Pictures to compare. ${HINT}` : "Pictures to compare");
}

/** Let go of what outlives the elements: the pictures' addresses, and the question to be asked. */
function discard(panel) {
  panel.draws += 1; // what is still being decoded is dropped when it comes
  clearTimeout(panel.rest);
  panel.urls.forEach((url) => url && URL.revokeObjectURL(url));
  panel.root.remove();
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!data) return undefined;
  const panel = panels.get(parentElement) ?? build(parentElement);
  panels.set(parentElement, panel);
  panel.send = setTriggerValue;
  draw(panel, decode(data)).catch((error) => {
    panel.hint.textContent = `The pictures could not be drawn: ${error.message}`;
  });
  return () => {
    discard(panel);
    panels.delete(parentElement);
  };
}
