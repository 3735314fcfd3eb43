"""The numbers of a layer that a visitor sets: their names, their bounds and what they mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """A whole number the visitor sets; its name is its key in the URL and in `LayerChoice`.

    Its hue is the role of what it changes.
    """

    name: str
    label: str
    short: str
    low: int
    high: int
    default: int
    help: str
    hue: str


SETTINGS = (
    Setting(
        "size", "Input size", "Input", 1, 16, 3, "n: cells of the input along an axis.", "input"
    ),
    Setting(
        "kernel", "Kernel size", "Kernel", 1, 9, 3, "k: taps of the kernel along an axis.", "kernel"
    ),
    Setting(
        "stride", "Stride", "Stride", 1, 5, 2, "s: how far apart neighbouring stamps land.", "stamp"
    ),
    Setting(
        "padding",
        "Padding",
        "Padding",
        0,
        12,
        1,
        "p: cells cropped from each side. It never adds a border.",
        "output",
    ),
    Setting(
        "output_padding",
        "Output padding",
        "Output pad",
        0,
        4,
        0,
        "Cells more at the end: those of the full output that padding crops, zeros beyond them.",
        "output",
    ),
    Setting(
        "dilation",
        "Dilation",
        "Dilation",
        1,
        3,
        1,
        "d: how far apart the taps of one stamp land.",
        "kernel",
    ),
)
COLS = "_cols"
"""Ends the key of a setting's number for the columns, where rows and columns are apart."""
MAX_SEED = 999
