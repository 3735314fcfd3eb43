"""The Overlap page in a real browser: its map is clicked, its cure applied and taken back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.app import App


def test_a_click_on_the_map_sets_the_sliders(app: App) -> None:
    app.open("overlap?section=Map&padding=0&weights=ones")
    chart = app.page.locator(".st-key-map .js-plotly-plot")
    chart.scroll_into_view_if_needed()
    app.page.wait_for_timeout(500)
    box = chart.evaluate(
        """chart => {
            const { xaxis, yaxis } = chart._fullLayout;
            const outer = chart.getBoundingClientRect();
            return {
                x: outer.left + xaxis._offset + xaxis.l2p(3),
                y: outer.top + yaxis._offset + yaxis.l2p(4),
            };
        }"""
    )
    app.page.mouse.move(box["x"], box["y"])
    app.page.mouse.click(box["x"], box["y"])
    app.wait_for_link(kernel="4", stride="3")
    expect(app.page.get_by_text("Uneven count, and the phases sum to 1, 2 and 4")).to_be_visible()


def test_the_cure_is_applied_and_taken_back(app: App) -> None:
    app.open("overlap?section=Cure&weights=ones&padding=0&size=5")
    expect(app.page.locator(".verdict")).to_contain_text("checkerboard of 48 %")
    app.page.get_by_role("button", name="Even out this kernel").click()
    expect(app.page.locator(".verdict")).to_contain_text("flat response: no checkerboard")
    app.wait_for_link(weights="custom")
    assert app.link["w"].startswith("0.4444444444444444")
    app.page.get_by_role("button", name="Undo: back").click()
    expect(app.page.locator(".verdict")).to_contain_text("checkerboard of 48 %")
    app.wait_for_link(weights="ones")


def test_the_count_builds_up_in_the_player(app: App) -> None:
    app.open("overlap?section=Watch it build&padding=0")
    expect(app.player).to_be_visible()
    app.player.locator("input[type=range]").fill("9")
    assert app.read_cell("output", 2, 2, (7, 7)) == "y[2,2] = 4"
    assert app.read_cell("output", 1, 1, (7, 7)) == "y[1,1] = 1"
    assert "adds 1 to each cell" in app.caption()


def test_numbers_are_downloaded(app: App) -> None:
    app.open("overlap?padding=0")
    with app.page.expect_download() as download:
        app.page.get_by_role("button", name="Count as CSV").click()
    lines = download.value.path().read_text().splitlines()
    assert lines[2] == "2,2,4,2,4,2,2"
    assert len(lines) == 7
