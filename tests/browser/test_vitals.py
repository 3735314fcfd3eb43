"""No page jumps while it comes up, and none says an error to the browser's console."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.app import App
from tests.browser.test_headers import ABSENT
from tests.browser.vitals import read_vitals

MOST_SHIFT = 0.1
"""Up to here web.dev calls a page's cumulative layout shift good."""
PLAYERS = ["", "step_by_step", "operations"]
"""Pages with a player on the first screen of a phone."""


@pytest.mark.parametrize(
    "size", [{"width": 1280, "height": 900}, {"width": 400, "height": 800}], ids=["screen", "phone"]
)
def test_no_page_jumps_while_it_comes_up(
    app: App, browser: Browser, address: str, size: ViewportSize
) -> None:
    shifts: dict[str, float] = {}
    errors: list[str] = []
    paths = app.paths() if size["width"] > 1000 else PLAYERS
    for path in paths:
        context = browser.new_context(viewport=size)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda it: errors.append(it.location["url"] or it.text) if it.type == "error" else None,
        )
        App(page, address).open(path)
        page.wait_for_timeout(900)
        shifts[path] = read_vitals(page).shift
        context.close()
    absent = {f"{address}/{path}/{name}" for path in paths if path for name in ABSENT}
    assert set(errors) - absent == set()
    assert {path: shift for path, shift in shifts.items() if shift > MOST_SHIFT} == {}
