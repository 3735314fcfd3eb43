"""What the layer means to other operations: their windows, factors and channels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, GeometryError, max_pool2d, transpose_conv
from tconv_core.operators.pooling import pool_geometry
from tconv_ui.layer.cells import Cells
from tconv_ui.layer.layer import Layer


def conv_geometry(layer: Layer) -> Geometry:
    """Return the geometry whose windows an ordinary convolution with these settings reads.

    Raises:
        GeometryError: The kernel does not fit into the padded input.
    """
    return layer.windows((1, 1))


def dilated_geometry(layer: Layer) -> Geometry:
    """Return the same for the layer's dilation, at least 2: with 1 there would be nothing to see.

    Raises:
        GeometryError: The kernel does not fit into the padded input.
    """
    rows, cols = (max(dilation, 2) for dilation in layer.geometry.dilation)
    return layer.windows((rows, cols))


def pooled_geometry(layer: Layer) -> Geometry:
    """Return the geometry of the windows a pooling with these settings reads.

    Raises:
        GeometryError: A window does not fit, or could hold padding only.
    """
    geometry = layer.geometry
    return pool_geometry(
        geometry.input_shape, geometry.kernel_shape, geometry.stride, layer.padding
    )


def shuffle_factor(layer: Layer) -> int:
    """Return the factor of a pixel shuffle.

    Raises:
        GeometryError: The strides differ, and it has one factor for both axes.
    """
    rows, cols = layer.geometry.stride
    if rows != cols:
        raise GeometryError(
            f"a pixel shuffle has one factor for both axes, and the strides are {rows} and {cols}: "
            f"set both to {rows}."
        )
    return rows


def phase_channels(layer: Layer) -> Cells:
    """Return the r² channels that a sub-pixel convolution makes of the input: (r², H, W).

    Each is the input convolved at stride 1 with one phase of the kernel, padded to the input's
    size, so that shuffled they are the transposed convolution's output, cut or continued at the
    end to r times that size.

    Raises:
        GeometryError: The strides differ.

    Source:
        Shi et al. 2016, arXiv 1609.05158.
    """
    r = shuffle_factor(layer)
    axes = [_scaled(axis) for axis in layer.geometry.axes]
    weight = layer.kernel[np.newaxis, np.newaxis]
    whole = transpose_conv(layer.input[np.newaxis], weight, Geometry(*axes))[0]
    height, width = layer.input.shape
    phases = whole.reshape(height, r, width, r).transpose(1, 3, 0, 2)
    channels: Cells = phases.reshape(r * r, height, width).astype(np.float64)
    return channels


def _scaled(axis: Axis) -> Axis:
    """Return the axis cropped to stride times its input, from the same begin."""
    begin = axis.crop[0]
    end = axis.full_size - begin - axis.input_size * axis.stride
    return Axis(axis.input_size, axis.kernel_size, axis.stride, axis.dilation, (begin, end))


def pooled(layer: Layer) -> tuple[Cells, NDArray[np.int64]]:
    """Return the maxima of the layer's windows, and their flat indices, both (H', W').

    Raises:
        GeometryError: A window does not fit, or could hold padding only.
    """
    geometry = pooled_geometry(layer)
    maxima, indices = max_pool2d(
        layer.input[np.newaxis],
        geometry.kernel_shape,
        layer.geometry.stride,
        layer.padding,
        return_indices=True,
    )
    return maxima[0].astype(np.float64), indices[0]
