"""Whether a constant stays constant: sums of a kernel's phases, and how to make them agree."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import as_float
from tconv_core.settings import GeometryError, Pair, positive_pair

FloatMatrix = NDArray[np.float64]
_CANCELLED = 1e-12  # a mean this small beside the kernel's magnitude is rounding, not a level


def phase_sums(kernel: ArrayLike, stride: Pair, *, dilation: Pair = 1) -> FloatMatrix:
    """Return the sum of the taps that reach each phase of the output, (s_rows, s_cols).

    Tap j reaches the cells o with o mod stride = j · dilation mod stride. Far from the borders,
    the response to a constant 1 repeats exactly this matrix.

    Args:
        kernel: (kH, kW).
        stride, dilation: Whole numbers of at least 1, or (rows, cols).

    Raises:
        GeometryError: A stride or dilation is below 1.
        ValueError: The kernel is not a finite matrix.

    Source:
        Sugawara, Shiota & Kiya 2018, arXiv 1806.02658.

    >>> phase_sums([[1, 2, 3, 4]], (1, 2))
    array([[4., 6.]])
    """
    weights, phases = _split(kernel, stride, dilation)
    sums = np.zeros(positive_pair("stride", stride))
    for phase, taps in phases:
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
    sums = phase_sums(kernel, stride, dilation=dilation)
    mean = abs(sums.mean())
    if mean <= _CANCELLED * np.abs(np.asarray(kernel, dtype=np.float64)).sum():
        raise GeometryError(
            f"the {sums.size} phase sums of this kernel average to zero, so their unevenness is "
            f"undefined: add a constant to its taps."
        )
    return float(sums.std() / mean)


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
    weights, split = _split(kernel, stride, dilation)
    phases = [taps for _, taps in split]
    counts = [weights[taps].size for taps in phases]
    if 0 in counts:
        rows, cols = positive_pair("stride", stride)
        shape = f"{weights.shape[0]} × {weights.shape[1]}"
        raise GeometryError(
            f"{counts.count(0)} of the {rows * cols} phases get no tap of this {shape} kernel: "
            f"{_remedy((rows, cols), positive_pair('dilation', dilation))}"
        )
    level = sum(weights[taps].mean() for taps in phases) / sum(1 / count for count in counts)
    for taps, count in zip(phases, counts, strict=True):
        weights[taps] += (level - weights[taps].sum()) / count
    return weights


def _remedy(stride: tuple[int, int], dilation: tuple[int, int]) -> str:
    if all(np.gcd(s, d) == 1 for s, d in zip(stride, dilation, strict=True)):
        return f"use a kernel of at least {stride[0]} × {stride[1]}."
    return f"use a dilation that shares no factor with the stride {stride}, such as 1."


def _split(
    kernel: ArrayLike, stride: Pair, dilation: Pair
) -> tuple[FloatMatrix, Iterator[tuple[tuple[int, int], tuple[NDArray[np.intp], ...]]]]:
    """Return a float64 copy of the kernel, and an iterator over (phase, index of its taps)."""
    weights = as_float("kernel", kernel, 2).astype(np.float64)
    strides, dilations = positive_pair("stride", stride), positive_pair("dilation", dilation)
    phase_of = [
        np.arange(size) * d % s
        for size, s, d in zip(weights.shape, strides, dilations, strict=True)
    ]
    return weights, (
        ((r, c), np.ix_(np.flatnonzero(phase_of[0] == r), np.flatnonzero(phase_of[1] == c)))
        for r, c in np.ndindex(*strides)
    )
