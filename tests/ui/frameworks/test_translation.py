"""Translations: the same numbers in the other framework, and a proof that could fail."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given

from tconv_core import Geometry, GeometryError, conv_transpose2d, transpose_conv
from tconv_ui.code.spellings import spread
from tconv_ui.code.twin_calls import keras_twin_code, torch_twin_code
from tconv_ui.code.twins import keras_to_torch, torch_to_keras
from tconv_ui.frameworks.errors import keras_error, torch_error
from tconv_ui.frameworks.translation import DIRECTIONS, prove, translate
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.framework_geometries import keras_geometry
from tests.ui.frameworks.asked import asked
from tests.ui.frameworks.test_columns import all_settings

SHIFTED = asked((3, 3), (3, 3), (2, 2), (1, 1), output_padding=(1, 1))


@given(all_settings)
def test_keras_computes_what_pytorch_does(choice: LayerChoice) -> None:
    assume(torch_error(choice) is None)
    rng = np.random.default_rng(0)
    x = rng.integers(-9, 10, (2, *choice.size)).astype(float)
    weight = rng.integers(-9, 10, (2, 3, *choice.kernel)).astype(float)
    bias = np.array([1.0, 2, 3])
    wanted = conv_transpose2d(
        x,
        weight,
        bias,
        stride=choice.stride,
        padding=choice.padding,
        output_padding=choice.output_padding,
        dilation=choice.dilation,
    )
    twin = torch_to_keras(choice)
    np.testing.assert_array_equal(twin.compute(x, weight, bias), wanted)
    assert prove(twin, choice.geometry).largest == 0
    told = translate(choice, None).proof
    assert told is not None
    assert (told.largest, told.shape) == (0, wanted.shape)


@given(all_settings)
def test_pytorch_computes_what_keras_does(choice: LayerChoice) -> None:
    for padding in ("valid", "same"):
        if keras_error(choice, padding) is not None:
            assert translate(choice, padding).error == keras_error(choice, padding)
            continue
        twin = keras_to_torch(choice, padding)
        geometry = keras_geometry(choice, padding)
        rng = np.random.default_rng(1)
        x = rng.integers(-9, 10, (1, *choice.size)).astype(float)
        weight = rng.integers(-9, 10, (1, 1, *choice.kernel)).astype(float)
        bias = np.array([4.0])
        np.testing.assert_array_equal(
            twin.compute(x, weight, bias), transpose_conv(x, weight, geometry, bias=bias)
        )
        assert prove(twin, geometry).largest == 0


def test_a_wrong_twin_is_found_out() -> None:
    geometry = SHIFTED.geometry
    right = torch_to_keras(SHIFTED)
    assert prove(right, geometry).largest == 0
    shifted = replace(right, cropping=((0, 1), (0, 1)))
    assert prove(shifted, geometry).largest > 0
    assert prove(replace(right, cropping=((0, 0), (0, 0))), geometry).largest == float("inf")
    back = keras_to_torch(replace(SHIFTED, output_padding=(0, 0)), "same")
    same = keras_geometry(replace(SHIFTED, output_padding=(0, 0)), "same")
    assert prove(back, same).largest == 0
    assert prove(replace(back, padding=(1, 1), output_padding=(1, 1), trim=(0, 0)), same).largest


def test_the_famous_pair() -> None:
    keras = torch_to_keras(SHIFTED)
    assert keras.cropping == ((1, 0), (1, 0))
    assert keras.output_padding is None
    torch = keras_to_torch(replace(SHIFTED, output_padding=(0, 0)), "same")
    assert (torch.padding, torch.output_padding, torch.trim) == ((0, 0), (0, 0), (1, 1))


def test_zeros_are_appended_before_the_layer_so_that_they_get_its_bias() -> None:
    choice = asked((3, 3), (3, 3), (1, 1), output_padding=(1, 1), dilation=(2, 2))
    twin = torch_to_keras(choice)
    assert twin.input_zeros == (1, 1)
    code = keras_twin_code(twin)
    assert code.index("ZeroPadding2D(((0, 1), (0, 1)))") < code.index("Conv2DTranspose")


def layer_options(code: str, name: str) -> dict[str, Any]:
    """The keywords of a call in code, as plain values."""
    (call,) = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == name
    ]
    found = {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}
    return found | {"args": [ast.literal_eval(each) for each in call.args]}


@given(all_settings)
def test_the_keras_code_is_the_twin(choice: LayerChoice) -> None:
    assume(torch_error(choice) is None)
    twin = torch_to_keras(choice)
    code = keras_twin_code(twin, (5, 7))
    options = layer_options(code, "Conv2DTranspose")
    filters, kernel = options.pop("args")
    assert filters == 7
    shape = tuple(n + zeros for n, zeros in zip(choice.size, twin.input_zeros, strict=True))
    made = Geometry.from_keras(shape, kernel, **options)
    rows, cols = twin.cropping
    cropped = tuple(
        side - sum(cut) for side, cut in zip(made.output_shape, (rows, cols), strict=True)
    )
    assert cropped == choice.geometry.output_shape
    assert ("Cropping2D" in code) == (any(rows) or any(cols))
    assert ("np.zeros" in code) == (max(choice.dilation) > 1)


@given(all_settings)
def test_the_pytorch_code_is_the_twin(choice: LayerChoice) -> None:
    for padding in ("valid", "same"):
        if keras_error(choice, padding) is not None:
            continue
        twin = keras_to_torch(choice, padding)
        code = torch_twin_code(twin, (5, 7))
        options = layer_options(code, "ConvTranspose2d")
        c_in, c_out, kernel = options.pop("args")
        assert (c_in, c_out) == (5, 7)
        made = Geometry.from_torch(choice.size, kernel, **options).output_shape
        cut = tuple(side - gone for side, gone in zip(made, twin.trim, strict=True))
        assert cut == keras_geometry(choice, padding).output_shape
        assert ("functional.pad" in code) == any(twin.trim)


def test_a_layer_without_bias_takes_none() -> None:
    assert "use_bias=False" in keras_twin_code(torch_to_keras(SHIFTED), bias=False)
    assert "torch_layer.bias" not in keras_twin_code(torch_to_keras(SHIFTED), bias=False)
    code = torch_twin_code(keras_to_torch(SHIFTED, "same"), bias=False)
    assert "bias=False" in code
    assert "layer.bias" not in code


@pytest.mark.parametrize("padding", DIRECTIONS.values())
def test_a_refused_layer_has_its_error_in_place_of_a_translation(padding: str | None) -> None:
    found = translate(replace(SHIFTED, output_padding=(2, 2)), padding)
    assert found.error is not None
    assert "2" in found.error
    assert found.proof is None


def test_refused_settings_have_no_twin() -> None:
    wrong = replace(SHIFTED, output_padding=(2, 2))
    with pytest.raises(GeometryError):
        torch_to_keras(wrong)
    with pytest.raises(GeometryError):
        keras_to_torch(wrong, "same")


def test_kernels_are_spread() -> None:
    wide = spread(np.arange(1.0, 5).reshape(1, 1, 2, 2), (2, 3))[0, 0]
    np.testing.assert_array_equal(wide, [[1, 0, 0, 2], [0, 0, 0, 0], [3, 0, 0, 4]])
