import js from "@eslint/js";

const BROWSER = [
  "Blob",
  "CustomEvent",
  "DataView",
  "Image",
  "IntersectionObserver",
  "ResizeObserver",
  "TextDecoder",
  "TextEncoder",
  "URL",
  "URLSearchParams",
  "cancelAnimationFrame",
  "clearTimeout",
  "document",
  "fetch",
  "getComputedStyle",
  "innerHeight",
  "location",
  "matchMedia",
  "requestAnimationFrame",
  "setTimeout",
  "window",
];
const NODE = ["Event", "EventTarget", "console", "process", "setImmediate"];
const known = (names) => Object.fromEntries(names.map((name) => [name, "readonly"]));

export default [
  { ignores: ["bundles/", "node_modules/"] },
  js.configs.recommended,
  {
    languageOptions: { globals: known([...BROWSER, ...NODE]) },
    rules: { "prefer-const": "error", eqeqeq: "error" },
  },
];
