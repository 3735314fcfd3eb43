"""A card's picture shows its numbers, cell by cell."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tconv_core import trace_scatter
from tconv_ui.home.thumbnails import SIDE, thumbnail
from tconv_ui.layer.presets import PRESETS
from tconv_ui.theme import THEMES, Theme, diverging_colour


@pytest.mark.parametrize("theme", THEMES.values())
@pytest.mark.parametrize("label", PRESETS)
def test_every_cell_has_the_colour_of_its_value(label: str, theme: Theme) -> None:
    layer = PRESETS[label].choice.layer
    cells = trace_scatter(layer.input, layer.kernel, layer.geometry).output
    with Image.open(BytesIO(thumbnail(cells, theme)), formats=["PNG"]) as image:
        pixels = np.array(image)
    assert pixels.shape == (SIDE, SIDE, 3)
    rows, cols = cells.shape
    cell = SIDE // max(rows, cols)
    top, left = (SIDE - rows * cell) // 2, (SIDE - cols * cell) // 2
    limit = np.abs(cells).max()
    for y, x in np.ndindex(rows, cols):
        red, green, blue = pixels[top + y * cell + cell // 2, left + x * cell + cell // 2]
        wanted = diverging_colour(theme, float(cells[y, x] / limit))
        assert f"#{red:02x}{green:02x}{blue:02x}" == wanted


def test_a_grid_of_zeros_is_a_picture_too() -> None:
    with Image.open(BytesIO(thumbnail(np.zeros((2, 5)), THEMES["dark"]))) as image:
        assert image.getpixel((SIDE // 10, SIDE // 2)) == tuple(
            bytes.fromhex(THEMES["dark"].page[1:])
        )
