"""Pictures through a layer as levels, held to the plain arithmetic on their numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Geometry, GeometryError, conv_transpose2d
from tconv_ui.layer.cells import KERNELS
from tconv_ui.layer.formulas import torch_settings
from tconv_ui.pictures.arrays import Picture, brightness_gain
from tests.core.strategies import arrays
from tests.ui.small_pictures import LAYERS, for_picture, pictures, upsample


def test_a_picture_too_small_for_the_padding_is_refused_in_words() -> None:
    layer = Geometry.from_torch(9, 3, padding=4)
    with pytest.raises(GeometryError, match="padding 4 crops 8 of the 5 cells"):
        upsample(np.zeros((3, 3, 3), np.uint8), np.ones((3, 3)), layer)


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
            stride=layer.stride,
            padding=(rows[0], cols[0]),
            output_padding=(rows[1], cols[1]),
            dilation=layer.dilation,
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


@pytest.mark.parametrize("name", ["bilinear", "ones", "gaussian"])
def test_a_grey_picture_stays_as_bright(name: str) -> None:
    layer = Geometry.from_torch(3, 4, stride=2, padding=1)
    kernel = KERNELS[name]((4, 4), 0)
    grey = np.full((9, 11, 3), 90, np.uint8)
    result = upsample(grey, kernel / brightness_gain(kernel, layer), layer)
    np.testing.assert_array_equal(result.picture[1:-1, 1:-1], 90)
    assert result.outside == 0
