"""The operations' programs: they hold the page's numbers, and say so where there is no call.

`python -m benchmarks.exported_code` runs them in the frameworks themselves."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from tconv_core import Geometry, GeometryError
from tconv_ui.code.operations import keras_operation, torch_operation
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import phase_channels
from tconv_ui.layer.presets import PRESETS
from tconv_ui.operations.catalogue import OPERATIONS
from tests.ui.code.test_programs import named, read

LAYER = PRESETS["Worked 3×3"].choice.layer
PADDED = Layer(
    Geometry.from_torch((5, 6), (3, 2), stride=(2, 1), padding=1, dilation=(1, 2)),
    np.arange(30.0).reshape(5, 6) - 7,
    np.array([[1.0, -2], [0.5, 0], [3, 4]]),
)
ROOMY = Layer(
    Geometry.from_torch(5, 3, stride=2, padding=1), np.arange(25.0).reshape(5, 5), np.eye(3)
)
SPELL = {"PyTorch": torch_operation, "Keras": keras_operation}


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("framework", SPELL)
def test_every_program_is_python_with_the_layers_numbers(name: str, framework: str) -> None:
    code = SPELL[framework](name, ROOMY)
    if name == "Max-unpooling" and framework == "Keras":
        assert code.text == ""
        assert code.remark.startswith("Keras has no layer that puts maxima back")
        return
    arrays, calls = read(code)
    given = phase_channels(ROOMY) if name == "Pixel shuffle" else ROOMY.input[np.newaxis]
    np.testing.assert_array_equal(np.squeeze(arrays["x"]), np.squeeze(given))
    assert ("weight" in arrays) == ("convolution" in name.lower())
    assert named(calls, "print")


@pytest.mark.parametrize(
    ("name", "framework", "call", "told"),
    [
        ("Convolution", "PyTorch", "F.conv2d", {"stride": (2, 1), "padding": (1, 1)}),
        ("Dilated convolution", "PyTorch", "F.conv2d", {"dilation": (2, 2)}),
        ("Bilinear upsampling", "PyTorch", "F.interpolate", {"scale_factor": (2, 1)}),
        ("Convolution", "Keras", "layers.Conv2D", {"kernel_size": (3, 2), "strides": (2, 1)}),
        ("Dilated convolution", "Keras", "layers.Conv2D", {"kernel_size": (5, 3)}),
        ("Nearest upsampling", "Keras", "UpSampling2D", {"interpolation": "nearest"}),
    ],
)
def test_calls_carry_the_settings(
    name: str, framework: str, call: str, told: dict[str, object]
) -> None:
    _, calls = read(SPELL[framework](name, PADDED))
    ((_, _, settings),) = named(calls, call)
    assert told.items() <= settings.items()


def test_padding_of_a_maximum_never_wins_in_keras() -> None:
    text = keras_operation("Max pooling", ROOMY).text
    assert "constant_values=-np.inf" in text
    assert "inf" not in keras_operation("Max pooling", LAYER).text
    assert "ZeroPadding2D((1, 1)" in keras_operation("Average pooling", ROOMY).text


def test_detours_are_told() -> None:
    assert (
        "Zeros between the kernel's taps" in keras_operation("Dilated convolution", PADDED).remark
    )
    assert "TensorFlow has" in keras_operation("Pixel shuffle", ROOMY).remark
    with pytest.raises(GeometryError, match="one factor for both axes"):
        torch_operation("Pixel shuffle", PADDED)
    ast.parse(keras_operation("Pixel shuffle", LAYER).text)
