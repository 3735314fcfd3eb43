"""A layer's numbers and names as an address spells them, read one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tconv_ui.layer.cells import CUSTOM, INPUTS, KERNELS, Shape
from tconv_ui.layer.settings import COLS, MAX_SEED, SETTINGS
from tconv_ui.wording import quoted

BOUNDS = {
    **{each.name + end: (each.low, each.high) for each in SETTINGS for end in ("", COLS)},
    "seed": (0, MAX_SEED),
}
"""The least and the most of each number, by its name in the address."""
NAMES = {"input": (*INPUTS, CUSTOM), "weights": (*KERNELS, CUSTOM), "linked": ("true", "false")}
"""What each name in the address may say."""


def read_number(words: Mapping[Any, Any], key: str, default: int) -> int:
    """Return the number of a key, or the default where it is none within its bounds.

    >>> read_number({"stride": "3"}, "stride", 2), read_number({"stride": "9"}, "stride", 2)
    (3, 2)
    """
    low, high = BOUNDS[key]
    try:
        number = float(words.get(key, default))
    except (TypeError, ValueError):
        return default
    return int(number) if number in range(low, high + 1) else default


def read_crop(text: str) -> tuple[Shape, Shape] | None:
    """Return ((begin, end), (begin, end)) of four integers of at most three digits.

    >>> read_crop("0 1 2 -1"), read_crop("0 1")
    (((0, 1), (2, -1)), None)
    """
    if not re.fullmatch(r"-?\d{1,3}( -?\d{1,3}){3}", text, re.ASCII):
        return None
    top, bottom, left, right = map(int, text.split())
    return (top, bottom), (left, right)


def unread_words(words: Mapping[str, str], taken: Mapping[str, object]) -> tuple[str, ...]:
    """Return a sentence for each of an address's words that cannot be read.

    Args:
        words: By key, as the address spells them.
        taken: What stands in their place, by key.

    >>> unread_words({"size": "99", "stride": "2"}, {"size": 3})
    ('size=`99` is not a whole number from 1 to 16; using 3.',)
    """
    return tuple(
        f"{key}={quoted(raw)} is not {_wanted(key)}; using {taken[key]}."
        for key, raw in words.items()
        if not _can_be_read(key, raw)
    )


def _wanted(key: str) -> str:
    if key in BOUNDS:
        return "a whole number from {} to {}".format(*BOUNDS[key])
    return "true or false" if key == "linked" else f"one of {', '.join(NAMES[key])}"


def _can_be_read(key: str, raw: str) -> bool:
    if key in BOUNDS:
        return read_number({key: raw}, key, -1) >= 0
    return key not in NAMES or (raw.lower() if key == "linked" else raw) in NAMES[key]
