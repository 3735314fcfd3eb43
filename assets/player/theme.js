// @ts-check
// Theme: colours by role, as the palette spells them.

export const BLEND = 0.85;
export const SHAPE = 0.6;

/** The palette's roles as the browser resolves them, and the fills of the diverging scale. */
export class Theme {
  constructor(root, limit) {
    const style = getComputedStyle(root);
    const role = (name) => style.getPropertyValue(`--${name}`).trim();
    this.page = role("page");
    this.panel = role("panel");
    this.ink = role("ink");
    this.soft = role("soft");
    this.line = role("line");
    this.input = role("input");
    this.kernel = role("kernel");
    this.stamp = role("stamp");
    this.output = role("output");
    this.positive = role("positive");
    this.negative = role("negative");
    this.black = role("black");
    this.white = role("white");
    this.font = style.fontFamily;
    this.limit = limit;
    this.blank = mixColours(this.panel, this.line, 0.35);
    this.fills = new Map();
  }

  /** Background and readable text colour for a value. */
  fill(value) {
    const share = Math.min(1, Math.abs(value) / this.limit) ** SHAPE;
    const key = Math.round(share * 48) * (value < 0 ? -1 : 1);
    if (!this.fills.has(key)) {
      const end = value < 0 ? this.negative : this.positive;
      const back = mixColours(this.page, end, (BLEND * Math.abs(key)) / 48);
      this.fills.set(key, { back, text: this.readable(back) });
    }
    return this.fills.get(key);
  }

  /** The same for a cell that is cropped away, added by output_padding, or not reached (null). */
  shade(value, cropped, tinted) {
    const plain = value === null ? { back: this.blank, text: this.soft } : this.fill(value);
    if (!cropped && !tinted) return plain;
    const key = `${plain.back}${cropped}`;
    if (!this.fills.has(key)) {
      const [over, share] = cropped ? [this.page, 0.5] : [this.output, 0.22];
      const back = mixColours(plain.back, over, share);
      const faint = cropped && contrastOf(this.soft, back) >= 4.5;
      this.fills.set(key, { back, text: faint ? this.soft : this.readable(back) });
    }
    return this.fills.get(key);
  }

  /** The same with its fill half way to the page; the text is soft where that can be read. */
  dimmed(value, cropped, tinted) {
    const { back } = this.shade(value, cropped, tinted);
    const key = `dim ${back}`;
    if (!this.fills.has(key)) {
      const pale = mixColours(back, this.page, 0.5);
      const text = contrastOf(this.soft, pale) >= 4.5 ? this.soft : this.readable(pale);
      this.fills.set(key, { back: pale, text });
    }
    return this.fills.get(key);
  }

  /** A text colour with a contrast of at least 4.5: ink or page, else black or white. */
  readable(back) {
    const best = (first, second) => (contrastOf(first, back) >= contrastOf(second, back) ? first : second);
    const own = best(this.ink, this.page);
    return contrastOf(own, back) >= 4.5 ? own : best(this.black, this.white);
  }
}

/** Colours of counts: one hue, from none to the limit. */
export class CountTheme extends Theme {
  fill(value) {
    const key = `count ${value}`;
    if (!this.fills.has(key)) {
      const back = mixColours(this.page, this.output, BLEND * Math.min(1, value / this.limit));
      this.fills.set(key, { back, text: this.readable(back) });
    }
    return this.fills.get(key);
  }
}

/**
 * The name of the theme that Streamlit wears around an element.
 * @param {Element} root
 */
export function themeName(root) {
  const ground = getComputedStyle(root).getPropertyValue("--st-background-color").trim();
  return /^#[0-9a-f]{6}$/i.test(ground) && contrastOf(ground, "#ffffff") > 4.5 ? "dark" : "light";
}

function rgbOf(hex) {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function mixColours(start, end, share) {
  const to = rgbOf(end);
  const mixed = rgbOf(start).map((from, i) => Math.round(from + (to[i] - from) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG contrast ratio of two colours. */
export function contrastOf(first, second) {
  const light = [first, second].map((hex) => {
    const [r, g, b] = rgbOf(hex).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
  return (Math.max(...light) + 0.05) / (Math.min(...light) + 0.05);
}
