"""A layer in the other framework, with its code and the proof that the numbers are the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tconv_core import Geometry, transpose_conv
from tconv_ui.code.layer_calls import CHANNELS, keras_call, torch_call
from tconv_ui.code.twin_calls import keras_twin_code, torch_twin_code
from tconv_ui.code.twins import KerasTwin, TorchTwin, keras_to_torch, torch_to_keras
from tconv_ui.frameworks.errors import keras_error, torch_error
from tconv_ui.layer.cells import Shape
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.framework_geometries import keras_geometry


@dataclass(frozen=True, slots=True)
class Proof:
    """How far apart the two outputs are, over how many cells."""

    largest: float
    shape: tuple[int, ...]


def prove(twin: KerasTwin | TorchTwin, original: Geometry) -> Proof:
    """Compute both layers on the same random integers, and return the largest difference.

    Integers are added without rounding, so that equal layers differ by exactly 0.
    """
    rng = np.random.default_rng(0)
    x = rng.integers(-9, 10, (2, *original.input_shape)).astype(np.float64)
    weight = rng.integers(-9, 10, (2, 3, *original.kernel_shape)).astype(np.float64)
    bias = rng.integers(1, 10, 3).astype(np.float64)
    wanted = transpose_conv(x, weight, original, bias=bias)
    found = twin.compute(x, weight, bias)
    if found.shape != wanted.shape:
        return Proof(float("inf"), wanted.shape)
    return Proof(float(np.abs(found - wanted).max()), wanted.shape)


@dataclass(frozen=True, slots=True)
class Translation:
    """A layer, its twin in the other framework, and how far apart their numbers are."""

    source: str
    target: str
    source_code: str = ""
    code: str = ""
    words: str = ""
    proof: Proof | None = None
    error: str | None = None


DIRECTIONS: dict[str, str | None] = {
    "PyTorch": None,
    "Keras valid": "valid",
    "Keras same": "same",
}
"""What is translated into the other framework, and its padding in Keras's words."""


def translate(
    choice: LayerChoice,
    padding: str | None,
    *,
    channels: Shape = CHANNELS,
    bias: bool = True,
) -> Translation:
    """Return a layer's translation into the other framework.

    Args:
        choice: The layer.
        padding: Keras's "valid" or "same"; None for a layer of PyTorch.
        channels: In and out.
        bias: Whether the layer has one.
    """
    if padding is None:
        if error := torch_error(choice):
            return Translation("PyTorch", "Keras", error=error)
        twin = torch_to_keras(choice)
        geometry = choice.geometry
        return Translation(
            "PyTorch",
            "Keras",
            torch_call(choice, geometry, channels, bias=bias),
            keras_twin_code(twin, channels, bias=bias),
            twin.words,
            prove(twin, geometry),
        )
    if error := keras_error(choice, padding):
        return Translation(f"Keras {padding}", "PyTorch", error=error)
    back = keras_to_torch(choice, padding)
    geometry = keras_geometry(choice, padding)
    return Translation(
        f"Keras {padding}",
        "PyTorch",
        keras_call(choice, padding, geometry, channels, bias=bias),
        torch_twin_code(back, channels, bias=bias),
        back.words,
        prove(back, geometry),
    )
