"""The same numbers in the other framework: what to call there, what to add, and the proof."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tconv_core import Geometry, conv_transpose2d, transpose_conv
from tconv_ui.framework_errors import keras_error, torch_error
from tconv_ui.frameworks import (
    CHANNELS,
    keras_code,
    keras_geometry,
    pair,
    torch_code,
    torch_geometry,
)
from tconv_ui.layer_settings import Settings, Shape

Array = NDArray[np.float64]
NOTHING = (0, 0)


@dataclass(frozen=True, slots=True)
class KerasTwin:
    """Keras's spelling of a PyTorch layer, each as (rows, cols) or ((top, bottom), (left, right)).

    `input_zeros` are rows and columns of zeros appended to the input; a kernel that is `spread`
    has the dilation written into it as zeros between its taps.
    """

    settings: Settings
    input_zeros: Shape
    spread: bool
    output_padding: Shape | None
    cropping: tuple[Shape, Shape]

    @property
    def kernel(self) -> Shape:
        """Size of the kernel Keras is given."""
        full = self.settings.full
        if not self.spread:
            return full.kernel_shape
        return full.rows.effective_kernel, full.cols.effective_kernel

    @property
    def words(self) -> str:
        """What is added to the plain call, in a sentence."""
        added = []
        if any(self.input_zeros):
            added.append("zeros at the input's end, as Keras's `output_padding` reaches less far")
        if self.spread:
            added.append(
                "the dilation written into the kernel, as Keras refuses it beside strides and "
                "TensorFlow on some CPUs"
            )
        if self.cropping != (NOTHING, NOTHING):
            added.append("a `Cropping2D` layer for the padding")
        return _sentence(added)

    def compute(self, x: Array, weight: Array, bias: Array) -> Array:
        """Return what the Keras layers make of x (C_in, H, W) and PyTorch's weight and bias."""
        rows, cols = self.input_zeros
        x = np.pad(x, ((0, 0), (0, rows), (0, cols)))
        if self.spread:
            weight = spread_taps(weight, self.settings.dilation)
        geometry = Geometry.from_keras(
            (x.shape[1], x.shape[2]),
            self.kernel,
            strides=self.settings.stride,
            padding="valid",
            output_padding=self.output_padding,
        )
        y = transpose_conv(x, weight, geometry, bias=bias)
        (top, bottom), (left, right) = self.cropping
        return np.asarray(y[:, top : y.shape[1] - bottom, left : y.shape[2] - right], np.float64)


@dataclass(frozen=True, slots=True)
class TorchTwin:
    """PyTorch's spelling of a Keras layer; `trim` rows and columns are cut from the end after."""

    settings: Settings
    padding: Shape
    output_padding: Shape
    trim: Shape

    @property
    def words(self) -> str:
        """What is added to the plain call, in a sentence."""
        added = []
        if any(self.output_padding):
            added.append("`output_padding` for what Keras keeps longer at the end")
        if any(self.trim):
            added.append("a cut at the end, as Keras crops unevenly and PyTorch's padding is even")
        return _sentence(added)

    def compute(self, x: Array, weight: Array, bias: Array) -> Array:
        """Return what PyTorch makes of x (C_in, H, W), and of the weight in its own layout."""
        y = conv_transpose2d(
            x,
            weight,
            bias,
            stride=self.settings.stride,
            padding=self.padding,
            output_padding=self.output_padding,
            dilation=self.settings.dilation,
        )
        rows, cols = self.trim
        return np.asarray(y[:, : y.shape[1] - rows, : y.shape[2] - cols], np.float64)


