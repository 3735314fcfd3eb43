"""From the overlap count to the true condition: the verdict on a kernel, in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tconv_core import Axis, Geometry, GeometryError, phase_count, phase_sums, unevenness
from tconv_ui.layer.checkerboard import FLAT, Matrix, amount_of, percent
from tconv_ui.layer.formulas import overlap_verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a kernel: a headline that separates count from response, and the reason."""

    headline: str
    reason: str
    checkerboard: float | None
    """Unevenness of the response; None where the phase sums cancel."""


def judge(geometry: Geometry, kernel: Matrix) -> Judgement:
    """Return whether a constant input stays constant, beside whether the overlap count is even.

    Source:
        Sugawara, Shiota & Kiya 2018, arXiv 1806.02658.

    >>> ramp = np.array([[1.0, 2, 3, 4]])
    >>> judge(Geometry.from_torch((1, 6), (1, 4), stride=(1, 2)), ramp).headline
    'Even count, but the phases sum to 4 and 6: checkerboard of 20 %.'
    """
    overlap = overlap_verdict(geometry)
    sums = phase_sums(kernel, geometry.stride, dilation=geometry.dilation)
    amount = amount_of(kernel, geometry)
    even = overlap.title == "Even count"
    if amount is None:
        headline = f"{overlap.title}, but the phase sums cancel: there is no level to compare with."
        return Judgement(headline, overlap.reason, None)
    if amount > FLAT:
        joint = "but" if even else "and"
        headline = f"{overlap.title}, {joint} the phases sum to {_listed(sums)}"
        return Judgement(f"{headline}: checkerboard of {percent(amount)}.", overlap.reason, amount)
    phases = "the one phase sums" if sums.size == 1 else f"all {sums.size} phases sum"
    reason = f"{overlap.reason} {'And' if even else 'Yet'} {phases} to {_listed(sums)}."
    return Judgement(f"{overlap.title}, flat response: no checkerboard.", reason, amount)


def said(amount: float | None) -> str:
    """Return an unevenness in words.

    >>> said(0.2), said(0.0), said(None)
    ('20 %', 'flat', 'no level')
    """
    if amount is None:
        return "no level"
    return "flat" if amount <= FLAT else percent(amount)


def deviation(response: Matrix, kernel: Matrix, geometry: Geometry) -> Matrix | None:
    """Return how far each cell lies from the interior's level, as a share of it.

    None where the phase sums cancel, so that there is no level.
    """
    if amount_of(kernel, geometry) is None:
        return None
    level = phase_sums(kernel, geometry.stride, dilation=geometry.dilation).mean()
    return np.asarray((response - level) / abs(level))


def response_caption(share: Matrix | None, geometry: Geometry) -> str:
    """Return how far the output's cells lie from the interior's level, in words.

    >>> response_caption(np.array([[0.0, 0.25]]), Geometry.from_torch((1, 2), 1))
    'Orange lies above the level of the interior, blue below: from +0 % to +25 %.'
    """
    if share is None:
        return "The phase sums cancel: there is no level to compare with."
    output = share[geometry.rows.output_slice, geometry.cols.output_slice]
    if np.abs(output).max() < FLAT:
        return "Every cell of the output lies at one level."
    low, high = (
        f"{100 * value:+.0f} %".replace("-", "−") for value in (output.min(), output.max())
    )
    return f"Orange lies above the level of the interior, blue below: from {low} to {high}."


def phase_blocks(kernel: Matrix, geometry: Geometry) -> list[list[Matrix]]:
    """Return the taps that reach each phase: s_rows × s_cols matrices, empty where none does.

    >>> geometry = Geometry.from_torch((1, 4), (1, 3), stride=(1, 2))
    >>> [block.tolist() for block in phase_blocks(np.array([[1.0, 2, 3]]), geometry)[0]]
    [[[1.0, 3.0]], [[2.0]]]
    """
    rows, cols = (
        [
            np.flatnonzero(np.arange(axis.kernel_size) * axis.dilation % axis.stride == phase)
            for phase in range(axis.stride)
        ]
        for axis in geometry.axes
    )
    return [[kernel[np.ix_(taps, others)] for others in cols] for taps in rows]


def tap_words(geometry: Geometry) -> str:
    """Return which taps an output cell meets away from the edges.

    Taps j and j + s / gcd(s, d) land on the same phase.

    >>> tap_words(Geometry.from_torch(4, 3, stride=(4, 3), dilation=(2, 1)))
    'only every second (rows) and third (columns) tap'
    """
    steps = [axis.stride // math.gcd(axis.stride, axis.dilation) for axis in geometry.axes]
    if steps == [1, 1]:
        return "every tap"
    rows, cols = (("", "single", "second", "third", "fourth", "fifth")[step] for step in steps)
    if steps[0] == steps[1]:
        return f"only every {rows} tap"
    return f"only every {rows} (rows) and {cols} (columns) tap"


def unevenness_map(
    make: Callable[[tuple[int, int]], Matrix],
    sizes: range,
    steps: range,
    dilation: tuple[int, int],
) -> Matrix:
    """Return the unevenness of a family of square kernels at a dilation, (sizes, strides).

    NaN where a phase gets no tap: such a layer leaves holes, and no kernel is even.

    >>> from tconv_core import kernels
    >>> unevenness_map(kernels.ones, range(1, 5), range(1, 3), (1, 1)).round(2).tolist()
    [[0.0, nan], [0.0, 0.0], [0.0, 0.48], [0.0, 0.0]]
    """
    found = np.full((len(sizes), len(steps)), np.nan)
    for row, size in enumerate(sizes):
        for col, stride in enumerate(steps):
            if all(phase_count(Axis(1, size, stride, each)).all() for each in dilation):
                try:
                    found[row, col] = unevenness(make((size, size)), stride, dilation=dilation)
                except GeometryError:
                    found[row, col] = np.inf
    return found


def _listed(sums: Matrix) -> str:
    values = sorted({float(f"{value:.4g}") for value in sums.ravel()})
    words = [f"{value:g}".replace("-", "−") for value in values]
    if len(words) == 1:
        return words[0]
    if len(words) > 4:
        return f"{len(words)} values from {words[0]} to {words[-1]}"
    return f"{', '.join(words[:-1])} and {words[-1]}"
