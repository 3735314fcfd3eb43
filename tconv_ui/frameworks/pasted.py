"""A layer pasted as code: its settings are read, nothing of it is run."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from tconv_ui.cells import quoted
from tconv_ui.layer_code import CHANNELS
from tconv_ui.layer_settings import Settings, Shape

LONGEST = 400
LARGEST = {"kernel": 32, "stride": 32, "padding": 64, "output_padding": 31, "dilation": 8}
MOST_CHANNELS = 65536
_TORCH = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding")
_TORCH_ORDER = (*_TORCH, "groups", "bias", "dilation", "padding_mode", "device", "dtype")
_KERAS_ORDER = (
    "filters",
    "kernel_size",
    "strides",
    "padding",
    "output_padding",
    "data_format",
    "dilation_rate",
    "activation",
    "use_bias",
)
_OURS = {
    "kernel_size": "kernel",
    "strides": "stride",
    "dilation_rate": "dilation",
}


class PastedError(ValueError):
    """Text that is no layer this page reads: one sentence saying what is wrong."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A layer read from code: its framework, its channels, and its settings."""

    framework: str
    channels: Shape
    settings: Settings
    padding: str | None = None
    bias: bool = True
    remark: str = ""


def read_layer(text: str, size: Shape) -> Pasted:
    """Return the layer that a call of ConvTranspose2d or Conv2DTranspose spells.

    Args:
        text: The call, alone or assigned to a name.
        size: Rows and columns of the input, which the call does not say.

    Raises:
        PastedError: It is no such call, or a setting is none this page works with.

    >>> found = read_layer("nn.ConvTranspose2d(16, 8, 4, stride=2, padding=1)", (7, 7))
    >>> found.framework, found.channels, found.settings.kernel
    ('PyTorch', (16, 8), (4, 4))
    >>> read_layer('Conv2DTranspose(8, 4, strides=2, padding="same")', (7, 7)).padding
    'same'
    """
    text = text.strip().rstrip(",")
    name, call = _call(text)
    if name in {"ConvTranspose2d", "conv_transpose2d"}:
        if name == "conv_transpose2d":
            raise PastedError(
                "`conv_transpose2d` takes arrays: paste the layer, `ConvTranspose2d(…)`."
            )
        return _torch(_named(call, _TORCH_ORDER, text), size)
    if name in {"Conv2DTranspose", "Convolution2DTranspose"}:
        return _keras(_named(call, _KERAS_ORDER, text), size)
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
    if given.get("groups", 1) != 1:
        raise PastedError(
            "`groups` other than 1 cannot be translated: Conv2DTranspose has no groups."
        )
    return Pasted(
        "PyTorch",
        (_channels("in_channels", given), _channels("out_channels", given)),
        _settings(given, size),
        bias=given.get("bias", True) is not False,
    )


def _keras(given: dict[str, Any], size: Shape) -> Pasted:
    for name in ("filters", "kernel_size"):
        if name not in given:
            raise PastedError(f"`Conv2DTranspose` needs `{name}`: Conv2DTranspose(8, 4, …).")
    padding = str(given.pop("padding", "valid")).lower()
    if padding not in {"valid", "same"}:
        raise PastedError(f'padding={quoted(padding)} is not "valid" or "same".')
    remark = f"{CHANNELS[0]} stands for the channels that come in, which the call does not say."
    if given.get("activation") not in (None, "linear"):
        remark += " The activation is left out."
    return Pasted(
        "Keras",
        (CHANNELS[0], _channels("filters", given)),
        _settings(given, size),
        padding,
        bias=given.get("use_bias", True) is not False,
        remark=remark,
    )


def _settings(given: dict[str, Any], size: Shape) -> Settings:
    found: dict[str, Shape] = {}
    for name in (*_TORCH[2:], "strides", "dilation", "dilation_rate"):
        if given.get(name) is not None:
            ours = _OURS.get(name, name)
            low = 0 if ours in {"padding", "output_padding"} else 1
            found[ours] = _pair(name, given[name], low, LARGEST[ours])
    return Settings(
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
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, int):
            raise PastedError(f"`{name}`: {quoted(str(number))} is not a whole number.")
        if not low <= number <= high:
            raise PastedError(f"`{name}`: {quoted(str(number))} is not from {low} to {high}.")
    return int(numbers[0]), int(numbers[1])


def _channels(name: str, given: dict[str, Any]) -> int:
    return _pair(name, given[name], 1, MOST_CHANNELS)[0]


def _call(text: str) -> tuple[str, ast.Call]:
    """The last name of what is called, and the call."""
    if len(text) > LONGEST:
        raise PastedError(
            f"The text has {len(text):,} characters: paste one layer, at most {LONGEST}."
        )
    if "\0" in text:
        raise PastedError("The text holds a zero byte: paste one layer, as in a .py file.")
    try:
        (statement,) = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise PastedError(
            "This is no single call in Python: paste ConvTranspose2d(16, 8, 4, stride=2)."
        ) from None
    value = getattr(statement, "value", None)
    if not isinstance(value, ast.Call):
        raise PastedError(
            "This is no call: paste one, such as ConvTranspose2d(16, 8, 4, stride=2)."
        )
    match value.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name, value
    raise PastedError(
        "This calls no named layer: paste one, such as ConvTranspose2d(16, 8, 4, stride=2)."
    )


def _named(call: ast.Call, order: tuple[str, ...], text: str) -> dict[str, Any]:
    """The call's arguments by name; only those this page reads have to be plain numbers."""
    if len(call.args) > len(order):
        raise PastedError(
            f"The layer takes {len(order)} arguments by position, this has {len(call.args)}."
        )
    pairs = [*zip(order, call.args, strict=False)]
    for keyword in call.keywords:
        if keyword.arg is None:
            raise PastedError("`**` hides settings: write them out.")
        pairs.append((keyword.arg, keyword.value))
    found: dict[str, Any] = {}
    read = {*_TORCH, *_KERAS_ORDER, "groups", "bias", "dilation", "padding_mode"}
    for key, node in pairs:
        if key not in read or key == "data_format":
            continue
        try:
            value = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            if key == "activation":
                value = "given"
            else:
                written = quoted(ast.get_source_segment(text, node) or "")
                raise PastedError(f"`{key}` is {written}: write its number.") from None
        if key in found:
            raise PastedError(f"`{key}` is given twice.")
        found[key] = value
    return found
