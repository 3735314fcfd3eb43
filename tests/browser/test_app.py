"""The app in a real browser: controls, links, pictures, and no word to anyone else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tconv_core import Geometry, kernels, trace_scatter
from tconv_ui.layer.cells import EXAMPLE
from tests.browser.app import App
from tests.pages.lab import PAGES as TITLES
from tests.serving import served

HOME = next(iter(TITLES))
PAGES = {"": HOME, **{Path(path).stem: title for title, path in TITLES.items() if title != HOME}}


@pytest.mark.parametrize("path", PAGES)
def test_pages_talk_to_their_own_server_only(page: Page, address: str, path: str) -> None:
    hosts: set[str] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    app = App(page, address)
    app.open(path)
    expect(page.locator("h1")).to_have_text(PAGES[path])
    page.wait_for_timeout(1500)
    assert hosts - {""} == {urlsplit(address).netloc}
    # Streamlit itself asks for two files below a sub-page's address that are not there.
    own = [text for text in errors if not (path and "404" in text)]
    assert own == []
    assert len(errors) - len(own) <= 2


@pytest.mark.parametrize(
    ("key", "value", "settings"),
    [
        ("size", 4, {"n": 4}),
        ("kernel", 5, {"k": 5}),
        ("stride", 3, {"stride": 3}),
        ("padding", 0, {"padding": 0}),
        ("output_padding", 1, {"output_padding": 1}),
        ("dilation", 2, {"dilation": 2}),
    ],
)
def test_every_slider_moves_the_picture_and_the_link(
    app: App, key: str, value: int, settings: dict[str, int]
) -> None:
    app.open()
    app.set_slider(key, value)
    app.wait_for_link(**{key: str(value)})
    wanted = {"n": 3, "k": 3, "stride": 2, "padding": 1, **settings}
    geometry = Geometry.from_torch(wanted.pop("n"), wanted.pop("k"), **wanted)
    label = app.canvas("output").get_attribute("aria-label") or ""
    rows, cols = geometry.uncropped.output_shape
    assert label.startswith(f"Output, {rows} × {cols}.")
    size = app.page.locator(".katex-mathml annotation").first.text_content() or ""
    assert rf"\mathbf{{{geometry.rows.output_size}}}" in size


def test_an_impossible_setting_says_so_and_keeps_the_picture(app: App) -> None:
    app.open("step_by_step?step=9")
    app.set_slider("output_padding", 2)
    expect(app.refusal).to_contain_text(
        "output_padding 2 must be smaller than the stride 2 or the dilation 1: use at most 1."
    )
    last_legal = "full 7 × 7, padding 1 and output_padding 1 make it 6 × 6"
    assert app.output_size == last_legal
    app.set_slider("output_padding", 0)
    expect(app.refusal).not_to_contain_text("output_padding")
    assert app.output_size == "full 7 × 7, padding 1 crops it to 5 × 5"


def test_a_link_opens_the_same_numbers_elsewhere(app: App, browser: Browser) -> None:
    app.open()
    app.controls.get_by_role("switch").click()
    app.set_slider("stride_cols", 3)
    app.set_slider("kernel", 2)
    app.player.locator("input[type=range]").fill("6")
    app.wait_for_link(step="6", stride_cols="3", kernel="2")
    geometry = Geometry.from_torch(3, (2, 3), stride=(2, 3), padding=1)
    here = app.read_output(geometry)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    other = App(context.new_page(), app.address)
    other.open(app.page.url.removeprefix(f"{app.address}/"))
    assert other.step == 6
    np.testing.assert_array_equal(other.read_output(geometry), here)
    other.button("last").click()
    trace = trace_scatter(np.array(EXAMPLE, float), kernels.bilinear((2, 3)), geometry)
    np.testing.assert_allclose(other.read_output(geometry), trace.output, rtol=2e-3)
    context.close()


def test_the_link_is_whole_after_a_page_change(app: App) -> None:
    app.open("step_by_step?stride=3&size=4")
    app.visit("See", "Overlap")
    app.wait_for_link(stride="3", size="4")
    app.visit("See", "Step by step")
    app.wait_for_link(stride="3", size="4")


def test_presets_are_one_click(app: App) -> None:
    app.open("step_by_step?linked=false&stride_cols=5")
    app.controls.get_by_label("Preset").select_option("DCGAN 4×4")
    app.settle()
    app.wait_for_link(size="4", kernel="4")
    assert (app.canvas("output").get_attribute("aria-label") or "").startswith("Output, 10 × 10.")
    assert "linked" not in app.link


def test_a_bad_link_is_said_aloud(app: App) -> None:
    app.open("step_by_step?stride=99&weights=marble&size=abc")
    note = app.page.locator("[data-testid=stAlert]")
    for words in ("stride=99 is not a whole number from 1 to 5", "size=abc", "weights=marble"):
        expect(note).to_contain_text(words)
    assert (app.canvas("output").get_attribute("aria-label") or "").startswith("Output, 7 × 7.")


def type_in_cell(app: App, text: str) -> None:
    """Type into the first cell of the input's table."""
    cell = app.controls.locator(".cells input").first
    cell.fill(text)
    cell.press("Enter")
    app.settle()


def test_cells_are_edited_in_place_and_nonsense_is_refused(app: App) -> None:
    app.open("step_by_step?step=9")
    app.controls.get_by_role("button", name="Edit cells: input").click()
    type_in_cell(app, "7.5")
    app.wait_for_link(input="custom", x="7.5 2 0; 3 4 -1; -2 1 2")
    assert app.read_cell("input", 0, 0, (3, 3)) == "x[0,0] = 7.5"
    for nonsense in ("hello", "nan"):
        type_in_cell(app, nonsense)
        expect(app.refusal).to_contain_text(nonsense)
        assert app.read_cell("input", 0, 0, (3, 3)) == "x[0,0] = 7.5"
    type_in_cell(app, "-2")
    app.wait_for_link(x="-2 2 0; 3 4 -1; -2 1 2")
    assert app.read_cell("input", 0, 0, (3, 3)) == "x[0,0] = −2"


def test_a_pasted_grid_sets_the_size(app: App) -> None:
    app.open("step_by_step?input=custom&x=1")
    app.controls.get_by_role("button", name="Edit cells: input").click()
    box = app.controls.get_by_label("Input cells", exact=True)
    box.fill("[[1, 2, 3], [4, 5, 6]]")
    box.press("Enter")
    app.wait_for_link(size="2", linked="false")
    app.settle()
    assert (app.canvas("input").get_attribute("aria-label") or "").startswith("Input, 2 × 3.")


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_needs_no_sideways_scrolling(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800})
    app = App(context.new_page(), address)
    app.open(f"{path}?size=16&kernel=9&stride=5")
    app.page.wait_for_timeout(500)
    overflow = app.beyond_the_edge()
    context.close()
    assert overflow == []


@pytest.mark.parametrize("path", ["overlap?size=5&stride=3", "upsample?stride=3"])
def test_a_fresh_server_opens_any_page_by_its_address(browser: Browser, path: str) -> None:
    with served() as address:
        context = browser.new_context()
        app = App(context.new_page(), address)
        app.open(path)
        expect(app.slider("stride")).to_have_value("3")
        expect(app.page.get_by_role("link", name="Home")).to_be_visible()
        app.wait_for_link(stride="3")
        context.close()
