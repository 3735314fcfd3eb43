// @ts-check
// Elements and icons of the controls.

import { element } from "../player/dom.js";

export { element };

const ICONS = {
  undo: "M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  reset: "M5 12a7.5 7.5 0 1 0 3-6M5 3v5h5",
  link: "M10 8H7a4 4 0 0 0 0 8h3M14 8h3a4 4 0 0 1 0 8h-3M8.5 12h7",
  apart: "M10 8H7a4 4 0 0 0 0 8h3M14 8h3a4 4 0 0 1 0 8h-3",
  close: "M6 6l12 12M18 6L6 18",
  change: "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5v5M8 14.5v5",
  edit: "M5 19l1-4L16.5 4.5l3 3L9 18l-4 1zM14 7l3 3",
  down: "M6 9l6 6 6-6",
};

/** A line drawing of 24 by 24 that takes the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that does something when it is pressed. */
export function button(attributes, act, ...children) {
  const node = element("button", { type: "button", ...attributes }, ...children);
  node.addEventListener("click", act);
  return node;
}

/** A native choice in a frame; options are [value, words]. */
export function choice(attributes, options, act) {
  const select = element(
    "select",
    attributes,
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  select.addEventListener("change", () => act(select.value));
  return select;
}

/** Give a field a text, unless somebody is typing in it. */
export function fill(field, text) {
  const typing = field.getRootNode().activeElement === field && field.value !== field.dataset.said;
  if (typing || field.value === text) return;
  field.value = field.dataset.said = text;
}
