"""Text on a Pillow image, in the bundled font: all its digits are equally wide."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_FONT = Path(__file__).parents[2] / "assets" / "fonts" / "NotoSans.ttf"
_ZEROS = str.maketrans("123456789", "0" * 9)
"""Numbers of one shape are equally wide: they are measured once."""


def text_width(text: str, size: float) -> float:
    """Return how wide a text of that letter size is, in pixels.

    >>> text_width("11", 14) == text_width("80", 14)
    True
    """
    return _width(text.translate(_ZEROS), size)


def draw_text(
    image: Image.Image,
    at: tuple[float, float],
    text: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
) -> None:
    """Draw a text whose baseline begins at (x, y)."""
    stroke = 0.035 * size if bold else 0
    pen = ImageDraw.Draw(image)
    pen.text(at, text, fill=colour, font=_font(size), anchor="ls", stroke_width=stroke)


def wrapped(text: str, size: float, width: float, *, first: float = 0) -> list[str]:
    """Return text as lines that are at most width wide; the first begins `first` further right.

    >>> wrapped("one two three", 10, 45)
    ['one two', 'three']
    """
    lines, room = [""], width - first
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > room:
            lines.append(word)
            room = width
        else:
            lines[-1] = longer
    return lines


def shortened(text: str, size: float, width: float) -> str:
    """Return text cut with an ellipsis where it is wider than width.

    >>> shortened("Stamp", 10, 100), shortened("Stamp", 10, 25)
    ('Stamp', 'Sta…')
    """
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text}…"


def cap_height(size: float) -> float:
    """Return how tall a digit is, in pixels."""
    return 0.72 * size


@lru_cache(16384)
def _width(text: str, size: float) -> float:
    return _font(size).getlength(text) if text else 0.0


@lru_cache(64)
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)
