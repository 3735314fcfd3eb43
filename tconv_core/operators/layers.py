"""Full layers: one matrix product for every stamp, then a sum in the output's phase layout."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from tconv_core.arrays import FloatArray, require_finite
from tconv_core.axis import Axis
from tconv_core.geometry import Geometry

_BLOCK = 2**21  # products computed at a time: few enough for a cache, enough for a fast GEMM
_WIDE = 8  # from this stride on, whole runs of a stamp's row are added instead of single taps


def add_stamps(output: FloatArray, x: FloatArray, weight: FloatArray, geometry: Geometry) -> None:
    """Write the transposed convolution of one group's channels to output.

    The stamps of all pixels are one product of x's pixels with the weight's taps. Cell (y, x) of
    the full output is written to [y // s, y mod s, x // s, x mod s], where neighbouring pixels'
    stamps lie side by side, so that each tap adds one dense block.

    Args:
        output: (C_out, H', W'), overwritten.
        x: (C_in, H, W).
        weight: (C_in, C_out, kH, kW), not yet known to be finite.

    Raises:
        ValueError: The weight holds NaN or infinity.

    Source:
        GEMM and col2im, as in Chellapilla et al. 2006 ("High Performance Convolutional Neural
        Networks for Document Processing"), summed by phase: Shi et al. 2016, arXiv 1609.05158.

    >>> output = np.zeros((1, 1, 3))
    >>> geometry = Geometry.from_torch((1, 2), (1, 2))
    >>> add_stamps(output, np.array([[[1.0, 2.0]]]), np.array([[[[1.0, 10.0]]]]), geometry)
    >>> output
    array([[[ 1., 12., 20.]]])
    """
    c_in, c_out, kernel_rows, kernel_cols = weight.shape
    taps, pixels = kernel_rows * kernel_cols, x.reshape(c_in, -1)
    step = max(1, _BLOCK // (taps * pixels.shape[1]))
    for first in range(0, c_out, step):
        stamps = weight[:, first : first + step].reshape(c_in, -1)
        products = _products(stamps, pixels, geometry)
        # Every weight is in one of the first pixel's products, so only those need a look.
        with np.errstate(all="ignore"):
            if not np.isfinite(products[:, 0].sum()):
                require_finite("weight", weight)
        shape = (-1, kernel_rows, kernel_cols, *geometry.input_shape)
        _sum_phases(output[first : first + step], products.reshape(shape), geometry)


def _products(stamps: FloatArray, pixels: FloatArray, geometry: Geometry) -> FloatArray:
    """Return (C_out · kH · kW, H · W), in memory by pixel where stamps are wide or pixels few."""
    result: FloatArray
    with np.errstate(all="ignore"):
        if geometry.cols.stride >= _WIDE or pixels.shape[1] <= 32:
            result = (pixels.T @ stamps).T
        else:
            result = stamps.T @ pixels
    return result


def _sum_phases(output: FloatArray, products: FloatArray, geometry: Geometry) -> None:
    rows, cols = geometry.rows, geometry.cols
    row_cells, col_cells = (-(-axis.full_size // axis.stride) for axis in (rows, cols))
    shape = (products.shape[0], row_cells, rows.stride, col_cells, cols.stride)
    phases = np.zeros(shape, output.dtype)
    height, width = geometry.input_shape
    for (u, q, a), (v, p, b) in product(_landings(rows), _landings(cols)):
        stamp = np.einsum("cuvij->ciujv", products[:, u, v])
        phases[:, q : q + height, a, p : p + width, b] += stamp
    full = phases.reshape(shape[0], row_cells * rows.stride, col_cells * cols.stride)
    (target_rows, source_rows), (target_cols, source_cols) = _kept(rows), _kept(cols)
    if min(*rows.crop, *cols.crop) < 0:
        output[...] = 0
    output[:, target_rows, target_cols] = full[:, source_rows, source_cols]


def _landings(axis: Axis) -> Iterator[tuple[slice, int, slice]]:
    """Yield (taps, cell, phases): where the taps of the stamp of input cell 0 land."""
    run = axis.stride if axis.stride >= _WIDE and axis.dilation == 1 else 1
    for first in range(0, axis.kernel_size, run):
        stop = min(first + run, axis.kernel_size)
        cell, phase = divmod(first * axis.dilation, axis.stride)
        yield slice(first, stop), cell, slice(phase, phase + stop - first)


def _kept(axis: Axis) -> tuple[slice, slice]:
    """Return where the cells that both have lie in the output and in the full output."""
    begin, end = max(axis.crop[0], 0), axis.full_size - max(axis.crop[1], 0)
    return slice(begin - axis.crop[0], end - axis.crop[0]), slice(begin, end)
