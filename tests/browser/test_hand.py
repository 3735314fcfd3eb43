"""The picture follows the hand: as a control moves, as it is let go, and where nobody answers."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.app import App
from tests.serving import ROOT, served

FIGURES = {"step_by_step": ".player", "overlap": ".maps"}
every_figure = pytest.mark.parametrize("path", FIGURES)


def figure(app: App, path: str) -> Locator:
    return app.page.locator(f"{FIGURES[path]}[data-shown]")


def hold(app: App, key: str, low: int, high: int) -> tuple[float, float, float]:
    """Press on a slider; return the places of its least and its most value, and its height."""
    slider = app.slider(key)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    left, right, y = box["x"] + 8, box["x"] + box["width"] - 8, box["y"] + box["height"] / 2
    now = int(slider.input_value())
    app.page.mouse.move(left + (right - left) * (now - low) / (high - low), y)
    app.page.mouse.down()
    return left, right, y


def drag(app: App, key: str, value: int, bounds: tuple[int, int]) -> None:
    """Move a slider that is held to a value."""
    low, high = bounds
    left, right, y = hold(app, key, low, high)
    app.page.mouse.move(left + (right - left) * (value - low) / (high - low), y, steps=4)


@every_figure
def test_the_picture_follows_before_the_hand_lets_go(app: App, path: str) -> None:
    app.open(path)
    before = app.page.url
    drag(app, "size", 6, (1, 16))
    expect(figure(app, path)).to_have_attribute("data-shown", "size=6")
    assert app.page.url == before
    entries = app.page.evaluate("history.length")
    app.page.mouse.up()
    app.wait_for_link(size="6")
    app.settle()
    assert app.page.evaluate("history.length") == entries + 1


@every_figure
def test_nothing_moves_when_the_hand_lets_go(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    app = App(context.new_page(), address)
    app.open(f"{path}?input=constant&weights=ones")
    drag(app, "size", 5, (1, 16))
    shown = figure(app, path)
    expect(shown).to_have_attribute("data-shown", "input=constant&size=5&weights=ones")
    app.page.wait_for_timeout(300)
    canvas = shown.locator("canvas").first
    held = canvas.screenshot()
    box = canvas.bounding_box()
    app.page.mouse.up()
    app.wait_for_link(size="5")
    app.settle()
    assert canvas.bounding_box() == box
    assert canvas.screenshot() == held
    context.close()


def test_a_drag_taken_back_changes_nothing(app: App) -> None:
    app.open("step_by_step?size=4")
    drag(app, "size", 9, (1, 16))
    expect(figure(app, "step_by_step")).to_have_attribute("data-shown", "size=9")
    app.page.keyboard.press("Escape")
    expect(figure(app, "step_by_step")).to_have_attribute("data-shown", "size=4")
    expect(app.slider("size")).to_have_value("4")
    app.page.mouse.up()
    app.page.wait_for_timeout(300)
    assert app.link == {"size": "4"}


def test_what_makes_no_layer_keeps_the_last_picture_and_says_why(app: App) -> None:
    app.open()
    drag(app, "padding", 9, (0, 12))
    expect(app.refusal).to_contain_text("leaves none")
    expect(app.player).to_have_class("player single wide refused")
    assert "padding=9" not in (app.player.get_attribute("data-shown") or "")
    app.page.mouse.up()
    app.wait_for_link(padding="9")
    expect(app.refusal).to_contain_text("leaves none")


def test_no_answer_is_drawn_out_of_order(app: App) -> None:
    rng = random.Random(1)
    waits: list[float] = []

    def late(route: Route) -> None:
        waits.append(rng.uniform(0, 250))
        app.page.wait_for_timeout(waits[-1])
        route.continue_()

    app.page.route("**/live/**", late)
    app.open()
    expect(app.player).to_have_attribute("data-shown", "")
    app.page.evaluate(
        """() => {
        const look = (root) => [...root.querySelectorAll("*")].flatMap((node) =>
            [...(node.dataset?.shown === undefined ? [] : [node]),
             ...(node.shadowRoot ? look(node.shadowRoot) : [])]);
        const [shown] = look(document);
        window.sizes = [];
        new MutationObserver(() => window.sizes.push(Number(shown.dataset.shown.split("=")[1])))
            .observe(shown, { attributes: true, attributeFilter: ["data-shown"] });
    }"""
    )
    left, right, y = hold(app, "size", 1, 16)
    for size in range(4, 17):
        app.page.mouse.move(left + (right - left) * (size - 1) / 15, y)
    expect(app.player).to_have_attribute("data-shown", "size=16")
    app.page.mouse.up()
    app.wait_for_link(size="16")
    app.settle()
    sizes = app.page.evaluate("window.sizes")
    assert sizes == sorted(sizes)
    assert sizes[-1] == 16
    assert waits


@pytest.mark.parametrize("status", [503, 500, 0])
def test_where_there_is_no_answer_the_picture_stays_and_comes_with_letting_go(
    app: App, status: int
) -> None:
    app.page.route(
        "**/live/**",
        lambda route: route.fulfill(status=status, body="later") if status else route.abort(),
    )
    app.open()
    drag(app, "stride", 3, (1, 5))
    expect(app.refusal).to_contain_text("Catching up")
    assert app.player.get_attribute("data-shown") == ""
    app.page.mouse.up()
    expect(app.player).to_have_attribute("data-shown", "stride=3")
    expect(app.refusal).not_to_contain_text("Catching up")


@pytest.fixture(scope="module")
def plain() -> Iterator[str]:
    """The app without what serve.py adds."""
    with served(ROOT / "app.py") as address:
        yield address


def test_without_the_routes_everything_works_when_it_is_let_go(page: Page, plain: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else 0)
    app = App(page, plain)
    app.open()
    app.set_slider("stride", 3)
    expect(app.player).to_have_attribute("data-shown", "stride=3")
    app.set_slider("size", 5)
    expect(app.player).to_have_attribute("data-shown", "size=5&stride=3")
    assert len(asked) == 1, "asked once, to learn that nobody answers"


def test_below_a_path_of_its_own(page: Page) -> None:
    with served(ROOT / "serve.py", below="lab") as address:
        app = App(page, address)
        app.open("overlap")
        drag(app, "size", 6, (1, 16))
        expect(figure(app, "overlap")).to_have_attribute("data-shown", "size=6")
        assert "size" not in app.link
        app.page.mouse.up()
        app.wait_for_link(size="6")


def test_back_and_undo_are_one_step(app: App) -> None:
    app.open()
    undo = app.controls.get_by_role("button", name="Undo")
    expect(undo).to_be_disabled()
    for key, value in (("stride", 3), ("size", 4)):
        app.set_slider(key, value)
        app.wait_for_link(**{key: str(value)})
    expect(undo).to_be_enabled()
    undo.click()
    expect(app.player).to_have_attribute("data-shown", "stride=3")
    expect(app.slider("size")).to_have_value("3")
    app.page.go_back()
    expect(app.player).to_have_attribute("data-shown", "")
    app.page.go_forward()
    expect(app.player).to_have_attribute("data-shown", "stride=3")
    app.page.reload()
    expect(app.player).to_have_attribute("data-shown", "stride=3")


def test_both_players_of_operations_follow(app: App) -> None:
    app.open("operations")
    drag(app, "size", 5, (1, 16))
    for player in app.page.locator(".player").all():
        expect(player).to_have_attribute("data-shown", "size=5")
    app.page.mouse.up()
    app.wait_for_link(size="5")


def test_the_stride_of_home_pulls_the_stamps_apart(app: App) -> None:
    app.open("")
    drag(app, "stride", 4, (1, 5))
    expect(app.player).to_have_attribute("data-shown", "stride=4")
    app.page.mouse.up()
    app.visit("See", "Step by step")
    app.wait_for_link(stride="4")


def test_a_finger_that_scrolls_changes_nothing_and_one_that_drags_does(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    app = App(context.new_page(), address)
    app.open()
    app.controls.get_by_role("button", name="Change").tap()
    finger = context.new_cdp_session(app.page)

    def swipe(across: float, down: float, key: str) -> None:
        box = app.slider(key).bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        touch = lambda at: [{"x": x + across * at, "y": y + down * at}]  # noqa: E731
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": touch(0)})
        for at in range(1, 9):
            told = {"type": "touchMove", "touchPoints": touch(at / 8)}
            finger.send("Input.dispatchTouchEvent", told)
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    for key in ("stride", "kernel", "padding", "size"):
        before = app.slider(key).input_value()
        swipe(2, -60, key)
        assert app.slider(key).input_value() == before
    assert app.link == {}
    swipe(90, 3, "stride")
    app.page.wait_for_function("() => location.search.includes('stride=')")
    context.close()
