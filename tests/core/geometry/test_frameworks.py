"""Keras's and ONNX's spellings: their own results, their crops, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Axis, Geometry, GeometryError, conv_transpose2d, transpose_conv
from tests.core.golden import Case, load_cases

KERAS = load_cases("keras", "keras_conv2d_transpose")
ONNX = load_cases("onnx", "onnx_conv_transpose")


@pytest.mark.parametrize("case", KERAS, ids=lambda case: case.id)
def test_equals_keras(case: Case) -> None:
    x, weight = case.inputs["x"], case.inputs["weight"]
    geometry = Geometry.from_keras(x.shape[-2:], weight.shape[-2:], **case.params)
    result = transpose_conv(x, weight, geometry, bias=case.inputs["bias"])
    assert result.shape == case.expected.shape
    np.testing.assert_allclose(result, case.expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("case", ONNX, ids=lambda case: case.id)
def test_equals_onnx_runtime(case: Case) -> None:
    x, weight = case.inputs["x"], case.inputs["weight"]
    settings = {name: value for name, value in case.params.items() if name != "group"}
    geometry = Geometry.from_onnx(x.shape[-2:], weight.shape[-2:], **settings)
    bias = case.inputs.get("bias")
    result = transpose_conv(x, weight, geometry, bias=bias, groups=case.params["group"])
    assert result.shape == case.expected.shape
    np.testing.assert_allclose(result, case.expected, rtol=1e-4, atol=1e-4)


def test_same_size_shifted_by_one_pixel() -> None:
    x, weight = [[[1.0, 0, 0]]], [[[[1.0, 2, 3]]]]
    keras = Geometry(Axis(1, 1), Axis.from_keras(3, 3, strides=2, padding="same"))
    torch = conv_transpose2d(x, weight, stride=(1, 2), padding=(0, 1), output_padding=(0, 1))
    np.testing.assert_array_equal(transpose_conv(x, weight, keras)[0, 0], [1, 2, 3, 0, 0, 0])
    np.testing.assert_array_equal(torch[0, 0], [2, 3, 0, 0, 0, 0])


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 5))
def test_keras_same_is_uneven_exactly_when_the_overhang_is_odd(n: int, k: int, s: int) -> None:
    axis = Axis.from_keras(n, k, strides=s, padding="same")
    assert axis.output_size == n * s
    if k > s:
        assert (axis.crop[0] != axis.crop[1]) == ((k - s) % 2 == 1)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 5), st.data())
def test_the_spellings_agree_where_they_say_the_same(
    n: int, k: int, s: int, data: st.DataObject
) -> None:
    op = data.draw(st.integers(0, s - 1))
    p = data.draw(st.integers(0, ((n - 1) * s + k + op - 1) // 2))
    torch = Axis.from_torch(n, k, stride=s, padding=p, output_padding=op)
    assert torch == Axis.from_onnx(n, k, strides=s, pads=(p, p), output_padding=op)
    if p == 0:
        assert torch == Axis.from_keras(n, k, strides=s, output_padding=op)
    if k >= s:
        uncropped = Axis(n, k, s)
        assert uncropped == Axis.from_keras(n, k, strides=s)
        assert uncropped == Axis.from_onnx(n, k, strides=s, auto_pad="VALID")


@pytest.mark.parametrize(
    ("n", "k", "settings", "sentence"),
    [
        (
            3,
            3,
            {"strides": 2, "dilation_rate": 3},
            "strides 2 cannot be combined with dilation_rate 3 in Keras: "
            "use strides 1 or dilation_rate 1.",
        ),
        (3, 3, {"padding": "full"}, 'padding must be "valid" or "same", got \'full\'.'),
        (
            3,
            3,
            {"strides": 2, "output_padding": 2},
            "output_padding 2 must be smaller than the strides 2: use at most 1.",
        ),
        (
            1,
            2,
            {"padding": "same", "output_padding": 0},
            'padding "same" with output_padding 0 cuts 2 of the 2 cells of the full output and '
            "leaves none: leave output_padding out (None).",
        ),
        (
            4,
            4,
            {"strides": 2, "padding": "same", "output_padding": 0},
            'padding "same" with output_padding 0 makes 6 cells, which the convolution takes back '
            "to 3, not 4: leave output_padding out (None).",
        ),
        (0, 3, {}, "input_size must be a whole number of at least 1, got 0: use 1."),
    ],
)
def test_refuses_what_keras_refuses(n: int, k: int, settings: dict, sentence: str) -> None:
    with pytest.raises(GeometryError) as caught:
        Axis.from_keras(n, k, **settings)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"strides": 2, "output_padding": 2},
            "output_padding 2 must be smaller than the strides 2: use at most 1.",
        ),
        (
            {"strides": 1, "dilations": 3, "output_padding": 1},
            "output_padding 1 must be smaller than the strides 1: use 0.",
        ),
        ({"pads": (-1, 0)}, "pads must be a whole number of at least 0, got -1: use 0."),
        (
            {"pads": (3, 2)},
            "pads (3, 2) crop 5 of the 5 cells of the full output and leave none: "
            "use at most 4 in all.",
        ),
        ({"pads": (1, 2, 3)}, "pads is (1, 2, 3): give 2 as (begin, end)."),
        (
            {"pads": (0, 0), "auto_pad": "SAME_UPPER"},
            "pads (0, 0) and auto_pad both set the crop: give one of them.",
        ),
        (
            {"pads": (1, 0), "output_shape": 4},
            "pads (1, 0) and output_shape both set the crop: give one of them.",
        ),
        (
            {"auto_pad": "SAME"},
            "auto_pad must be NOTSET, VALID, SAME_UPPER or SAME_LOWER, got 'SAME'.",
        ),
        (
            {"strides": 2, "output_shape": 9},
            "output_shape 9 is more than 3 input cells with strides 2 and kernel 3 can make: "
            "use at most 8.",
        ),
        (
            {"output_shape": 0},
            "output_shape must be a whole number of at least 1, got 0: use 1.",
        ),
    ],
)
def test_refuses_what_onnx_runtime_refuses(settings: dict, sentence: str) -> None:
    with pytest.raises(GeometryError) as caught:
        Axis.from_onnx(3, 3, **settings)
    assert str(caught.value) == sentence


def test_the_nearest_values_named_work() -> None:
    assert Axis.from_keras(1, 2, padding="same").output_size == 1
    assert Axis.from_onnx(3, 3, pads=(3, 1)).output_size == 1
    longest = Axis.from_onnx(3, 3, strides=2, output_shape=8)
    assert (longest.output_size, longest.crop) == (8, (0, -1))


def test_keras_refuses_strides_on_one_axis_with_a_dilation_on_the_other() -> None:
    with pytest.raises(GeometryError) as caught:
        Geometry.from_keras(3, 3, strides=(2, 1), dilation_rate=(1, 3))
    assert str(caught.value) == (
        "strides (2, 1) cannot be combined with dilation_rate (1, 3) in Keras, not even on "
        "different axes: use strides 1 or dilation_rate 1."
    )
    assert Geometry.from_keras(3, 3, dilation_rate=(1, 3)).output_shape == (5, 9)
    assert Geometry.from_keras(3, 3, strides=(2, 1)).output_shape == (7, 5)


@given(*[st.tuples(st.integers(1, 3), st.integers(1, 3))] * 2, st.sampled_from(["valid", "same"]))
def test_keras_takes_strides_or_a_dilation(
    strides: tuple[int, int], rates: tuple[int, int], padding: str
) -> None:
    settings = {"strides": strides, "padding": padding, "dilation_rate": rates}
    if max(strides) > 1 and max(rates) > 1:
        with pytest.raises(GeometryError, match=r"use strides 1 or dilation_rate 1\.$"):
            Geometry.from_keras(4, 3, **settings)
    else:
        geometry = Geometry.from_keras(4, 3, **settings)
        assert geometry.stride == strides
        assert geometry.dilation == rates


def test_an_axis_that_differs_is_named() -> None:
    with pytest.raises(GeometryError, match=r"^Columns: output_padding 1 must be smaller"):
        Geometry.from_keras(3, 3, strides=(2, 1), output_padding=1)
    with pytest.raises(GeometryError, match=r"^Rows: pads \(9, 0\) crop 9"):
        Geometry.from_onnx(3, 3, pads=(9, 0, 0, 0))
    with pytest.raises(GeometryError, match="give 4 as"):
        Geometry.from_onnx(3, 3, pads=(1, 1))  # type: ignore[arg-type]
