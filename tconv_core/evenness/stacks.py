"""Several transposed convolutions in a row: how their unevenness adds up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import FloatArray, as_float
from tconv_core.geometry.checks import GeometryError
from tconv_core.geometry.geometry import Geometry
from tconv_core.operators import transpose_conv

Layer = tuple[ArrayLike, Geometry]
"""One layer: its kernel (kH, kW), and its geometry."""


def stack_response(layers: Sequence[Layer]) -> tuple[FloatArray, ...]:
    """Return what a constant input of ones becomes after each layer: one (H', W') per layer.

    Args:
        layers: (kernel, geometry) from first to last. Each layer's input shape is the output shape
            of the one before it.

    Raises:
        GeometryError: There is no layer, or the shapes do not chain.
        ValueError: A kernel disagrees with its geometry, or an element is not finite.

    Source:
        Odena et al. 2016, doi 10.23915/distill.00003, on how stacked layers compound the pattern.

    >>> layer = ([[1.0, 1, 1]], Geometry.from_torch((1, 3), (1, 3), stride=(1, 2)))
    >>> stack_response([layer])[0]
    array([[1., 1., 2., 1., 2., 1., 1.]])
    """
    _check_chain(layers)
    response: FloatArray = np.ones((1, *layers[0][1].input_shape))
    responses = []
    for kernel, geometry in layers:
        weight = as_float("kernel", kernel, 2)[np.newaxis, np.newaxis]
        response = transpose_conv(response, weight, geometry)
        responses.append(response[0])
    return tuple(responses)


def stack_kernel(layers: Sequence[Layer]) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Return the one kernel and stride whose stamps are those of the whole stack.

    The stack's kernel is the stamp of a single input cell; the strides multiply. Away from the
    borders `phase_sums` of the two is the stack's response to a constant, so `unevenness` measures
    a stack as it measures a layer.

    Args:
        layers: (kernel, geometry) from first to last; only kernels, strides and dilations count.

    Raises:
        GeometryError: There is no layer.

    Source:
        Composition of the scatter form; Dumoulin & Visin 2016, arXiv 1603.07285.

    >>> layer = ([[1.0, 1, 1]], Geometry.from_torch((1, 3), (1, 3), stride=(1, 2)))
    >>> stack_kernel([layer, layer])
    (array([[1., 1., 2., 1., 2., 1., 1.]]), (1, 4))
    """
    if not layers:
        raise GeometryError("a stack of 0 layers has no response: give at least 1.")
    stamp: FloatArray = np.ones((1, 1))
    rows = cols = 1
    for kernel, geometry in layers:
        weight = as_float("kernel", kernel, 2)[np.newaxis, np.newaxis]
        uncropped = Geometry.from_torch(
            (stamp.shape[0], stamp.shape[1]),
            geometry.kernel_shape,
            stride=geometry.stride,
            dilation=geometry.dilation,
        )
        stamp = transpose_conv(stamp[np.newaxis], weight, uncropped)[0]
        rows, cols = rows * geometry.rows.stride, cols * geometry.cols.stride
    return stamp.astype(np.float64, copy=False), (rows, cols)


def _check_chain(layers: Sequence[Layer]) -> None:
    if not layers:
        raise GeometryError("a stack of 0 layers has no response: give at least 1.")
    for number, (before, after) in enumerate(pairwise(layers), start=1):
        made, wanted = before[1].output_shape, after[1].input_shape
        if made != wanted:
            raise GeometryError(
                f"layer {number} makes {made[0]} × {made[1]} cells and layer {number + 1} takes "
                f"{wanted[0]} × {wanted[1]}: give it an input of {made[0]} × {made[1]}."
            )
