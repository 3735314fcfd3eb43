// @ts-check
// What the address says of a layer, and the state of the controls that say the same.

/**
 * @typedef {object} Setting A whole number of the layer.
 * @property {string} name
 * @property {string} label
 * @property {string} short
 * @property {number} low
 * @property {number} high
 * @property {number} default
 * @property {string} help
 * @property {string} hue
 *
 * @typedef {object} Grid Cells that are chosen by name, or written.
 * @property {string} key
 * @property {string} label
 * @property {string} text The word that holds the cells, where they are custom.
 * @property {string[]} options
 * @property {string} default
 * @property {string} size The setting that holds its size.
 * @property {number} most
 * @property {string} cells
 *
 * @typedef {Record<string, string>} Words
 *
 * @typedef {object} Data
 * @property {Words} words
 * @property {Setting[]} settings
 * @property {string} cols
 * @property {{low: number, high: number, default: number}} seed
 * @property {Grid[]} grids
 * @property {{label: string, note: string, words: Words}[]} presets
 * @property {string} refusal
 * @property {boolean} [carry]
 *
 * @typedef {object} State
 * @property {Record<string, number[]>} numbers By name, as [rows, columns].
 * @property {boolean} apart Whether rows and columns have a control each.
 * @property {Record<string, string>} kinds
 * @property {Record<string, string>} texts
 * @property {number} seed
 * @property {Words} extras Words that no control holds.
 */

export const CUSTOM = "custom";
export const RANDOM = "random";
const EXTRAS = ["crop", "output_padding_written"];

/** The whole number a word spells, if it is within its bounds; else the default. */
function numberOf(word, { low, high, default: usual }) {
  if (word === undefined || !/^\d+$/.test(word)) return usual;
  const number = Number(word);
  return number >= low && number <= high ? number : usual;
}

/**
 * The controls' state for words; what is no choice is a default.
 * @param {Words} words
 * @param {Data} data
 * @returns {State}
 */
export function stateOf(words, data) {
  const apart = words.linked === "false";
  const state = {
    numbers: {},
    apart,
    kinds: {},
    texts: {},
    seed: numberOf(words.seed, data.seed),
    extras: {},
  };
  for (const each of data.settings) {
    const rows = numberOf(words[each.name], each);
    state.numbers[each.name] = [rows, apart ? numberOf(words[each.name + data.cols], each) : rows];
  }
  for (const { key, text, options, default: usual } of data.grids) {
    state.kinds[key] = options.includes(words[key]) ? words[key] : usual;
    state.texts[key] = state.kinds[key] === CUSTOM ? (words[text] ?? "") : "";
  }
  for (const key of EXTRAS) if (words[key]) state.extras[key] = words[key];
  return state;
}

/** Whether rows and columns of a layer differ; a crop may part them as well. */
function differ({ numbers, extras }) {
  const cuts = (extras.crop ?? "").split(" ");
  const parted = cuts.length === 4 && cuts.slice(0, 2).join() !== cuts.slice(2).join();
  return parted || Object.values(numbers).some(([rows, cols]) => rows !== cols);
}

/**
 * The complete words of a state: everything that is not as it begins.
 * @param {State} state
 * @param {Data} data
 * @returns {Words}
 */
export function wordsOf(state, data) {
  const words = {};
  const add = (key, value, usual) => {
    if (value !== usual) words[key] = String(value);
  };
  for (const { name, default: usual } of data.settings) add(name, state.numbers[name][0], usual);
  if (differ(state)) {
    for (const each of data.settings) add(each.name + data.cols, state.numbers[each.name][1], each.default);
    words.linked = "false";
  }
  for (const { key, default: usual } of data.grids) add(key, state.kinds[key], usual);
  add("seed", state.seed, data.seed.default);
  for (const { key, text } of data.grids) if (state.kinds[key] === CUSTOM) add(text, state.texts[key], "");
  return { ...words, ...state.extras };
}

/** Whether two sets of words are the same, in any order. */
export function sameWords(first, second) {
  const keys = Object.keys(first);
  return keys.length === Object.keys(second).length && keys.every((key) => first[key] === second[key]);
}

/** The preset that words spell, if any. */
export function presetOf(words, data) {
  return data.presets.find((preset) => sameWords(preset.words, words));
}

/** Every key that an address may say of a layer. */
export function knownKeys(data) {
  const numbers = data.settings.flatMap(({ name }) => [name, name + data.cols]);
  return [...numbers, "linked", ...data.grids.flatMap(({ key, text }) => [key, text]), "seed", ...EXTRAS];
}

const query = (search) => new URLSearchParams(search);

/** The words of an address, without what is no choice. */
export function wordsFromQuery(search, data) {
  const said = query(search);
  const keys = knownKeys(data).filter((key) => said.has(key));
  return wordsOf(stateOf(Object.fromEntries(keys.map((key) => [key, said.get(key)])), data), data);
}

/** An address's query with the words of a layer in place of those it had. */
export function mergedQuery(search, words, data) {
  const said = query(search);
  for (const key of knownKeys(data)) said.delete(key);
  for (const [key, word] of Object.entries(words)) said.set(key, word);
  return said.toString();
}

/** A state with another number; a layer whose numbers change gives up a crop of its own. */
export function withNumber(state, name, axis, value) {
  const pair = state.apart ? state.numbers[name].with(axis, value) : [value, value];
  return { ...state, numbers: { ...state.numbers, [name]: pair }, extras: {} };
}

/** A state with rows and columns apart, or linked again: then the columns are as the rows. */
export function withApart(state, apart) {
  const pairs = Object.entries(state.numbers).map(([name, [rows, cols]]) => [
    name,
    [rows, apart ? cols : rows],
  ]);
  return { ...state, apart, numbers: Object.fromEntries(pairs), extras: apart ? state.extras : {} };
}

/** A state with the cells of a grid by name, or written out. */
export function withCells(state, key, kind, text = "") {
  return { ...state, kinds: { ...state.kinds, [key]: kind }, texts: { ...state.texts, [key]: text } };
}

/** A state with written cells of a shape of their own. */
export function withShape(state, grid, text, [rows, cols]) {
  const apart = state.apart || rows !== cols;
  const numbers = { ...state.numbers, [grid.size]: [rows, cols] };
  return withCells({ ...state, apart, numbers, extras: {} }, grid.key, CUSTOM, text);
}
