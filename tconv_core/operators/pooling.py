"""Pooling, and the unpooling that puts maxima back where they came from."""

from __future__ import annotations

from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import FloatArray, as_float
from tconv_core.geometry.checks import GeometryError, Pair, as_pair, whole
from tconv_core.geometry.geometry import Geometry
from tconv_core.operators.taps import tap_cells

IntArray = NDArray[np.int64]


@overload
def max_pool2d(
    x: ArrayLike,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    return_indices: Literal[False] = False,
) -> FloatArray: ...


@overload
def max_pool2d(
    x: ArrayLike,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    return_indices: Literal[True],
) -> tuple[FloatArray, IntArray]: ...


def max_pool2d(
    x: ArrayLike,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    return_indices: bool = False,
) -> FloatArray | tuple[FloatArray, IntArray]:
    """Return the largest element of each window; of equal ones, the first in reading order.

    Args:
        x: (C, H, W) or (N, C, H, W).
        kernel_size, stride, padding: Whole numbers, or (rows, cols); the stride defaults to the
            kernel size; padding is minus infinity, so it never wins.
        return_indices: Also return where in its channel's flattened H · W each maximum was.

    Returns:
        (C, H', W') or (N, C, H', W'); with return_indices, that and int64 indices of its shape.

    Raises:
        GeometryError: The settings describe no output, or the padding exceeds half the kernel.
        TypeError, ValueError: x does not hold finite real numbers, or has another rank.

    Source:
        torch.nn.functional.max_pool2d (PyTorch 2.13).

    >>> max_pool2d([[[1, 2], [2, 1], [0, 1], [0, 1]]], 2)
    array([[[2.],
            [1.]]], dtype=float32)
    """
    x = as_float("x", x, 3, 4)
    geometry = pool_geometry((x.shape[-2], x.shape[-1]), kernel_size, stride, padding)
    best = np.full((*x.shape[:-2], *geometry.input_shape), -np.inf, x.dtype)
    winners = np.zeros(best.shape, np.int64)
    cells = np.arange(x.shape[-2] * x.shape[-1]).reshape(x.shape[-2:])
    for (window, pooled), (source, _) in zip(
        tap_cells(x, geometry), tap_cells(cells, geometry), strict=True
    ):
        larger = window > best[pooled]
        np.copyto(best[pooled], window, where=larger)
        np.copyto(winners[pooled], source, where=larger)
    return (best, winners) if return_indices else best


def avg_pool2d(
    x: ArrayLike, kernel_size: Pair, stride: Pair | None = None, padding: Pair = 0
) -> FloatArray:
    """Return the mean of each window; padding counts as zeros.

    Arguments, result and errors are those of `max_pool2d`.

    Source:
        torch.nn.functional.avg_pool2d (PyTorch 2.13), count_include_pad=True.

    >>> avg_pool2d([[[1, 2], [2, 3]]], 2)
    array([[[2.]]], dtype=float32)
    """
    x = as_float("x", x, 3, 4)
    geometry = pool_geometry((x.shape[-2], x.shape[-1]), kernel_size, stride, padding)
    total = np.zeros((*x.shape[:-2], *geometry.input_shape), x.dtype)
    for window, pooled in tap_cells(x, geometry):
        total[pooled] += window
    total /= geometry.rows.kernel_size * geometry.cols.kernel_size
    return total


