"""A pasted call: what it calls, and its arguments as the framework's signature names them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from tconv_ui.wording import quoted

LONGEST = 400


class PastedError(ValueError):
    """Text that is no layer this page reads: one sentence saying what is wrong."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How a framework's layer is called.

    Attributes:
        name: Of the layer.
        order: Its arguments, in the order in which they may stand without a name.
        by_name: Those that need one.
        optional: Those that may be None.
        ours: The settings it names otherwise than `Settings` does.
        meant: What somebody means who writes the other framework's word.
    """

    name: str
    order: tuple[str, ...]
    by_name: tuple[str, ...]
    optional: frozenset[str]
    ours: dict[str, str]
    meant: dict[str, str]


TORCH = Signature(
    "ConvTranspose2d",
    (
        *("in_channels", "out_channels", "kernel_size", "stride", "padding", "output_padding"),
        *("groups", "bias", "dilation", "padding_mode", "device", "dtype"),
    ),
    (),
    frozenset({"bias", "device", "dtype"}),
    {"kernel_size": "kernel"},
    {"filters": "out_channels", "strides": "stride", "dilation_rate": "dilation"}
    | {"use_bias": "bias"},
)
KERAS = Signature(
    "Conv2DTranspose",
    (
        *("filters", "kernel_size", "strides", "padding", "output_padding", "data_format"),
        *("dilation_rate", "activation", "use_bias", "kernel_initializer", "bias_initializer"),
        *("kernel_regularizer", "bias_regularizer", "activity_regularizer"),
        *("kernel_constraint", "bias_constraint"),
    ),
    ("name", "dtype", "trainable", "autocast", "input_shape"),
    frozenset({"output_padding", "data_format", "activation", "use_bias"}),
    {"kernel_size": "kernel", "strides": "stride", "dilation_rate": "dilation"},
    {"out_channels": "filters", "stride": "strides", "dilation": "dilation_rate"}
    | {"bias": "use_bias"},
)
_READ = frozenset(
    {"in_channels", "out_channels", "filters", "kernel_size", "stride", "strides", "padding"}
    | {"output_padding", "groups", "bias", "use_bias", "dilation", "dilation_rate"}
    | {"padding_mode", "data_format", "activation", "input_shape"}
)
"""The arguments that have to be plain values; what the others say changes no size and no crop."""


def call_of(text: str) -> tuple[str, ast.Call]:
    """Return the last name of what the text calls, and the call.

    Raises:
        PastedError: The text is no single call of a name.

    >>> call_of("self.up = nn.ConvTranspose2d(16, 8, 4)")[0]
    'ConvTranspose2d'
    """
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


def arguments_of(call: ast.Call, signature: Signature, text: str) -> dict[str, Any]:
    """Return a call's arguments by name; those that change no size and no crop as a placeholder.

    Raises:
        PastedError: The framework takes no such argument, or one that counts is no plain value.

    >>> arguments_of(call_of("f(16, 8, 4, stride=2)")[1], TORCH, "")["stride"]
    2
    """
    order = signature.order
    if len(call.args) > len(order):
        raise PastedError(
            f"`{signature.name}` takes {len(order)} arguments by position, this has "
            f"{len(call.args)}."
        )
    pairs = [*zip(order, call.args, strict=False)]
    for keyword in call.keywords:
        if keyword.arg is None:
            raise PastedError("`**` hides settings: write them out.")
        if keyword.arg not in {*order, *signature.by_name}:
            meant = signature.meant.get(keyword.arg)
            instead = f": write `{meant}`" if meant else ""
            raise PastedError(f"`{signature.name}` takes no {quoted(keyword.arg)}{instead}.")
        pairs.append((keyword.arg, keyword.value))
    found: dict[str, Any] = {}
    for key, node in pairs:
        if key in found:
            raise PastedError(f"`{key}` is given twice.")
        found[key] = _literal(key, node, text) if key in _READ else "unread"
        if found[key] is None and key in _READ - signature.optional:
            raise PastedError(f"`{key}` is None: write its number.")
    return found


def _literal(key: str, node: ast.expr, text: str) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        if key == "activation":
            return "given"
        written = quoted(ast.get_source_segment(text, node) or "")
        kind = "True or False" if key in {"bias", "use_bias"} else "its number"
        raise PastedError(f"`{key}` is {written}: write {kind}.") from None
