"""Whether a constant stays constant: sums of a kernel's phases, and how to make them agree."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import as_float
from tconv_core.geometry.checks import GeometryError, Pair, positive_pair

FloatMatrix = NDArray[np.float64]
MAX_PHASES = 2**24
"""The most phases whose sums are laid out in one matrix: strides of 4096 × 4096."""
_CANCELLED = 1e-12  # a mean this small beside the kernel's magnitude is rounding, not a level


def phase_sums(kernel: ArrayLike, stride: Pair, *, dilation: Pair = 1) -> FloatMatrix:
    """Return the sum of the taps that reach each phase of the output, (s_rows, s_cols).

    Tap j reaches the cells o with o mod stride = j · dilation mod stride. Far from the borders,
    the response to a constant 1 repeats exactly this matrix.

    Args:
        kernel: (kH, kW).
        stride, dilation: Whole numbers of at least 1, or (rows, cols).

    Raises:
        GeometryError: A stride or dilation is below 1, or there are more than `MAX_PHASES` phases.
        ValueError: The kernel is not a finite matrix.

    Source:
        Sugawara, Shiota & Kiya 2018, arXiv 1806.02658.

    >>> phase_sums([[1, 2, 3, 4]], (1, 2))
    array([[4., 6.]])
    """
    rows, cols = positive_pair("stride", stride)
    if rows * cols > MAX_PHASES:
        raise GeometryError(
            f"strides of {rows} × {cols} have {rows * cols:,} phases, at most {MAX_PHASES:,} are "
            f"summed: use strides of at most {int(MAX_PHASES**0.5)}."
        )
    weights, phases = _phases(kernel, stride, dilation)
    sums = np.zeros((rows, cols))
    for phase, taps in phases.items():
        sums[phase] = weights[taps].sum()
    return sums


def unevenness(kernel: ArrayLike, stride: Pair, *, dilation: Pair = 1) -> float:
    """Return the standard deviation of the phase sums over their mean's size: 0 keeps a constant.

    Raises:
        GeometryError: The phase sums are all zero or cancel, so there is no level to compare with;
            or a stride or dilation is below 1.

    Source:
        Sugawara, Shiota & Kiya 2018, arXiv 1806.02658, for the condition that makes it 0.

    >>> round(unevenness([[1, 2, 3, 4]], (1, 2)), 12)
    0.2
    """
    rows, cols = positive_pair("stride", stride)
    weights, phases = _phases(kernel, stride, dilation)
    weights /= np.abs(weights).max() or 1  # so that no sum overflows
    sums = np.array([weights[taps].sum() for taps in phases.values()])
    empty = rows * cols - len(sums)  # phases that no tap reaches, whose sum is 0
    mean = float(sums.sum() / (rows * cols))
    if abs(mean) <= _CANCELLED * np.abs(weights).sum():
        raise GeometryError(
            f"the {rows * cols} phase sums of this kernel average to zero, so their unevenness is "
            f"undefined: add a constant to its taps."
        )
    squares = np.square(sums - mean).sum() + empty * mean**2
    return float(np.sqrt(squares / (rows * cols)) / abs(mean))


def even_out(kernel: ArrayLike, stride: Pair, *, dilation: Pair = 1) -> FloatMatrix:
    """Return the nearest kernel (least squares) whose phase sums all agree, (kH, kW).

    Every tap of a phase with n taps and sum p gains (m - p) / n, where m = Σ(p/n) / Σ(1/n).

    Raises:
        GeometryError: A phase has no tap, so nothing can raise its sum; or a stride or dilation
            is below 1.

    Source:
        Minimum-norm correction under equal sums (Lagrange); the condition is that of
        Sugawara, Shiota & Kiya 2018, arXiv 1806.02658.

    >>> even_out([[1, 2, 3, 4]], (1, 2))
    array([[1.5, 1.5, 3.5, 3.5]])
    """
    strides, dilations = positive_pair("stride", stride), positive_pair("dilation", dilation)
    weights, phases = _phases(kernel, stride, dilation)
    if empty := strides[0] * strides[1] - len(phases):
        raise GeometryError(
            f"{empty} of the {strides[0] * strides[1]} phases get no tap of this "
            f"{weights.shape[0]} × {weights.shape[1]} kernel: "
            f"{_remedy((weights.shape[0], weights.shape[1]), strides, dilations)}"
        )
    scale = np.abs(weights).max() or 1.0  # so that no sum overflows
    weights /= scale
    groups = [(taps, weights[taps].sum(), weights[taps].size) for taps in phases.values()]
    level = sum(total / count for _, total, count in groups) / sum(1 / c for _, _, c in groups)
    for taps, total, count in groups:
        weights[taps] += (level - total) / count
    return weights * scale


Sides = tuple[int, int]


def _remedy(kernel: Sides, stride: Sides, dilation: Sides) -> str:
    """The least change after which every phase gets a tap."""
    wanted = [max(k, s) for k, s in zip(kernel, stride, strict=True)]
    parts = [f"a kernel of at least {wanted[0]} × {wanted[1]}"] if tuple(wanted) != kernel else []
    if any(np.gcd(s, d) > 1 for s, d in zip(stride, dilation, strict=True)):
        parts.append(f"a dilation that shares no factor with the stride {stride}, such as 1")
    return f"use {' and '.join(parts)}."


def _phases(
    kernel: ArrayLike, stride: Pair, dilation: Pair
) -> tuple[FloatMatrix, dict[Sides, tuple[NDArray[np.intp], ...]]]:
    """Return a float64 copy of the kernel, and the index of the taps of each phase that has some.

    They are at most as many as the taps, however large the stride.
    """
    weights = as_float("kernel", kernel, 2).astype(np.float64)
    strides, dilations = positive_pair("stride", stride), positive_pair("dilation", dilation)
    sides = []
    for size, s, d in zip(weights.shape, strides, dilations, strict=True):
        taps: dict[int, list[int]] = {}
        for tap in range(size):
            taps.setdefault(tap * d % s, []).append(tap)
        sides.append(taps)
    pairs = product(sorted(sides[0].items()), sorted(sides[1].items()))
    return weights, {(r, c): np.ix_(rows, cols) for (r, rows), (c, cols) in pairs}
