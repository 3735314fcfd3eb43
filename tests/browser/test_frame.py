"""What every page has around it: the sidebar that waits, and the code at the end."""

from __future__ import annotations

import inspect

from playwright.sync_api import expect

from tconv_core import overlap_count
from tests.browser.app import App


def wait_for_sidebar(app: App, *, open_: bool) -> None:
    """Wait until the sidebar has slid to where it belongs."""
    app.page.wait_for_function(
        """(open) => {
            const bar = document.querySelector("[data-testid=stSidebar]");
            const width = bar?.getBoundingClientRect().width ?? 0;
            return open ? width > 200 : width < 10;
        }""",
        arg=open_,
    )


def test_the_sidebar_waits_where_the_layer_is_not_used(app: App) -> None:
    app.open("field_guide?size=5")
    wait_for_sidebar(app, open_=False)
    app.visit("See", "Overlap")
    app.wait_for_link(size="5")
    wait_for_sidebar(app, open_=True)
    app.visit("Learn", "Lesson")
    app.wait_for_link(size="5")
    wait_for_sidebar(app, open_=False)


def test_a_page_ends_with_the_code_that_ran(app: App) -> None:
    app.open("overlap")
    app.page.get_by_text("What computed this").click()
    app.settle()
    code = app.page.locator("[data-testid=stCode]").first
    expect(code).to_contain_text("def overlap_count(geometry: Geometry)")
    shown = code.locator("code").inner_text().split()
    assert shown == inspect.getsource(overlap_count).split()
