"""What a visitor asks of a layer: the same as words, as the controls' state and as a geometry."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Axis, Geometry, GeometryError
from tconv_ui.layer.cells import CUSTOM, INPUTS, KERNELS, CellsError
from tconv_ui.layer.choice import DEFAULTS, LayerChoice
from tconv_ui.layer.presets import PRESETS
from tconv_ui.layer.settings import COLS, MAX_SEED, SETTINGS

PAIRS = {
    each.name: st.tuples(*(st.integers(each.low, each.high) for _ in "rc")) for each in SETTINGS
}
CHOICES = st.builds(
    LayerChoice,
    **PAIRS,
    input=st.sampled_from(sorted(INPUTS)),
    weights=st.sampled_from(sorted(KERNELS)),
    seed=st.integers(0, MAX_SEED),
)
CUTS = st.tuples(st.integers(-20, 200), st.integers(-20, 200))


@given(CHOICES)
def test_words_and_state_say_the_whole_choice(choice: LayerChoice) -> None:
    assert LayerChoice.from_words(choice.words) == choice
    assert LayerChoice.from_words(choice.state) == choice
    assert choice.state.keys() <= DEFAULTS.keys()
    assert (choice.words == {}) == (choice == LayerChoice())


@given(CHOICES, st.none() | st.tuples(CUTS, CUTS), st.booleans())
def test_words_say_what_no_control_has(
    choice: LayerChoice, crop: tuple[tuple[int, int], tuple[int, int]] | None, written: bool
) -> None:
    asked = replace(choice, crop=crop, output_padding_written=written)
    assert LayerChoice.from_words(asked.words) == asked


@pytest.mark.parametrize("crop", ["", "1", "0 1 2", "0 1 2 x", "0 1 2 9999", "٣ 1 2 3", "0  1 2 3"])
def test_what_is_no_crop_is_none(crop: str) -> None:
    assert LayerChoice.from_words({"crop": crop}).crop is None


def test_custom_cells_travel_as_text() -> None:
    choice = LayerChoice.of(2, 1, input=CUSTOM, x="1 2; 3 4", weights=CUSTOM, w="-1")
    assert LayerChoice.from_words(choice.words) == choice
    assert choice.layer.kernel.tolist() == [[-1]]
    with pytest.raises(CellsError):
        replace(choice, x="a").layer  # noqa: B018


@given(CHOICES)
def test_a_legal_choice_comes_back_from_its_geometry(choice: LayerChoice) -> None:
    try:
        geometry = choice.geometry
    except GeometryError:
        return
    cells = {"input": choice.input, "weights": choice.weights, "seed": choice.seed}
    assert LayerChoice.from_geometry(geometry, **cells) == choice
    assert choice.full == Geometry(*(replace(axis, crop=(0, 0)) for axis in geometry.axes))


def test_a_crop_of_its_own_takes_the_paddings_place() -> None:
    geometry = Geometry(Axis(4, 3, 2, crop=(0, 1)), Axis(4, 3, 2, crop=(2, -1)))
    choice = LayerChoice.from_geometry(geometry, weights="ones")
    assert choice.crop == ((0, 1), (2, -1))
    assert choice.geometry == geometry
    assert choice.layer.kernel.shape == (3, 3)
    with pytest.raises(GeometryError, match="leaves none"):
        replace(choice, crop=((9, 0), (0, 0))).geometry  # noqa: B018


@pytest.mark.parametrize("raw", ["", "x", "1.5", "0", "99", "nan", "1e999", "²", None, [1]])
def test_what_is_no_number_of_a_slider_is_its_default(raw: object) -> None:
    assert LayerChoice.from_words({"size": raw, "kernel": raw}) == LayerChoice()


def test_columns_count_only_where_they_are_apart() -> None:
    words = {"stride": "3", "stride" + COLS: "1"}
    assert LayerChoice.from_words(words).stride == (3, 3)
    assert LayerChoice.from_words(words | {"linked": "False"}).stride == (3, 1)


def test_defaults_are_those_of_the_choice() -> None:
    assert LayerChoice.from_words(DEFAULTS) == LayerChoice.from_words({}) == LayerChoice()
    assert LayerChoice().state.items() <= DEFAULTS.items()
    assert next(iter(PRESETS.values())).choice == LayerChoice()
