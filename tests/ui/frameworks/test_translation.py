"""Translations: the same numbers in the other framework, and a proof that could fail."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given

from tconv_core import Geometry, GeometryError, conv_transpose2d, transpose_conv
from tconv_ui.frameworks.columns import keras_geometry, torch_geometry
from tconv_ui.frameworks.errors import keras_error, torch_error
from tconv_ui.frameworks.translation import DIRECTIONS, prove, translate
from tconv_ui.frameworks.twin_code import keras_twin_code, torch_twin_code
from tconv_ui.frameworks.twins import keras_to_torch, spread_taps, torch_to_keras
from tconv_ui.layer.settings import Settings
from tests.ui.frameworks.test_columns import all_settings

SHIFTED = Settings((3, 3), (3, 3), (2, 2), (1, 1), (1, 1))


@given(all_settings)
def test_keras_computes_what_pytorch_does(settings: Settings) -> None:
    assume(torch_error(settings) is None)
    rng = np.random.default_rng(0)
    x = rng.integers(-9, 10, (2, *settings.size)).astype(float)
    weight = rng.integers(-9, 10, (2, 3, *settings.kernel)).astype(float)
    bias = np.array([1.0, 2, 3])
    wanted = conv_transpose2d(
        x,
        weight,
        bias,
        stride=settings.stride,
        padding=settings.padding,
        output_padding=settings.output_padding,
        dilation=settings.dilation,
    )
    twin = torch_to_keras(settings)
    np.testing.assert_array_equal(twin.compute(x, weight, bias), wanted)
    assert prove(twin, torch_geometry(settings)).largest == 0
    told = translate(settings, None).proof
    assert told is not None
    assert (told.largest, told.shape) == (0, wanted.shape)


@given(all_settings)
def test_pytorch_computes_what_keras_does(settings: Settings) -> None:
    for padding in ("valid", "same"):
        if keras_error(settings, padding) is not None:
            assert translate(settings, padding).error == keras_error(settings, padding)
            continue
        twin = keras_to_torch(settings, padding)
        geometry = keras_geometry(settings, padding)
        rng = np.random.default_rng(1)
        x = rng.integers(-9, 10, (1, *settings.size)).astype(float)
        weight = rng.integers(-9, 10, (1, 1, *settings.kernel)).astype(float)
        bias = np.array([4.0])
        np.testing.assert_array_equal(
            twin.compute(x, weight, bias), transpose_conv(x, weight, geometry, bias=bias)
        )
        assert prove(twin, geometry).largest == 0


def test_a_wrong_twin_is_found_out() -> None:
    geometry = torch_geometry(SHIFTED)
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
    settings = Settings((3, 3), (3, 3), (1, 1), output_padding=(1, 1), dilation=(2, 2))
    twin = torch_to_keras(settings)
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
def test_the_keras_code_is_the_twin(settings: Settings) -> None:
    assume(torch_error(settings) is None)
    twin = torch_to_keras(settings)
    code = keras_twin_code(twin, (5, 7))
    options = layer_options(code, "Conv2DTranspose")
    filters, kernel = options.pop("args")
    assert filters == 7
    shape = tuple(n + zeros for n, zeros in zip(settings.size, twin.input_zeros, strict=True))
    made = Geometry.from_keras(shape, kernel, **options)
    rows, cols = twin.cropping
    cropped = tuple(
        side - sum(cut) for side, cut in zip(made.output_shape, (rows, cols), strict=True)
    )
    assert cropped == torch_geometry(settings).output_shape
    assert ("Cropping2D" in code) == (any(rows) or any(cols))
    assert ("np.zeros" in code) == (max(settings.dilation) > 1)


@given(all_settings)
def test_the_pytorch_code_is_the_twin(settings: Settings) -> None:
    for padding in ("valid", "same"):
        if keras_error(settings, padding) is not None:
            continue
        twin = keras_to_torch(settings, padding)
        code = torch_twin_code(twin, (5, 7))
        options = layer_options(code, "ConvTranspose2d")
        c_in, c_out, kernel = options.pop("args")
        assert (c_in, c_out) == (5, 7)
        made = Geometry.from_torch(settings.size, kernel, **options).output_shape
        cut = tuple(side - gone for side, gone in zip(made, twin.trim, strict=True))
        assert cut == keras_geometry(settings, padding).output_shape
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


def test_spread_taps() -> None:
    spread = spread_taps(np.arange(1.0, 5).reshape(1, 1, 2, 2), (2, 3))[0, 0]
    np.testing.assert_array_equal(spread, [[1, 0, 0, 2], [0, 0, 0, 0], [3, 0, 0, 4]])
