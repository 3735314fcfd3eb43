// @ts-check
// What Streamlit calls: with the first data, and again with each change of data or theme.

import { element } from "./dom.js";
import { openMessage } from "./message.js";
import { Player } from "./player.js";

const players = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  try {
    if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement));
    const { opening, scenes } = openMessage(data);
    players.get(parentElement).take(scenes, opening, (view) => setStateValue("view", view));
  } catch (error) {
    players.get(parentElement)?.destroy();
    players.delete(parentElement);
    const message = `The player could not read its data (${/** @type {Error} */ (error).message}). Reload the page to try again.`;
    parentElement.querySelector(".failure")?.remove();
    const box = element("p", { class: "player failure", role: "alert", "data-theme": "light" }, message);
    parentElement.append(box);
  }
  return () => {
    players.get(parentElement)?.destroy();
    players.delete(parentElement);
  };
}
