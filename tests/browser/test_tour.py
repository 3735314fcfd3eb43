"""A newcomer's tour: the page they land on, its links, then every page of the navigation."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, WebSocket, expect

from tests.browser.app import App
from tests.pages.lab import PAGES

HOME = "Transposed Convolution Lab"
WITH_A_CARD = {"see": "Step by step", "break": "Overlap", "try": "Upsample an image"}


def check(app: App, title: str) -> None:
    """The page is drawn, says nothing is wrong, and has its name on the browser's tab."""
    expect(app.page.locator("h1")).to_have_text(title)
    app.settle()
    assert app.alerts == []
    assert app.page.locator("[data-testid=stException]").count() == 0
    expect(app.page).to_have_title(HOME if title == HOME else f"{title} · {HOME}")


def go_home(app: App) -> None:
    app.page.locator("[data-testid=stTopNavLink]", has_text="Home").click()
    check(app, HOME)


def test_a_newcomer_walks_through_the_whole_lab(app: App) -> None:
    app.open("")
    check(app, HOME)
    for key, title in WITH_A_CARD.items():
        app.page.locator(f".st-key-{key} button").click()
        check(app, title)
        go_home(app)
    seen = {HOME}
    for group in ("See", "Use", "Learn"):
        app.page.locator("[data-testid=stTopNavSection]", has_text=group).click()
        links = app.page.locator("[data-testid=stTopNavDropdownLink]")
        expect(links.first).to_be_visible()
        names = [text.split("\n")[-1].strip() for text in links.all_inner_texts()]
        app.page.keyboard.press("Escape")
        expect(links).to_have_count(0)
        for name in names:
            app.visit(group, name)
            check(app, name)
            seen.add(name)
    assert seen == set(PAGES)
    go_home(app)


def test_the_stamps_play_by_themselves_and_can_be_stopped(app: App) -> None:
    sent: list[str | bytes] = []
    app.page.on("websocket", lambda socket: listen(socket, sent))
    app.open("")
    expect(app.player).to_have_attribute("data-playing", "true")
    app.wait_past_step(1)
    before = len(sent)
    app.wait_past_step(3)
    pause = app.player.get_by_role("button")
    expect(pause).to_have_count(1)
    expect(pause).to_have_accessible_name("Pause (space)")
    pause.click()
    expect(app.player).to_have_attribute("data-playing", "false")
    stopped = app.step
    app.page.wait_for_timeout(1500)
    assert app.step == stopped
    assert len(sent) == before
    box = app.page.locator("[data-testid=stBidiComponentIsolated]").filter(has=app.player)
    heights = box.evaluate("node => [node.parentElement.scrollHeight, node.clientHeight]")
    assert heights[0] <= heights[1]


def listen(socket: WebSocket, sent: list[str | bytes]) -> None:
    def note(frame: str | bytes) -> None:
        sent.append(frame)

    socket.on("framesent", note)


@pytest.mark.parametrize("width", [320, 400])
def test_nothing_moves_where_motion_is_not_welcome(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    app = App(context.new_page(), address)
    app.open("")
    expect(app.player).to_have_attribute("data-playing", "false")
    assert app.beyond_the_edge() == []
    before = app.step
    app.player.get_by_role("button", name="Play").click()
    app.wait_past_step(1)
    assert before > 1
    context.close()
