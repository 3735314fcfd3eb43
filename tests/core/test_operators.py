"""The neighbours of the transposed convolution against PyTorch, and the adjoint identity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import (
    Geometry,
    GeometryError,
    avg_pool2d,
    conv2d,
    conv_transpose2d,
    kernels,
    max_pool2d,
    max_unpool2d,
    pixel_shuffle,
    relu,
    sigmoid,
    transpose_conv,
    upsample_bilinear,
    upsample_nearest,
)
from tconv_core.operators.convolution import convolve
from tests.core.golden import Case, load_cases
from tests.core.strategies import any_axes, arrays, geometries

CALLS: dict[str, tuple[Any, dict[str, str | None]]] = {
    "conv2d": (conv2d, {}),
    "max_pool2d": (max_pool2d, {}),
    "avg_pool2d": (avg_pool2d, {"count_include_pad": None}),
    "max_unpool2d": (max_unpool2d, {}),
    "upsample_nearest": (upsample_nearest, {}),
    "upsample_bilinear": (upsample_bilinear, {"align_corners": None}),
    "pixel_shuffle": (pixel_shuffle, {}),
}
CASES = [case for op in CALLS for case in load_cases("torch", op)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.op}-{case.id}")
def test_equals_pytorch(case: Case) -> None:
    function, fixed = CALLS[case.op]
    settings = {name: value for name, value in case.params.items() if name not in fixed}
    result = function(**case.inputs, **settings)
    assert result.dtype == np.float64
    assert result.shape == case.expected.shape
    np.testing.assert_allclose(result, case.expected, rtol=1e-10, atol=1e-10)
    batched = {k: v[np.newaxis] if k in ("x", "indices") else v for k, v in case.inputs.items()}
    np.testing.assert_array_equal(function(**batched, **settings)[0], result)


@given(st.data(), geometries(any_axes()), st.integers(1, 2), st.integers(1, 2), st.integers(1, 2))
def test_adjoint_identity(
    data: st.DataObject, geometry: Geometry, groups: int, outer: int, inner: int
) -> None:
    x = data.draw(arrays(2, groups * inner, *geometry.output_shape))
    y = data.draw(arrays(2, groups * outer, *geometry.input_shape))
    weight = data.draw(arrays(groups * outer, inner, *geometry.kernel_shape))
    forward = np.vdot(convolve(x, weight, geometry, groups), y)
    backward = np.vdot(x, transpose_conv(y, weight, geometry, groups=groups))
    assert forward == pytest.approx(backward, rel=1e-12, abs=1e-9)


@given(st.data(), st.integers(5, 9), st.integers(1, 3), st.integers(0, 3), st.integers(1, 4))
def test_adjoint_identity_in_pytorchs_spelling(
    data: st.DataObject, size: int, k: int, padding: int, stride: int
) -> None:
    settings = {"stride": stride, "padding": padding, "dilation": 2}
    x, weight = data.draw(arrays(2, size, size + 1)), data.draw(arrays(3, 2, k, k))
    convolved = conv2d(x, weight, **settings)
    y = data.draw(arrays(*convolved.shape))
    spare = tuple((m + 2 * padding - 2 * (k - 1) - 1) % stride for m in x.shape[1:])
    back = conv_transpose2d(y, weight, output_padding=spare, **settings)
    assert np.vdot(convolved, y) == pytest.approx(np.vdot(x, back), rel=1e-12, abs=1e-9)


@given(st.data(), st.integers(1, 4), st.integers(1, 3), st.integers(0, 2))
def test_unpooling_puts_each_maximum_back(
    data: st.DataObject, k: int, stride: int, padding: int
) -> None:
    padding = min(padding, k // 2)
    x = data.draw(arrays(2, 7, 6))
    pooled, indices = max_pool2d(x, k, stride, padding, return_indices=True)
    found = np.take_along_axis(x.reshape(2, -1), indices.reshape(2, -1), axis=1)
    np.testing.assert_array_equal(found.reshape(pooled.shape), pooled)


def test_unpooling_undoes_the_choice_of_disjoint_windows() -> None:
    x = np.random.default_rng(0).random((2, 6, 4))
    pooled, indices = max_pool2d(x, 2, return_indices=True)
    back = max_unpool2d(pooled, indices, 2)
    assert np.count_nonzero(back) == pooled.size
    np.testing.assert_array_equal(back[back != 0], x[back != 0])


def test_of_equal_maxima_the_first_is_the_winner() -> None:
    assert max_pool2d(np.ones((1, 2, 2)), 2, return_indices=True)[1] == 0


@given(st.data(), st.integers(1, 4))
def test_nearest_is_a_transposed_convolution_with_ones(data: st.DataObject, scale: int) -> None:
    x = data.draw(arrays(1, 3, 4))
    expected = conv_transpose2d(x, kernels.ones(scale)[np.newaxis, np.newaxis], stride=scale)
    np.testing.assert_array_equal(upsample_nearest(x, scale), expected)


def test_activations() -> None:
    x = np.array([[-800.0, -1, 0, 1, 800]])
    np.testing.assert_array_equal(relu(x), [[0, 0, 0, 1, 800]])
    np.testing.assert_allclose(sigmoid(x), [[0, 1 / (1 + np.e), 0.5, np.e / (1 + np.e), 1]])
    assert relu(np.float32(-1)).dtype == sigmoid(np.float32(-1)).dtype == np.float32


ONE = np.ones((1, 3, 3))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: conv2d(ONE, np.ones((1, 2, 2, 2))), ValueError, r"takes 2 input .* x has 1"),
        (lambda: conv2d(ONE, np.ones((3, 1, 2, 2)), groups=2), ValueError, "groups 2 must divide"),
        (lambda: conv2d(ONE, np.ones((3, 1, 2, 2)), groups=0), ValueError, "got 0: use 1"),
        (lambda: conv2d(ONE, np.ones((1, 1, 2, 2)), [1.0, 2]), ValueError, r"bias has shape \(2,"),
        (lambda: conv2d(ONE, np.ones((1, 1, 5, 5))), GeometryError, "padding of at least 1"),
        (lambda: conv2d(ONE * np.nan, np.ones((1, 1, 2, 2))), ValueError, "NaN or infinity"),
        (lambda: conv2d(ONE.astype(object), np.ones((1, 1, 2, 2))), TypeError, "real numbers"),
        (lambda: max_pool2d(ONE, 2, padding=2), GeometryError, "half of the kernel size 2: .* 1"),
        (lambda: max_pool2d(ONE, 4), GeometryError, "spans 4 cells does not fit into 3"),
        (lambda: avg_pool2d(ONE, 2, stride=0), GeometryError, "stride must be .* got 0"),
        (lambda: avg_pool2d(ONE[0], 2), ValueError, "x must have 3 or 4 dimensions"),
        (lambda: max_unpool2d(ONE, np.full((1, 3, 3), 36), 2), ValueError, "holds 36: .* 0 to 35"),
        (lambda: max_unpool2d(ONE, np.full((1, 3, 3), -1), 2), ValueError, "holds -1"),
        (lambda: max_unpool2d(ONE, ONE, 2), TypeError, "indices must hold whole numbers"),
        (lambda: max_unpool2d(ONE, np.ones((1, 2, 3), int), 2), ValueError, "indices has shape"),
        (lambda: upsample_nearest(ONE, 0), GeometryError, "scale must be .* at least 1, got 0"),
        (lambda: upsample_bilinear(ONE, 1.5), GeometryError, "whole number, got 1.5"),
        (lambda: pixel_shuffle(np.ones((6, 2, 2)), 2), GeometryError, "6 channels .* such as 8"),
        (lambda: relu([np.inf]), ValueError, "x holds NaN or infinity"),
    ],
)
def test_bad_arguments_are_refused_in_words(call: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()
