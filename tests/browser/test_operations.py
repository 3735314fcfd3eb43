"""The Operations page in a browser: two players side by side, by mouse, by keys, on a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from playwright.sync_api import Locator, expect

from tconv_core import conv2d, kernels, upsample_bilinear
from tconv_core.arrays import FloatArray
from tconv_ui.layer.cells import EXAMPLE, repeat_cells
from tests.browser.app import App, number


@dataclass(frozen=True)
class Side(App):
    """One of the players of a page."""

    index: int = 0

    @property
    def player(self) -> Locator:
        return self.page.locator(".player").nth(self.index)

    def read(self, shape: tuple[int, ...]) -> FloatArray:
        """The output's numbers as this player shows them."""
        rows, cols = shape
        # The transport sticks to the window's lower edge and may cover what lies there.
        self.canvas("output").evaluate("canvas => canvas.scrollIntoView({ block: 'center' })")
        shown = np.zeros((rows, cols))
        for y, x in np.ndindex(rows, cols):
            text = self.read_cell("output", y, x, (rows, cols))
            assert text.startswith(f"y[{y},{x}] ="), text
            shown[y, x] = number(text.split("=")[1])
        return shown


def sides(app: App) -> tuple[Side, Side]:
    left, right = (Side(app.page, app.address, index) for index in (0, 1))
    return left, right


def test_two_operations_play_to_numpys_numbers(app: App) -> None:
    app.open("operations?right=Bilinear+upsampling&size=4")
    left, right = sides(app)
    x = repeat_cells(EXAMPLE, (4, 4))
    weight = kernels.bilinear(3)[np.newaxis, np.newaxis]
    expected = conv2d(x[np.newaxis], weight, stride=2, padding=1)[0]
    left.player.locator("select").select_option("8")
    left.button("play").click()
    left.wait_for_step(expected.size)
    np.testing.assert_allclose(left.read(expected.shape), expected, rtol=2e-3, atol=1e-9)
    left.click_cell("output", 1, 1, (2, 2))
    pin = left.player.locator(".pin")
    expect(pin).to_contain_text("Pinned y[1,1]")
    assert left.pinned_total() == expected[1, 1]
    terms = pin.locator("small").first.inner_text()
    total = 0.0
    for i, j, u, v in re.findall(r"x\[(\d),(\d)\]·w\[(\d),(\d)\]", terms):
        assert (int(i) - int(u), int(j) - int(v)) == (1, 1)
        total += x[int(i), int(j)] * weight[0, 0, int(u), int(v)]
    assert total == expected[1, 1]
    enlarged = upsample_bilinear(x[np.newaxis], 2)[0]
    right.button("last").click()
    right.wait_for_step(enlarged.size)
    np.testing.assert_allclose(right.read(enlarged.shape), enlarged, rtol=2e-3, atol=1e-9)
    right.click_cell("output", 2, 3, (8, 8))
    right.wait_for_step(2 * 8 + 3 + 1)
    app.wait_for_link(left_pin="1,1", right_step="20")


def test_keys_move_both_players(app: App) -> None:
    app.open("operations?left=Max+pooling&right=Max-unpooling&size=4&kernel=2&padding=0")
    left, right = sides(app)
    for side in (left, right):
        side.wait_for_step(2)
    app.page.locator("h1").click()
    app.page.keyboard.press("Home")
    app.page.keyboard.press("ArrowRight")
    for side in (left, right):
        side.wait_for_step(1)
    assert "x[1,1] = 4 is the largest of its window" in left.caption()
    assert "x[1,1] = 4 won its window, so it goes back: y[1,1]." in right.caption()
    left.button("next").click()
    left.wait_for_step(2)
    assert right.step == 1


def test_a_padded_maximum_never_says_infinity(app: App) -> None:
    app.open("operations?left=Max+pooling&right=Pixel+shuffle&size=4")
    for side in sides(app):
        expect(side.button("last")).to_be_enabled()
    app.page.wait_for_timeout(600)  # both players have come to rest in the address
    for side in sides(app):
        side.button("last").click()
        expect(side.button("last")).to_be_disabled()
        text = side.player.inner_text()
        assert not re.search("infinity|NaN|undefined", text, re.IGNORECASE), text
    assert "padding of the input: it never wins" in sides(app)[0].player.inner_text()


def test_an_example_and_a_phone(app: App) -> None:
    app.page.set_viewport_size({"width": 400, "height": 800})
    app.open("operations")
    app.page.get_by_role("button", name="DCGAN 4×4").last.click()
    app.settle()
    expect(app.page.get_by_text("A sub-pixel convolution makes its 4 channels")).to_be_visible()
    app.wait_for_link(left="Transposed convolution", right="Pixel shuffle", size="4", kernel="4")
    assert app.beyond_the_edge() == []
    app.open("operations?left=Max+pooling&right=Dilated+convolution&size=8&kernel=3")
    assert app.beyond_the_edge() == []
    left, right = sides(app)
    upper, lower = (side.player.bounding_box() for side in (left, right))
    assert upper is not None
    assert lower is not None
    assert upper["y"] + upper["height"] < lower["y"]
