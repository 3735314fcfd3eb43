"""A layer's settings as the call of each framework."""

from __future__ import annotations

from tconv_core import Geometry
from tconv_ui.layer.cells import Shape
from tconv_ui.layer.choice import LayerChoice

CHANNELS = (16, 8)
"""Channels in and out of the code shown, where nobody says others."""
ONEDNN = ("import os", "", 'os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # for the dilation', "")
"""What stands above Keras code with a dilated transposed convolution: on a CPU only oneDNN, which
TensorFlow leaves off on some machines, computes it."""


def torch_call(
    choice: LayerChoice, geometry: Geometry | None, channels: Shape = CHANNELS, *, bias: bool = True
) -> str:
    """Return the PyTorch call, and the shape it makes where it is legal."""
    options = _options(
        stride=(choice.stride, 1),
        padding=(choice.padding, 0),
        output_padding=(choice.output_padding, 0),
        dilation=(choice.dilation, 1),
    )
    if not bias:
        options.append("bias=False")
    height, width = choice.size
    shape = ", ".join(map(str, (1, channels[1], *geometry.output_shape))) if geometry else ""
    return "\n".join(
        [
            "import torch",
            "",
            "layer = torch.nn.ConvTranspose2d(",
            *_lines([f"{channels[0]}, {channels[1]}, {pair(choice.kernel)}", *options]),
            ")",
            f"x = torch.ones(1, {channels[0]}, {height}, {width})",
            "y = layer(x)",
            *([f"# ({shape})"] if shape else []),
        ]
    )


def keras_call(
    choice: LayerChoice,
    padding: str,
    geometry: Geometry | None,
    channels: Shape = CHANNELS,
    *,
    bias: bool = True,
) -> str:
    """Return the Keras call, and the shape it makes where it is legal."""
    options = _options(strides=(choice.stride, 1))
    options.append(f'padding="{padding}"')
    if choice.keras_output_padding is not None:
        options.append(f"output_padding={pair(choice.output_padding)}")
    options += _options(dilation_rate=(choice.dilation, 1))
    if not bias:
        options.append("use_bias=False")
    height, width = choice.size
    shape = (1, *geometry.output_shape, channels[1]) if geometry else ()
    return "\n".join(
        [
            *(ONEDNN if max(choice.dilation) > 1 else ()),
            "import keras",
            "",
            "layer = keras.layers.Conv2DTranspose(",
            *_lines([f"{channels[1]}, {pair(choice.kernel)}", *options]),
            ")",
            f"x = keras.ops.ones((1, {height}, {width}, {channels[0]}))",
            "y = layer(x)",
            *([f"# {shape}"] if shape else []),
        ]
    )


def onnx_call(choice: LayerChoice, auto_pad: str) -> str:
    """Return the ONNX node; its weight `w` is (C_in, C_out, kH, kW) as PyTorch's."""
    options = [f"strides={list(choice.stride)}"]
    if auto_pad != "NOTSET":
        options.append(f'auto_pad="{auto_pad}"')
    elif any(choice.padding):
        options.append(f"pads={list(choice.padding * 2)}")
    if any(choice.output_padding):
        options.append(f"output_padding={list(choice.output_padding)}")
    if choice.dilation != (1, 1):
        options.append(f"dilations={list(choice.dilation)}")
    return "\n".join(
        [
            "from onnx import helper",
            "",
            "node = helper.make_node(",
            *_lines(['"ConvTranspose"', '["x", "w"], ["y"]', *options]),
            ")",
            f"# x: {(1, CHANNELS[0], *choice.size)}",
            f"# w: {(*CHANNELS, *choice.kernel)}",
        ]
    )


def pair(values: Shape) -> str:
    """Return two numbers as code: one number where they are equal.

    >>> pair((2, 2)), pair((2, 1))
    ('2', '(2, 1)')
    """
    return str(values[0]) if values[0] == values[1] else str(values)


def _options(**given: tuple[Shape, int]) -> list[str]:
    """Arguments as code, those with their default left out."""
    return [
        f"{name}={pair(values)}"
        for name, (values, default) in given.items()
        if values != (default, default)
    ]


def _lines(arguments: list[str]) -> list[str]:
    return [f"    {argument}," for argument in arguments]
