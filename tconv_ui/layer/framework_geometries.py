"""A choice as Keras and ONNX read it; PyTorch's reading is `LayerChoice.geometry`."""

from __future__ import annotations

from tconv_core import Geometry
from tconv_ui.layer.choice import LayerChoice


def keras_geometry(choice: LayerChoice, padding: str) -> Geometry:
    """Return Keras's geometry, `output_padding` left out where the settings say 0.

    Raises:
        GeometryError: Keras refuses the settings.
    """
    return Geometry.from_keras(
        choice.size,
        choice.kernel,
        strides=choice.stride,
        padding=padding,
        output_padding=choice.keras_output_padding,
        dilation_rate=choice.dilation,
    )


def onnx_geometry(choice: LayerChoice, auto_pad: str) -> Geometry:
    """Return ONNX's geometry; without auto_pad, the padding is its pads.

    Raises:
        GeometryError: ONNX Runtime refuses the settings.
    """
    return Geometry.from_onnx(
        choice.size,
        choice.kernel,
        strides=choice.stride,
        pads=choice.padding * 2 if auto_pad == "NOTSET" else None,
        auto_pad=auto_pad,
        output_padding=choice.output_padding,
        dilations=choice.dilation,
    )
