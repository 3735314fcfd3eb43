"""A layer pasted as code: its settings are read, nothing of it is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tconv_ui.code.layer_calls import CHANNELS
from tconv_ui.frameworks.calls import KERAS, TORCH, PastedError, Signature, arguments_of, call_of
from tconv_ui.layer.cells import Shape
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.wording import quoted

LARGEST = {"kernel": 64, "stride": 32, "padding": 64, "output_padding": 31, "dilation": 8}
MOST_CHANNELS = 65536


@dataclass(frozen=True, slots=True)
class Pasted:
    """A layer read from code: its framework, its channels, and its settings."""

    framework: str
    channels: Shape
    choice: LayerChoice
    padding: str | None = None
    bias: bool = True
    remark: str = ""


def read_layer(text: str, size: Shape) -> Pasted:
    """Return the layer that a call of ConvTranspose2d or Conv2DTranspose spells.

    Args:
        text: The call, alone or assigned to a name.
        size: Rows and columns of the input, which the call does not say.

    Raises:
        PastedError: It is no such call, the framework refuses an argument, or a setting is none
            this page works with.

    Source:
        torch.nn.ConvTranspose2d (PyTorch 2.13), keras.layers.Conv2DTranspose (3.15).

    >>> found = read_layer("nn.ConvTranspose2d(16, 8, 4, stride=2, padding=1)", (7, 7))
    >>> found.framework, found.channels, found.choice.kernel
    ('PyTorch', (16, 8), (4, 4))
    >>> read_layer('Conv2DTranspose(8, 4, strides=2, padding="same")', (7, 7)).padding
    'same'
    """
    text = text.strip().rstrip(",")
    name, call = call_of(text)
    if name in {"ConvTranspose2d", "conv_transpose2d"}:
        if name == "conv_transpose2d":
            raise PastedError(
                "`conv_transpose2d` takes arrays: paste the layer, `ConvTranspose2d(…)`."
            )
        return _torch(arguments_of(call, TORCH, text), size)
    if name in {"Conv2DTranspose", "Convolution2DTranspose"}:
        return _keras(arguments_of(call, KERAS, text), size)
    raise PastedError(
        f"{quoted(name)} is not `ConvTranspose2d` (PyTorch) or `Conv2DTranspose` (Keras)."
    )


def _torch(given: dict[str, Any], size: Shape) -> Pasted:
    for name in ("in_channels", "out_channels", "kernel_size"):
        if name not in given:
            raise PastedError(f"`ConvTranspose2d` needs `{name}`: ConvTranspose2d(16, 8, 4, …).")
    if given.get("padding_mode", "zeros") != "zeros":
        raise PastedError('PyTorch: Only "zeros" padding mode is supported for ConvTranspose2d.')
    if isinstance(given.get("padding"), str):
        raise PastedError(
            f"`ConvTranspose2d` takes no padding={quoted(given['padding'])}: "
            "give a number, such as padding=1."
        )
    channels = _channels("in_channels", given), _channels("out_channels", given)
    _refuse_groups(_whole("groups", given.get("groups", 1), 1, MOST_CHANNELS), channels)
    bias = bool(given.get("bias", True))
    return Pasted("PyTorch", channels, _choice(given, TORCH, size), bias=bias)


def _refuse_groups(groups: int, channels: Shape) -> None:
    if any(each % groups for each in channels):
        raise PastedError(
            f"PyTorch: in_channels {channels[0]} and out_channels {channels[1]} must be divisible "
            f"by groups {groups}."
        )
    if groups > 1:
        raise PastedError(
            f"`Conv2DTranspose` has no groups: split the channels into {groups} layers, or use a "
            "kernel that is 0 between groups. Sizes are those of the layer without `groups`."
        )


def _keras(given: dict[str, Any], size: Shape) -> Pasted:
    for name in ("filters", "kernel_size"):
        if name not in given:
            raise PastedError(f"`Conv2DTranspose` needs `{name}`: Conv2DTranspose(8, 4, …).")
    padding = str(given.pop("padding", "valid")).lower()
    if padding not in {"valid", "same"}:
        raise PastedError(f'padding={quoted(padding)} is not "valid" or "same".')
    layout = given.get("data_format")
    if layout not in (None, "channels_last", "channels_first"):
        raise PastedError(
            f'data_format={quoted(str(layout))} is not "channels_last" or "channels_first".'
        )
    incoming, remarks = _incoming(given.get("input_shape"), layout)
    if layout == "channels_first":
        remarks.append("The numbers are those of channels last, which the code here uses.")
    if given.get("activation") not in (None, "linear"):
        remarks.append("The activation is left out.")
    return Pasted(
        "Keras",
        (incoming, _channels("filters", given)),
        _choice(given, KERAS, size),
        padding,
        bias=bool(given.get("use_bias", True)),
        remark=" ".join(remarks),
    )


def _incoming(shape: Any, layout: str | None) -> tuple[int, list[str]]:
    """The channels that come in: those of `input_shape`, if there is one."""
    if isinstance(shape, tuple | list) and len(shape) == 3:
        at = 0 if layout == "channels_first" else 2
        return _whole("input_shape", shape[at], 1, MOST_CHANNELS), []
    words = f"{CHANNELS[0]} stands for the channels that come in, which the call does not say."
    return CHANNELS[0], [words]


def _choice(given: dict[str, Any], signature: Signature, size: Shape) -> LayerChoice:
    found: dict[str, Shape] = {}
    for name in signature.order:
        ours = signature.ours.get(name, name)
        if ours in LARGEST and given.get(name) is not None:
            low = 0 if ours in {"padding", "output_padding"} else 1
            found[ours] = _pair(name, given[name], low, LARGEST[ours])
    return LayerChoice(
        size,
        found["kernel"],
        found.get("stride", (1, 1)),
        found.get("padding", (0, 0)),
        found.get("output_padding", (0, 0)),
        found.get("dilation", (1, 1)),
        output_padding_written="output_padding" in found,
    )


def _pair(name: str, value: Any, low: int, high: int) -> Shape:
    numbers = value if isinstance(value, tuple | list) else (value, value)
    if len(numbers) == 1:
        numbers = (numbers[0], numbers[0])
    if len(numbers) != 2:
        raise PastedError(f"`{name}` has {len(numbers)} numbers: give one, or two as (rows, cols).")
    rows, cols = (_whole(name, number, low, high) for number in numbers)
    return rows, cols


def _whole(name: str, number: Any, low: int, high: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise PastedError(f"`{name}`: {quoted(str(number))} is not a whole number.")
    if not low <= number <= high:
        raise PastedError(f"`{name}`: {quoted(str(number))} is not from {low} to {high}.")
    return number


def _channels(name: str, given: dict[str, Any]) -> int:
    return _whole(name, given[name], 1, MOST_CHANNELS)
