"""A link opens the view it describes; what it cannot mean is said, and never breaks the page."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_ui.layer.cells import INPUTS
from tconv_ui.layer.settings import SETTINGS
from tconv_ui.wording import quoted
from tests.pages.lab import DEFAULTS, PAGES, WITHOUT_THE_LAYER, Lab, check_player, check_step_page


def test_a_link_sets_every_slider() -> None:
    wanted = {
        "size": 4, "kernel": 5, "stride": 3, "padding": 2, "output_padding": 2, "dilation": 2
    }  # fmt: skip
    lab = Lab(link={name: str(value) for name, value in wanted.items()})
    assert lab.sliders == wanted
    assert lab.notes == lab.warnings == []
    assert lab.payload.output().shape == (16, 16)
    check_step_page(lab)


def test_a_link_sets_rows_and_columns_apart() -> None:
    columns = {
        "size": 2,
        "kernel": 1,
        "stride": 4,
        "padding": 0,
        "output_padding": 3,
        "dilation": 2,
    }
    link = {f"{name}_cols": str(value) for name, value in columns.items()}
    lab = Lab(link={"linked": "false", "stride": "1", **link})
    assert not lab.choice.linked
    assert {name: lab.sliders[f"{name}_cols"] for name in columns} == columns
    assert lab.payload.output().shape == (3, 8)
    check_step_page(lab)


def test_a_link_names_the_cells() -> None:
    lab = Lab(link={"input": "impulse", "weights": "gaussian", "size": "5"})
    np.testing.assert_array_equal(lab.payload.values("input"), INPUTS["impulse"]((5, 5), 0))
    assert lab.payload.values("kernel").sum() == pytest.approx(1)
    check_player(lab)


def test_a_link_spells_the_cells_out() -> None:
    link = {"size": "2", "input": "custom", "x": "1 2; 3 4", "weights": "custom", "w": "[[0.5]]"}
    lab = Lab(link={**link, "kernel": "1", "padding": "0", "stride": "1"})
    np.testing.assert_array_equal(lab.payload.values("input"), [[1, 2], [3, 4]])
    np.testing.assert_array_equal(lab.payload.output(), [[0.5, 1], [1.5, 2]])
    assert lab.notes == lab.warnings == []


def test_cells_that_a_link_spells_too_few_of_are_filled_with_zeros() -> None:
    lab = Lab(link={"input": "custom", "x": "1 2; 3 4"})
    np.testing.assert_array_equal(lab.payload.values("input"), [[1, 2, 0], [3, 4, 0], [0, 0, 0]])


def test_a_link_seeds_the_random_cells() -> None:
    lab = Lab(link={"input": "random", "weights": "random", "seed": "5"})
    assert lab.choice.seed == 5
    np.testing.assert_array_equal(lab.payload.values("input"), INPUTS["random"]((3, 3), 5))


def test_a_link_says_where_the_player_opens() -> None:
    payload = Lab(link={"step": "4", "pin": "1,2"}).payload
    assert (payload.start, payload.pin) == (4, [1, 2])
    payload = Lab(link={"step": "0"}).payload
    assert (payload.start, payload.pin) == (0, None)
    assert Lab().payload.start is None


@pytest.mark.parametrize(
    "link",
    [
        {"step": "x"},
        {"step": "-1"},
        {"step": "1.5"},
        {"step": "²"},
        {"step": "9" * 5000},
        {"step": "2", "pin": "1"},
        {"step": "2", "pin": "1,2,3"},
        {"step": "2", "pin": "a,b"},
        {"pin": "nowhere"},
    ],
    ids=lambda link: ascii(str(link))[:30],
)
def test_a_place_that_is_none_is_said(link: dict[str, str]) -> None:
    lab = Lab(link=link)
    (note,) = lab.notes
    assert "are not a step and a cell" in note
    assert len(note) < 250
    assert lab.payload.start is None
    assert lab.payload.pin is None


# What a link cannot mean --------------------------------------------------------------------


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
@pytest.mark.parametrize("raw", ["low", "high", "x", "", "-1", "9" * 400, "²", "nan", "1e999"])
def test_a_number_that_is_none_is_said_and_falls_back(setting, raw: str) -> None:
    raw = {"low": str(setting.low - 1), "high": str(setting.high + 1)}.get(raw, raw)
    lab = Lab(link={setting.name: raw})
    (note,) = lab.notes
    assert note.startswith("The link was not read in full:")
    said = f"is not a whole number from {setting.low} to {setting.high}; using {setting.default}."
    assert f"{setting.name}={quoted(raw)} {said}" in note
    assert lab.sliders == DEFAULTS
    check_step_page(lab)


def test_a_number_of_any_length_is_said() -> None:
    lab = Lab(link={"size": "9" * 5000})
    assert len(lab.notes) == 1


@pytest.mark.parametrize("raw", ["5.0", "+5", " 5", "1e1"])
def test_the_note_is_true(raw: str) -> None:
    lab = Lab(link={"size": raw})
    assert lab.sliders["size"] == 3 or not lab.notes


@pytest.mark.parametrize("key", ["input", "weights"])
def test_a_choice_that_is_none_is_said_and_falls_back(key: str) -> None:
    lab = Lab(link={key: "no such"})
    (note,) = lab.notes
    fallback = getattr(lab.choice, key)
    assert f"{key}=`no such` is not one of" in note
    assert f"using {fallback}." in note
    check_step_page(lab)


def test_every_mistake_is_said_at_once() -> None:
    lab = Lab(link={"size": "99", "kernel_cols": "x", "seed": "-4", "input": "?", "stride": "1"})
    (note,) = lab.notes
    for part in ("size=`99` ", "kernel_cols=`x` ", "seed=`-4` ", "input=`?` "):
        assert part in note
    assert "stride" not in note
    assert lab.sliders == DEFAULTS | {"stride": 1}


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("Step by step", {"linked": "perhaps"}),
        ("Upsample an image", {"picture": "no such"}),
        ("Upsample an image", {"keep": "perhaps"}),
        ("Upsample an image", {"zoom": "3×"}),
        ("Upsample an image", {"mode": "Undo"}),
        ("Upsample an image", {"methods": "Magic"}),
        ("Upsample an image", {"range": "wrap"}),
        ("Upsample an image", {"reach": "8 s"}),
        ("Upsample an image", {"view": "Sound"}),
        ("Upsample an image", {"show": "nothing"}),
        ("Upsample an image", {"work": "2000"}),
        ("Upsample an image", {"crop_w": "5"}),
        ("Upsample an image", {"crop_h": "50", "crop_y": "-1"}),
        ("Upsample an image", {"view": "Wipe", "left": "Magic"}),
        ("Upsample an image", {"zoom": "2×", "look_y": "101"}),
        ("Upsample an image", {"zoom": "2×", "look_x": "nan"}),
        ("Upsample an image", {"ground": "pink"}),
        ("Upsample an image", {"view": "Take away", "code": "Theano"}),
    ],
)
def test_other_parameters_are_said_too(page: str, link: dict[str, str]) -> None:
    lab = Lab(page, link)
    assert len(lab.notes) == 1


def test_a_pin_without_a_step_is_shown_or_said() -> None:
    lab = Lab(link={"pin": "1,2"})
    assert lab.notes or lab.payload.pin == [1, 2]


def test_an_impossible_link_shows_the_first_layer_and_says_why() -> None:
    lab = Lab(link={"stride": "1", "output_padding": "4"})
    (warning,) = lab.warnings
    assert warning.startswith(
        "output_padding 4 must be smaller than the stride 1 or the dilation 1: use 0."
    )
    assert lab.sliders == DEFAULTS | {"stride": 1, "output_padding": 4}
    np.testing.assert_array_equal(lab.payload.output(), Lab().payload.output())
    for page in PAGES:
        lab.go(page)
        assert len(lab.warnings) == (page not in WITHOUT_THE_LAYER)
