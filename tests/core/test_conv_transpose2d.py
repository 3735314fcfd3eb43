"""The fast path against PyTorch, the teaching loop, and its own promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Axis, Geometry, conv_transpose2d, trace_scatter, transpose_conv
from tests.core.golden import Case, load_cases
from tests.core.strategies import any_axes, arrays, geometries, torch_axes

CASES = load_cases("torch", "conv_transpose2d")
SINGLE = [
    case
    for case in CASES
    if case.inputs["x"].shape[0] == 1 and case.inputs["weight"].shape[:2] == (1, 1)
]
SETTINGS = ("stride", "padding", "output_padding", "dilation")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_equals_pytorch(case: Case) -> None:
    result = conv_transpose2d(**case.inputs, **case.params)
    assert result.dtype == np.float64
    assert result.shape == case.expected.shape
    np.testing.assert_allclose(result, case.expected, rtol=1e-10, atol=1e-10)


def test_there_are_single_channel_cases() -> None:
    assert len(SINGLE) >= 3


@pytest.mark.parametrize("case", SINGLE, ids=lambda case: case.id)
def test_sum_of_steps_equals_pytorch(case: Case) -> None:
    x, weight = case.inputs["x"][0], case.inputs["weight"][0, 0]
    settings = {name: case.params[name] for name in SETTINGS}
    geometry = Geometry.from_torch(x.shape, weight.shape, **settings)
    total = np.zeros(geometry.output_shape)
    for step in trace_scatter(x, weight, geometry).steps:
        total[step.output_window] += step.kept
    expected = case.expected[0] - case.inputs["bias"][0]
    np.testing.assert_allclose(total, expected, rtol=1e-10, atol=1e-10)


@given(st.data(), geometries(torch_axes()))
def test_torch_spelling_equals_the_teaching_loop(data: st.DataObject, geometry: Geometry) -> None:
    x = data.draw(arrays(*geometry.input_shape))
    kernel = data.draw(arrays(*geometry.kernel_shape))
    axes = (geometry.rows, geometry.cols)
    result = conv_transpose2d(
        x[np.newaxis],
        kernel[np.newaxis, np.newaxis],
        stride=tuple(axis.stride for axis in axes),
        padding=tuple(axis.crop[0] for axis in axes),
        output_padding=tuple(axis.crop[0] - axis.crop[1] for axis in axes),
        dilation=tuple(axis.dilation for axis in axes),
    )
    np.testing.assert_array_equal(result[0], trace_scatter(x, kernel, geometry).output)


@given(st.data(), geometries(any_axes()))
def test_any_geometry_equals_the_teaching_loop(data: st.DataObject, geometry: Geometry) -> None:
    x = data.draw(arrays(*geometry.input_shape))
    kernel = data.draw(arrays(*geometry.kernel_shape))
    result = transpose_conv(x[np.newaxis], kernel[np.newaxis, np.newaxis], geometry)
    np.testing.assert_array_equal(result[0], trace_scatter(x, kernel, geometry).output)


@given(st.data(), geometries(torch_axes(3)), st.integers(1, 2), st.integers(1, 2))
def test_channels_and_groups_are_sums_of_single_channels(
    data: st.DataObject, geometry: Geometry, groups: int, per_group: int
) -> None:
    c_in, c_out = groups * per_group, groups * 2
    x = data.draw(arrays(2, c_in, *geometry.input_shape))
    weight = data.draw(arrays(c_in, 2, *geometry.kernel_shape))
    bias = data.draw(arrays(c_out))
    result = transpose_conv(x, weight, geometry, bias=bias, groups=groups)
    for n in range(2):
        for o in range(c_out):
            group, filter_index = divmod(o, 2)
            expected = bias[o] + sum(
                trace_scatter(x[n, c], weight[c, filter_index], geometry).output
                for c in range(group * per_group, (group + 1) * per_group)
            )
            np.testing.assert_allclose(result[n, o], expected, rtol=1e-12, atol=1e-12)


def test_batch_axis_and_precision_follow_the_input() -> None:
    x, weight = np.ones((2, 1, 3, 3), np.float32), np.ones((1, 1, 2, 2), np.float32)
    assert conv_transpose2d(x, weight).shape == (2, 1, 4, 4)
    assert conv_transpose2d(x[0], weight).shape == (1, 4, 4)
    assert conv_transpose2d(x, weight).dtype == np.float32
    assert conv_transpose2d(x.astype(int), weight).dtype == np.float32
    assert conv_transpose2d(x.astype(float), weight).dtype == np.float64


@pytest.mark.parametrize(
    ("x", "weight", "options", "error", "words"),
    [
        (np.ones((3, 3)), np.ones((1, 1, 2, 2)), {}, ValueError, "3 or 4 dimensions"),
        (np.ones((2, 3, 3)), np.ones((1, 1, 2, 2)), {}, ValueError, "1 input channels .* x has 2"),
        (np.ones((3, 3, 3)), np.ones((3, 1, 2, 2)), {"groups": 2}, ValueError, "must divide the 3"),
        (np.ones((2, 3, 3)), np.ones((2, 1, 2, 2)), {"groups": 0}, ValueError, "got 0: use 1"),
        (np.ones((1, 3, 3)), np.ones((1, 2, 2, 2)), {"bias": [1.0]}, ValueError, "2 output chann"),
        (np.full((1, 3, 3), np.nan), np.ones((1, 1, 2, 2)), {}, ValueError, "NaN or infinity"),
        (np.ones((1, 0, 3)), np.ones((1, 1, 2, 2)), {}, ValueError, "holds no element"),
        (np.full((1, 1, 1), None), np.ones((1, 1, 2, 2)), {}, TypeError, "real numbers.* object"),
        (np.ones((1, 1, 1), complex), np.ones((1, 1, 2, 2)), {}, TypeError, "real numbers"),
    ],
)
def test_bad_arrays_are_refused_in_words(
    x: np.ndarray, weight: np.ndarray, options: dict, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        conv_transpose2d(x, weight, **options)


def test_shapes_that_disagree_with_the_geometry_are_refused() -> None:
    geometry = Geometry.from_torch(3, 2)
    with pytest.raises(ValueError, match=r"x is 4 × 3, the geometry says \(3, 3\)"):
        transpose_conv(np.ones((1, 4, 3)), np.ones((1, 1, 2, 2)), geometry)
    with pytest.raises(ValueError, match=r"weight is 3 × 2, the geometry says \(2, 2\)"):
        transpose_conv(np.ones((1, 3, 3)), np.ones((1, 1, 3, 2)), geometry)


@st.composite
def wide_axes(draw: st.DrawFn) -> Axis:
    """Strides large enough for whole runs, kernels smaller and larger, crops of any sign."""
    axis = Axis(draw(st.integers(1, 4)), draw(st.integers(1, 20)), draw(st.integers(7, 10)))
    begin = draw(st.integers(-12, axis.full_size + 2))
    end = draw(st.integers(-12, axis.full_size - 1 - begin))
    return Axis(axis.input_size, axis.kernel_size, axis.stride, 1, (begin, end))


@given(geometries(wide_axes() | any_axes(7)), st.integers(1, 3), st.integers(1, 3))
def test_every_path_of_layers_and_planes(geometry: Geometry, c_in: int, c_out: int) -> None:
    rng = np.random.default_rng(0)
    x = rng.integers(-9, 9, (c_in, *geometry.input_shape)).astype(float)
    weight = rng.integers(-9, 9, (c_in, c_out, *geometry.kernel_shape)).astype(float)
    stamped = [
        [trace_scatter(plane, kernel, geometry).output for kernel in kernels]
        for plane, kernels in zip(x, weight, strict=True)
    ]
    layer = transpose_conv(x, weight, geometry)
    np.testing.assert_allclose(layer, np.sum(stamped, axis=0), rtol=1e-12, atol=1e-12)
    planes = transpose_conv(x, weight, geometry, groups=c_in)
    expected = np.reshape(stamped, (c_in * c_out, *geometry.output_shape))
    np.testing.assert_array_equal(planes, expected)


@pytest.mark.parametrize("k", [2, 3, 4, 7])
@pytest.mark.parametrize("groups", [1, 3])
def test_pictures_larger_than_a_block_equal_their_parts(k: int, groups: int) -> None:
    rng = np.random.default_rng(k)
    x, weight = rng.random((3, 300, 700)), rng.random((3, 3 // groups, k, k))
    whole = conv_transpose2d(x, weight, stride=3, groups=groups)
    part = conv_transpose2d(x[:, 100:200], weight, stride=3, groups=groups)
    # A stamp reaches k rows: rows far from a cut do not depend on what lies beyond it.
    np.testing.assert_allclose(whole[:, 3 * 110 : 3 * 190], part[:, 30:270], rtol=1e-12)


@pytest.mark.parametrize("k", [2, 4])
@pytest.mark.parametrize("groups", [1, 3])
def test_bytes_are_rounded_and_clipped(k: int, groups: int) -> None:
    rng = np.random.default_rng(0)
    x, weight = rng.uniform(-99, 400, (3, 9, 8)), rng.random((3, 1, k, k))
    geometry = Geometry.from_torch((9, 8), k, stride=2)
    values = transpose_conv(x, weight, geometry, groups=groups)
    out = np.empty(values.shape, np.uint8)
    assert transpose_conv(x, weight, geometry, groups=groups, out=out) is out
    np.testing.assert_array_equal(out, np.clip(np.rint(values), 0, 255))
    bias = np.full(len(values), 7.25)
    transpose_conv(x, weight, geometry, groups=groups, bias=bias, out=out)
    np.testing.assert_array_equal(out, np.clip(np.rint(values + 7.25), 0, 255))


@pytest.mark.parametrize("k", [1, 2, 5])
@pytest.mark.parametrize("groups", [1, 2])
def test_out_is_filled_and_returned(k: int, groups: int) -> None:
    rng = np.random.default_rng(0)
    x, weight, bias = rng.random((2, 2, 5, 4)), rng.random((2, 2, k, k)), rng.random(2 * groups)
    geometry = Geometry(Axis(5, k, 3, crop=(-1, -2)), Axis(4, k, 2, crop=(-2, -1)))
    expected = transpose_conv(x, weight, geometry, groups=groups, bias=bias)
    out = np.full(expected.shape, np.nan)
    assert transpose_conv(x, weight, geometry, groups=groups, bias=bias, out=out) is out
    np.testing.assert_array_equal(out, expected)


@pytest.mark.parametrize(
    ("out", "error", "words"),
    [
        (np.empty((1, 4, 4)), TypeError, "out has dtype float64, it must be float32 or uint8"),
        (np.empty((1, 4, 5), np.float32), ValueError, r"out has shape .* the result has \(1, 4, 4"),
        (np.empty((1, 4, 8), np.float32)[..., ::2], ValueError, "out must be contiguous"),
    ],
)
def test_an_out_that_does_not_fit_is_refused(
    out: np.ndarray, error: type[Exception], words: str
) -> None:
    x, weight = np.ones((1, 3, 3), np.float32), np.ones((1, 1, 2, 2), np.float32)
    with pytest.raises(error, match=words):
        transpose_conv(x, weight, Geometry.from_torch(3, 2), out=out)


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("shape", [(1, 1, 2, 2), (1, 2, 2, 2), (1, 1, 9, 9)])
def test_a_weight_that_is_not_finite_is_refused_wherever_it_stands(
    wrong: float, shape: tuple[int, ...]
) -> None:
    # One input channel takes the path of planes, two that of layers.
    for place in np.ndindex(*shape):
        weight = np.zeros(shape)
        weight[place] = wrong
        for x in (np.zeros((1, 3, 3)), np.ones((1, 7, 7))):
            with pytest.raises(ValueError, match="weight holds NaN or infinity"):
                conv_transpose2d(x, weight, stride=shape[2])
            pair = np.concatenate([x, x])
            with pytest.raises(ValueError, match="weight holds NaN or infinity"):
                conv_transpose2d(pair, np.concatenate([weight, weight]), stride=1)


def test_large_finite_numbers_are_not_mistaken_for_infinity() -> None:
    x = np.full((2, 3, 3), 3e38, np.float32)
    result = conv_transpose2d(x, np.full((2, 1, 1, 1), 0.25, np.float32))
    np.testing.assert_allclose(result, np.full((1, 3, 3), 1.5e38), rtol=1e-6)
