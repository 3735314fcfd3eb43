"""Enlargement without learned weights, one step at a time: what `trace.py` is to stamps.

Repeating, putting back and shuffling move whole blocks of values; interpolation blends four cells
into one. Tests hold the traces equal to the fast `operators`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import FloatArray, as_float, frozen
from tconv_core.geometry.checks import GeometryError, Pair, positive_pair, whole
from tconv_core.operators.pooling import unpool_places, unpooled_shape


@dataclass(frozen=True, slots=True, eq=False)
class PlaceStep:
    """Values that move to the output unchanged.

    Attributes:
        source: (i, j) of the input cell; of every channel, where there are several.
        block: (rows, cols), what is written.
        output_window: The cells of the output it is written to, as (rows, cols) slices.
    """

    source: tuple[int, int]
    block: FloatArray
    output_window: tuple[slice, slice]


@dataclass(frozen=True, slots=True, eq=False)
class PlaceTrace:
    """All steps of an operation that only moves values. Arrays are read-only.

    Attributes:
        input: (C, H, W).
        steps: One per input cell, in reading order.
        output: (H', W'), zero where no step writes.
    """

    input: FloatArray
    steps: tuple[PlaceStep, ...]
    output: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class BlendStep:
    """One output cell, the mean of its four nearest cells weighted by nearness.

    Attributes:
        target: (y, x) of the output cell.
        value: What is written there.
        weights: (2, 2), which sum to 1.
        terms: (2, 2), weight times cell.
        padded_window: The cells of the padded input they come from, as (rows, cols) slices.
    """

    target: tuple[int, int]
    value: float
    weights: FloatArray
    terms: FloatArray
    padded_window: tuple[slice, slice]


@dataclass(frozen=True, slots=True, eq=False)
class BlendTrace:
    """All steps of a bilinear enlargement. Arrays are read-only.

    Attributes:
        input: (H, W).
        padded: (H + 2, W + 2), the input with its border repeated once.
        steps: One per output cell, in reading order.
        output: (H', W').
    """

    input: FloatArray
    padded: FloatArray
    steps: tuple[BlendStep, ...]
    output: FloatArray


def trace_upsample_nearest(x: ArrayLike, scale: Pair) -> PlaceTrace:
    """Return x, (H, W), with every cell repeated scale times both ways, one step per input cell.

    Settings and errors are those of `operators.upsample_nearest`.

    Source:
        torch.nn.Upsample(mode="nearest") (PyTorch 2.13); keras.layers.UpSampling2D.

    >>> [step.block.tolist() for step in trace_upsample_nearest([[1, 2]], (1, 2)).steps]
    [[[1.0, 1.0]], [[2.0, 2.0]]]
    """
    x = as_float("x", x, 2)
    rows, cols = positive_pair("scale", scale)
    steps = [
        PlaceStep(
            source=(i, j),
            block=frozen(np.full((rows, cols), x[i, j])),
            output_window=(_block(i, rows), _block(j, cols)),
        )
        for i, j in np.ndindex(*x.shape)
    ]
    return _placed(x[np.newaxis], steps, (x.shape[0] * rows, x.shape[1] * cols))


def trace_pixel_shuffle(x: ArrayLike, upscale_factor: int) -> PlaceTrace:
    """Return r · r channels laid out as one, one step per position: a block of r · r values.

    Args:
        x: (r², H, W); channel a · r + b holds the cells of phase (a, b).
        upscale_factor: r, a whole number of at least 1.

    Raises:
        GeometryError: r is below 1, or there are not r² channels.
        TypeError, ValueError: x does not hold finite real numbers, or has another rank.

    Source:
        Shi et al. 2016, arXiv 1609.05158; torch.nn.PixelShuffle (PyTorch 2.13).

    >>> trace_pixel_shuffle([[[1]], [[2]], [[3]], [[4]]], 2).steps[0].block.tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    x = as_float("x", x, 3)
    r = whole("upscale_factor", upscale_factor, at_least=1)
    channels, height, width = x.shape
    if channels != r**2:
        raise GeometryError(f"{channels} channels cannot be shuffled by {r} into one: use {r**2}.")
    steps = [
        PlaceStep(
            source=(i, j),
            block=frozen(x[:, i, j].reshape(r, r)),
            output_window=(_block(i, r), _block(j, r)),
        )
        for i, j in np.ndindex(height, width)
    ]
    return _placed(x, steps, (height * r, width * r))


