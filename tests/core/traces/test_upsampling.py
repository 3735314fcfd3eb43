"""Traces of the operations that enlarge without weights: each step, and that they are the whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import (
    BlendTrace,
    GeometryError,
    PlaceTrace,
    max_pool2d,
    max_unpool2d,
    trace_max_unpool,
    trace_pixel_shuffle,
    trace_upsample_bilinear,
    trace_upsample_nearest,
    upsample_bilinear,
)
from tests.core.golden import Case, load_cases
from tests.core.strategies import arrays

SCALES = st.tuples(st.integers(1, 4), st.integers(1, 4))


def channels(x: np.ndarray, each: int) -> list[np.ndarray]:
    """What one trace takes at a time."""
    return [x[at : at + each] for at in range(0, len(x), each)]


def nearest_or_shuffle(case: Case) -> list[PlaceTrace]:
    x = case.inputs["x"]
    if case.op == "upsample_nearest":
        return [trace_upsample_nearest(each, case.params["scale"]) for each in x]
    r = case.params["upscale_factor"]
    return [trace_pixel_shuffle(each, r) for each in channels(x, r**2)]


def check_places(trace: PlaceTrace) -> None:
    """Assert that setting the blocks, whatever the order, is the output."""
    assert [step.source for step in trace.steps] == list(np.ndindex(*trace.input.shape[1:]))
    for order in (trace.steps, trace.steps[::-1]):
        built = np.zeros(trace.output.shape)
        for step in order:
            assert built[step.output_window].shape == step.block.shape
            built[step.output_window] = step.block
        np.testing.assert_array_equal(built, trace.output)


@pytest.mark.parametrize(
    "case",
    [case for op in ("upsample_nearest", "pixel_shuffle") for case in load_cases("torch", op)],
    ids=lambda case: f"{case.op}-{case.id}",
)
def test_placing_equals_pytorch(case: Case) -> None:
    traces = nearest_or_shuffle(case)
    np.testing.assert_array_equal([trace.output for trace in traces], case.expected)
    for trace in traces:
        check_places(trace)


@pytest.mark.parametrize("case", load_cases("torch", "max_unpool2d"), ids=lambda case: case.id)
def test_unpooling_equals_pytorch(case: Case) -> None:
    x, indices = case.inputs["x"], case.inputs["indices"]
    settings = {name: value for name, value in case.params.items() if name != "output_size"}
    for values, places, expected in zip(x, indices, case.expected, strict=True):
        trace = trace_max_unpool(values, places, **settings)
        np.testing.assert_array_equal(trace.output, expected)
        check_places(trace)


@pytest.mark.parametrize("case", load_cases("torch", "upsample_bilinear"), ids=lambda case: case.id)
def test_blending_equals_pytorch(case: Case) -> None:
    for values, expected in zip(case.inputs["x"], case.expected, strict=True):
        trace = trace_upsample_bilinear(values, case.params["scale"])
        np.testing.assert_allclose(trace.output, expected, rtol=1e-10, atol=1e-10)


def check_blends(trace: BlendTrace) -> None:
    assert [step.target for step in trace.steps] == list(np.ndindex(*trace.output.shape))
    for step in trace.steps:
        assert step.weights.min() >= 0
        assert step.weights.sum() == pytest.approx(1)
        np.testing.assert_array_equal(step.terms, step.weights * trace.padded[step.padded_window])
        assert step.value == trace.output[step.target] == pytest.approx(step.terms.sum())


@given(st.data(), SCALES)
def test_every_blend_reads_what_it_says(data: st.DataObject, scale: tuple[int, int]) -> None:
    x = data.draw(arrays(3, 4))
    trace = trace_upsample_bilinear(x, scale)
    np.testing.assert_allclose(trace.output, upsample_bilinear(x[np.newaxis], scale)[0], atol=1e-12)
    np.testing.assert_array_equal(trace.padded[1:-1, 1:-1], x)
    check_blends(trace)


@given(st.data(), SCALES, st.integers(1, 3), st.integers(0, 1))
def test_unpooling_finds_its_way_back_from_any_size(
    data: st.DataObject, kernel: tuple[int, int], stride: int, padding: int
) -> None:
    padding = min(padding, *(k // 2 for k in kernel))
    x = data.draw(arrays(7, 6))
    pooled, indices = max_pool2d(x[np.newaxis], kernel, stride, padding, return_indices=True)
    settings = (kernel, stride, padding)
    back = max_unpool2d(pooled, indices, *settings, output_size=x.shape)[0]
    assert back.shape == x.shape
    np.testing.assert_array_equal(back[back != 0], x[back != 0])
    assert np.count_nonzero(back) == np.unique(indices[pooled != 0]).size
    trace = trace_max_unpool(pooled[0], indices[0], *settings, output_size=x.shape)
    np.testing.assert_array_equal(trace.output, back)
    check_places(trace)


def test_without_the_size_the_indices_of_a_larger_input_name_other_cells() -> None:
    x = np.zeros((1, 5, 5))
    x[0, 3, 3] = 9
    pooled, indices = max_pool2d(x, 2, return_indices=True)
    assert max_unpool2d(pooled, indices, 2, output_size=(5, 5))[0, 3, 3] == 9
    with pytest.raises(ValueError, match=r"indices holds 18: .* 0 to 15"):
        max_unpool2d(pooled, indices, 2)


def test_arrays_are_read_only_and_the_callers_stay_writable() -> None:
    x = np.ones((2, 2))
    blend = trace_upsample_bilinear(x, 2)
    place = trace_upsample_nearest(x, 2)
    frozen = [blend.input, blend.padded, blend.output, blend.steps[0].terms, blend.steps[0].weights]
    for array in (*frozen, place.input, place.output, place.steps[0].block):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 1
    x[0, 0] = 2
    assert blend.input[0, 0] == place.input[0, 0, 0] == 1


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: trace_upsample_nearest(np.ones((2, 2)), 0), GeometryError, "scale must be"),
        (lambda: trace_upsample_bilinear(np.ones(2), 2), ValueError, "x must have 2 dimensions"),
        (lambda: trace_pixel_shuffle(np.ones((8, 2, 2)), 2), GeometryError, "8 channels .* use 4"),
        (lambda: trace_pixel_shuffle(np.ones((4, 2, 2)), 0), GeometryError, "upscale_factor"),
        (lambda: trace_max_unpool([[1]], [[4]], 2), ValueError, "holds 4: .* 0 to 3"),
        (
            lambda: trace_max_unpool([[1]], [[0]], 2, padding=1),
            GeometryError,
            "output_size 0 does not belong to 1 pooled cells: use 1 to 1",
        ),
        (
            lambda: trace_max_unpool([[1]], [[0]], 2, padding=-1),
            GeometryError,
            "padding must be a whole number of at least 0",
        ),
        (
            lambda: trace_max_unpool([[1]], [[0]], 2, output_size=(4, 2)),
            GeometryError,
            "output_size 4 does not belong to 1 pooled cells: use 1 to 3",
        ),
    ],
)
def test_bad_arguments_are_refused_in_words(call: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()
