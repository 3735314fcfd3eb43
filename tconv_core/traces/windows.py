"""Operations read as sliding windows, one output pixel at a time: the mirror of `trace.py`.

A scatter step reads one cell and writes a patch; a window step reads a patch and writes one cell.
Convolution, pooling and the gather reading of a transposed convolution are all played this way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import FloatArray, as_float, frozen, shaped
from tconv_core.geometry.axis import Axis
from tconv_core.geometry.checks import Pair
from tconv_core.geometry.geometry import Geometry
from tconv_core.operators.pooling import pool_geometry


@dataclass(frozen=True, slots=True, eq=False)
class WindowStep:
    """One output cell: the window it reads, and what the window comes to.

    Attributes:
        target: (y, x) of the output cell.
        value: What is written there.
        terms: (kH, kW), what is summed (weight times cell), or compared by max pooling.
        padded_window: The cells of the padded grid the terms come from, as (rows, cols) slices.
        kept: The terms that come from input cells, not from padding or inserted zeros.
        input_window: The cells of the input that `kept` comes from.
    """

    target: tuple[int, int]
    value: float
    terms: FloatArray
    padded_window: tuple[slice, slice]
    kept: FloatArray
    input_window: tuple[slice, slice]


@dataclass(frozen=True, slots=True, eq=False)
class WindowTrace:
    """All steps of one sliding window. Arrays are read-only.

    Attributes:
        geometry: That of the transposed convolution: the one gathered, or the adjoint of the
            convolution or pooling, whose stamps would land on the windows.
        input: (H, W).
        kernel: (kH, kW), the weights laid over each window; None where maxima are taken.
        padded: The grid the window slides over: the input with its padding and inserted zeros.
        steps: One per output cell, in reading order.
        output: (H', W').
    """

    geometry: Geometry
    input: FloatArray
    kernel: FloatArray | None
    padded: FloatArray
    steps: tuple[WindowStep, ...]
    output: FloatArray


class _Reach(NamedTuple):
    """What one output cell reads along one axis."""

    padded: slice
    kept: slice
    cells: slice


def trace_gather(x: ArrayLike, kernel: ArrayLike, geometry: Geometry) -> WindowTrace:
    """Return a transposed convolution read as a convolution, one step per output cell.

    Zeros are inserted between the input cells, the grid is padded, and the kernel flipped on both
    axes slides over it with stride 1.

    Args:
        x: (H, W), the input.
        kernel: (kH, kW); the trace's kernel is this one flipped.
        geometry: Its input and kernel shapes must be those of x and kernel.

    Raises:
        ValueError: A shape disagrees with the geometry, or an element is not finite.

    Source:
        Dumoulin & Visin 2016, arXiv 1603.07285, relationships 8-14.

    >>> trace = trace_gather([[1.0, 2.0]], [[1.0, 10.0]], Geometry.from_torch((1, 2), (1, 2)))
    >>> trace.padded, trace.kernel
    (array([[0., 1., 2., 0.]]), array([[10.,  1.]]))
    >>> trace.output
    array([[ 1., 12., 20.]])
    """
    x = shaped("x", x, geometry.input_shape)
    flipped = shaped("kernel", kernel, geometry.kernel_shape)[::-1, ::-1]
    axes = geometry.axes
    padded = np.zeros([axis.output_size + axis.effective_kernel - 1 for axis in axes], x.dtype)
    places = [_stretched(axis) for axis in axes]
    inside = [(p >= 0) & (p < size) for p, size in zip(places, padded.shape, strict=True)]
    stretched = np.ix_(*(place[kept] for place, kept in zip(places, inside, strict=True)))
    padded[stretched] = x[np.ix_(*inside)]
    reaches = {axis: _gathered(axis) for axis in set(axes)}
    return _trace(geometry, x, flipped, padded, [reaches[axis] for axis in axes])


def trace_conv(
    x: ArrayLike, kernel: ArrayLike, *, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1
) -> WindowTrace:
    """Return an ordinary convolution (cross-correlation), one step per output cell.

    Args:
        x: (H, W), the input.
        kernel: (kH, kW).
        stride, padding, dilation: Whole numbers, or (rows, cols).

    Raises:
        GeometryError: The settings describe no output; see `Axis.from_conv`.
        ValueError: An array is no finite matrix.

    Source:
        Dumoulin & Visin 2016, arXiv 1603.07285, chapter 2.

    >>> trace_conv([[1.0, 2.0, 4.0]], [[1.0, 10.0]]).output
    array([[21., 42.]])
    """
    x, kernel = as_float("x", x, 2), as_float("kernel", kernel, 2)
    geometry = Geometry.from_conv(
        (x.shape[0], x.shape[1]),
        (kernel.shape[0], kernel.shape[1]),
        stride=stride,
        padding=padding,
        dilation=dilation,
    )
    return _slide(geometry, x, kernel)


def trace_max_pool(
    x: ArrayLike, kernel_size: Pair, stride: Pair | None = None, padding: Pair = 0
) -> WindowTrace:
    """Return max pooling of x, (H, W), one step per output cell; padding is minus infinity.

    Settings and errors are those of `operators.max_pool2d`.

    Source:
        torch.nn.functional.max_pool2d (PyTorch 2.13).

    >>> trace_max_pool([[1, 2], [2, 1], [0, 1], [0, 1]], 2).output
    array([[2.],
           [1.]], dtype=float32)
    """
    x = as_float("x", x, 2)
    geometry = pool_geometry((x.shape[0], x.shape[1]), kernel_size, stride, padding)
    return _slide(geometry, x, None)


def trace_avg_pool(
    x: ArrayLike, kernel_size: Pair, stride: Pair | None = None, padding: Pair = 0
) -> WindowTrace:
    """Return average pooling of x, (H, W): a convolution with equal weights that sum to 1.

    Settings and errors are those of `operators.avg_pool2d`.

    Source:
        torch.nn.functional.avg_pool2d (PyTorch 2.13), count_include_pad=True.

    >>> trace_avg_pool([[1.0, 2.0], [2.0, 3.0]], 2).output
    array([[2.]])
    """
    x = as_float("x", x, 2)
    geometry = pool_geometry((x.shape[0], x.shape[1]), kernel_size, stride, padding)
    rows, cols = geometry.kernel_shape
    weights = np.full((rows, cols), 1 / (rows * cols), x.dtype)
    return _slide(geometry, x, weights)


def _slide(geometry: Geometry, x: FloatArray, kernel: FloatArray | None) -> WindowTrace:
    """Slide over the padded input; the windows lie where the stamps of the adjoint would land."""
    axes = geometry.axes
    top, left = (axis.crop[0] for axis in axes)
    shape = (x.shape[0] + 2 * top, x.shape[1] + 2 * left)
    padded = np.full(shape, -np.inf if kernel is None else 0, x.dtype)
    padded[top : top + x.shape[0], left : left + x.shape[1]] = x
    reaches = [
        [
            _Reach(axis.full_slice(i), axis.kept_taps(i), axis.kept_slice(i))
            for i in range(axis.input_size)
        ]
        for axis in axes
    ]
    return _trace(geometry, x, kernel, padded, reaches)


def _trace(
    geometry: Geometry,
    x: FloatArray,
    kernel: FloatArray | None,
    padded: FloatArray,
    reaches: list[list[_Reach]],
) -> WindowTrace:
    x, padded = frozen(x.copy()), frozen(padded)
    weights = None if kernel is None else frozen(kernel.copy())
    dtype = x.dtype if kernel is None else np.result_type(x, kernel)
    output = np.zeros((len(reaches[0]), len(reaches[1])), dtype)
    steps = []
    for y, rows in enumerate(reaches[0]):
        for column, cols in enumerate(reaches[1]):
            window = padded[rows.padded, cols.padded]
            terms = frozen(window if weights is None else window * weights)
            output[y, column] = terms.max() if weights is None else terms.sum()
            steps.append(
                WindowStep(
                    target=(y, column),
                    value=float(output[y, column]),
                    terms=terms,
                    padded_window=(rows.padded, cols.padded),
                    kept=terms[rows.kept, cols.kept],
                    input_window=(rows.cells, cols.cells),
                )
            )
    return WindowTrace(geometry, x, weights, padded, tuple(steps), frozen(output))


def _stretched(axis: Axis) -> NDArray[np.int64]:
    """Return where the input cells stand on the padded grid; some may stand outside it."""
    return np.arange(axis.input_size) * axis.stride + axis.effective_kernel - 1 - axis.crop[0]


def _gathered(axis: Axis) -> list[_Reach]:
    """Return what each output cell reads: the taps that meet an input cell and no inserted zero."""
    cell_at = {place: cell for cell, place in enumerate(_stretched(axis).tolist())}
    reaches = []
    for o in range(axis.output_size):
        window = range(o, o + axis.effective_kernel, axis.dilation)
        taps = [tap for tap, place in enumerate(window) if place in cell_at]
        cells = [cell_at[window[tap]] for tap in taps]
        padded = slice(window.start, window.stop, window.step)
        reaches.append(_Reach(padded, _as_slice(taps), _as_slice(cells)))
    return reaches


def _as_slice(places: list[int]) -> slice:
    """Return the slice of evenly spaced ascending places."""
    if not places:
        return slice(0, 0, 1)
    step = places[1] - places[0] if len(places) > 1 else 1
    return slice(places[0], places[-1] + 1, step)
