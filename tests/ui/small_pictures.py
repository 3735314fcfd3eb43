"""Small pictures, layers, and what a layer makes of a picture, beside the picture."""

from __future__ import annotations

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from tconv_core import Axis, Geometry
from tconv_ui.pictures.arrays import Picture
from tconv_ui.upsample.frames import blocks, layer_frame, place
from tconv_ui.upsample.levels import Shown, planes_of, show
from tconv_ui.upsample.methods import enlarge
from tconv_ui.upsample.weights import Settings
from tests.core.strategies import geometries, torch_axes

LAYERS = geometries(torch_axes())


def pictures() -> st.SearchStrategy[Picture]:
    return hnp.arrays(np.uint8, st.tuples(st.integers(1, 6), st.integers(1, 6), st.just(3)))


def for_picture(picture: Picture, layer: Geometry) -> Geometry:
    """The layer on the picture, unless it leaves no pixel of it."""
    for side, axis in zip(picture.shape, (layer.rows, layer.cols), strict=False):
        longer = Axis(side, axis.kernel_size, axis.stride, axis.dilation)
        assume(longer.full_size > sum(axis.crop))
    geometry = layer.with_input((picture.shape[0], picture.shape[1]))
    assert geometry.input_shape == picture.shape[:2]
    return geometry


def upsample(picture: Picture, kernel: NDArray[np.float64], layer: Geometry) -> Shown:
    """The layer on a picture, with the weights as they are."""
    settings = Settings(layer, kernel, keep=False)
    result = show(enlarge("Sidebar kernel", planes_of(picture), settings).values)
    assert result.picture.dtype == np.uint8
    return result


def align_input(picture: Picture, layer: Geometry) -> Picture:
    """The input in the frame of the layer's output."""
    stride = layer.stride
    frame = layer_frame((picture.shape[0], picture.shape[1]), layer)
    placed = place(blocks(picture, stride), (0, 0), frame)
    assert placed.dtype == np.uint8
    if placed.shape[2] == 4:
        return placed
    return np.dstack([placed, np.full(placed.shape[:2], 255, np.uint8)])
