"""From an edit of an 8-layer stack to its feature maps: python -m benchmarks.stack_edits.

The Decoder page in Chromium: a layer's filters are changed and Enter is pressed; the clock stops at
the frame after the feature maps and the output of the new stack are decoded and on the page. Each
edit asks for a number of filters not seen before, so nothing is remembered from an earlier one.
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, Page

from tests.serving import browsing, served

ROUNDS = 15
SHOWN = ("Feature maps of layer", "The network's output")
_SAME = "conv{}.k3.p1.relu"
STACKS = {
    "8 convolutions at 64 × 64": "3x64x64-"
    + "-".join([_SAME.format(16)] * 7 + ["conv3.k3.p1.sigmoid"]),
    "autoencoder 64 → 8 → 64": "3x64x64-conv16.k3.s2.p1.relu-conv32.k3.s2.p1.relu"
    "-conv64.k3.s2.p1.relu-conv64.k3.p1.relu-tconv32.k4.s2.p1.relu-tconv16.k4.s2.p1.relu"
    "-tconv16.k4.s2.p1.relu-conv3.sigmoid",
    "resize-convolution 4 → 64": "512x4x4-nearest.s2-conv256.k3.p1.relu-nearest.s2"
    "-conv128.k3.p1.relu-nearest.s2-conv64.k3.p1.relu-nearest.s2-conv3.k3.p1.tanh",
}
"""Eight layers each, the largest maps 64 × 64."""
LAYERS = {"resize-convolution 4 → 64": 2}
"""The layer that is edited, where it is not the first."""

ARM = """
(starts) => {
  const find = () => starts.map((start) => document.querySelector(`img[alt^="${start}"]`));
  const before = find().map((image) => image.currentSrc);
  window.shown = new Promise((done) => {
    document.addEventListener("keydown", () => {
      const pressed = performance.now();
      const look = () => {
        const images = find();
        const there = images.every((image, at) =>
          image && image.complete && image.naturalWidth && image.currentSrc !== before[at]);
        if (!there) return requestAnimationFrame(look);
        requestAnimationFrame(() => done(performance.now() - pressed));
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
}
"""


def main() -> None:
    """Print the table."""
    with browsing() as browser, served() as app:
        print(f"Decoder: edit to feature maps on screen, {ROUNDS} edits each")
        print()
        print("| stack | median ms | slowest ms |")
        print("|---|---|---|")
        for name, stack in STACKS.items():
            waits = _waits(browser, f"{app}/decoder?stack={stack}", LAYERS.get(name, 1))
            print(f"| {name} | {statistics.median(waits):.0f} | {max(waits):.0f} |")


def _waits(browser: Browser, address: str, layer: int) -> list[float]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.get_by_alt_text(SHOWN[1]).wait_for()
    _rest(page)
    if layer > 1:
        page.locator(".st-key-decoder_layer label").nth(layer).click()
    page.get_by_alt_text(f"{SHOWN[0]} {layer}").wait_for()
    _rest(page)
    filters = int(page.get_by_role("spinbutton", name="Filters").input_value())
    # One more, one fewer, two more, ...: as heavy in the middle as the stack is.
    steps = [sign * step for step in range(1, ROUNDS // 2 + 2) for sign in (1, -1)]
    waits = [_edited(page, filters + step) for step in steps[: ROUNDS + 1]]
    page.close()
    return waits[1:]


def _edited(page: Page, filters: int) -> float:
    field = page.get_by_role("spinbutton", name="Filters")
    field.fill(str(filters))
    page.evaluate(ARM, list(SHOWN))
    field.press("Enter")
    waited = float(page.evaluate("window.shown"))
    _rest(page)
    return waited


def _rest(page: Page) -> None:
    """Wait until the script has run, and a moment more."""
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')"
        "?.getAttribute('data-test-script-state') === 'notRunning'"
    )
    page.wait_for_timeout(400)


if __name__ == "__main__":
    main()
