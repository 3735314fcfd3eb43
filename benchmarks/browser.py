"""What a visitor waits for: a slider's answer, and the player's frames.

The bare page and the app are measured in turns in one run, in one browser, with the same settings,
so the ratio holds on any machine though the milliseconds do not.
"""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, WebSocket

from tests.serving import browsing, served

ROUNDS = 15
BARE = Path(__file__).with_name("bare_page.py")

# From key press to the frame after what the server sent is on the page.
ARM = """
(read) => {
  const find = new Function("return " + read);
  const before = find()?.textContent;
  window.answered = new Promise((done) => {
    document.addEventListener("keydown", () => {
      const pressed = performance.now();
      const look = () => {
        if (find()?.textContent === before) return requestAnimationFrame(look);
        requestAnimationFrame(() => done(performance.now() - pressed));
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
}
"""
BARE_TEXT = (
    "[...document.querySelectorAll('p')].find((p) => p.textContent.startsWith('The stride'))"
)
# A component's picture says whose it is: found in whatever shadow it stands.
SHOWN = """(() => {
  const found = [];
  const look = (root) => root.querySelectorAll("*").forEach((node) => {
    if (node.dataset?.shown !== undefined) found.push(node);
    if (node.shadowRoot) look(node.shadowRoot);
  });
  look(document);
  return found[0];
})()"""
ADDRESS = f"({{ textContent: {SHOWN}?.dataset.shown }})"
WATCH = f"""() => {{
  window.pictures = 0;
  const shown = {SHOWN};
  new MutationObserver((changes) => {{ window.pictures += changes.length; }})
    .observe(shown, {{ attributes: true, attributeFilter: ["data-shown"] }});
}}"""
MOVES, SECONDS = 60, 2.0
"""One drag: as many values, one a move, in so many seconds."""

FRAMES = """
(seconds) => new Promise((done) => {
  const gaps = [];
  let last;
  const tick = (now) => {
    if (last !== undefined) gaps.push(now - last);
    last = now;
    if (gaps.reduce((a, b) => a + b, 0) < 1000 * seconds) requestAnimationFrame(tick);
    else done(gaps);
  };
  requestAnimationFrame(tick);
})
"""


_THREE = "readings=Scatter&readings=Gather&readings=Matrix&input=random&weights=random"
SCENES = {
    "scatter, 16 × 16, k5 s2": "size=16&kernel=5&padding=2",
    "three readings, 8 × 8, k5 s2": f"{_THREE}&size=8&kernel=5&padding=2",
    "three readings, 8 × 8, k5 s5": f"{_THREE}&size=8&kernel=5&stride=5&padding=0",
    "three readings, 8 × 8, k5 s2, by output cell": (
        f"{_THREE}&size=8&kernel=5&padding=2&walk=By+output+cell"
    ),
    "three channels in, three out, 6 × 6, k5 s2": (
        "channels_in=3&channels_out=3&bias=true&size=6&kernel=5&padding=2&input=random"
    ),
}


def main() -> None:
    """Print both tables."""
    with browsing() as browser, served() as app, served(BARE) as bare:
        print(_drag_table(browser, app))
        print(_repaint_table(browser, app, bare))
        print(_player_table(browser, app))


