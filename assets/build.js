// Bundle each component into one file that Python reads: a browser gets no second request. Lines
// are kept short, since Streamlit takes a text of one line for a path.
// `node build.js` writes the bundles; `node build.js --check` says whether they are the newest.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const options = {
  bundle: true,
  minify: true,
  lineLimit: 120,
  format: "esm",
  write: false,
  absWorkingDir: here,
  logLevel: "error",
};
const stale = [];
for (const name of ["controls", "maps", "page", "panels", "player", "wipe"]) {
  const entries = { js: `${name}/main.js`, css: `${name}/${name}.css` };
  for (const [kind, entry] of Object.entries(entries)) {
    if (!existsSync(`${here}${entry}`)) continue;
    const [{ text }] = buildSync({ ...options, entryPoints: [entry] }).outputFiles;
    const file = `${here}bundles/${name}.${kind}`;
    if (!process.argv.includes("--check")) writeFileSync(file, text);
    else if (readFileSync(file, "utf8") !== text) stale.push(`bundles/${name}.${kind}`);
  }
}
if (stale.length) {
  console.error(`Older than its source: ${stale.join(", ")}. Run: make bundle`);
  process.exitCode = 1;
}
