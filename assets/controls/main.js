// @ts-check
// What Streamlit calls: with the first data, and again with each change of data or theme.

import { Controls } from "./controls.js";

const places = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!data) return undefined;
  if (!places.has(parentElement)) places.set(parentElement, new Controls(parentElement, data));
  places.get(parentElement).load(data, (words) => setTriggerValue("words", words));
  return () => {
    places.get(parentElement)?.destroy();
    places.delete(parentElement);
  };
}
