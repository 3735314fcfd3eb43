"""Three readings in a real browser: played in step, lit together, the flip to be seen."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tconv_core import Geometry, convolution_matrix, kernels, trace_scatter
from tconv_ui.layer.cells import EXAMPLE
from tests.browser.app import App, number

ALL = "readings=Scatter&readings=Gather&readings=Matrix"
GEOMETRY = Geometry.from_torch(3, 3, stride=2, padding=1)
KERNEL = kernels.bilinear(3)
OUTPUT = trace_scatter(np.array(EXAMPLE, float), KERNEL, GEOMETRY).output
TALL: ViewportSize = {"width": 1280, "height": 1400}
SHAPES = {"scatter": (7, 7), "gather": (5, 5), "matrix": (25, 1)}

# The cells of a grid on which what lies over the grids has changed since it was last looked at.
CHANGED = """
([overlay, grids, first]) => {
  const ratio = overlay.width / overlay.clientWidth;
  const now = overlay.getContext("2d").getImageData(0, 0, overlay.width, overlay.height).data;
  const before = overlay.before ?? now;
  overlay.before = now;
  if (first) return [];
  const origin = overlay.getBoundingClientRect();
  return grids.map(([canvas, rows, cols]) => {
    const box = canvas.getBoundingClientRect();
    const found = [];
    for (let cell = 0; cell < rows * cols; cell += 1) {
      const width = box.width / cols, height = box.height / rows;
      const left = box.left - origin.left + (cell % cols) * width;
      const top = box.top - origin.top + Math.floor(cell / cols) * height;
      let changed = 0;
      for (let y = Math.ceil(top * ratio); y < Math.floor((top + height) * ratio); y += 1) {
        for (let x = Math.ceil(left * ratio); x < Math.floor((left + width) * ratio); x += 1) {
          const at = 4 * (y * overlay.width + x) + 3;
          if (Math.abs(now[at] - before[at]) > 60) changed += 1;
        }
      }
      if (changed > 12) found.push(cell);
    }
    return found;
  });
}
"""


def canvas_of(reading: str, role: str) -> str:
    return f".player .panel.{reading} figure.{role} canvas"


def hover(app: App, reading: str, cell: int, shape: tuple[int, int]) -> str:
    """Move the mouse to a cell of a reading's output; return what the player says of it."""
    canvas = app.page.locator(canvas_of(reading, "output"))
    box = canvas.bounding_box()
    assert box is not None
    row, col = divmod(cell, shape[1])
    app.page.mouse.move(
        box["x"] + (col + 0.5) * box["width"] / shape[1],
        box["y"] + (row + 0.5) * box["height"] / shape[0],
    )
    return canvas.get_attribute("title") or ""


def outputs(app: App) -> dict[str, np.ndarray]:
    """The outputs of all readings as the player shows them, in reading order."""
    found = {}
    for reading, shape in SHAPES.items():
        said = [hover(app, reading, cell, shape) for cell in range(shape[0] * shape[1])]
        inside = [text for text in said if text.startswith("y[")]
        found[reading] = np.array([number(text.split("=")[1]) for text in inside])
    return found


@pytest.mark.parametrize("walk", ["By+input+cell", "By+output+cell"])
def test_three_readings_play_to_the_same_output_and_ask_no_server(app: App, walk: str) -> None:
    sent: list[object] = []

    def note(frame: object) -> None:
        sent.append(frame)

    app.page.on("websocket", lambda socket: socket.on("framesent", note))
    app.page.set_viewport_size(TALL)
    app.open(f"step_by_step?{ALL}&walk={walk}")
    app.player.locator("select").select_option("8")
    before = len(sent)
    app.button("play").click()
    app.wait_past_step(3)
    assert len(sent) == before
    app.wait_for_step(9 if "input" in walk else 25)
    expect(app.player).to_have_attribute("data-playing", "false")
    for shown in outputs(app).values():
        np.testing.assert_allclose(shown, OUTPUT.ravel(), rtol=2e-3)
    for reading in ("Scatter", "Gather", "Matrix"):
        assert f"{reading}: " in app.caption()


