"""Layers, and what each operation makes of them by the core's fast operators."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from tconv_core import (
    Axis,
    Geometry,
    avg_pool2d,
    conv2d,
    conv_transpose2d,
    max_pool2d,
    max_unpool2d,
    upsample_bilinear,
    upsample_nearest,
)
from tconv_core.arrays import FloatArray
from tconv_ui.layer.layer import Layer
from tconv_ui.operations.catalogue import OPERATIONS
from tconv_ui.operations.facts import Facts
from tests.core.strategies import arrays


@st.composite
def fitting_axes(draw: st.DrawFn, stride: int | None = None) -> Axis:
    """Any small axis whose settings fit every operation, with a dilation of 1 to 3."""
    s = stride or draw(st.integers(1, 3))
    k, d = draw(st.integers(1, 3)), draw(st.integers(1, 2 if s == 3 else 3))
    padding = draw(st.integers(0, k // 2))
    spread = max(d, 2) * (k - 1) + 1
    output_padding = draw(st.integers(0, max(s, d) - 1))
    cropped_whole = d * (k - 1) + 1 + output_padding <= 2 * padding  # at one input cell
    least = max(2 if cropped_whole else 1, spread - 2 * padding)
    n = draw(st.integers(least, min(least + 3, 18 // s)))
    return Axis.from_torch(
        n, k, stride=s, padding=padding, output_padding=output_padding, dilation=d
    )


@st.composite
def layers(draw: st.DrawFn) -> Layer:
    """Any small layer that every operation can be played on; strides are mostly equal."""
    rows = draw(fitting_axes())
    cols = draw(fitting_axes(rows.stride) | fitting_axes(rows.stride) | fitting_axes())
    geometry = Geometry(rows, cols)
    x, kernel = draw(arrays(*geometry.input_shape)), draw(arrays(*geometry.kernel_shape))
    return Layer(geometry, x, kernel)


def pairs(layer: Layer) -> dict[str, tuple[int, int]]:
    """The layer's settings as PyTorch's functions take them."""
    rows, cols = layer.geometry.rows, layer.geometry.cols
    return {
        "stride": (rows.stride, cols.stride),
        "padding": (rows.crop[0], cols.crop[0]),
        "output_padding": (rows.crop[0] - rows.crop[1], cols.crop[0] - cols.crop[1]),
        "dilation": (rows.dilation, cols.dilation),
    }


def fast(name: str, layer: Layer) -> FloatArray:
    """What the fast operator of this name makes of the layer's input: (H', W')."""
    x, weight = layer.input[np.newaxis], layer.kernel[np.newaxis, np.newaxis]
    told = pairs(layer)
    stride, padding = told["stride"], told["padding"]
    windows = (layer.kernel.shape, stride, padding)
    dilation = (max(told["dilation"][0], 2), max(told["dilation"][1], 2))
    indices = max_pool2d(x, *windows, return_indices=True) if name == "Max-unpooling" else ()
    calls: dict[str, Callable[[], FloatArray]] = {
        "Convolution": lambda: conv2d(x, weight, stride=stride, padding=padding),
        "Dilated convolution": lambda: conv2d(
            x, weight, stride=stride, padding=padding, dilation=dilation
        ),
        "Transposed convolution": lambda: conv_transpose2d(x, weight, **told),
        "Max pooling": lambda: max_pool2d(x, *windows),
        "Average pooling": lambda: avg_pool2d(x, *windows),
        "Max-unpooling": lambda: max_unpool2d(*indices, *windows, output_size=layer.input.shape),
        "Nearest upsampling": lambda: upsample_nearest(x, stride),
        "Bilinear upsampling": lambda: upsample_bilinear(x, stride),
        "Pixel shuffle": lambda: stretched(layer)[np.newaxis],
    }
    return calls[name]()[0]


def stretched(layer: Layer) -> FloatArray:
    """The full stamps, cut from padding on to stride times the input, zeros where none reach."""
    (top, left), (rows, cols) = pairs(layer)["padding"], pairs(layer)["stride"]
    full = conv_transpose2d(
        layer.input[np.newaxis],
        layer.kernel[np.newaxis, np.newaxis],
        stride=(rows, cols),
        dilation=pairs(layer)["dilation"],
    )[0]
    height, width = layer.input.shape
    shape = (height * rows, width * cols)
    room = np.pad(full, ((0, top + shape[0]), (0, left + shape[1])))
    return room[top : top + shape[0], left : left + shape[1]]


def facts_of(name: str, layer: Layer) -> Facts:
    """The facts, of a layer whose settings fit."""
    assume(name != "Pixel shuffle" or len(set(pairs(layer)["stride"])) == 1)
    return OPERATIONS[name].measure(layer)
