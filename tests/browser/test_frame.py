"""What every page has around it: the sidebar that waits, and the code at the end."""

from __future__ import annotations

import inspect

from playwright.sync_api import expect

from tconv_core import overlap_count
from tests.browser.app import App


def sidebar_width(app: App) -> float:
    box = app.page.locator("[data-testid=stSidebar]").bounding_box()
    return box["width"] if box else 0


def test_the_sidebar_waits_where_the_layer_is_not_used(app: App) -> None:
    app.open("field_guide?size=5")
    assert sidebar_width(app) < 10
    app.visit("See", "Overlap")
    app.wait_for_link(size="5")
    assert sidebar_width(app) > 200
    app.visit("Learn", "Lesson")
    app.wait_for_link(size="5")
    assert sidebar_width(app) < 10


def test_a_page_ends_with_the_code_that_ran(app: App) -> None:
    app.open("overlap")
    app.page.get_by_text("What computed this").click()
    app.settle()
    code = app.page.locator("[data-testid=stCode]").first
    expect(code).to_contain_text("def overlap_count(geometry: Geometry)")
    shown = code.locator("code").inner_text().split()
    assert shown == inspect.getsource(overlap_count).split()
