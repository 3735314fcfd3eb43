"""The Frameworks and Solver pages in a real browser: choose, read, open elsewhere, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.app import App


def test_an_example_is_chosen_read_and_translated(app: App) -> None:
    app.open("frameworks")
    app.page.get_by_role("button", name="Shifted by one pixel").click()
    app.wait_for_link(output_padding="1")
    said = app.page.get_by_text("Keras same against PyTorch: same size, shifted by one pixel.")
    expect(said).to_be_visible()
    app.page.get_by_role("button", name="Refused by all").click()
    expect(app.page.get_by_text("Every framework refuses these settings.")).to_be_visible()
    refusal = "output padding must be smaller than either stride or dilation, but got"
    expect(app.page.get_by_text(refusal).first).to_be_visible()
    box = app.page.get_by_role("textbox", name="Paste a layer")
    box.fill('Conv2DTranspose(8, 3, strides=2, padding="same")')
    box.press("Enter")
    expect(app.page.get_by_text("Largest difference 0")).to_be_visible()
    app.page.get_by_role("button", name="Set the sliders to this layer").click()
    app.page.wait_for_function("() => !new URLSearchParams(location.search).has('output_padding')")
    expect(app.page.get_by_text("The same layer makes 5 × 5, 6 × 6 or 7 × 7.")).to_have_count(0)
    app.settle()
    assert app.link["padding"] == "0"


def test_a_solution_is_chosen_and_opened(app: App) -> None:
    app.open("solver?have=4&need=8")
    table = app.page.locator("[data-testid=stDataFrame] canvas").first
    table.scroll_into_view_if_needed()
    app.page.wait_for_timeout(500)
    box = table.bounding_box()
    assert box is not None
    # The second row's tick: below the header, two rows of 35 pixels down, in the first column.
    app.page.mouse.click(box["x"] + 16, box["y"] + 36 + 35 * 1.5)
    app.wait_for_link(choice="kernel 4, stride 2, padding 1")
    expect(app.page.get_by_text("4 × 4 → 8 × 8", exact=True)).to_be_visible()
    app.page.get_by_role("button", name="Open in Step by step").click()
    expect(app.page.locator("h1")).to_have_text("Step by step")
    app.wait_for_link(size="4", kernel="4")
    app.settle()
    assert app.link == {"size": "4", "kernel": "4"}
    assert app.output_size == "full 10 × 10, padding 1 crops it to 8 × 8"
    app.page.reload()
    expect(app.player).to_be_visible()
    assert app.output_size == "full 10 × 10, padding 1 crops it to 8 × 8"


@pytest.mark.parametrize(
    "path",
    [
        "frameworks?size=16&kernel=9&stride=5&output_padding=4&linked=false&padding_cols=9",
        "solver?apart=true&need_cols=29",
        "solver?have=3&need=200",
    ],
)
def test_nothing_reaches_past_a_phones_edge(app: App, path: str) -> None:
    app.page.set_viewport_size({"width": 400, "height": 850})
    app.open(path)
    app.page.wait_for_timeout(800)
    assert app.beyond_the_edge() == []
