"""Which cells meet which: what the operators share."""

from __future__ import annotations

from collections.abc import Iterator
from types import EllipsisType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tconv_core.geometry.axis import Axis
from tconv_core.geometry.geometry import Geometry

Index = tuple[EllipsisType, slice, slice]


def tap_cells(x: NDArray[Any], geometry: Geometry) -> Iterator[tuple[NDArray[Any], Index]]:
    """Yield, tap by tap in reading order, the cells of x it meets and for which windows.

    The geometry is the adjoint's, see `Axis.from_conv`: the windows lie where its stamps would
    land. What padding a tap meets is left out.

    Args:
        x: (..., H, W), of the geometry's output shape.

    >>> geometry = Geometry.from_conv((1, 4), (1, 2), stride=2)
    >>> [cells.tolist() for cells, _ in tap_cells(np.array([[1, 2, 3, 4]]), geometry)]
    [[[1, 3]], [[2, 4]]]
    """
    for u, v in np.ndindex(*geometry.kernel_shape):
        row_cells, row_windows = _met(geometry.rows, u)
        col_cells, col_windows = _met(geometry.cols, v)
        yield x[..., row_cells, col_cells], (..., row_windows, col_windows)


def surviving(axis: Axis) -> tuple[int, int]:
    """Return the first cell of the full output that the crop leaves, and the one past the last.

    >>> surviving(Axis(3, 3, stride=2, crop=(1, -4)))
    (1, 7)
    """
    begin = min(max(axis.crop[0], 0), axis.full_size)
    return begin, max(begin, min(axis.full_size, axis.crop[0] + axis.output_size))


def _met(axis: Axis, tap: int) -> tuple[slice, slice]:
    start = tap * axis.dilation - axis.crop[0]
    first = max(0, -(start // axis.stride))
    stop = max(first, min(axis.input_size, -((start - axis.output_size) // axis.stride)))
    cells = slice(start + first * axis.stride, start + stop * axis.stride, axis.stride)
    # A stop below zero would count from the end; it belongs to a tap that meets nothing.
    return cells if stop > first else slice(0, 0), slice(first, stop)
