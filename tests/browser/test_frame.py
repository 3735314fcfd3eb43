"""What every page has around it: the layer that is carried along, and the code at the end."""

from __future__ import annotations

import inspect

from playwright.sync_api import expect

from tconv_core import overlap_count
from tests.browser.app import App


def test_a_layer_is_carried_over_pages_that_do_not_show_it(app: App) -> None:
    app.open("overlap?size=5")
    app.visit("Learn", "Lesson")
    app.visit("See", "Step by step")
    app.wait_for_link(size="5")
    expect(app.slider("size")).to_have_value("5")


def test_a_page_ends_with_the_code_that_ran(app: App) -> None:
    app.open("overlap")
    app.page.get_by_text("What computed this").click()
    app.settle()
    code = app.page.locator("[data-testid=stCode]").first
    expect(code).to_contain_text("def overlap_count(geometry: Geometry)")
    shown = code.locator("code").inner_text().split()
    assert shown == inspect.getsource(overlap_count).split()
