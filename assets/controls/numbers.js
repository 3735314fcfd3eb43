// @ts-check
// Whole numbers within bounds: typed, clamped, placed on a track.

/** Milliseconds after which a digit begins a number of its own. */
export const PAUSE = 700;

/**
 * The nearest legal number to a typed text, and what to say where it is another one.
 * @param {string} text
 * @param {{label: string, low: number, high: number}} bounds
 * @returns {{value: number | undefined, note: string}} No value where the text is no number.
 */
export function readNumber(text, { label, low, high }) {
  const spelled = text.trim().replace("−", "-").replace(",", ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(spelled)) {
    const shown = spelled ? `“${shorten(text.trim())}”` : "An empty field";
    return { value: undefined, note: `${label}: ${shown} is no number, so it stays as it was.` };
  }
  const number = Number(spelled);
  const value = Math.min(high, Math.max(low, Math.round(number)));
  const note =
    value === number ? "" : `${label} goes from ${low} to ${high} in whole numbers: set to ${value}.`;
  return { value, note };
}

/** A text that fits a sentence. */
export function shorten(text) {
  return text.length > 12 ? `${text.slice(0, 11)}…` : text;
}

/**
 * What has been typed on a slider after one more digit.
 * @param {{text: string, at: number}} typed
 * @param {string} digit
 * @param {number} now Milliseconds.
 * @param {number} high A number with more digits than this begins anew.
 */
export function typeDigit(typed, digit, now, high) {
  const goesOn = now - typed.at < PAUSE && typed.text.length < String(high).length;
  return { text: goesOn ? typed.text + digit : digit, at: now };
}

/** A number after a Page key, Home or End; undefined for any other key. */
export function jump(key, value, { low, high }) {
  const to = { PageUp: value + 3, PageDown: value - 3, Home: low, End: high }[key];
  return to === undefined ? undefined : Math.min(high, Math.max(low, to));
}

/** A slider's value in words. */
export function valueText(value, apart) {
  return apart ? String(value) : `${value}, rows and columns`;
}

/** The value whose thumb is nearest to a place on the track, as a browser lays it out. */
export function valueAt(x, { left, width }, thumb, { low, high }) {
  const share = (x - left - thumb / 2) / Math.max(1, width - thumb);
  return low + Math.round(Math.min(1, Math.max(0, share)) * (high - low));
}

/** How far along its track a value is, from 0 to 1. */
export function shareOf(value, { low, high }) {
  return high > low ? (value - low) / (high - low) : 0;
}
