"""Transposed convolution one input pixel at a time: the loop to read, plain and slow on purpose.

`operators.conv_transpose2d` computes the same numbers fast; tests hold the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tconv_core.arrays import FloatArray, frozen, shaped
from tconv_core.geometry.geometry import Geometry


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One input cell's stamp: the scaled kernel, where it lands, and what of it is kept.

    Attributes:
        source: (i, j) of the input cell.
        value: The input cell's value.
        stamp: (kH, kW), the kernel times value.
        full_window: The cells of the full output the stamp lands on, as (rows, cols) slices.
        kept: The part of the stamp that survives the crop; empty if nothing does.
        output_window: The cells of the output that `kept` lands on.
    """

    source: tuple[int, int]
    value: float
    stamp: FloatArray
    full_window: tuple[slice, slice]
    kept: FloatArray
    output_window: tuple[slice, slice]


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """All steps of one transposed convolution; their sum is `output`. Arrays are read-only."""

    geometry: Geometry
    input: FloatArray
    kernel: FloatArray
    steps: tuple[Step, ...]
    output: FloatArray


def trace_scatter(x: ArrayLike, kernel: ArrayLike, geometry: Geometry) -> Trace:
    """Return the stamps of a transposed convolution, one step per input cell in reading order.

    Args:
        x: (H, W), the input.
        kernel: (kH, kW).
        geometry: Its input and kernel shapes must be those of x and kernel.

    Raises:
        ValueError: A shape disagrees with the geometry, or an element is not finite.

    Source:
        Dumoulin & Visin 2016, arXiv 1603.07285, chapter 4; Odena et al. 2016,
        doi 10.23915/distill.00003, for the stamp metaphor.

    >>> trace = trace_scatter([[1.0, 2.0]], [[1.0, 1.0]], Geometry.from_torch((1, 2), (1, 2)))
    >>> [step.source for step in trace.steps]
    [(0, 0), (0, 1)]
    >>> trace.output
    array([[1., 3., 2.]])
    """
    x = frozen(shaped("x", x, geometry.input_shape).copy())
    kernel = frozen(shaped("kernel", kernel, geometry.kernel_shape).copy())
    output = np.zeros(geometry.output_shape, np.result_type(x, kernel))
    steps = []
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            step = _stamp(x, kernel, geometry, i, j)
            output[step.output_window] += step.kept
            steps.append(step)
    return Trace(geometry, x, kernel, tuple(steps), frozen(output))


def _stamp(x: FloatArray, kernel: FloatArray, geometry: Geometry, i: int, j: int) -> Step:
    rows, cols = geometry.axes
    stamp = frozen(x[i, j] * kernel)
    return Step(
        source=(i, j),
        value=float(x[i, j]),
        stamp=stamp,
        full_window=(rows.full_slice(i), cols.full_slice(j)),
        kept=stamp[rows.kept_taps(i), cols.kept_taps(j)],
        output_window=(rows.kept_slice(i), cols.kept_slice(j)),
    )
