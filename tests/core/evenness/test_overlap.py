"""Counts of stamps per output cell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from tconv_core import (
    Axis,
    Geometry,
    axis_deficit,
    axis_overlap,
    clean_padding,
    overlap_count,
    phase_count,
    trace_scatter,
)
from tests.core.strategies import any_axes, geometries


@given(geometries(any_axes()))
def test_count_is_the_response_to_ones(geometry: Geometry) -> None:
    trace = trace_scatter(np.ones(geometry.input_shape), np.ones(geometry.kernel_shape), geometry)
    np.testing.assert_array_equal(overlap_count(geometry), trace.output)
    assert overlap_count(geometry).dtype == np.int64


@pytest.mark.parametrize("k", range(1, 10))
@pytest.mark.parametrize("s", range(1, 6))
def test_interior_of_each_phase(k: int, s: int) -> None:
    counts = axis_overlap(Axis(20, k, s))[k - 1 : -(k - 1) or None]
    expected = phase_count(Axis(20, k, s))[(np.arange(counts.size) + k - 1) % s]
    np.testing.assert_array_equal(counts, expected)
    assert (np.ptp(phase_count(Axis(20, k, s))) == 0) == (k % s == 0)


def test_holes_count_zero() -> None:
    np.testing.assert_array_equal(axis_overlap(Axis(3, 1, 3)), [1, 0, 0, 1, 0, 0, 1])


@given(any_axes(8))
def test_cells_short_of_the_interior_are_those_of_the_deficit(axis: Axis) -> None:
    wide = Axis(axis.input_size + 60, axis.kernel_size, axis.stride, axis.dilation)
    start = 30 * axis.stride + axis.crop[0]
    endless = axis_overlap(wide)[start : start + axis.output_size]
    short = int((axis_overlap(axis) < endless).sum())
    begin, end = axis_deficit(axis)
    assert max(begin, end) <= short <= begin + end


@given(any_axes(8))
def test_a_clean_padding_is_the_least_that_leaves_no_cell_short(axis: Axis) -> None:
    longer = max(axis.crop[0] - axis.crop[1], 0)
    most = (axis.full_size + longer - 1) // 2
    crops = [replace(axis, crop=(padding, padding - longer)) for padding in range(most + 1)]
    clean = [padding for padding, crop in enumerate(crops) if axis_deficit(crop) == (0, 0)]
    assert clean_padding(axis) == (clean[0] if clean else None)


@pytest.mark.parametrize("padding", range(4))
def test_padding_removes_k_minus_s_cells(padding: int) -> None:
    assert axis_deficit(Axis.from_torch(9, 5, stride=2, padding=padding)) == (
        max(3 - padding, 0),
        max(3 - padding, 0),
    )


def test_deficit_of_each_side() -> None:
    assert axis_deficit(Axis(6, 5, 2, crop=(1, 3))) == (2, 0)
    assert axis_deficit(Axis(6, 2, 2)) == (0, 0)
