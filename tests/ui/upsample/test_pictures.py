"""Pictures through a layer, held to the plain arithmetic on their numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, GeometryError, conv_transpose2d, kernels, transpose_conv
from tconv_ui.cells import KERNELS
from tconv_ui.formulas import torch_settings
from tconv_ui.upsample.methods import enlarge
from tconv_ui.upsample.pictures import (
    Shown,
    blocks,
    brightness_gain,
    layer_frame,
    picture_geometry,
    place,
    planes_of,
    show,
)
from tconv_ui.upsample.weights import Settings
from tests.core.strategies import arrays, geometries, torch_axes

Picture = NDArray[np.uint8]
LAYERS = geometries(torch_axes())


def upsample(picture: Picture, kernel: NDArray[np.float64], layer: Geometry) -> Shown:
    """The layer on a picture, with the weights as they are."""
    settings = Settings(layer, kernel, keep=False)
    result = show(enlarge("Sidebar kernel", planes_of(picture), settings).values)
    assert result.picture.dtype == np.uint8
    return result


def align_input(picture: Picture, layer: Geometry) -> Picture:
    """The input in the frame of the layer's output."""
    stride = (layer.rows.stride, layer.cols.stride)
    frame = layer_frame((picture.shape[0], picture.shape[1]), layer)
    placed = place(blocks(picture, stride), (0, 0), frame)
    assert placed.dtype == np.uint8
    if placed.shape[2] == 4:
        return placed
    return np.dstack([placed, np.full(placed.shape[:2], 255, np.uint8)])


def pictures() -> st.SearchStrategy[Picture]:
    return hnp.arrays(np.uint8, st.tuples(st.integers(1, 6), st.integers(1, 6), st.just(3)))


def for_picture(picture: Picture, layer: Geometry) -> Geometry:
    """The layer on the picture, unless it leaves no pixel of it."""
    for side, axis in zip(picture.shape, (layer.rows, layer.cols), strict=False):
        longer = Axis(side, axis.kernel_size, axis.stride, axis.dilation)
        assume(longer.full_size > sum(axis.crop))
    geometry = picture_geometry((picture.shape[0], picture.shape[1]), layer)
    assert geometry.input_shape == picture.shape[:2]
    return geometry


@given(pictures(), LAYERS)
def test_the_layer_is_the_same_whatever_its_input(picture: Picture, layer: Geometry) -> None:
    geometry = for_picture(picture, layer)
    for axis, own in ((geometry.rows, layer.rows), (geometry.cols, layer.cols)):
        assert (axis.kernel_size, axis.stride) == (own.kernel_size, own.stride)
        assert (axis.dilation, axis.crop) == (own.dilation, own.crop)


def test_a_picture_too_small_for_the_padding_is_refused_in_words() -> None:
    layer = Geometry.from_torch(9, 3, padding=4)
    with pytest.raises(GeometryError, match="padding 4 crops 8 of the 5 cells"):
        upsample(np.zeros((3, 3, 3), np.uint8), np.ones((3, 3)), layer)


# Upsampling ---------------------------------------------------------------------------------


@given(st.data(), pictures(), LAYERS)
def test_each_channel_is_convolved_rounded_once_and_clipped_once(
    data: st.DataObject, picture: Picture, layer: Geometry
) -> None:
    geometry = for_picture(picture, layer)
    kernel = data.draw(arrays(*layer.kernel_shape))
    rows, cols = torch_settings(layer.rows), torch_settings(layer.cols)
    result = upsample(picture, kernel, layer)
    assert result.picture.shape == (*geometry.output_shape, 3)
    assert result.picture.dtype == np.uint8
    beyond = 0
    for channel in range(3):
        sums = conv_transpose2d(
            picture[np.newaxis, ..., channel].astype(np.float64),
            kernel[np.newaxis, np.newaxis],
            stride=(layer.rows.stride, layer.cols.stride),
            padding=(rows[0], cols[0]),
            output_padding=(rows[1], cols[1]),
            dilation=(layer.rows.dilation, layer.cols.dilation),
        )[0]
        rounded = np.rint(sums)
        np.testing.assert_array_equal(result.picture[..., channel], np.clip(rounded, 0, 255))
        beyond += np.count_nonzero((rounded < 0) | (rounded > 255))
    assert result.outside == pytest.approx(beyond / result.picture.size)


def test_values_beyond_the_levels_are_counted() -> None:
    picture = np.array([[[0, 100, 200]]], np.uint8)
    result = upsample(picture, np.array([[1.0, -1.0, 2.0]]), Geometry.from_torch(1, (1, 3)))
    np.testing.assert_array_equal(
        result.picture, [[[0, 100, 200], [0, 0, 0], [0, 200, 255]]], strict=False
    )
    assert result.outside == pytest.approx(3 / 9)


