"""Layers in a row: how the pattern of one compounds, and what dampens it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tconv_core import (
    Geometry,
    kernels,
    phase_sums,
    stack_kernel,
)
from tconv_ui.layer.checkerboard import FLAT, Matrix


@dataclass(frozen=True, slots=True, eq=False)
class StackPattern:
    """The interior a stack makes of a constant.

    Attributes:
        name: Which layers.
        cells: A window of the pattern, divided by its mean.
        amount: Its unevenness over a whole period.
        spectrum: Mean amplitude of its rows, from frequency 0 (left out: NaN) to one half.
    """

    name: str
    cells: Matrix
    amount: float
    spectrum: NDArray[np.float64]


STACK_WINDOW = 24
"""Cells of a stack's picture along a side."""
LEAST_FREQUENCIES = 120
"""Between 0 and one half: a peak is drawn as narrow as that."""


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
        tiles = [-(-STACK_WINDOW // each) for each in stride]
        window = np.tile(sums / level, tiles)[:STACK_WINDOW, :STACK_WINDOW]
        amount = float(np.std(sums) / abs(level))
        found.append(StackPattern(name, window, amount, _spectrum(sums / level)))
    return tuple(found)


def _spectrum(period: Matrix) -> NDArray[np.float64]:
    """The amplitudes of whole periods: at multiples of 1 / stride, with nothing between them."""
    stride = period.shape[1]
    periods = 2 * -(-LEAST_FREQUENCIES // stride)  # even, so that the last frequency is one half
    amplitude = np.zeros(stride * periods // 2 + 1)
    harmonics = np.abs(np.fft.fft(period, axis=1)).mean(axis=0) / stride
    amplitude[::periods] = harmonics[: amplitude[::periods].size]
    amplitude[0] = np.nan
    return amplitude


def _layers(count: int) -> str:
    return "1 layer" if count == 1 else f"{count} layers"
