"""Pictures through a layer, how bright they become, and their PNG."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from tconv_core import Geometry, transpose_conv
from tconv_ui.layer.cells import KERNELS
from tconv_ui.pictures.arrays import SHOWN, Picture, brightness_gain, full_png, shown_png
from tests.ui.small_pictures import LAYERS, for_picture, pictures

PICTURES = st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from([3, 4]))


@given(pictures(), LAYERS)
def test_the_layer_is_the_same_whatever_its_input(picture: Picture, layer: Geometry) -> None:
    geometry = for_picture(picture, layer)
    for axis, own in ((geometry.rows, layer.rows), (geometry.cols, layer.cols)):
        assert (axis.kernel_size, axis.stride) == (own.kernel_size, own.stride)
        assert (axis.dilation, axis.crop) == (own.dilation, own.crop)


# Brightness ----------------------------------------------------------------------------------


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


# PNG -----------------------------------------------------------------------------------------


def read_png(data: bytes) -> Picture:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    with Image.open(BytesIO(data)) as image:
        return np.array(image)


@given(hnp.arrays(np.uint8, PICTURES))
def test_a_png_holds_every_pixel(picture: Picture) -> None:
    np.testing.assert_array_equal(read_png(full_png(picture)), picture)
    np.testing.assert_array_equal(read_png(shown_png(picture)), picture)


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        ((SHOWN, 40), (SHOWN, 40)),
        ((SHOWN + 1, 40), (451, 20)),
        ((40, 2 * SHOWN), (20, SHOWN)),
        ((2 * SHOWN + 1, 31), (601, 11)),
    ],
)
def test_a_large_picture_is_averaged_down(shape: tuple[int, int], shown: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    small = read_png(shown_png(noise))
    assert small.shape == (*shown, 3)
    assert max(small.shape) <= SHOWN
    factor = -(-max(shape) // SHOWN)
    block = noise[:factor, :factor].reshape(-1, 3).mean(axis=0)
    np.testing.assert_allclose(small[0, 0], block, atol=1)
    np.testing.assert_array_equal(read_png(full_png(noise)), noise)
