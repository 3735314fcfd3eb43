"""Sizes, crops, and the sentences that refuse settings."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from tconv_core import Axis, Geometry, GeometryError
from tests.core.golden import FOLDER
from tests.core.strategies import any_axes, torch_axes

INVALID = json.loads((FOLDER / "invalid_cases.json").read_text())


@pytest.mark.parametrize(
    ("n", "k", "settings", "size"),
    [
        (3, 3, {}, 5),
        (3, 3, {"stride": 2}, 7),
        (4, 4, {"stride": 2, "padding": 1}, 8),
        (2, 2, {"stride": 2}, 4),
        (16, 64, {"stride": 32, "padding": 16}, 512),
        (1, 1, {"stride": 5}, 1),
        (2, 1, {"stride": 5}, 6),
        (3, 3, {"padding": 2}, 1),
        (2, 2, {"dilation": 3, "output_padding": 2}, 7),
    ],
)
def test_worked_sizes(n: int, k: int, settings: dict[str, int], size: int) -> None:
    assert Axis.from_torch(n, k, **settings).output_size == size


@given(torch_axes())
def test_size_formula(axis: Axis) -> None:
    n, k, s, d = axis.input_size, axis.kernel_size, axis.stride, axis.dilation
    p, op = axis.crop[0], axis.crop[0] - axis.crop[1]
    assert axis.output_size == (n - 1) * s - 2 * p + d * (k - 1) + op + 1


@given(any_axes())
def test_kept_taps_are_those_inside_the_crop(axis: Axis) -> None:
    cells = np.arange(axis.output_size)
    for i in range(axis.input_size):
        landing = np.arange(axis.full_size)[axis.full_slice(i)] - axis.crop[0]
        inside = (landing >= 0) & (landing < axis.output_size)
        assert landing.size == axis.kernel_size
        np.testing.assert_array_equal(
            np.flatnonzero(inside), np.arange(axis.kernel_size)[axis.kept_taps(i)]
        )
        np.testing.assert_array_equal(landing[inside], cells[axis.kept_slice(i)])


@given(any_axes())
def test_output_lies_inside_the_uncropped_output(axis: Axis) -> None:
    whole = np.arange(axis.uncropped.output_size)
    assert whole[axis.output_slice].size == axis.output_size
    assert axis.uncropped.output_size >= max(axis.full_size, axis.output_size)
    assert axis.uncropped.uncropped == axis.uncropped


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case["message"][:40])
def test_refuses_what_pytorch_refuses(case: dict[str, Any]) -> None:
    params = case["params"]
    settings = {
        name: tuple(params[name]) for name in ("stride", "padding", "output_padding", "dilation")
    }
    with pytest.raises(GeometryError, match=r"^(Rows|Columns): "):
        Geometry.from_torch(tuple(params["input_hw"]), tuple(params["kernel_hw"]), **settings)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"stride": 0}, "stride must be a whole number of at least 1, got 0: use 1."),
        ({"stride": 1.5}, "stride must be a whole number, got 1.5."),
        ({"stride": True}, "stride must be a whole number, got True."),
        ({"padding": -1}, "padding must be a whole number of at least 0, got -1: use 0."),
        (
            {"stride": 2, "output_padding": 2},
            "output_padding 2 must be smaller than the stride 2 or the dilation 1: use at most 1.",
        ),
        (
            {"padding": 3},
            "padding 3 crops 6 of the 5 cells of the full output and leaves none: use at most 2.",
        ),
    ],
)
def test_sentences_name_the_numbers_and_what_works(settings: dict, sentence: str) -> None:
    with pytest.raises(GeometryError) as caught:
        Geometry.from_torch(3, 3, **settings)
    assert str(caught.value) == sentence


def test_the_nearest_value_named_works() -> None:
    assert Axis.from_torch(3, 3, padding=2).output_size == 1
    assert Axis.from_torch(3, 3, stride=2, output_padding=1).output_size == 8


def test_an_axis_that_differs_is_named() -> None:
    with pytest.raises(GeometryError, match=r"^Columns: padding 9 crops"):
        Geometry.from_torch(3, 3, padding=(0, 9))
    with pytest.raises(GeometryError, match="stride has 3 numbers"):
        Geometry.from_torch(3, 3, stride=(1, 2, 3))  # type: ignore[arg-type]


def test_a_crop_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(GeometryError, match=r"cuts 5 of the 5 cells .* cut at most 4"):
        Axis(3, 3, crop=(2, 3))
