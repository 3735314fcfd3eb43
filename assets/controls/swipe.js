// @ts-check
// What a finger means to do: move a slider, scroll the page, or open and close the sheet.

const SLACK = 8;

/**
 * Whether a finger on a slider slides, scrolls, or has not decided.
 * @param {number} across Pixels since it came down.
 * @param {number} down
 * @returns {"wait" | "slide" | "scroll"}
 */
export function decide(across, down) {
  const [sideways, upright] = [Math.abs(across), Math.abs(down)];
  if (sideways >= upright + SLACK) return "slide";
  return upright > sideways + SLACK ? "scroll" : "wait";
}

/** Whether a finger that went up without deciding has tapped. */
export function tapped(across, down) {
  return Math.hypot(across, down) <= SLACK;
}

/** Whether the sheet is open after its lip was dragged; a tap turns it over. */
export function opened(open, down) {
  if (Math.abs(down) <= SLACK) return !open;
  return down < 0;
}
