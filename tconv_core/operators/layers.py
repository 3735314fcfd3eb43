"""Full layers: one matrix product for every stamp, then a sum in the output's phase layout."""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np

from tconv_core.arrays import FloatArray, require_finite
from tconv_core.geometry.axis import Axis
from tconv_core.geometry.geometry import Geometry
from tconv_core.operators.taps import surviving

_BLOCK = 2**20  # products computed at a time: few enough for a cache, enough for a fast GEMM
_WIDE = 8  # from this stride on, whole runs of a stamp's row are added instead of single taps
_SPARE = 4  # times the output's cells: more is not worth working on to add in runs
_FEW = 32  # pixels: so few that the weight is best read in its own order


def add_stamps(output: FloatArray, x: FloatArray, weight: FloatArray, geometry: Geometry) -> None:
    """Write the transposed convolution of one group's channels to output.

    The stamps of all pixels are one product of x's pixels with the weight's taps. They are summed
    phase by phase: among the cells of one phase, neighbouring pixels' stamps lie side by side, so
    that each tap adds one dense block.

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
    axes = geometry.axes
    in_runs = all(axis.stride >= _WIDE and axis.dilation == 1 for axis in axes)
    in_runs = in_runs and _run_cells(geometry) <= _SPARE * output[0].size
    pixels = x.reshape(c_in, -1)
    step = max(1, _BLOCK // (kernel_rows * kernel_cols * pixels.shape[1]))
    for first in range(0, c_out, step):
        stamps = weight[:, first : first + step].reshape(c_in, -1)
        with np.errstate(all="ignore"):
            # Memory order is by pixel where runs are added or pixels few, else by tap.
            by_pixel = in_runs or pixels.shape[1] <= _FEW
            products = (pixels.T @ stamps).T if by_pixel else stamps.T @ pixels
            # Every weight is in one of the first pixel's products: only those need a look.
            if not np.isfinite(products[:, 0].sum()):
                require_finite("weight", weight)
        shaped = products.reshape(-1, kernel_rows, kernel_cols, *geometry.input_shape)
        (_sum_runs if in_runs else _sum_taps)(output[first : first + step], shaped, geometry)


def _sum_taps(output: FloatArray, products: FloatArray, geometry: Geometry) -> None:
    """Sum each phase in a dense block of its own, then store it with the stride."""
    rows, cols = geometry.axes
    phases = list(product(_landings(rows).items(), _landings(cols).items()))
    if len(phases) < rows.stride * cols.stride or min(rows.crop + cols.crop) < 0:
        output[...] = 0
    for (a, row_taps), (b, col_taps) in phases:
        (target_rows, source_rows), (target_cols, source_cols) = _phase(rows, a), _phase(cols, b)
        shape = (len(output), source_rows.stop, source_cols.stop)
        taps = list(product(row_taps, col_taps))
        (u, q), (v, p) = taps[0]
        if len(taps) == 1 and q == p == 0 and products.shape[3:] == shape[1:]:
            total = products[:, u, v]
        else:
            total = np.zeros(shape, output.dtype)
            for (u, q), (v, p) in taps:
                landing = total[:, q : q + rows.input_size, p : p + cols.input_size]
                # Cells past the last that is kept are cut from the landing and from the product.
                landing += products[:, u, v, : landing.shape[1], : landing.shape[2]]
        output[:, target_rows, target_cols] = total[:, source_rows, source_cols]


def _landings(axis: Axis) -> dict[int, list[tuple[int, int]]]:
    """Return, by phase, (tap, cell of the phase) for the taps of input cell 0's stamp."""
    landings: dict[int, list[tuple[int, int]]] = {}
    for tap in range(axis.kernel_size):
        cell, phase = divmod(tap * axis.dilation, axis.stride)
        landings.setdefault(phase, []).append((tap, cell))
    return landings


def _phase(axis: Axis, phase: int) -> tuple[slice, slice]:
    """Return where the cells of one phase lie in the output, and which of the phase they are."""
    begin, end = surviving(axis)
    first, stop = (-(-(edge - phase) // axis.stride) for edge in (begin, end))
    count = max(stop - first, 0)
    start = max(first * axis.stride + phase - axis.crop[0], 0)
    return slice(start, start + count * axis.stride, axis.stride), slice(first, first + count)


def _run_cells(geometry: Geometry) -> int:
    """How many cells `_sum_runs` works on, which a wide stride or a crop leaves mostly unused."""
    return prod(-(-axis.full_size // axis.stride) * axis.stride for axis in geometry.axes)


def _sum_runs(output: FloatArray, products: FloatArray, geometry: Geometry) -> None:
    """Sum whole runs of a stamp's row, s cells long, where the stride makes them worth it."""
    rows, cols = geometry.axes
    row_cells, col_cells = (-(-axis.full_size // axis.stride) for axis in (rows, cols))
    shape = (len(output), row_cells, rows.stride, col_cells, cols.stride)
    phases = np.zeros(shape, output.dtype)
    height, width = geometry.input_shape
    for u, v in product(*(range(0, axis.kernel_size, axis.stride) for axis in (rows, cols))):
        stamp = np.einsum("cuvij->ciujv", products[:, u : u + rows.stride, v : v + cols.stride])
        q, p = u // rows.stride, v // cols.stride
        tall, wide = stamp.shape[2], stamp.shape[4]
        phases[:, q : q + height, :tall, p : p + width, :wide] += stamp
    full = phases.reshape(len(output), row_cells * rows.stride, col_cells * cols.stride)
    (target_rows, source_rows), (target_cols, source_cols) = _kept(rows), _kept(cols)
    if min(rows.crop + cols.crop) < 0:
        output[...] = 0
    output[:, target_rows, target_cols] = full[:, source_rows, source_cols]


def _kept(axis: Axis) -> tuple[slice, slice]:
    """Return where the cells that both have lie in the output and in the full output."""
    begin, end = surviving(axis)
    start = max(begin - axis.crop[0], 0)
    return slice(start, start + end - begin), slice(begin, end)