def _repaint_table(browser: Browser, app: str, bare: str) -> str:
    pages = {
        "bare page": (_opened(browser, bare, "input[type=range]"), BARE_TEXT),
        "Step by step": (_opened(browser, f"{app}/step_by_step", ".player canvas"), ADDRESS),
        "Overlap": (_opened(browser, f"{app}/overlap", ".maps canvas"), ADDRESS),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(ROUNDS + 2):
        for name, (page, text) in pages.items():
            waited = _slide(page, text, "ArrowRight" if turn % 2 == 0 else "ArrowLeft")
            if turn >= 2:
                times[name].append(waited)
    medians = {name: statistics.median(waits) for name, waits in times.items()}
    base = medians["bare page"]
    lines = [
        f"Slider to repaint, median of {ROUNDS} (and the slowest), in turns",
        "",
        "| page | median ms | slowest ms | × bare |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {medians[name]:.0f} | {max(times[name]):.0f} | {medians[name] / base:.2f} |"
        for name in pages
    ]
    return "\n".join([*lines, ""])


def _drag_table(browser: Browser, app: str) -> str:
    lines = [
        f"Input size dragged 1 → 16 → 1 → 16 → 1, {MOVES} values in {SECONDS:g} s, nothing kept",
        "",
        "| page | pictures | seconds | pictures/s |",
        "|---|---|---|---|",
    ]
    for name, path in (("Step by step", "step_by_step"), ("Overlap", "overlap")):
        shown, seconds = _dragged(browser, f"{app}/{path}")
        lines.append(f"| {name} | {shown} | {seconds:.2f} | {shown / seconds:.1f} |")
    return "\n".join([*lines, ""])


def _dragged(browser: Browser, address: str) -> tuple[int, float]:
    """Return how many pictures were shown between press and release, and the seconds it took."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}?seed={random.randint(1, 999)}&input=random")
    page.wait_for_selector("[data-shown]")
    page.wait_for_timeout(2000)
    slider = page.get_by_role("slider", name="Input size", exact=True)
    box = slider.bounding_box()
    assert box is not None
    low, high, y = box["x"] + 8, box["x"] + box["width"] - 8, box["y"] + box["height"] / 2
    sizes = [*range(1, 17), *range(15, 0, -1), *range(2, 17), *range(15, 0, -1)][:MOVES]
    places = [low + (high - low) * (size - 1) / 15 for size in sizes]
    page.mouse.move(places[0], y)
    page.evaluate(WATCH)
    begun = time.perf_counter()
    page.mouse.down()
    for number, x in enumerate(places):
        page.mouse.move(x, y)
        rest = begun + SECONDS * (number + 1) / MOVES - time.perf_counter()
        time.sleep(max(0.0, rest))
    shown = int(page.evaluate("window.pictures"))
    seconds = time.perf_counter() - begun
    page.mouse.up()
    context.close()
    return shown, seconds


def _player_table(browser: Browser, app: str) -> str:
    lines = [
        "Player, playing",
        "",
        "| scene | speed | frames/s | slowest of 100 frames, ms | messages to the server |",
        "|---|---|---|---|---|",
    ]
    for name, link in SCENES.items():
        lines += _played(browser, f"{app}/step_by_step?{link}", name)
    return "\n".join([*lines, ""])


def _played(browser: Browser, address: str, name: str) -> list[str]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    sent: list[str | bytes] = []

    def note(frame: str | bytes) -> None:
        sent.append(frame)

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", note)

    page.on("websocket", listen)
    page.goto(address)
    page.wait_for_selector(".player canvas")
    page.wait_for_timeout(1500)
    before = len(sent)
    lines = []
    for speed in ("1", "8"):
        page.locator(".player select").select_option(speed)
        page.locator(".player .first").click()
        page.locator(".player .play").click()
        page.wait_for_selector('.player[data-turn="turned"]')
        gaps = sorted(page.evaluate(FRAMES, 2.5))
        playing = page.locator(".player").get_attribute("data-playing")
        assert playing == "true", "the animation ended before the measurement did"
        rate = 1000 * len(gaps) / sum(gaps)
        slow = gaps[int(0.99 * len(gaps))]
        lines.append(f"| {name} | {speed}× | {rate:.1f} | {slow:.1f} | {len(sent) - before} |")
    page.close()
    return lines


def _opened(browser: Browser, address: str, wanted: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.wait_for_selector(wanted)
    page.wait_for_timeout(2000)
    return page


def _slide(page: Page, text: str, key: str) -> float:
    page.bring_to_front()
    slider = page.get_by_role("slider", name="Stride", exact=True)
    slider.focus()
    page.wait_for_timeout(400)
    page.evaluate(ARM, text)
    slider.press(key)
    return float(page.evaluate("window.answered"))


if __name__ == "__main__":
    main()
