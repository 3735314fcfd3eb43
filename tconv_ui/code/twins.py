"""A layer's twin in the other framework: what to call there, and what to add."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tconv_core import Geometry, conv_transpose2d, transpose_conv
from tconv_ui.code.spellings import spread
from tconv_ui.layer.cells import Shape
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.framework_geometries import keras_geometry

Array = NDArray[np.float64]
NOTHING = (0, 0)


@dataclass(frozen=True, slots=True)
class KerasTwin:
    """Keras's spelling of a PyTorch layer, each as (rows, cols) or ((top, bottom), (left, right)).

    `input_zeros` are rows and columns of zeros appended to the input; a kernel that is `spread`
    has the dilation written into it as zeros between its taps.
    """

    choice: LayerChoice
    input_zeros: Shape
    spread: bool
    output_padding: Shape | None
    cropping: tuple[Shape, Shape]

    @property
    def kernel(self) -> Shape:
        """Size of the kernel Keras is given."""
        full = self.choice.full
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
            weight = spread(weight, self.choice.dilation)
        geometry = Geometry.from_keras(
            (x.shape[1], x.shape[2]),
            self.kernel,
            strides=self.choice.stride,
            padding="valid",
            output_padding=self.output_padding,
        )
        y = transpose_conv(x, weight, geometry, bias=bias)
        (top, bottom), (left, right) = self.cropping
        return np.asarray(y[:, top : y.shape[1] - bottom, left : y.shape[2] - right], np.float64)


@dataclass(frozen=True, slots=True)
class TorchTwin:
    """PyTorch's spelling of a Keras layer; `trim` rows and columns are cut from the end after."""

    choice: LayerChoice
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
            stride=self.choice.stride,
            padding=self.padding,
            output_padding=self.output_padding,
            dilation=self.choice.dilation,
        )
        rows, cols = self.trim
        return np.asarray(y[:, : y.shape[1] - rows, : y.shape[2] - cols], np.float64)


def torch_to_keras(choice: LayerChoice) -> KerasTwin:
    """Return the Keras layers that compute what PyTorch's layer of these settings does.

    Keras's "valid" keeps the full output, so its crop becomes a layer of its own. Where PyTorch
    appends more than Keras's `output_padding` may, zeros at the input's end reach further; zeros
    behind the layer would miss its bias.

    Raises:
        GeometryError: PyTorch refuses the settings.

    >>> torch_to_keras(LayerChoice((3, 3), (3, 3), (2, 2), (1, 1), (1, 1))).cropping
    ((1, 0), (1, 0))
    """
    geometry = choice.geometry
    axes = geometry.axes
    appended = [max(-axis.crop[1], 0) for axis in axes]
    zeros = [extra // axis.stride for extra, axis in zip(appended, axes, strict=True)]
    rest = [extra % axis.stride for extra, axis in zip(appended, axes, strict=True)]
    left_out = not any(rest) and all(axis.effective_kernel >= axis.stride for axis in axes)
    top, left = (axis.crop[0] for axis in axes)
    bottom, right = (max(axis.crop[1], 0) for axis in axes)
    return KerasTwin(
        choice,
        input_zeros=(zeros[0], zeros[1]),
        spread=max(choice.dilation) > 1,
        output_padding=None if left_out else (rest[0], rest[1]),
        cropping=((top, bottom), (left, right)),
    )


def keras_to_torch(choice: LayerChoice, padding: str) -> TorchTwin:
    """Return PyTorch's layer that computes what Keras's of these settings does.

    An uneven crop of "same" needs a cut after the layer: PyTorch's padding is even.

    Raises:
        GeometryError: Keras refuses the settings.

    >>> keras_to_torch(LayerChoice((3, 3), (3, 3), (2, 2)), "same").trim
    (1, 1)
    """
    geometry = keras_geometry(choice, padding)
    crops = [axis.crop for axis in geometry.axes]
    (top, left), (rows, cols) = ([crop[0] for crop in crops], [b - e for b, e in crops])
    return TorchTwin(
        choice,
        padding=(top, left),
        output_padding=(max(rows, 0), max(cols, 0)),
        trim=(max(-rows, 0), max(-cols, 0)),
    )


def _sentence(added: list[str]) -> str:
    if not added:
        return "A plain call does it; only the weights are transposed."
    return f"Added: {'; '.join([*added, 'the weights transposed'])}."