def torch_to_keras(settings: Settings) -> KerasTwin:
    """Return the Keras layers that compute what PyTorch's layer of these settings does.

    Keras's "valid" keeps the full output, so its crop becomes a layer of its own. Where PyTorch
    appends more than Keras's `output_padding` may, zeros at the input's end reach further; zeros
    behind the layer would miss its bias.

    Raises:
        GeometryError: PyTorch refuses the settings.

    >>> torch_to_keras(Settings((3, 3), (3, 3), (2, 2), (1, 1), (1, 1))).cropping
    ((1, 0), (1, 0))
    """
    geometry = torch_geometry(settings)
    axes = (geometry.rows, geometry.cols)
    appended = [max(-axis.crop[1], 0) for axis in axes]
    zeros = [extra // axis.stride for extra, axis in zip(appended, axes, strict=True)]
    rest = [extra % axis.stride for extra, axis in zip(appended, axes, strict=True)]
    left_out = not any(rest) and all(axis.effective_kernel >= axis.stride for axis in axes)
    top, left = (axis.crop[0] for axis in axes)
    bottom, right = (max(axis.crop[1], 0) for axis in axes)
    return KerasTwin(
        settings,
        input_zeros=(zeros[0], zeros[1]),
        spread=max(settings.dilation) > 1,
        output_padding=None if left_out else (rest[0], rest[1]),
        cropping=((top, bottom), (left, right)),
    )


def keras_to_torch(settings: Settings, padding: str) -> TorchTwin:
    """Return PyTorch's layer that computes what Keras's of these settings does.

    An uneven crop of "same" needs a cut after the layer: PyTorch's padding is even.

    Raises:
        GeometryError: Keras refuses the settings.

    >>> keras_to_torch(Settings((3, 3), (3, 3), (2, 2)), "same").trim
    (1, 1)
    """
    geometry = keras_geometry(settings, padding)
    crops = [axis.crop for axis in (geometry.rows, geometry.cols)]
    (top, left), (rows, cols) = ([crop[0] for crop in crops], [b - e for b, e in crops])
    return TorchTwin(
        settings,
        padding=(top, left),
        output_padding=(max(rows, 0), max(cols, 0)),
        trim=(max(-rows, 0), max(-cols, 0)),
    )


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
    settings: Settings,
    padding: str | None,
    *,
    channels: Shape = CHANNELS,
    bias: bool = True,
) -> Translation:
    """Return a layer's translation into the other framework.

    Args:
        settings: Of the layer.
        padding: Keras's "valid" or "same"; None for a layer of PyTorch.
        channels: In and out.
        bias: Whether the layer has one.
    """
    if padding is None:
        if error := torch_error(settings):
            return Translation("PyTorch", "Keras", error=error)
        twin = torch_to_keras(settings)
        geometry = torch_geometry(settings)
        return Translation(
            "PyTorch",
            "Keras",
            torch_code(settings, geometry, channels, bias=bias),
            keras_twin_code(twin, channels, bias=bias),
            twin.words,
            prove(twin, geometry),
        )
    if error := keras_error(settings, padding):
        return Translation(f"Keras {padding}", "PyTorch", error=error)
    back = keras_to_torch(settings, padding)
    geometry = keras_geometry(settings, padding)
    return Translation(
        f"Keras {padding}",
        "PyTorch",
        keras_code(settings, padding, geometry, channels, bias=bias),
        torch_twin_code(back, channels, bias=bias),
        back.words,
        prove(back, geometry),
    )


# The proof ----------------------------------------------------------------------------------


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


def spread_taps(weight: Array, dilation: Shape) -> Array:
    """Return kernels with their dilation written as zeros between the taps.

    >>> spread_taps(np.array([[[[1.0, 2.0]]]]), (1, 2)).tolist()
    [[[[1.0, 0.0, 2.0]]]]
    """
    sides = [d * (k - 1) + 1 for k, d in zip(weight.shape[2:], dilation, strict=True)]
    wide = np.zeros((*weight.shape[:2], *sides))
    wide[:, :, :: dilation[0], :: dilation[1]] = weight
    return wide


# Code ---------------------------------------------------------------------------------------


