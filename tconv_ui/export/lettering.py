"""Text on a Pillow image: the font that Pillow carries, and the signs that it lacks.

The font has no ×, −, →, – and no small digits; they are drawn here. Its digits are all equally
wide, so numbers stand in columns."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

_FINE = 8  # drawn this much larger, then averaged down
_STROKES: dict[str, tuple[float, tuple[tuple[float, float, float, float], ...]]] = {
    # A sign's width, and its lines (x, y, x, y); in letter sizes, y up from the baseline.
    " ": (0.3, ()),  # the font's own is so narrow that small words run together
    "−": (0.57, ((0.07, 0.35, 0.50, 0.35),)),
    "–": (0.52, ((0.02, 0.30, 0.50, 0.30),)),
    "×": (0.57, ((0.10, 0.15, 0.47, 0.52), (0.10, 0.52, 0.47, 0.15))),
    "→": (
        0.86,
        ((0.06, 0.32, 0.78, 0.32), (0.58, 0.50, 0.79, 0.32), (0.58, 0.14, 0.79, 0.32)),
    ),
    "≤": (0.57, ((0.48, 0.58, 0.09, 0.40), (0.09, 0.40, 0.48, 0.22), (0.09, 0.08, 0.48, 0.08))),
    "≥": (0.57, ((0.09, 0.58, 0.48, 0.40), (0.48, 0.40, 0.09, 0.22), (0.09, 0.08, 0.48, 0.08))),
}
_SMALL = 0.62
_ZEROS = str.maketrans("123456789", "0" * 9)
"""Numbers of one shape are equally wide: they are measured once."""
DRAWN = "".join(_STROKES)
"""The signs that are drawn here."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text of one kind: letters, one drawn sign, or small letters."""

    text: str
    size: float
    raised: float
    width: float


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
    pen = ImageDraw.Draw(image)
    x, y = at
    for piece in _pieces(text, size):
        base = y - piece.raised
        if piece.text in _STROKES:
            mask, below = _sign(piece.text, piece.size, bold)
            pen.bitmap((round(x), round(base) - mask.height + below), mask, fill=colour)
        else:
            pen.text(
                (x, base),
                piece.text,
                fill=colour,
                font=_font(piece.size),
                anchor="ls",
                stroke_width=0.035 * size if bold else 0,
            )
        x += piece.width


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
    return sum(piece.width for piece in _pieces(text, size))


@lru_cache(4096)
def _pieces(text: str, size: float) -> tuple[_Piece, ...]:
    pieces: list[_Piece] = []
    letters = ""
    for sign in f"{text}\0":
        small = unicodedata.decomposition(sign).split()
        if sign == "\0" or sign in _STROKES or (small and small[0] in ("<sub>", "<super>")):
            if letters:
                pieces.append(_Piece(letters, size, 0, _font(size).getlength(letters)))
                letters = ""
            if sign in _STROKES:
                pieces.append(_Piece(sign, size, 0, _STROKES[sign][0] * size))
            elif small:
                raised = -0.12 * size if small[0] == "<sub>" else 0.32 * size
                plain = "".join(chr(int(code, 16)) for code in small[1:])
                plain = plain.replace("−", "-")
                width = _font(_SMALL * size).getlength(plain)
                pieces.append(_Piece(plain, _SMALL * size, raised, width))
        else:
            letters += sign
    return tuple(pieces)


@lru_cache(64)
def _font(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font


@lru_cache(256)
def _sign(sign: str, size: float, bold: bool) -> tuple[Image.Image, int]:
    """Return a drawn sign's mask, and how many of its rows lie below the baseline."""
    advance, lines = _STROKES[sign]
    width, height, below = round(advance * size) + 1, round(0.8 * size) + 1, 2
    fine = Image.new("L", (width * _FINE, (height + below) * _FINE))
    pen = ImageDraw.Draw(fine)
    thick = max(1.0, size * (0.115 if bold else 0.08))
    for x0, y0, x1, y1 in lines:
        if y0 == y1:  # a level line lies on whole pixels, else it is a grey smear
            middle = height - round(y0 * size - thick / 2) - thick / 2
            ends = [(x0 * size, middle), (x1 * size, middle)]
        else:
            ends = [(x0 * size, height - y0 * size), (x1 * size, height - y1 * size)]
        pen.line([(_FINE * x, _FINE * y) for x, y in ends], 255, round(thick * _FINE))
    return fine.reduce(_FINE), below
