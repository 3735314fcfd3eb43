"""How many stamps land on each output cell, and how evenly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tconv_core.geometry.axis import Axis
from tconv_core.geometry.geometry import Geometry

IntArray = NDArray[np.int64]


def overlap_count(geometry: Geometry) -> IntArray:
    """Return how many stamps touch each output cell, (H', W').

    The two axes are independent, so their counts multiply.

    Source:
        Odena et al. 2016, "Deconvolution and Checkerboard Artifacts", doi 10.23915/distill.00003.

    >>> overlap_count(Geometry.from_torch((1, 3), (1, 3), stride=2))
    array([[1, 1, 2, 1, 2, 1, 1]])
    """
    return np.outer(axis_overlap(geometry.rows), axis_overlap(geometry.cols))


def axis_overlap(axis: Axis) -> IntArray:
    """Return how many stamps touch each output cell of one axis, (output_size,).

    >>> axis_overlap(Axis(2, 1, stride=3))
    array([1, 0, 0, 1])
    """
    count = np.zeros(axis.output_size, np.int64)
    for i in range(axis.input_size):
        count[axis.kept_slice(i)] += 1
    return count


def phase_count(axis: Axis) -> IntArray:
    """Return the stamps per interior cell of each phase of the full output, (stride,).

    Phase r holds the full output's cells o with o mod stride = r; away from the borders, one stamp
    reaches such a cell for every tap j with j · dilation mod stride = r.

    >>> phase_count(Axis(5, 3, stride=2))
    array([2, 1])
    """
    taps = np.arange(axis.kernel_size) * axis.dilation % axis.stride
    return np.bincount(taps, minlength=axis.stride).astype(np.int64)


def axis_deficit(axis: Axis) -> tuple[int, int]:
    """Return how many output cells at the begin and at the end miss a stamp for want of input.

    A cell is short at the begin when an input cell before the first would have reached it, short
    at the end when one after the last would have. With dilation 1 these are the outermost
    `kernel_size - stride` cells of each side of the full output, less what the crop removes.

    Source:
        Counted; the borders are those of Odena et al. 2016, doi 10.23915/distill.00003.

    >>> axis_deficit(Axis.from_torch(6, 4, stride=2, padding=1))
    (1, 1)
    """
    before, after = _short_cells(axis)
    return int(before.sum()), int(after.sum())


def clean_padding(axis: Axis) -> int | None:
    """Return the least padding that leaves no cell short, None if every padding leaves one.

    PyTorch's output_padding, by which the axis's crop takes less from the end, stays as it is; the
    padding does not count. With dilation 1 and no output_padding the answer is
    `max(kernel_size - stride, 0)`, if the full output has more than twice as many cells.

    Source:
        Counted, see `axis_deficit`.

    >>> clean_padding(Axis(6, 4, stride=2)), clean_padding(Axis(6, 4, stride=3, dilation=3))
    (2, 7)
    """
    begin, end = axis.crop
    whole = replace(axis, crop=(0, min(end - begin, 0)))
    before, after = _short_cells(whole)
    places = np.flatnonzero(before | after)
    beside = np.minimum(places, whole.output_size - 1 - places)
    needed = int(beside.max(initial=-1)) + 1
    return needed if 2 * needed < whole.output_size else None


def _short_cells(axis: Axis) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The output cells that an input before the first, and one after the last, would reach."""
    cells = np.arange(axis.output_size) + axis.crop[0]
    first_tap = cells[:, np.newaxis] - np.arange(axis.kernel_size) * axis.dilation
    hit = first_tap % axis.stride == 0
    before = (hit & (first_tap < 0)).any(axis=1)
    after = (hit & (first_tap > (axis.input_size - 1) * axis.stride)).any(axis=1)
    return before, after
