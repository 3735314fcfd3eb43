"""Transposed convolution as linear algebra: the matrix it transposes, and the parts of a kernel."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import FloatArray, as_float, shaped
from tconv_core.geometry.checks import GeometryError, Pair, positive_pair
from tconv_core.geometry.geometry import Geometry

MAX_ENTRIES = 2**20
"""The largest matrix `convolution_matrix` builds: 1024 × 1024, more than a screen can show."""


def convolution_matrix(kernel: ArrayLike, geometry: Geometry) -> FloatArray:
    """Return the matrix C of the ordinary convolution; the transposed one is y = Cᵀ x.

    Args:
        kernel: (kH, kW).
        geometry: Its kernel shape must be the kernel's.

    Returns:
        (H · W, H' · W'): row i · W + j is the stamp of input cell (i, j), flattened.

    Raises:
        GeometryError: The matrix would have more than `MAX_ENTRIES` entries.
        ValueError: The kernel's shape disagrees with the geometry, or an element is not finite.

    Source:
        Dumoulin & Visin 2016, arXiv 1603.07285, section 4.1.

    >>> convolution_matrix([[1.0, 2.0]], Geometry.from_torch((1, 2), (1, 2)))
    array([[1., 2., 0.],
           [0., 1., 2.]])
    """
    kernel = shaped("kernel", kernel, geometry.kernel_shape)
    (height, width), shape = geometry.input_shape, geometry.output_shape
    entries = height * width * shape[0] * shape[1]
    if entries > MAX_ENTRIES:
        raise GeometryError(
            f"the matrix from {height} × {width} to {shape[0]} × {shape[1]} cells has {entries:,} "
            f"entries, at most {MAX_ENTRIES:,} are built: "
            f"use about {max(1, int(height * (MAX_ENTRIES / entries) ** 0.25))} × "
            f"{max(1, int(width * (MAX_ENTRIES / entries) ** 0.25))} input cells."
        )
    rows, cols = geometry.axes
    matrix = np.zeros((height, width, *shape), kernel.dtype)
    for i, j in np.ndindex(height, width):
        landing = matrix[i, j][rows.kept_slice(i), cols.kept_slice(j)]
        landing[...] = kernel[rows.kept_taps(i), cols.kept_taps(j)]
    return matrix.reshape(height * width, shape[0] * shape[1])


def polyphase(kernel: ArrayLike, stride: Pair) -> tuple[tuple[FloatArray, ...], ...]:
    """Return the sub-kernels that make each phase of the output, as rows of s_rows × s_cols.

    Sub-kernel [r][c] holds the taps (r + s · a, c + s · b). The full output's cells of phase
    (r, c), y[r::s, c::s], are the stride-1 transposed convolution of the input with it.

    Args:
        kernel: (kH, kW).
        stride: A whole number of at least 1, or (rows, cols).

    Returns:
        Read-only views; a phase no tap reaches (kernel smaller than stride) has a side of 0.

    Raises:
        GeometryError: A stride is below 1, or there would be more than `MAX_ENTRIES` sub-kernels.
        ValueError: The kernel is not a finite matrix.

    Source:
        Shi et al. 2016, arXiv 1609.05158, section 3.

    >>> polyphase([[1.0, 2.0, 3.0]], (1, 2))
    ((array([[1., 3.]]), array([[2.]])),)
    """
    weights: NDArray[np.floating] = as_float("kernel", kernel, 2).copy()
    weights.flags.writeable = False
    rows, cols = positive_pair("stride", stride)
    if rows * cols > MAX_ENTRIES:
        raise GeometryError(
            f"strides of {rows} × {cols} make {rows * cols:,} sub-kernels, at most "
            f"{MAX_ENTRIES:,} are made: use strides of at most {int(MAX_ENTRIES**0.5)}."
        )
    return tuple(tuple(weights[r::rows, c::cols] for c in range(cols)) for r in range(rows))
