"""Exported programs: read as a syntax tree, they hold the layer's numbers and mean its output.

`python -m benchmarks.exported_code` runs them in the frameworks themselves."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, conv_transpose2d, transpose_conv
from tconv_ui.code.programs import Code, keras_program, torch_program
from tconv_ui.layer.presets import PRESETS
from tests.core.strategies import any_axes, arrays, geometries, torch_axes

Arrays = dict[str, NDArray[np.float64]]
Call = tuple[str, list[Any], dict[str, Any]]


def read(code: Code) -> tuple[Arrays, list[Call]]:
    """The arrays a program spells out, and its calls as (name, constants, keywords) in order."""
    numbers: Arrays = {}
    calls = []
    for statement in ast.parse(code.text).body:
        nodes = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
        for node in nodes:
            name = ast.unparse(node.func)
            if isinstance(statement, ast.Assign) and name in ("torch.tensor", "np.array"):
                numbers[ast.unparse(statement.targets[0])] = np.array(constant(node.args[0]))
            given = [constant(value) for value in node.args]
            calls.append((name, given, {str(k.arg): constant(k.value) for k in node.keywords}))
    return numbers, calls


def constant(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return ast.unparse(node)


def named(calls: list[Call], ending: str) -> list[Call]:
    return [call for call in calls if call[0].endswith(ending)]


def torch_means(code: Code) -> NDArray[np.float64]:
    """What PyTorch would compute from a program's own numbers and settings."""
    numbers, calls = read(code)
    ((_, channels, told),) = named(calls, "ConvTranspose2d")
    x, weight = numbers["x"], numbers["weight"]
    assert channels == list(weight.shape[:2])
    assert told.pop("kernel_size") == weight.shape[2:]
    assert told.pop("bias") is False
    y = conv_transpose2d(x[0], weight, **told)
    for _, (_, sides), _ in named(calls, "functional.pad"):
        left, right, top, bottom = sides
        y = padded(y, (top, bottom), (left, right))
    return y


def keras_means(code: Code) -> NDArray[np.float64]:
    """What Keras would compute from a program's own numbers and settings."""
    numbers, calls = read(code)
    ((_, channels, told),) = named(calls, "Conv2DTranspose")
    x, weight = numbers["x"], numbers["weight"]
    assert channels == [weight.shape[1]]
    assert told.pop("kernel_size") == weight.shape[2:]
    assert told.pop("use_bias") is False
    assert told.pop("data_format") == "channels_last"
    assert "dilation_rate" not in told  # TensorFlow on some CPUs refuses it
    y = transpose_conv(x, weight, Geometry.from_keras(x.shape[1:], weight.shape[2:], **told))
    for name, sides, _ in calls:
        if name.endswith(("ZeroPadding2D", "Cropping2D")):
            rows, cols = np.array(sides[0])
            assert min(*rows, *cols) >= 0
            sign = 1 if name.endswith("ZeroPadding2D") else -1
            y = padded(y, tuple(sign * rows), tuple(sign * cols))
    return y


def padded(y: NDArray[Any], rows: tuple[int, int], cols: tuple[int, int]) -> NDArray[Any]:
    """Zeros added at the sides, or cells cut where a number is negative."""
    for axis, (begin, end) in ((1, rows), (2, cols)):
        keep = slice(max(-begin, 0), y.shape[axis] - max(-end, 0))
        assert 0 <= keep.start < keep.stop <= y.shape[axis]
        y = y[:, keep] if axis == 1 else y[:, :, keep]
        sides = [(0, 0)] * 3
        sides[axis] = (max(begin, 0), max(end, 0))
        y = np.pad(y, sides)
    return y


@st.composite
def layers(draw: st.DrawFn) -> tuple[NDArray[np.float64], NDArray[np.float64], Geometry]:
    geometry = draw(st.one_of(geometries(torch_axes(4)), geometries(any_axes(4))))
    return draw(arrays(*geometry.input_shape)), draw(arrays(*geometry.kernel_shape)), geometry


@given(layers())
def test_every_program_means_the_layers_output(
    drawn: tuple[NDArray[np.float64], NDArray[np.float64], Geometry],
) -> None:
    x, kernel, geometry = drawn
    wanted = transpose_conv(x[np.newaxis], kernel[np.newaxis, np.newaxis], geometry)
    for code, means in ((torch_program, torch_means), (keras_program, keras_means)):
        np.testing.assert_array_equal(means(code(x, kernel, geometry)), wanted)


