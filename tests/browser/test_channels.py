"""Channels as a visitor meets them: chosen, played, hovered, pinned; and on a phone."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Browser, expect

from tconv_ui.layer.presets import PRESETS
from tconv_ui.step_by_step.channels import Wanted, add_channels
from tests.browser.app import App, number

CHANNELS = "step_by_step?channels_in=2&channels_out=2&bias=true"
TRACE = add_channels(PRESETS["3×3, stride 2"].choice.layer, Wanted(2, 2, bias=True))


def move_to(app: App, title: str, row: int, col: int, shape: tuple[int, int]) -> str:
    """Put the mouse on a cell of the grid of a title; return what the player says of it."""
    figure = app.player.locator("figure", has=app.page.get_by_text(title, exact=True))
    figure.locator("canvas").evaluate("(canvas) => canvas.scrollIntoView({ block: 'center' })")
    box = figure.locator("canvas").bounding_box()
    assert box is not None
    x = box["x"] + (col + 0.5) * box["width"] / shape[1]
    y = box["y"] + (row + 0.5) * box["height"] / shape[0]
    app.page.mouse.move(x, y)
    return figure.locator("canvas").get_attribute("title") or ""


def test_channels_are_chosen_and_play_to_the_output_of_the_core(app: App) -> None:
    app.open()
    app.page.get_by_role("button", name="Channels").click()
    app.page.locator(".st-key-channels_in").get_by_role("radio", name="2").click()
    app.wait_for_link(channels_in="2")
    app.page.locator(".st-key-channels_out").get_by_role("radio", name="2").click()
    app.wait_for_link(channels_out="2")
    app.page.locator(".st-key-bias label").first.click()
    app.wait_for_link(bias="true")
    app.page.keyboard.press("Escape")
    expect(app.player.locator("figure.output")).to_have_count(2)
    app.player.locator("select").select_option("8")
    app.button("first").click()
    app.button("play").click()
    app.wait_for_step(10)
    expect(app.player.locator("p.caption")).to_contain_text("bias")
    app.wait_for_link(step="10")
    app.settle()
    for o, output in enumerate(TRACE.output):
        for y, x in ((0, 0), (2, 3), (4, 4)):
            said = move_to(app, f"Output {o}", y + 1, x + 1, (7, 7))
            assert said.startswith(f"y[{o},{y},{x}] = ")
            assert number(said.split("=")[1]) == round(float(output[y, x]), 4)


def test_a_pinned_sum_runs_over_the_channels_and_ends_with_the_bias(app: App) -> None:
    app.open(f"{CHANNELS}&step=10")
    move_to(app, "Output 1", 3, 4, (7, 7))
    app.page.mouse.down()
    app.page.mouse.up()
    expect(app.player.locator(".pin")).to_contain_text("Pinned y[1,2,3]")
    assert app.pinned_total() == round(float(TRACE.output[1, 2, 3]), 4)
    text = app.player.locator(".pin").inner_text()
    assert text.count("·w[0,1,") == text.count("·w[1,1,") == 2
    assert "+ b[1]" in text
    app.wait_for_link(pin="2,3,1")
    app.page.reload()
    app.settle()
    expect(app.player.locator(".pin")).to_contain_text("Pinned y[1,2,3]")
    assert np.isclose(app.pinned_total(), TRACE.output[1, 2, 3])


def test_three_times_three_channels_fit_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800}, color_scheme="dark")
    context.set_default_timeout(20_000)
    app = App(context.new_page(), address)
    errors: list[str] = []
    app.page.on("pageerror", lambda error: errors.append(str(error)))
    app.open("step_by_step?channels_in=3&channels_out=3&bias=true&size=6&step=3")
    expect(app.player.locator("figure.output")).to_have_count(3)
    assert app.beyond_the_edge() == []
    app.button("next").click()
    app.wait_for_step(4)
    assert errors == []
    context.close()
