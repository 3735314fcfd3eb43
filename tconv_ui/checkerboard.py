"""From the overlap count to the true condition: what a constant input becomes, and the cures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tconv_core import (
    Geometry,
    GeometryError,
    conv2d,
    conv_transpose2d,
    even_out,
    kernels,
    overlap_count,
    phase_sums,
    pixel_shuffle,
    stack_kernel,
    transpose_conv,
    unevenness,
    upsample_bilinear,
    upsample_nearest,
)
from tconv_ui.formulas import overlap_verdict

Matrix = NDArray[np.float64]
FLAT = 1e-9
"""Unevenness below this is rounding."""


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
    count = overlap_verdict(geometry)
    sums = phase_sums(kernel, strides(geometry), dilation=dilations(geometry))
    amount = amount_of(kernel, geometry)
    even = count.title == "Even count"
    if amount is None:
        headline = f"{count.title}, but the phase sums cancel: there is no level to compare with."
        return Judgement(headline, count.reason, None)
    if amount > FLAT:
        joint = "but" if even else "and"
        headline = f"{count.title}, {joint} the phases sum to {_listed(sums)}"
        return Judgement(f"{headline}: checkerboard of {percent(amount)}.", count.reason, amount)
    phases = "the one phase sums" if sums.size == 1 else f"all {sums.size} phases sum"
    reason = f"{count.reason} {'And' if even else 'Yet'} {phases} to {_listed(sums)}."
    return Judgement(f"{count.title}, flat response: no checkerboard.", reason, amount)


def strides(geometry: Geometry) -> tuple[int, int]:
    """Return the (rows, cols) strides."""
    return geometry.rows.stride, geometry.cols.stride


def dilations(geometry: Geometry) -> tuple[int, int]:
    """Return the (rows, cols) dilations."""
    return geometry.rows.dilation, geometry.cols.dilation


def amount_of(kernel: Matrix, geometry: Geometry) -> float | None:
    """Return the unevenness of the response, or None where the phase sums cancel."""
    try:
        return unevenness(kernel, strides(geometry), dilation=dilations(geometry))
    except GeometryError:
        return None


def percent(share: float) -> str:
    """Return a share in percent, as people write it.

    >>> percent(0.2), percent(0.0412)
    ('20 %', '4.1 %')
    """
    number = 100 * share
    return f"{number:.0f} %" if number >= 10 or number == round(number) else f"{number:.2g} %"


def constant_response(kernel: Matrix, geometry: Geometry) -> Matrix:
    """Return what a constant input of ones becomes, (H', W')."""
    ones = np.ones((1, *geometry.input_shape))
    return np.asarray(transpose_conv(ones, kernel[np.newaxis, np.newaxis], geometry)[0], float)


def deviation(response: Matrix, kernel: Matrix, geometry: Geometry) -> Matrix | None:
    """Return how far each cell lies from the interior's level, as a share of it.

    None where the phase sums cancel, so that there is no level.
    """
    if amount_of(kernel, geometry) is None:
        return None
    level = phase_sums(kernel, strides(geometry), dilation=dilations(geometry)).mean()
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


@dataclass(frozen=True, slots=True, eq=False)
class Cure:
    """One way to enlarge a constant, and how flat it stays.

    Attributes:
        name: What it is.
        pattern: (size, size), the interior of its response to a constant, divided by its mean.
        amount: Standard deviation of the pattern; None where the response has no level.
    """

    name: str
    pattern: Matrix
    amount: float | None


CURE_SIZE = 12
"""Cells of a cure's picture along a side, cut from the interior."""