# Brightness ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KERNELS)
@pytest.mark.parametrize(("stride", "size"), [(1, 3), (2, 3), (2, 4), (3, 2), (4, 8), (5, 9)])
def test_the_gain_keeps_the_mean_of_a_flat_picture(name: str, stride: int, size: int) -> None:
    kernel = KERNELS[name]((size, size), 0)
    layer = Geometry.from_torch(12, size, stride=stride)
    gain = brightness_gain(kernel, layer)
    assert gain is not None
    flat = np.full((1, 12, 12), 40.0)
    output = transpose_conv(flat, kernel[np.newaxis, np.newaxis] / gain, layer)[0]
    start = -(-(size - 1) // stride) * stride
    stop = 11 * stride
    assert stop - start >= stride
    inside = output[start:stop, start:stop]
    assert inside.mean() == pytest.approx(40)


@pytest.mark.parametrize("name", ["bilinear", "ones", "gaussian"])
def test_a_grey_picture_stays_as_bright(name: str) -> None:
    layer = Geometry.from_torch(3, 4, stride=2, padding=1)
    kernel = KERNELS[name]((4, 4), 0)
    grey = np.full((9, 11, 3), 90, np.uint8)
    result = upsample(grey, kernel / brightness_gain(kernel, layer), layer)
    np.testing.assert_array_equal(result.picture[1:-1, 1:-1], 90)
    assert result.outside == 0


def test_strides_and_dilations_of_both_axes_count() -> None:
    layer = Geometry.from_torch(3, (2, 3), stride=(2, 5), dilation=(1, 2))
    assert brightness_gain(np.ones((2, 3)), layer) == pytest.approx(0.6)
    assert brightness_gain(-np.ones((2, 3)), layer) == pytest.approx(-0.6)


@pytest.mark.parametrize(
    "kernel",
    [[[1.0, -1.0]], [[0.0, 0.0]], [[0.1, 0.2, -0.3]], [[1e6, -1e6]], [[-1.0, 2.0], [1.0, -2.0]]],
)
def test_weights_that_cancel_have_no_gain(kernel: list[list[float]]) -> None:
    weights = np.array(kernel)
    assert brightness_gain(weights, Geometry.from_torch(3, weights.shape)) is None


# The input beside the output ----------------------------------------------------------------


@given(pictures(), LAYERS)
def test_the_input_is_drawn_as_large_as_the_output(picture: Picture, layer: Geometry) -> None:
    geometry = for_picture(picture, layer)
    aligned = align_input(picture, layer)
    assert aligned.shape == (*geometry.output_shape, 4)
    assert aligned.dtype == np.uint8
    assert set(np.unique(aligned[..., 3])) <= {0, 255}


def centre_of(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    assert mask.any()
    return np.argwhere(mask).mean(axis=0)


@given(st.data(), LAYERS)
def test_each_block_lies_under_its_own_stamp(data: st.DataObject, layer: Geometry) -> None:
    side = 9
    i, j = data.draw(st.tuples(*[st.integers(0, side - 1)] * 2))
    picture = np.zeros((side, side, 3), np.uint8)
    picture[i, j] = 1
    geometry = for_picture(picture, layer)
    for axis, at in ((geometry.rows, i), (geometry.cols, j)):
        taps = axis.kept_taps(at)
        assume(taps.stop - taps.start == axis.kernel_size)
    stamp = upsample(picture, kernels.ones(layer.kernel_shape), layer).picture[..., 0] == 1
    aligned = align_input(picture, layer)
    block = (aligned[..., 0] == 1) & (aligned[..., 3] == 255)
    whole = np.sum(block) == layer.rows.stride * layer.cols.stride
    assume(whole)
    assert (np.abs(centre_of(stamp) - centre_of(block)) < 1).all()


def test_pixels_become_blocks_of_the_stride() -> None:
    picture = np.arange(1, 7, dtype=np.uint8).reshape(2, 3)[..., np.newaxis].repeat(3, axis=2)
    aligned = align_input(picture, Geometry.from_torch(2, 4, stride=2, padding=1))
    np.testing.assert_array_equal(
        aligned[..., 0], picture[..., 0].repeat(2, axis=0).repeat(2, axis=1)
    )
    assert (aligned[..., 3] == 255).all()


def test_what_no_block_covers_is_transparent() -> None:
    picture = np.full((2, 2, 3), 7, np.uint8)
    alpha = align_input(picture, Geometry.from_torch(2, 6, stride=2))[..., 3]
    np.testing.assert_array_equal(np.flatnonzero(alpha.any(axis=0)), [2, 3, 4, 5])
    np.testing.assert_array_equal(np.flatnonzero(alpha.any(axis=1)), [2, 3, 4, 5])
