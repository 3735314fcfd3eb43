"""The Decoder page in a real browser: a layer is edited, the pictures follow; a phone fits it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tconv_ui.decoder.presets import PRESETS
from tests.browser.app import App

BROKEN = PRESETS["U-Net, odd size"]


def output(app: App) -> Locator:
    return app.page.get_by_alt_text("The network's output")


def test_an_edited_layer_changes_the_picture_the_shapes_and_the_link(app: App) -> None:
    app.open("decoder")
    expect(app.page.get_by_alt_text("The cured output")).to_be_visible()
    strip = app.page.get_by_role("img", name="Input 8 channels of 32 × 32")
    expect(strip).to_have_attribute("aria-label", re.compile("16 channels of 64 × 64"))
    before = output(app).get_attribute("src")
    kernel = app.page.get_by_role("spinbutton", name="Kernel")
    kernel.fill("5")
    kernel.press("Enter")
    app.wait_for_link(stack="8x32x32-tconv16.k5.s2.p1.o1.relu-conv1.sigmoid")
    app.settle()
    expect(strip).to_have_attribute("aria-label", re.compile("16 channels of 66 × 66"))
    expect(output(app)).not_to_have_attribute("src", before or "")
    app.page.get_by_role("button", name="Undo").click()
    expect(strip).to_have_attribute("aria-label", re.compile("16 channels of 64 × 64"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_broken_unet_is_mended_on_a_phone_without_sideways_scrolling(
    app: App, theme: str
) -> None:
    app.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    app.page.set_viewport_size({"width": 400, "height": 800})
    app.open("decoder?look=Checkerboard")
    app.page.get_by_role("button", name="U-Net, odd size").click()
    expect(app.page.get_by_text("Layer 6, columns: it makes 44")).to_be_visible()
    expect(output(app)).to_be_visible()
    app.settle()
    app.page.wait_for_timeout(800)  # a figure is drawn wide, and then fitted
    assert app.beyond_the_edge() == []
    app.page.get_by_role("button", name="Crop the skips").click()
    expect(app.page.get_by_text("Layer 6, columns: it makes 44")).to_have_count(0)
    assert ".crop3" in app.link["stack"]
    assert app.beyond_the_edge() == []


def test_the_solver_opens_a_stack_whose_skip_breaks(app: App) -> None:
    app.open("solver")
    app.page.get_by_role("button", name="See a skip that breaks").click()
    expect(app.page.locator("h1")).to_have_text("Decoder")
    expect(app.page.get_by_text("Layer 6, columns: it makes 44")).to_be_visible()
    app.wait_for_link(stack=BROKEN.text)