def cures(kernel: Matrix, geometry: Geometry, seed: int = 0) -> tuple[Cure, ...]:
    """Return the response to one constant input of the layer and of each cure, for comparison.

    Each starts from the same input of ones and enlarges by the layer's stride; a cure that needs
    the kernel uses this one. Dilation is left at 1, as resizing and shuffling have none.
    """
    rows, cols = strides(geometry)
    ones = np.ones((1, 24, 24))
    weight = kernel[np.newaxis, np.newaxis]

    def stamped(weights: Matrix) -> Matrix:
        layer = weights[np.newaxis, np.newaxis]
        return np.asarray(conv_transpose2d(ones, layer, stride=(rows, cols))[0], float)

    def smoothed(large: NDArray[np.floating]) -> Matrix:
        return np.asarray(conv2d(large, weight)[0], float)

    divisible = kernels.bilinear(
        (-(-kernel.shape[0] // rows) * rows, -(-kernel.shape[1] // cols) * cols)
    )
    count = overlap_count(Geometry.from_torch((24, 24), _shape(kernel), stride=(rows, cols)))
    made: list[tuple[str, Callable[[], Matrix]]] = [
        ("This layer", lambda: stamped(kernel)),
        ("Evened out", lambda: stamped(even_out(kernel, (rows, cols)))),
        (f"Bilinear {divisible.shape[0]} × {divisible.shape[1]}", lambda: stamped(divisible)),
        ("Divided by the count", lambda: stamped(kernel) / np.where(count == 0, np.nan, count)),
        ("Nearest, then convolution", lambda: smoothed(upsample_nearest(ones, (rows, cols)))),
        ("Bilinear, then convolution", lambda: smoothed(upsample_bilinear(ones, (rows, cols)))),
    ]
    if rows == cols:
        made += [
            ("Pixel shuffle, random", lambda: _shuffled(ones, kernel, rows, seed, icnr=False)),
            ("Pixel shuffle, ICNR", lambda: _shuffled(ones, kernel, rows, seed, icnr=True)),
        ]
    return tuple(_cure(name, make, (rows, cols)) for name, make in made)


def _shuffled(ones: Matrix, kernel: Matrix, r: int, seed: int, *, icnr: bool) -> Matrix:
    shape = (-(-kernel.shape[0] // r), -(-kernel.shape[1] // r))
    if icnr:
        weights = kernels.icnr((1, 1), shape, r, seed=seed)
    else:
        weights = kernels.he((1, r * r), shape, seed=seed).transpose(1, 0, 2, 3)
    return np.asarray(pixel_shuffle(conv2d(ones, weights), r)[0], float)


def _cure(name: str, make: Callable[[], Matrix], stride: tuple[int, int]) -> Cure:
    try:
        response = make()
    except GeometryError:
        return Cure(name, np.full((CURE_SIZE, CURE_SIZE), np.nan), None)
    start = [size // 2 // s * s for size, s in zip(response.shape, stride, strict=True)]
    period = response[start[0] : start[0] + stride[0], start[1] : start[1] + stride[1]]
    pattern = np.tile(period, (CURE_SIZE, CURE_SIZE))[:CURE_SIZE, :CURE_SIZE]
    level = float(np.mean(period))
    if not np.isfinite(level) or abs(level) <= FLAT * float(np.abs(period).sum() or 1):
        return Cure(name, np.full((CURE_SIZE, CURE_SIZE), np.nan), None)
    return Cure(name, pattern / level, float(np.std(period) / abs(level)))


def unevenness_map(make: Callable[[tuple[int, int]], Matrix], sizes: range, steps: range) -> Matrix:
    """Return the unevenness of a family of square kernels, (sizes, strides).

    NaN where the kernel is smaller than the stride: such a layer leaves holes, and no kernel is
    even.

    >>> unevenness_map(kernels.ones, range(1, 5), range(1, 3)).round(2).tolist()
    [[0.0, nan], [0.0, 0.0], [0.0, 0.48], [0.0, 0.0]]
    """
    found = np.full((len(sizes), len(steps)), np.nan)
    for row, size in enumerate(sizes):
        for col, stride in enumerate(steps):
            if size >= stride:
                try:
                    found[row, col] = unevenness(make((size, size)), stride)
                except GeometryError:
                    found[row, col] = np.inf
    return found


@dataclass(frozen=True, slots=True, eq=False)
class StackPattern:
    """The interior a stack makes of a constant.

    Attributes:
        name: Which layers.
        cells: A window of the pattern, divided by its mean.
        amount: Its unevenness over a whole period.
        spectrum: Amplitude along its columns, from frequency 0 (left out: NaN) to one half.
    """

    name: str
    cells: Matrix
    amount: float
    spectrum: NDArray[np.float64]


STACK_WINDOW = 24
"""Cells of a stack's picture along a side."""
STACK_PERIODS = 240
"""Cells along a side that the spectrum is taken over, a multiple of every stride up to 5."""


def stack_patterns(
    kernel: Matrix, geometry: Geometry, depth: int, *, smooth: bool
) -> tuple[StackPattern, ...] | None:
    """Return the interior after 1 to depth layers of this kind, and after a last one of stride 1.

    Args:
        kernel: (kH, kW) of every layer.
        geometry: Its strides and dilations are every layer's.
        depth: How many layers, at least 1.
        smooth: Whether a 3 × 3 bilinear layer of stride 1 comes last.

    Returns:
        One pattern per depth; None where the phase sums cancel.

    Source:
        Composition of layers, see `tconv_core.stack_kernel`; Odena et al. 2016,
        doi 10.23915/distill.00003, on stacks and on a last layer of stride 1.
    """
    layer = (kernel, geometry)
    plans = [(_layers(count), [layer] * count) for count in range(1, depth + 1)]
    if smooth:
        last = (kernels.bilinear(3), Geometry.from_torch(3, 3))
        plans.append((f"{_layers(depth)}, then stride 1", [*plans[-1][1], last]))
    found = []
    for name, layers in plans:
        stamp, stride = stack_kernel(layers)
        sums = phase_sums(stamp, stride)
        level = float(sums.mean())
        if abs(level) <= FLAT * float(np.abs(sums).sum() or 1):
            return None
        tiles = -(-STACK_PERIODS // np.array(stride))
        window = np.tile(sums / level, tuple(tiles))[:STACK_WINDOW, :STACK_PERIODS]
        amplitude = np.abs(np.fft.rfft(window - 1, axis=1)).mean(axis=0) / window.shape[1]
        amplitude[0] = np.nan
        amount = float(np.std(sums) / abs(level))
        found.append(StackPattern(name, window[:, :STACK_WINDOW], amount, amplitude))
    return tuple(found)


def _layers(count: int) -> str:
    return "1 layer" if count == 1 else f"{count} layers"


def _listed(sums: Matrix) -> str:
    values = sorted({float(f"{value:.4g}") for value in sums.ravel()})
    words = [f"{value:g}".replace("-", "−") for value in values]
    if len(words) == 1:
        return words[0]
    if len(words) > 4:
        return f"{len(words)} values from {words[0]} to {words[-1]}"
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _shape(kernel: Matrix) -> tuple[int, int]:
    return kernel.shape[0], kernel.shape[1]