def keras_twin_code(twin: KerasTwin, channels: Shape = CHANNELS, *, bias: bool = True) -> str:
    """Return Keras code that takes the weights of a PyTorch layer called `torch_layer`."""
    settings = twin.settings
    height, width = settings.size
    layers = [f"keras.Input(({height}, {width}, {channels[0]})),"]
    if any(twin.input_zeros):
        rows, cols = twin.input_zeros
        layers.append(f"keras.layers.ZeroPadding2D(((0, {rows}), (0, {cols}))),")
    options = [f"{channels[1]}, {pair(twin.kernel)}", f"strides={pair(settings.stride)}"]
    if twin.output_padding is not None:
        options.append(f"output_padding={pair(twin.output_padding)}")
    if not bias:
        options.append("use_bias=False")
    layers.append("keras.layers.Conv2DTranspose(")
    layers += [f"    {option}," for option in options]
    layers.append("),")
    if twin.cropping != (NOTHING, NOTHING):
        layers.append(f"keras.layers.Cropping2D({twin.cropping}),")
    numpy = ["import numpy as np"] if twin.spread else []
    lines = ["import keras", *numpy, "", "model = keras.Sequential(["]
    lines += [f"    {line}" for line in layers]
    lines += ["])", "", "# torch_layer: the PyTorch layer"]
    lines.append("weight = torch_layer.weight.detach().numpy()")
    if twin.spread:
        lines += _spread_code(twin)
    name = "wide" if twin.spread else "weight"
    lines.append(f"kernel = {name}.transpose(2, 3, 1, 0)  # to (kH, kW, C_out, C_in)")
    lines.append("layer = next(each for each in model.layers if each.weights)")
    arrays = "kernel, torch_layer.bias.detach().numpy()" if bias else "kernel"
    lines.append(f"layer.set_weights([{arrays}])")
    return "\n".join(lines)


def torch_twin_code(twin: TorchTwin, channels: Shape = CHANNELS, *, bias: bool = True) -> str:
    """Return PyTorch code that takes the weights of a Keras layer called `keras_layer`."""
    options = [f"{channels[0]}, {channels[1]}, {pair(twin.settings.kernel)}"]
    for name, values, default in (
        ("stride", twin.settings.stride, 1),
        ("padding", twin.padding, 0),
        ("output_padding", twin.output_padding, 0),
        ("dilation", twin.settings.dilation, 1),
    ):
        if values != (default, default):
            options.append(f"{name}={pair(values)}")
    if not bias:
        options.append("bias=False")
    names = "kernel, bias" if bias else "(kernel,)"
    height, width = twin.settings.size
    lines = [
        "import torch",
        "",
        "layer = torch.nn.ConvTranspose2d(",
        *(f"    {option}," for option in options),
        ")",
        "",
        "# keras_layer: the Keras layer, built",
        f"{names} = keras_layer.get_weights()",
        "weight = torch.from_numpy(kernel).permute(3, 2, 0, 1)  # to (C_in, C_out, kH, kW)",
        "with torch.no_grad():",
        "    layer.weight.copy_(weight)",
        *(["    layer.bias.copy_(torch.from_numpy(bias))"] if bias else []),
        "",
        f"y = layer(torch.ones(1, {channels[0]}, {height}, {width}))",
    ]
    if any(twin.trim):
        rows, cols = twin.trim
        lines.append(f"y = torch.nn.functional.pad(y, (0, {-cols}, 0, {-rows}))  # cuts the end")
    return "\n".join(lines)


def _sentence(added: list[str]) -> str:
    if not added:
        return "A plain call does it; only the weights are transposed."
    return f"Added: {'; '.join([*added, 'the weights transposed'])}."


def _spread_code(twin: KerasTwin) -> list[str]:
    rows, cols = twin.settings.dilation
    return [
        "# Zeros between the taps do what dilation does, with any strides.",
        f"wide = np.zeros((*weight.shape[:2], {twin.kernel[0]}, {twin.kernel[1]}), np.float32)",
        f"wide[:, :, ::{rows}, ::{cols}] = weight",
    ]
