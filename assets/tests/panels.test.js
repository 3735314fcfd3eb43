import assert from "node:assert/strict";
import test from "node:test";

import { discard } from "../panels/main.js";

test("panels let go of their pictures' addresses, and ask nothing more", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const revoked = [];
  t.mock.method(URL, "revokeObjectURL", (url) => revoked.push(url));
  let asked = 0;
  let removed = 0;
  const rest = setTimeout(() => (asked += 1), 350);
  const panel = { draws: 3, rest, urls: ["blob:a", 0, "blob:b"], root: { remove: () => (removed += 1) } };
  discard(panel);
  t.mock.timers.tick(1000);
  assert.deepEqual(revoked, ["blob:a", "blob:b"]);
  assert.deepEqual([asked, removed, panel.draws], [0, 1, 4]);
});
