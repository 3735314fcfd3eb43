"""Window traces: what each step reads, and that the steps are the operation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import (
    Geometry,
    GeometryError,
    WindowTrace,
    avg_pool2d,
    conv2d,
    max_pool2d,
    trace_avg_pool,
    trace_conv,
    trace_gather,
    trace_max_pool,
    trace_scatter,
)
from tests.core.strategies import any_axes, arrays, geometries


def check_steps(trace: WindowTrace) -> None:
    """Assert that every step reads what it says, and that the steps are the output."""
    assert [step.target for step in trace.steps] == list(np.ndindex(*trace.output.shape))
    for step in trace.steps:
        window = trace.padded[step.padded_window]
        weights = np.ones(window.shape) if trace.kernel is None else trace.kernel
        np.testing.assert_array_equal(step.terms, window * weights)
        assert step.value == trace.output[step.target]
        total = step.terms.max() if trace.kernel is None else step.terms.sum()
        assert step.value == pytest.approx(total, rel=1e-12, abs=1e-12)
        assert step.kept.shape == trace.input[step.input_window].shape


@given(st.data(), geometries(any_axes(4)))
def test_gather_equals_scatter(data: st.DataObject, geometry: Geometry) -> None:
    x = data.draw(arrays(*geometry.input_shape))
    kernel = data.draw(arrays(*geometry.kernel_shape))
    trace = trace_gather(x, kernel, geometry)
    np.testing.assert_allclose(
        trace.output, trace_scatter(x, kernel, geometry).output, rtol=1e-12, atol=1e-12
    )
    check_steps(trace)
    for step in trace.steps:
        # Without padding and inserted zeros the sum is the same: nothing real is left out.
        assert step.kept.sum() == pytest.approx(step.value, rel=1e-12, abs=1e-12)


@given(geometries(any_axes(4)))
def test_gather_reads_the_cells_whose_stamps_reach_the_target(geometry: Geometry) -> None:
    readers = np.zeros((*geometry.input_shape, *geometry.output_shape), int)
    ones = np.ones(geometry.input_shape), np.ones(geometry.kernel_shape)
    for step in trace_gather(*ones, geometry).steps:
        readers[(*step.input_window, *step.target)] += 1
    writers = np.zeros_like(readers)
    for stamp in trace_scatter(*ones, geometry).steps:
        writers[stamp.source][stamp.output_window] += 1
    np.testing.assert_array_equal(readers, writers)


@given(st.data(), st.integers(1, 3), st.integers(0, 3), st.integers(1, 3), st.integers(1, 2))
def test_convolution(data: st.DataObject, stride: int, padding: int, k: int, dilation: int) -> None:
    settings = {"stride": stride, "padding": padding, "dilation": dilation}
    x, kernel = data.draw(arrays(6, 5)), data.draw(arrays(k, k))
    trace = trace_conv(x, kernel, **settings)
    expected = conv2d(x[np.newaxis], kernel[np.newaxis, np.newaxis], **settings)[0]
    np.testing.assert_allclose(trace.output, expected, rtol=1e-12, atol=1e-12)
    assert trace.padded.shape == (6 + 2 * padding, 5 + 2 * padding)
    check_steps(trace)


@given(st.data(), st.integers(1, 4), st.integers(1, 3), st.integers(0, 2))
def test_poolings(data: st.DataObject, k: int, stride: int, padding: int) -> None:
    padding = min(padding, k // 2)
    x = data.draw(arrays(6, 5))
    for trace_of, pool in ((trace_max_pool, max_pool2d), (trace_avg_pool, avg_pool2d)):
        trace = trace_of(x, k, stride, padding)
        expected = pool(x[np.newaxis], k, stride, padding)[0]
        np.testing.assert_allclose(trace.output, expected, rtol=1e-12, atol=1e-12)
        check_steps(trace)


def test_the_worked_pooling() -> None:
    trace = trace_max_pool([[1, 2], [2, 1], [0, 1], [0, 1]], 2)
    assert [step.value for step in trace.steps] == [2, 1]
    assert trace.steps[1].input_window == (slice(2, 4, 1), slice(0, 2, 1))


def test_arrays_are_read_only_and_the_callers_stay_writable() -> None:
    x, kernel = np.ones((3, 3)), np.ones((2, 2))
    for trace in (
        trace_gather(x, kernel, Geometry.from_torch(3, 2)),
        trace_conv(x, kernel),
        trace_max_pool(x, 2),
    ):
        step = trace.steps[0]
        for array in (trace.input, trace.padded, trace.output, step.terms, step.kept):
            with pytest.raises(ValueError, match="read-only"):
                array[0, 0] = 1
    x[0, 0] = kernel[0, 0] = 2
    assert trace.input[0, 0] == 1


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: trace_gather(np.ones((2, 3)), np.ones((2, 2)), Geometry.from_torch(3, 2)),
            ValueError,
            r"x has shape \(2, 3\), the geometry says \(3, 3\)",
        ),
        (lambda: trace_conv(np.ones((2, 2)), np.ones((3, 3))), GeometryError, "padding of at leas"),
        (lambda: trace_conv(np.ones((2, 2)), [[np.nan]]), ValueError, "kernel holds NaN"),
        (lambda: trace_max_pool(np.ones((1, 2, 2)), 2), ValueError, "x must have 2 dimensions"),
        (lambda: trace_avg_pool(np.ones((2, 2)), 2, padding=2), GeometryError, "half of the kern"),
    ],
)
def test_bad_arguments_are_refused_in_words(call: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()
