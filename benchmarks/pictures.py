"""What a visitor waits for on the image page: from a file chosen to its enlargement on screen.

The core's share is measured in this process, on the same picture.
"""

from __future__ import annotations

import statistics
import time
from io import BytesIO

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page

from tconv_core import Geometry
from tconv_ui.upsample.levels import planes_of
from tconv_ui.upsample.methods import enlarge
from tconv_ui.upsample.weights import Settings
from tests.serving import browsing, served

ROUNDS = 7
SIDE = 512
METHODS = (
    "Sidebar kernel",
    "Evened-out kernel",
    "Random weights",
    "Bilinear weights",
    "Bicubic weights",
    "Fitted kernel",
)

# From the file's arrival in the page to the frame after every panel has a new picture drawn.
WATCH = """
(count) => {
  const panels = () => [...document.querySelectorAll(".st-key-pix *")].flatMap(
    (node) => [...(node.shadowRoot?.querySelectorAll("img") ?? [])]);
  const before = new Set(panels().map((image) => image.src));
  const input = document.querySelector("input[type=file]");
  window.shown = new Promise((done) => {
    input.addEventListener("change", () => {
      const chosen = performance.now();
      const look = () => {
        const images = panels();
        const ready = images.length === count &&
          images.every((image) => !before.has(image.src) && image.complete && image.naturalWidth);
        if (!ready) return requestAnimationFrame(look);
        requestAnimationFrame(() => done(performance.now() - chosen));
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
}
"""


def main() -> None:
    """Print the table."""
    with browsing() as browser, served() as app:
        print(_table(browser, app))


def _table(browser: Browser, app: str) -> str:
    lines = [
        f"Upload of {SIDE} × {SIDE} RGB to ×2 on screen, median of {ROUNDS} (and the slowest)",
        "",
        "| method | median ms | slowest ms | of which the core, ms |",
        "|---|---|---|---|",
    ]
    for name in METHODS:
        waits = sorted(_waits(browser, f"{app}/upsample?kernel=4&weights=ones&methods={name}"))
        lines.append(
            f"| {name} | {statistics.median(waits):.0f} | {waits[-1]:.0f} | {_core(name):.1f} |"
        )
    return "\n".join([*lines, ""])


def _waits(browser: Browser, address: str) -> list[float]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_selector(".st-key-pix img")
    page.wait_for_timeout(1500)
    waits = [_wait(page, seed) for seed in range(ROUNDS + 1)][1:]
    page.close()
    return waits


def _wait(page: Page, seed: int) -> float:
    page.evaluate(WATCH, page.locator(".st-key-pix img").count())
    file = FilePayload(name=f"{seed}.png", mimeType="image/png", buffer=_png(_picture(seed)))
    page.locator("input[type=file]").set_input_files([file])
    waited = float(page.evaluate("window.shown"))
    page.wait_for_timeout(400)
    return waited


def _core(name: str) -> float:
    """The method alone, without rounding and PNG, in milliseconds."""
    layer = Geometry.from_torch(3, 4, stride=2, padding=1)
    settings, planes = Settings(layer, np.ones((4, 4))), planes_of(_picture(0))
    times = []
    for _ in range(ROUNDS + 1):
        begin = time.perf_counter()
        enlarge(name, planes, settings)
        times.append(1000 * (time.perf_counter() - begin))
    return statistics.median(times[1:])


def _picture(seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Smooth colours with some noise, as photographs have."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (17, 17, 3), dtype=np.uint8)
    smooth = np.asarray(Image.fromarray(coarse).resize((SIDE, SIDE), Image.Resampling.BICUBIC))
    noisy = smooth + rng.normal(0, 6, smooth.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def _png(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    buffer = BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()


if __name__ == "__main__":
    main()
