"""The teaching loop: order, contents and sums of its steps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Geometry, trace_scatter
from tests.core.strategies import any_axes, arrays, geometries

X = np.array([[1.0, 2, 0], [3, 4, -1], [-2, 1, 2]])
KERNEL = np.outer([0.5, 1, 0.5], [0.5, 1, 0.5])


def test_a_step_says_where_it_comes_from_and_where_it_lands() -> None:
    trace = trace_scatter(X, KERNEL, Geometry.from_torch(3, 3, stride=2, padding=1))
    step = trace.steps[4]
    assert (step.source, step.value) == ((1, 1), 4.0)
    np.testing.assert_array_equal(step.stamp, 4 * KERNEL)
    assert step.full_window == (slice(2, 5, 1), slice(2, 5, 1))
    assert step.output_window == (slice(1, 4, 1), slice(1, 4, 1))
    np.testing.assert_array_equal(step.kept, step.stamp)
    np.testing.assert_array_equal(trace.steps[0].kept, KERNEL[1:, 1:])


@given(st.data(), geometries(any_axes()))
def test_one_step_per_input_cell_and_their_sum_is_the_output(
    data: st.DataObject, geometry: Geometry
) -> None:
    x = data.draw(arrays(*geometry.input_shape))
    kernel = data.draw(arrays(*geometry.kernel_shape))
    trace = trace_scatter(x, kernel, geometry)
    assert [step.source for step in trace.steps] == list(np.ndindex(*geometry.input_shape))
    total = np.zeros(geometry.output_shape)
    full = np.zeros(geometry.full_shape)
    for step in trace.steps:
        total[step.output_window] += step.kept
        full[step.full_window] += step.stamp
    np.testing.assert_array_equal(total, trace.output)
    pads = [
        (max(-axis.crop[0], 0), max(-axis.crop[1], 0)) for axis in (geometry.rows, geometry.cols)
    ]
    crop = (geometry.rows.output_slice, geometry.cols.output_slice)
    np.testing.assert_array_equal(np.pad(full, pads)[crop], trace.output)


def test_arrays_are_read_only() -> None:
    trace = trace_scatter(X, KERNEL, Geometry.from_torch(3, 3))
    for array in (
        trace.input,
        trace.kernel,
        trace.output,
        trace.steps[0].stamp,
        trace.steps[0].kept,
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1


def test_the_caller_keeps_a_writable_array() -> None:
    x = X.copy()
    trace = trace_scatter(x, KERNEL, Geometry.from_torch(3, 3))
    assert x.flags.writeable
    x[0, 0] = 99
    assert trace.input[0, 0] == 1


@pytest.mark.parametrize(
    ("x", "kernel", "words"),
    [
        (np.ones((2, 3)), KERNEL, r"x has shape \(2, 3\), the geometry says \(3, 3\)"),
        (X, np.ones((2, 2)), r"kernel has shape \(2, 2\), the geometry says \(3, 3\)"),
        (np.where(X == 0, np.nan, X), KERNEL, "x holds NaN or infinity"),
    ],
)
def test_bad_arrays_are_refused_in_words(x: np.ndarray, kernel: np.ndarray, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        trace_scatter(x, kernel, Geometry.from_torch(3, 3))
