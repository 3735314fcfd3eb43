"""The home page: what plays, and where its links and cards lead."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import conv_transpose2d
from tconv_ui.home.cards import BROKEN, MAP, WITH_A_CARD, preset_output
from tconv_ui.home.sections import HERO_HEIGHT
from tconv_ui.layer.presets import PRESETS

from .lab import DEFAULTS, NAMES, PAGES, Lab, check_player, check_step_page

HOME = "Transposed Convolution Lab"


def click(lab: Lab, key: str) -> None:
    lab.at.button(key=key).click()
    lab.run()


def set_layer(lab: Lab) -> dict[str, object]:
    """The layer: its settings, input and kernel."""
    named = {"input": lab.choice.input, "weights": lab.choice.weights}
    return {**{name: lab.sliders[name] for name in NAMES}, **named}


def test_the_default_layer_plays_by_itself_and_whole() -> None:
    lab = Lab(HOME)
    header = lab.payload.header
    assert lab.warnings == lab.notes == []
    x, kernel = lab.payload.values("input"), lab.payload.values("kernel")
    whole = conv_transpose2d(x[np.newaxis], kernel[np.newaxis, np.newaxis], stride=2)[0]
    np.testing.assert_allclose(lab.payload.output(), whole, rtol=1e-6)
    assert lab.payload.opening["loop"] == HERO_HEIGHT
    assert all(grid["action"] is None for grid in header["grids"])
    assert lab.payload.grid("output")["subtitle"] == "7 × 7, before padding crops it"


@pytest.mark.parametrize(
    ("link", "own"),
    [
        ({"size": "4", "kernel": "4", "padding": "0"}, True),
        ({"size": "2", "stride": "3", "padding": "0", "input": "impulse"}, True),
        ({"size": "5", "stride": "1", "padding": "0"}, False),
        ({"kernel": "5", "size": "2", "padding": "0"}, False),
        ({"size": "4", "stride": "5", "kernel": "5", "padding": "0"}, False),
    ],
)
def test_a_layer_too_large_to_read_gives_way_to_a_small_one(
    link: dict[str, str], own: bool
) -> None:
    lab = Lab(HOME, link)
    said = [text for text in lab.texts if text.startswith("Your layer has too many cells")]
    assert len(said) == (0 if own else 1)
    if own:
        check_player(lab)
    assert lab.payload.values("input").shape == (
        lab.geometry.input_shape if own else (DEFAULTS["size"],) * 2
    )


def test_a_refused_layer_is_said_and_the_page_stays() -> None:
    lab = Lab(HOME, {"size": "1", "kernel": "1", "padding": "3"})
    assert len(lab.warnings) == 1
    assert lab.payload.values("input").shape == (3, 3)


@pytest.mark.parametrize("label", PRESETS)
def test_a_card_opens_its_layer_step_by_step(label: str) -> None:
    lab = Lab(HOME, {"size": "2", "stride": "4", "padding": "0"})
    click(lab, f"card_{label}")
    assert lab.at.title[0].value == "Step by step"
    assert lab.geometry == PRESETS[label].choice.layer.geometry
    check_step_page(lab)


@pytest.mark.parametrize("label", PRESETS)
def test_a_card_shows_the_output_its_layer_ends_with(label: str) -> None:
    lab = Lab()
    lab.preset(label)
    np.testing.assert_allclose(preset_output(PRESETS[label]), lab.payload.output(), rtol=1e-5)


def test_every_card_has_its_own_picture() -> None:
    lab = Lab(HOME)
    shown = [image.proto.imgs[0].url for image in lab.at.get("image")]
    assert len(shown) == len(set(shown)) == len(PRESETS)


def test_see_it_keeps_the_layer() -> None:
    lab = Lab(HOME, {"size": "4", "stride": "3", "input": "gradient"})
    before = set_layer(lab)
    click(lab, "see")
    assert lab.at.title[0].value == "Step by step"
    assert set_layer(lab) == before
    check_step_page(lab)


def test_break_it_opens_the_checkerboard() -> None:
    lab = Lab(HOME)
    click(lab, "break")
    assert lab.at.title[0].value == "Overlap"
    assert lab.choice == BROKEN.choice
    assert "checkerboard of" in lab.maps()[0]["headline"]


def test_try_it_opens_the_picture_page() -> None:
    lab = Lab(HOME)
    click(lab, "try")
    assert lab.at.title[0].value == "Upsample an image"


def test_every_page_can_be_reached_from_here() -> None:
    lab = Lab(HOME)
    linked = {link.proto.page for link in lab.at.get("page_link")}
    wanted = {path.removeprefix("pages/").removesuffix(".py") for path in PAGES.values()}
    assert linked == {place.page for places in MAP.values() for place in places}
    assert linked | WITH_A_CARD == wanted - {"home"}