@settings(max_examples=40)
@given(geometries(torch_axes(4)))
def test_what_pytorch_can_say_it_says_without_a_detour(geometry: Geometry) -> None:
    code = torch_program(np.ones(geometry.input_shape), np.ones(geometry.kernel_shape), geometry)
    assert code.remark == ""
    assert "pad(" not in code.text.replace("padding", "")


def test_a_detour_is_explained() -> None:
    odd = Geometry(Axis(3, 3, 2, 1, (0, 2)), Axis(3, 3, 2, 1, (1, -1)))
    assert "full output" in torch_program(np.ones((3, 3)), np.ones((3, 3)), odd).remark
    assert "full output" in keras_program(np.ones((3, 3)), np.ones((3, 3)), odd).remark
    dilated = Geometry.from_torch(3, 3, stride=2, dilation=2)
    remark = keras_program(np.ones((3, 3)), np.ones((3, 3)), dilated).remark
    assert "Zeros between" in remark
    assert torch_program(np.ones((3, 3)), np.ones((3, 3)), dilated).remark == ""


def test_what_tensorflow_refuses_is_not_written() -> None:
    """Keras promises 8 × 4 here; TensorFlow stops, as 4 cells do not convolve back to 5."""
    geometry = Geometry(
        Axis.from_keras(4, 5, strides=2, padding="same", output_padding=1), Axis(5, 4, crop=(2, 2))
    )
    assert geometry.output_shape == (8, 4)
    assert 'padding="valid"' in keras_program(np.ones((4, 5)), np.ones((5, 4)), geometry).text


@pytest.mark.parametrize("name", PRESETS)
def test_the_numbers_are_those_of_the_page_to_the_last_digit(name: str) -> None:
    layer = PRESETS[name].choice.layer
    for spell in (torch_program, keras_program):
        numbers, calls = read(spell(layer.input, layer.kernel, layer.geometry))
        np.testing.assert_array_equal(numbers["x"].reshape(layer.input.shape), layer.input)
        np.testing.assert_array_equal(numbers["weight"].reshape(layer.kernel.shape), layer.kernel)
        (printed,) = named(calls, "print")
        assert "y[" in printed[1][0]


def test_channels_are_written_as_each_framework_orders_them() -> None:
    rng = np.random.default_rng(0)
    geometry = Geometry.from_torch((2, 3), 2, stride=2)
    x, weight = rng.standard_normal((3, 2, 3)), rng.standard_normal((3, 2, 2, 2))
    wanted = transpose_conv(x, weight, geometry)
    np.testing.assert_array_equal(torch_means(torch_program(x, weight, geometry)), wanted)
    code = keras_program(x, weight, geometry)
    np.testing.assert_array_equal(keras_means(code), wanted)
    assert "np.transpose(weight, (2, 3, 1, 0))" in code.text


def test_large_outputs_are_printed_in_full() -> None:
    geometry = Geometry.from_torch(16, 3, stride=3)
    for spell, word in ((torch_program, 'profile="full"'), (keras_program, "threshold=np.inf")):
        assert word in spell(np.ones((16, 16)), np.ones((3, 3)), geometry).text


def test_arrays_of_other_axes_are_refused() -> None:
    with pytest.raises(ValueError, match="1 axes and the kernel 2"):
        torch_program([1.0], [[1.0]], Geometry.from_torch(1, 1))


@pytest.mark.parametrize("spell", [torch_program, keras_program])
@pytest.mark.parametrize("padding", [1, 0])
def test_channels_and_a_bias_are_told(spell: Any, padding: int) -> None:
    rng = np.random.default_rng(0)
    x, weight = rng.random((2, 3, 3)), rng.random((2, 3, 3, 3))
    geometry = Geometry.from_torch(3, 3, stride=2, padding=padding)
    code = spell(x, weight, geometry, [1.0, -1.0, 0.5])
    arrays_told, calls = read(code)
    np.testing.assert_array_equal(arrays_told["bias"], [1.0, -1.0, 0.5])
    np.testing.assert_array_equal(arrays_told["weight"], weight)
    told = named(calls, "2d" if spell is torch_program else "Conv2DTranspose")[0][2]
    own = told["bias"] if spell is torch_program else told["use_bias"]
    assert own is (not code.remark)
    assert ("y = y + bias" in code.text) is bool(code.remark)