def max_unpool2d(
    x: ArrayLike,
    indices: ArrayLike,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    output_size: tuple[int, int] | None = None,
) -> FloatArray:
    """Return zeros with each element of x put back where `max_pool2d` found it.

    Args:
        x: (C, H, W) or (N, C, H, W).
        indices: Whole numbers of x's shape, flat in each channel's output.
        kernel_size, stride, padding: Those of the pooling.
        output_size: (H', W') of what was pooled; without it, the smallest size those settings pool
            to x's. The indices of a larger one would name other cells.

    Returns:
        (C, H', W') or (N, C, H', W').

    Raises:
        GeometryError: The settings describe no output, or output_size is not one of theirs.
        TypeError, ValueError: x does not hold finite real numbers, or an index lies outside.

    Source:
        torch.nn.functional.max_unpool2d (PyTorch 2.13).

    >>> max_unpool2d([[[5, 7]]], [[[3, 4]]], (2, 2))
    array([[[0., 0., 0., 5.],
            [7., 0., 0., 0.]]], dtype=float32)
    """
    x = as_float("x", x, 3, 4)
    size = (x.shape[-2], x.shape[-1])
    shape = unpooled_shape(size, kernel_size, stride, padding, output_size)
    places = unpool_places(indices, x.shape, shape)
    flat = np.zeros((*x.shape[:-2], shape[0] * shape[1]), x.dtype)
    source = (*x.shape[:-2], -1)
    np.put_along_axis(flat, places.reshape(source), x.reshape(source), axis=-1)
    return flat.reshape(*x.shape[:-2], *shape)


def unpooled_shape(
    pooled: tuple[int, int],
    kernel_size: Pair,
    stride: Pair | None,
    padding: Pair,
    output_size: tuple[int, int] | None,
) -> tuple[int, int]:
    """Return (H', W') of what unpooling makes, see `max_unpool2d`.

    Raises:
        GeometryError: The settings describe no output, or output_size is not one of theirs.

    Source:
        torch.nn.functional.max_unpool2d (PyTorch 2.13): a size differs from the smallest by less
        than the stride.

    >>> unpooled_shape((2, 2), 2, None, 0, (5, 4))
    (5, 4)
    """
    steps = kernel_size if stride is None else stride
    full = Geometry.from_torch(pooled, kernel_size, stride=steps)
    cut = (whole("padding", each, at_least=0) for each in as_pair("padding", padding))
    axes = list(zip(full.axes, cut, strict=True))
    smallest = tuple(axis.full_size - 2 * p for axis, p in axes)
    shape = smallest if output_size is None else as_pair("output_size", output_size)
    for given, low, (axis, _) in zip(shape, smallest, axes, strict=True):
        least, most = max(low - axis.stride + 1, 1), low + axis.stride - 1
        if not least <= given <= most:
            raise GeometryError(
                f"output_size {given} does not belong to {axis.input_size} pooled cells: "
                f"use {least} to {most}."
            )
    return shape[0], shape[1]


def unpool_places(
    indices: ArrayLike, shape: tuple[int, ...], output_shape: tuple[int, int]
) -> IntArray:
    """Return indices as an array, once they are those of x's shape into an output.

    Raises:
        TypeError, ValueError: They are not whole numbers, not of that shape, or lie outside.

    >>> unpool_places([[3]], (1, 1), (2, 2))
    array([[3]])
    """
    places = np.asarray(indices)
    if places.dtype.kind not in "iu":
        raise TypeError(f"indices must hold whole numbers, got dtype {places.dtype}.")
    if places.shape != shape:
        raise ValueError(f"indices has shape {places.shape}, x has {shape}.")
    cells = output_shape[0] * output_shape[1]
    if places.min() < 0 or places.max() >= cells:
        wrong = places.min() if places.min() < 0 else places.max()
        raise ValueError(f"indices holds {wrong}: an output channel's cells are 0 to {cells - 1}.")
    return places.astype(np.int64)


def pool_geometry(
    input_shape: tuple[int, int], kernel_size: Pair, stride: Pair | None, padding: Pair
) -> Geometry:
    """Return the geometry of which a pooling's windows are the stamps, see `Axis.from_conv`.

    Raises:
        GeometryError: The settings describe no output, or a window could hold padding only.

    Source:
        torch.nn.MaxPool2d (PyTorch 2.13).

    >>> pool_geometry((4, 6), 2, None, 0).input_shape
    (2, 3)
    """
    steps = kernel_size if stride is None else stride
    geometry = Geometry.from_conv(input_shape, kernel_size, stride=steps, padding=padding)
    for k, p in zip(geometry.kernel_shape, as_pair("padding", padding), strict=True):
        if 2 * p > k:
            raise GeometryError(
                f"padding {p} is more than half of the kernel size {k}: use at most {k // 2}."
            )
    return geometry
