"""The measures of a drawn scene, in logical pixels; a scale multiplies all of them."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 480
HIGHEST = 840
MARGIN, HEAD, GAP = 12, 36, 16
TITLE, SMALL, TEXT, LINE, SIGN = 14.0, 11.0, 13.0, 18, 20.0
LARGEST_CELL, LARGEST_RESULT, LEGIBLE = 36, 42, 28
ROOM = WIDTH - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Place:
    """A grid's place: its first pixel, its cells' side, and how wide its heading may be."""

    left: int
    top: int
    cell: int
    slot: int