def trace_max_unpool(
    x: ArrayLike,
    indices: ArrayLike,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    output_size: tuple[int, int] | None = None,
) -> PlaceTrace:
    """Return zeros with each element of x, (H, W), put back at its index, one step per element.

    Settings and errors are those of `operators.max_unpool2d`.

    Source:
        torch.nn.functional.max_unpool2d (PyTorch 2.13).

    >>> trace = trace_max_unpool([[5, 7]], [[3, 4]], (2, 2))
    >>> [(step.block.item(), step.output_window) for step in trace.steps]
    [(5.0, (slice(0, 1, None), slice(3, 4, None))), (7.0, (slice(1, 2, None), slice(0, 1, None)))]
    """
    x = as_float("x", x, 2)
    size = (x.shape[0], x.shape[1])
    shape = unpooled_shape(size, kernel_size, stride, padding, output_size)
    places = unpool_places(indices, size, shape)
    steps = []
    for i, j in np.ndindex(*x.shape):
        row, col = divmod(int(places[i, j]), shape[1])
        block = frozen(x[i : i + 1, j : j + 1].copy())
        steps.append(PlaceStep((i, j), block, (_block(row, 1), _block(col, 1))))
    return _placed(x[np.newaxis], steps, shape)


def trace_upsample_bilinear(x: ArrayLike, scale: Pair) -> BlendTrace:
    """Return x, (H, W), interpolated between cell centres, one step per output cell.

    Settings and errors are those of `operators.upsample_bilinear`. The border is repeated where an
    output cell lies beyond the outermost centres.

    Source:
        torch.nn.Upsample(mode="bilinear", align_corners=False) (PyTorch 2.13).

    >>> step = trace_upsample_bilinear([[0, 4]], (1, 2)).steps[1]
    >>> step.value, step.weights.tolist()
    (1.0, [[0.75, 0.25], [0.0, 0.0]])
    """
    x = as_float("x", x, 2)
    scales = positive_pair("scale", scale)
    padded = x[np.ix_(*(np.clip(np.arange(-1, size + 1), 0, size - 1) for size in x.shape))]
    (tops, below), (lefts, right) = (
        _neighbours(size, each) for size, each in zip(x.shape, scales, strict=True)
    )
    output = np.zeros((len(tops), len(lefts)), x.dtype)
    steps = []
    for target in np.ndindex(*output.shape):
        top, left = (int(first[at]) for first, at in zip((tops, lefts), target, strict=True))
        down, across = below[target[0]], right[target[1]]
        shares = np.outer([1 - down, down], [1 - across, across])
        window = (slice(top, top + 2), slice(left, left + 2))
        weights = np.zeros((2, 2), x.dtype)
        weights[...] = shares
        terms: FloatArray = np.multiply(weights, padded[window])
        output[target] = terms.sum()
        steps.append(
            BlendStep(target, float(output[target]), frozen(weights), frozen(terms), window)
        )
    return BlendTrace(frozen(x.copy()), frozen(padded), tuple(steps), frozen(output))


def _placed(x: FloatArray, steps: list[PlaceStep], shape: tuple[int, int]) -> PlaceTrace:
    output = np.zeros(shape, x.dtype)
    for step in steps:
        output[step.output_window] = step.block
    return PlaceTrace(frozen(x.copy()), tuple(steps), frozen(output))


def _block(index: int, size: int) -> slice:
    """Return where block number index lies, of blocks laid side by side."""
    return slice(index * size, (index + 1) * size)


def _neighbours(size: int, scale: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return for each output place its first cell on the padded axis, and the second's share."""
    position = (np.arange(size * scale) + 0.5) / scale - 0.5
    before = np.floor(position).astype(np.int64)
    return before + 1, position - before
