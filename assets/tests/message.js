// A message as the server packs it, small enough to be followed by hand.

/** The bytes of a message: sizes, a JSON header padded to 8 bytes, then its arrays. */
function encoded(header, arrays) {
  let offset = 0;
  const buffers = {};
  for (const [name, [type, array]] of Object.entries(arrays)) {
    buffers[name] = { type, offset, length: array.length };
    offset += Math.ceil(array.byteLength / 8) * 8;
  }
  const head = headed({ ...header, buffers });
  const bytes = new Uint8Array(head.length + offset);
  bytes.set(head);
  for (const [name, [, array]] of Object.entries(arrays)) {
    bytes.set(new Uint8Array(array.buffer), head.length + buffers[name].offset);
  }
  return bytes;
}

/** A header's length, four bytes of nothing, and its JSON in eights. */
function headed(header) {
  const bare = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + Math.ceil(bare.length / 8) * 8).fill(32);
  bytes.fill(0, 4, 8);
  new DataView(bytes.buffer).setUint32(0, bytes.length - 8, true);
  bytes.set(bare, 8);
  return bytes;
}

/** Scenes under what else the component is told. */
export function opened(opening, scenes) {
  return Uint8Array.from([...headed(opening), ...scenes]);
}

const GRID = { title: "", subtitle: "", frame: null, tint: null, idle: null, action: null, hint: "" };
const WINDOW = { rowStep: 1, colStep: 1, quiet: false, values: null };

/** Two input cells 2 and 3 stamp a kernel 1, 10 at stride 1: 2, 23, 30. */
export function stamps() {
  const header = {
    steps: 2,
    limit: 30,
    symbols: false,
    links: null,
    scenes: [
      {
        grids: [
          { ...GRID, role: "input", symbol: "x", rows: 1, cols: 2, values: "x" },
          { ...GRID, role: "kernel", symbol: "w", rows: 1, cols: 2, values: "w" },
          { ...GRID, role: "output", symbol: "y", rows: 1, cols: 3, values: null },
        ],
        channels: [
          { ...WINDOW, name: "source", grid: 0, rows: 1, cols: 1, mode: "read", corners: "places" },
          { ...WINDOW, name: "kernel", grid: 1, rows: 1, cols: 2, mode: "read", corners: "begin" },
          {
            ...WINDOW,
            name: "landing",
            grid: 2,
            rows: 1,
            cols: 2,
            mode: "add",
            corners: "places",
            values: "stamps",
          },
        ],
        layout: { factors: [0, "×", 1], result: 2 },
        flight: 0,
        factors: [
          { channel: "source", at: "first" },
          { channel: "kernel", at: "same" },
        ],
        captions: ["", ""],
        opening: "",
        hint: "",
        legend: [],
        captionOfStep: "captions",
      },
    ],
  };
  const arrays = {
    x: ["f4", Float32Array.of(2, 3)],
    w: ["f4", Float32Array.of(1, 10)],
    places: ["u1", Uint8Array.of(0, 0, 0, 1)],
    begin: ["u1", Uint8Array.of(0, 0)],
    stamps: ["f4", Float32Array.of(2, 20, 3, 30)],
    captions: ["u1", Uint8Array.of(0, 0)],
  };
  return encoded(header, arrays);
}
