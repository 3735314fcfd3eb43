"""A layer's settings as the call of each framework."""

from __future__ import annotations

from tconv_core import Geometry
from tconv_ui.layer.settings import Settings, Shape

CHANNELS = (16, 8)
"""Channels in and out of the code shown, where nobody says others."""
ONEDNN = ("import os", "", 'os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # for the dilation', "")
"""What stands above Keras code with a dilated transposed convolution: on a CPU only oneDNN, which
TensorFlow leaves off on some machines, computes it."""


def torch_code(
    settings: Settings, geometry: Geometry | None, channels: Shape = CHANNELS, *, bias: bool = True
) -> str:
    """Return the PyTorch call, and the shape it makes where it is legal."""
    options = _options(
        stride=(settings.stride, 1),
        padding=(settings.padding, 0),
        output_padding=(settings.output_padding, 0),
        dilation=(settings.dilation, 1),
    )
    if not bias:
        options.append("bias=False")
    height, width = settings.size
    shape = ", ".join(map(str, (1, channels[1], *geometry.output_shape))) if geometry else ""
    return "\n".join(
        [
            "import torch",
            "",
            "layer = torch.nn.ConvTranspose2d(",
            *_lines([f"{channels[0]}, {channels[1]}, {pair(settings.kernel)}", *options]),
            ")",
            f"x = torch.ones(1, {channels[0]}, {height}, {width})",
            "y = layer(x)",
            *([f"# ({shape})"] if shape else []),
        ]
    )


def keras_code(
    settings: Settings,
    padding: str,
    geometry: Geometry | None,
    channels: Shape = CHANNELS,
    *,
    bias: bool = True,
) -> str:
    """Return the Keras call, and the shape it makes where it is legal."""
    options = _options(strides=(settings.stride, 1))
    options.append(f'padding="{padding}"')
    if settings.keras_output_padding is not None:
        options.append(f"output_padding={pair(settings.output_padding)}")
    options += _options(dilation_rate=(settings.dilation, 1))
    if not bias:
        options.append("use_bias=False")
    height, width = settings.size
    shape = (1, *geometry.output_shape, channels[1]) if geometry else ()
    return "\n".join(
        [
            *(ONEDNN if max(settings.dilation) > 1 else ()),
            "import keras",
            "",
            "layer = keras.layers.Conv2DTranspose(",
            *_lines([f"{channels[1]}, {pair(settings.kernel)}", *options]),
            ")",
            f"x = keras.ops.ones((1, {height}, {width}, {channels[0]}))",
            "y = layer(x)",
            *([f"# {shape}"] if shape else []),
        ]
    )


def onnx_code(settings: Settings, auto_pad: str) -> str:
    """Return the ONNX node; its weight `w` is (C_in, C_out, kH, kW) as PyTorch's."""
    options = [f"strides={list(settings.stride)}"]
    if auto_pad != "NOTSET":
        options.append(f'auto_pad="{auto_pad}"')
    elif any(settings.padding):
        options.append(f"pads={list(settings.padding * 2)}")
    if any(settings.output_padding):
        options.append(f"output_padding={list(settings.output_padding)}")
    if settings.dilation != (1, 1):
        options.append(f"dilations={list(settings.dilation)}")
    return "\n".join(
        [
            "from onnx import helper",
            "",
            "node = helper.make_node(",
            *_lines(['"ConvTranspose"', '["x", "w"], ["y"]', *options]),
            ")",
            f"# x: {(1, CHANNELS[0], *settings.size)}",
            f"# w: {(*CHANNELS, *settings.kernel)}",
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
