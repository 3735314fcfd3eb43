"""The Overlap page's maps: their cells, bars, sources, frames and scales."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, axis_overlap, kernels, overlap_count
from tconv_ui.layer.checkerboard import constant_response
from tconv_ui.layer.layer import Layer
from tconv_ui.overlap.judgement import deviation, judge
from tconv_ui.overlap.maps import MOST_EXPLAINED, overlap_maps
from tests.ui.reading import read_header

LAYERS = [
    Geometry.from_torch(6, 3, stride=2),
    Geometry.from_torch((2, 5), (1, 4), stride=(3, 1), padding=(0, 2)),
    Geometry.from_torch(1, 1),
    Geometry.from_torch((16, 3), (9, 2), stride=(5, 2), output_padding=(4, 0)),
    Geometry.from_torch(16, 9, stride=1),
    Geometry(Axis(1, 1, crop=(-2, 0)), Axis(1, 1, crop=(1, -3))),
]
every_layer = pytest.mark.parametrize("geometry", LAYERS, ids=lambda it: str(it.output_shape))


def maps_of(geometry: Geometry, kernel: NDArray[Any] | None = None) -> tuple[Any, Any, Any]:
    """The verdict, the count and the response, each with its arrays."""
    weights = kernels.ones(geometry.kernel_shape) if kernel is None else kernel
    header, buffers = read_header(
        overlap_maps(Layer(geometry, np.ones(geometry.input_shape), weights))
    )
    for each in header["maps"]:
        shape = each["rows"], each["cols"]
        for name in ("values", "shades"):
            if name in each:
                each[name] = buffers[each[name]].reshape(shape)
        each["bars"] = [buffers[name] for name in each.get("bars", [])]
    return header["verdict"], *header["maps"]


@every_layer
def test_the_count_is_that_of_the_full_output(geometry: Geometry) -> None:
    _, count, _ = maps_of(geometry)
    whole = geometry.uncropped
    np.testing.assert_array_equal(count["values"], overlap_count(whole))
    for bars, axis in zip(count["bars"], whole.axes, strict=True):
        np.testing.assert_array_equal(bars, axis_overlap(axis))
    np.testing.assert_array_equal(np.outer(*count["bars"]), count["values"])
    assert count["limit"] == max(count["values"].max(), 1)


@every_layer
def test_the_frame_holds_the_output(geometry: Geometry) -> None:
    for each in maps_of(geometry)[1:]:
        frame = each["frame"]
        assert (frame["rows"], frame["cols"]) == geometry.output_shape
        assert (each["rows"], each["cols"]) == geometry.uncropped.output_shape
        rows = slice(frame["row"], frame["row"] + frame["rows"])
        assert rows == geometry.rows.output_slice


@every_layer
def test_every_cell_is_told_the_input_cells_that_reach_it(geometry: Geometry) -> None:
    _, count, _ = maps_of(geometry)
    if max(geometry.uncropped.output_shape) > MOST_EXPLAINED:
        assert count["sources"] is None
        return
    for told, bars in zip(count["sources"], count["bars"], strict=True):
        assert [0 if each == "none" else each.count(",") + 1 for each in told] == bars.tolist()


def test_the_sources_are_those_whose_stamps_lie_there() -> None:
    _, count, _ = maps_of(Geometry.from_torch(3, 3, stride=2))
    assert count["sources"][0] == ["0", "0", "0, 1", "1", "1, 2", "2", "2"]
    _, count, _ = maps_of(Geometry.from_torch(2, 1, stride=2))
    assert count["sources"][1] == ["0", "none", "1"]


@every_layer
def test_the_response_is_shaded_by_its_deviation(geometry: Geometry) -> None:
    kernel = np.arange(1.0, 1 + np.prod(geometry.kernel_shape)).reshape(geometry.kernel_shape)
    verdict, _, response = maps_of(geometry, kernel)
    values = constant_response(kernel, geometry.uncropped)
    share = deviation(values, kernel, geometry)
    assert share is not None
    np.testing.assert_allclose(response["values"], values, rtol=1e-6)
    np.testing.assert_allclose(response["shades"], share, rtol=1e-5, atol=1e-6)
    inside = share[geometry.rows.output_slice, geometry.cols.output_slice]
    assert response["limit"] == pytest.approx(max(np.abs(inside).max(), 0.01))
    assert verdict["headline"] == judge(geometry, kernel).headline


def test_a_response_without_a_level_is_drawn_plain() -> None:
    geometry = Geometry.from_torch(4, 2, stride=2)
    verdict, _, response = maps_of(geometry, np.array([[1.0, -1], [1, -1]]))
    assert not verdict["flat"]
    assert response["level"] is False
    assert not response["shades"].any()


def test_flat_is_said_of_the_response_not_of_the_count() -> None:
    geometry = Geometry.from_torch(3, 3, stride=2)
    assert not maps_of(geometry)[0]["flat"]
    assert maps_of(geometry, kernels.bilinear((3, 3)))[0]["flat"]