def test_an_output_cell_lights_its_sources_in_every_reading(app: App) -> None:
    app.page.set_viewport_size(TALL)
    app.open(f"step_by_step?{ALL}&step=9")
    grids = {
        ("scatter", "input"): (3, 3),
        ("scatter", "kernel"): (3, 3),
        ("gather", "input"): (7, 7),
        ("gather", "kernel"): (3, 3),
        ("gather", "output"): (5, 5),
        ("matrix", "kernel"): (25, 9),
        ("matrix", "input"): (9, 1),
        ("matrix", "output"): (25, 1),
    }
    handles = [
        [app.page.locator(canvas_of(*name)).element_handle(), *shape]
        for name, shape in grids.items()
    ]
    overlay = app.player.locator("canvas.overlay").element_handle()
    app.page.mouse.move(5, 5)
    app.page.evaluate(CHANGED, [overlay, handles, True])
    target, y, x = 7, 1, 2
    hover(app, "scatter", (y + 1) * 7 + x + 1, SHAPES["scatter"])
    lit = dict(zip(grids, app.page.evaluate(CHANGED, [overlay, handles, False]), strict=True))
    entries = np.flatnonzero(convolution_matrix(np.ones((3, 3)), GEOMETRY).T[target])
    taps = [(y + 1 - 2 * (i // 3)) * 3 + x + 1 - 2 * (i % 3) for i in entries]
    assert lit["scatter", "input"] == lit["matrix", "input"] == entries.tolist() == [1, 4]
    assert lit["scatter", "kernel"] == sorted(taps)
    assert lit["gather", "kernel"] == sorted(8 - tap for tap in taps)
    assert lit["gather", "input"] == [(2 * (i // 3) + 1) * 7 + 2 * (i % 3) + 1 for i in entries]
    assert lit["matrix", "kernel"] == [target * 9 + i for i in entries]
    assert lit["gather", "output"] == lit["matrix", "output"] == [target]


def test_the_kernel_is_seen_to_turn(app: App) -> None:
    app.open("step_by_step?readings=Gather&step=0&weights=ramp")
    expect(app.player).to_have_attribute("data-turn", "upright")
    title = app.player.locator("figure.kernel figcaption b")
    expect(title).to_have_text("Kernel")
    pictures = app.player.locator("canvas.overlay").evaluate(
        """(overlay) => new Promise((done) => {
            const player = overlay.closest(".player");
            const seen = new Set();
            overlay.getRootNode().querySelector(".play").click();
            const look = () => {
                if (player.dataset.turn === "turning") seen.add(overlay.toDataURL());
                if (player.dataset.turn === "turned") done([seen.size, player.dataset.step]);
                else requestAnimationFrame(look);
            };
            look();
        })"""
    )
    assert pictures[0] > 4
    assert pictures[1] == "0"
    expect(title).to_have_text("Flipped kernel")
    app.wait_past_step(1)
    app.button("play").click()
    app.player.locator(".flip").click()
    expect(app.player).to_have_attribute("data-turn", "turning")
    expect(app.player).to_have_attribute("data-turn", "turned")


def test_without_motion_both_kernels_are_shown(browser: Browser, address: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    app = App(context.new_page(), address)
    app.open("step_by_step?readings=Gather&step=0&weights=ramp")
    titles = app.player.locator("figure.kernel figcaption b")
    expect(titles).to_have_text(["Kernel", "Flipped kernel"])
    expect(app.player).to_have_attribute("data-turn", "turned")
    context.close()


def test_letters_spell_the_pinned_sum(app: App) -> None:
    app.open(f"step_by_step?{ALL}&step=9&pin=1,2&symbolic=true")
    expect(app.player.locator(".pin .letters")).to_have_text("= b·w₂₁ + e·w₀₁")
    assert app.pinned_total() == OUTPUT[1, 2]


def test_switches_are_written_to_the_link_and_keep_the_player(app: App) -> None:
    app.open("step_by_step?step=5&pin=1,2")
    app.page.get_by_role("button", name="Gather", exact=True).click()
    app.settle()
    expect(app.player.locator(".panel")).to_have_count(2)
    app.wait_for_step(5)
    expect(app.player.locator(".pin")).to_contain_text("Pinned y[1,2]")
    assert re.search(r"readings=Scatter&readings=Gather", app.page.url)
    app.page.get_by_text("By output cell", exact=True).click()
    app.wait_for_link(walk="By output cell")
    app.settle()
    app.wait_for_step(14)


@pytest.mark.parametrize("walk", ["By+input+cell", "By+output+cell"])
@pytest.mark.parametrize("layer", ["", "&size=8&kernel=5&stride=3"])
def test_nothing_reaches_past_a_phones_edge(
    browser: Browser, address: str, layer: str, walk: str
) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800})
    app = App(context.new_page(), address)
    app.open(f"step_by_step?{ALL}&walk={walk}{layer}")
    expect(app.player.locator(".panel")).to_have_count(3)
    assert app.beyond_the_edge() == []
    context.close()
