"""Each operation with the layer's numbers as a PyTorch and as a Keras program."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tconv_ui.code.programs import (
    SPREAD,
    SUMMARISED,
    Code,
    keras_program,
    numpy_array,
    torch_array,
    torch_program,
)
from tconv_ui.code.spellings import spread
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import dilated_geometry, phase_channels, shuffle_factor

_SHUFFLED = "x holds the channels that the convolution before it made."


def torch_operation(name: str, layer: Layer) -> Code:
    """Return the PyTorch program of an operation of `catalogue.OPERATIONS`.

    Raises:
        GeometryError: The settings do not fit the operation.

    Source:
        torch.nn.functional (PyTorch 2.13).

    >>> from tconv_ui.layer.presets import PRESETS
    >>> layer = PRESETS["U-Net 2×2"].choice.layer
    >>> "F.max_pool2d(x, kernel_size=(2, 2)" in torch_operation("Max pooling", layer).text
    True
    """
    if name == "Transposed convolution":
        return torch_program(layer.input, layer.kernel, layer.geometry)
    shuffles = name == "Pixel shuffle"
    planes = phase_channels(layer) if shuffles else layer.input[np.newaxis]
    lines = [
        "import torch",
        "import torch.nn.functional as F",
        "",
        torch_array("x", "batch, channels, rows, cols", planes[np.newaxis]),
    ]
    if "convolution" in name.lower():
        weight = layer.kernel[np.newaxis, np.newaxis]
        lines.append(torch_array("weight", "C_out, C_in, kH, kW", weight))
    lines += ["", *_TORCH[name](layer), ""]
    if _printed(layer) > SUMMARISED:
        lines.append('torch.set_printoptions(profile="full")')
    return Code("\n".join([*lines, "print(y[0, 0])", ""]), _SHUFFLED if shuffles else "")


def keras_operation(name: str, layer: Layer) -> Code:
    """Return the Keras program of an operation, or a sentence where Keras has no such layer.

    Raises:
        GeometryError: The settings do not fit the operation.

    Source:
        keras.layers (3.15); tf.nn.depth_to_space.

    >>> from tconv_ui.layer.presets import PRESETS
    >>> layer = PRESETS["U-Net 2×2"].choice.layer
    >>> keras_operation("Max-unpooling", layer).remark.split(":")[0]
    'Keras has no layer that puts maxima back'
    """
    if name == "Transposed convolution":
        return keras_program(layer.input, layer.kernel, layer.geometry)
    if name == "Max-unpooling":
        return Code("", "Keras has no layer that puts maxima back: the PyTorch code does it.")
    shuffles = name == "Pixel shuffle"
    planes = phase_channels(layer) if shuffles else layer.input[np.newaxis]
    body, remark = _KERAS[name](layer)
    lines = [
        "import keras",
        "import numpy as np",
        *(["import tensorflow as tf"] if shuffles else []),
        "",
        numpy_array("x", "channels, rows, cols", planes),
        *body,
        "",
    ]
    if _printed(layer) > SUMMARISED:
        lines.append("np.set_printoptions(threshold=np.inf)")
    lines += ["y = keras.ops.convert_to_numpy(y)", "print(y[0, :, :, 0])", ""]
    return Code("\n".join(lines), remark)


def _printed(layer: Layer) -> int:
    """As many numbers as an operation on this layer may print."""
    (height, width), (rows, cols) = layer.geometry.input_shape, layer.geometry.stride
    padded = [2 * pad for pad in layer.padding]
    return max(height * rows * width * cols, (height + padded[0]) * (width + padded[1]))


# PyTorch ------------------------------------------------------------------------------------


def _torch_conv(layer: Layer) -> list[str]:
    settings = f"stride={layer.geometry.stride}, padding={layer.padding}"
    return [f"y = F.conv2d(x, weight, {settings})"]


def _torch_dilated(layer: Layer) -> list[str]:
    settings = f"stride={layer.geometry.stride}, padding={layer.padding}"
    return [f"y = F.conv2d(x, weight, {settings}, dilation={dilated_geometry(layer).dilation})"]


def _windows(layer: Layer) -> str:
    return (
        f"kernel_size={layer.geometry.kernel_shape}, stride={layer.geometry.stride}, "
        f"padding={layer.padding}"
    )


def _torch_unpool(layer: Layer) -> list[str]:
    return [
        f"windows = dict({_windows(layer)})",
        "pooled, indices = F.max_pool2d(x, **windows, return_indices=True)",
        "y = F.max_unpool2d(pooled, indices, **windows, output_size=x.shape[-2:])",
    ]


_TORCH: dict[str, Callable[[Layer], list[str]]] = {
    "Convolution": _torch_conv,
    "Dilated convolution": _torch_dilated,
    "Max pooling": lambda layer: [f"y = F.max_pool2d(x, {_windows(layer)})"],
    "Average pooling": lambda layer: [f"y = F.avg_pool2d(x, {_windows(layer)})"],
    "Max-unpooling": _torch_unpool,
    "Nearest upsampling": lambda layer: [
        f'y = F.interpolate(x, scale_factor={layer.geometry.stride}, mode="nearest")'
    ],
    "Bilinear upsampling": lambda layer: [
        f'y = F.interpolate(x, scale_factor={layer.geometry.stride}, mode="bilinear")'
    ],
    "Pixel shuffle": lambda layer: [f"y = F.pixel_shuffle(x, {shuffle_factor(layer)})"],
}


# Keras --------------------------------------------------------------------------------------

Body = tuple[list[str], str]
_BATCH = "batch = np.moveaxis(x, 0, -1)[np.newaxis]"


def _keras_conv(layer: Layer, dilation: tuple[int, int] = (1, 1)) -> Body:
    kernel, remark = layer.kernel, ""
    if max(layer.geometry.stride) > 1 and max(dilation) > 1:
        kernel, dilation, remark = spread(kernel, dilation), (1, 1), SPREAD
    body = [
        numpy_array("weight", "C_out, C_in, kH, kW", kernel[np.newaxis, np.newaxis]),
        "",
        _BATCH,
        *_zeros(layer),
        "layer = keras.layers.Conv2D(",
        "    1,",
        f"    kernel_size={kernel.shape},",
        f"    strides={layer.geometry.stride},",
        '    padding="valid",',
        f"    dilation_rate={dilation},",
        "    use_bias=False,",
        '    data_format="channels_last",',
        ")",
        "layer.build(batch.shape)",
        "layer.set_weights([np.transpose(weight, (2, 3, 1, 0))])  # (kH, kW, C_in, C_out)",
        "y = layer(batch)",
    ]
    return body, remark


def _keras_max_pool(layer: Layer) -> Body:
    rows, cols = layer.padding
    pad = f"((0, 0), ({rows}, {rows}), ({cols}, {cols}), (0, 0))"
    padding = [f"batch = np.pad(batch, {pad}, constant_values=-np.inf)"]
    lines = ["", _BATCH, *(padding if rows or cols else []), _pool("MaxPooling2D", layer)]
    return lines, ""


def _keras_avg_pool(layer: Layer) -> Body:
    return ["", _BATCH, *_zeros(layer), _pool("AveragePooling2D", layer)], ""


def _keras_upsample(layer: Layer, interpolation: str) -> Body:
    settings = f'size={layer.geometry.stride}, interpolation="{interpolation}"'
    call = f'keras.layers.UpSampling2D({settings}, data_format="channels_last")'
    return ["", _BATCH, f"y = {call}(batch)"], ""


def _keras_shuffle(layer: Layer) -> Body:
    r = shuffle_factor(layer)
    shuffle = "batch" if r == 1 else f"tf.nn.depth_to_space(batch, {r})"  # it refuses 1
    remark = f"Keras has no layer for it; TensorFlow has. {_SHUFFLED}"
    return ["", _BATCH, f"y = {shuffle}"], remark


def _pool(name: str, layer: Layer) -> str:
    settings = f"pool_size={layer.geometry.kernel_shape}, strides={layer.geometry.stride}"
    told = f'{settings}, padding="valid", data_format="channels_last"'
    return f"y = keras.layers.{name}({told})(batch)"


def _zeros(layer: Layer) -> list[str]:
    """The padding of a window that slides."""
    if not any(layer.padding):
        return []
    return [
        f'batch = keras.layers.ZeroPadding2D({layer.padding}, data_format="channels_last")(batch)'
    ]


_KERAS: dict[str, Callable[[Layer], Body]] = {
    "Convolution": _keras_conv,
    "Dilated convolution": lambda layer: _keras_conv(layer, dilated_geometry(layer).dilation),
    "Max pooling": _keras_max_pool,
    "Average pooling": _keras_avg_pool,
    "Nearest upsampling": lambda layer: _keras_upsample(layer, "nearest"),
    "Bilinear upsampling": lambda layer: _keras_upsample(layer, "bilinear"),
    "Pixel shuffle": _keras_shuffle,
}
