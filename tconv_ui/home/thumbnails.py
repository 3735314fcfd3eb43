"""Small pictures of grids of numbers, for cards: colours only, no text."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw

from tconv_core.arrays import FloatArray
from tconv_ui.theme import Theme, diverging_colour

SIDE = 166
"""The width and height of a thumbnail in pixels, and of the card that shows it: Streamlit would
shrink a larger one again for each visitor. Two stand beside each other on a phone."""


def thumbnail(cells: FloatArray, theme: Theme) -> bytes:
    """Return a square PNG of (rows, cols) values on the diverging scale, centred on zero.

    >>> from tconv_ui.theme import LIGHT
    >>> with Image.open(BytesIO(thumbnail(np.eye(3), LIGHT))) as image:
    ...     image.size, image.getpixel((30, 30)) != image.getpixel((80, 30))
    ((166, 166), True)
    """
    rows, cols = cells.shape
    cell = SIDE // max(rows, cols)
    gap = max(1, cell // 16)
    top, left = ((SIDE - count * cell) // 2 for count in (rows, cols))
    limit = float(np.abs(cells).max()) or 1.0
    image = Image.new("RGB", (SIDE, SIDE), theme.panel)
    draw = ImageDraw.Draw(image)
    for y, x in np.ndindex(rows, cols):
        corner = (left + x * cell, top + y * cell)
        end = (corner[0] + cell - gap - 1, corner[1] + cell - gap - 1)
        draw.rectangle((corner, end), diverging_colour(theme, float(cells[y, x]) / limit))
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
