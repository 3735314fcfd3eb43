"""The cells and frames of a drawn grid: one small image for each look, drawn once.

Colours and proportions are those of `assets/player/paint.js`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from tconv_ui.export.lettering import cap_height, draw_text, text_width
from tconv_ui.player.scene import Grid
from tconv_ui.player.words import number_text
from tconv_ui.theme import LEAST_CONTRAST, Theme, contrast, diverging_colour, mix, readable

_FINE = 4  # masks are drawn this much larger, then averaged down
_SHAPE = 0.6
_SHADES = 48
LEAST_CELL = 20
"""The smallest cell that holds a number, in logical pixels."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one cell looks like.

    Attributes:
        shade: -48 to 48, the place on the diverging scale; None where nothing stands yet.
        text: Its number as written, or nothing where it does not fit.
        text_size: In pixels.
        cropped, tinted, hole: What the grid says of the cell.
        faint: It holds a zero that is there only to fill a place.
    """

    shade: int | None
    text: str = ""
    text_size: float = 0
    cropped: bool = False
    tinted: bool = False
    hole: bool = False
    faint: bool = False


def is_cropped(grid: Grid, row: int, col: int) -> bool:
    """Return whether a cell lies outside its grid's frame, or is padding."""
    if grid.ids is not None and grid.ids[row, col] < 0:
        return True
    if grid.frame is None:
        return False
    top, left, rows, cols = grid.frame
    return not (top <= row < top + rows and left <= col < left + cols)


def is_tinted(grid: Grid, row: int, col: int) -> bool:
    """Return whether output_padding added a cell."""
    if grid.frame is None or not any(grid.tint) or is_cropped(grid, row, col):
        return False
    top, left, rows, cols = grid.frame
    return row >= top + rows - grid.tint[0] or col >= left + cols - grid.tint[1]


def shade_of(value: float, limit: float) -> int:
    """Return a value's place on the scale that ends at limit.

    >>> shade_of(0, 5), shade_of(5, 5), shade_of(-5, 5), shade_of(9, 5)
    (0, 48, -48, 48)
    """
    share = float(min(1.0, abs(value) / limit) ** _SHAPE)
    return round(share * _SHADES) * (-1 if value < 0 else 1)


@lru_cache(4096)
def fitted(value: float, cell: int, scale: int) -> tuple[str, float]:
    """Return the longest spelling of a number that fits a cell, and its size: ("", 0) if none.

    >>> fitted(0.3333333, 36, 1)[0], fitted(0.3333333, 22, 1)[0], fitted(7, 12, 1)
    ('0.333', '0.33', ('', 0.0))
    """
    if cell < LEAST_CELL * scale:  # a grid whose short numbers alone are written looks torn
        return "", 0.0
    room = cell - gap_of(cell, scale) - (3 if cell >= 24 * scale else 2) * scale
    largest = min(14 * scale, max(8 * scale, 0.42 * cell))
    for digits, least in ((4, 10.5 * scale), (3, 10 * scale), (2, 8 * scale)):
        text = number_text(value, digits)
        size = largest
        while size >= least:
            if text_width(text, size) <= room:
                return text, size
            size -= 0.5 * scale
    return "", 0.0


def gap_of(cell: int, scale: int) -> int:
    """Return the pixels between two cells."""
    return 2 * scale if cell >= 22 * scale else scale if cell >= 6 * scale else 0


def colours(look: Look, theme: Theme) -> tuple[str, str]:
    """Return a cell's ground and the colour of its number, which is readable on it."""
    if look.shade is None:
        back, ink = mix(theme.panel, theme.line, 0.35), theme.soft
    else:
        back = diverging_colour(theme, look.shade / _SHADES)
        ink = readable(theme, back)
    if look.faint:
        return theme.panel, theme.soft
    if look.cropped:
        back = mix(back, theme.page, 0.5)
        faint = contrast(theme.soft, back) >= LEAST_CONTRAST
        return back, theme.soft if faint else readable(theme, back)
    if look.tinted:
        back = mix(back, theme.output, 0.22)
        return back, readable(theme, back)
    return back, ink


@lru_cache(4096)
def tile(look: Look, cell: int, scale: int, theme: Theme) -> Image.Image:
    """Return one cell's picture, cell pixels a side, on the page's ground."""
    back, ink = colours(look, theme)
    image = Image.new("RGB", (cell, cell), theme.page)
    mask = _block(cell, gap_of(cell, scale), 3 * scale if cell >= 20 * scale else 0)
    image.paste(back, mask=mask)
    if look.cropped:
        hatching = Image.new("RGB", (cell, cell), mix(back, theme.soft, 0.45))
        image.paste(hatching, mask=_and(mask, _hatch(cell, scale)))
    if look.hole:
        if cell >= 5 * scale:
            image.paste(theme.soft, mask=_ring(cell, scale))
    elif look.text:
        x = (cell - text_width(look.text, look.text_size)) / 2
        y = (cell + cap_height(look.text_size)) / 2
        draw_text(image, (x, round(y)), look.text, look.text_size, ink)
    return image


def draw_frame(
    image: Image.Image,
    box: tuple[int, int, int, int],
    colour: str,
    *,
    thick: float,
    radius: float,
    dash: tuple[float, float] | None = None,
) -> None:
    """Draw a rounded frame around the (left, top, right, bottom) pixels of an image."""
    edge = int(thick) + 1
    left, top, right, bottom = box
    mask = _frame((right - left, bottom - top), edge, thick, radius, dash)
    image.paste(colour, (left - edge, top - edge), mask)


@lru_cache(64)
def _block(cell: int, gap: int, radius: int) -> Image.Image:
    fine = Image.new("L", (cell * _FINE, cell * _FINE))
    near, far = gap // 2 * _FINE, (cell - gap + gap // 2) * _FINE - 1
    ImageDraw.Draw(fine).rounded_rectangle((near, near, far, far), radius * _FINE, 255)
    return fine.reduce(_FINE)


@lru_cache(64)
def _hatch(cell: int, scale: int) -> Image.Image:
    """Slanted lines that go on from one cell to the next where the cell is a multiple of 6."""
    fine = Image.new("L", (cell * _FINE, cell * _FINE))
    pen, step = ImageDraw.Draw(fine), 6 * scale * _FINE
    for start in range(0, 2 * fine.width + step, step):
        pen.line((start, 0, start - fine.width, fine.width), 255, scale * _FINE)
    return fine.reduce(_FINE)


@lru_cache(64)
def _ring(cell: int, scale: int) -> Image.Image:
    fine = Image.new("L", (cell * _FINE, cell * _FINE))
    middle, radius = cell * _FINE / 2, max(0.14 * cell, 1.5 * scale) * _FINE
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    ImageDraw.Draw(fine).ellipse(box, outline=255, width=scale * _FINE)
    return fine.reduce(_FINE)


def _and(first: Image.Image, second: Image.Image) -> Image.Image:
    both = Image.new("L", first.size)
    both.paste(first, mask=second)
    return both


@lru_cache(64)
def _frame(
    inner: tuple[int, int],
    edge: int,
    thick: float,
    radius: float,
    dash: tuple[float, float] | None,
) -> Image.Image:
    size = ((inner[0] + 2 * edge) * _FINE, (inner[1] + 2 * edge) * _FINE)
    fine = Image.new("L", size)
    box = [(edge - thick / 2) * _FINE] * 2
    box += [size[0] - box[0] - 1, size[1] - box[1] - 1]
    ImageDraw.Draw(fine).rounded_rectangle(
        box, radius * _FINE, outline=255, width=round(thick * _FINE)
    )
    if dash is not None:
        _cut_dashes(fine, [length * _FINE for length in dash], round((thick + edge) * _FINE))
    return fine.reduce(_FINE)


def _cut_dashes(fine: Image.Image, dash: list[float], band: int) -> None:
    """Blank the gaps out of a frame's four sides; its corners stay."""
    pen = ImageDraw.Draw(fine)
    for length, across in ((fine.width, False), (fine.height, True)):
        count = round((length - dash[0]) / sum(dash))
        pitch = (length - dash[0]) / max(1, count)
        for index in range(count):
            start = index * pitch + dash[0]
            stop = (index + 1) * pitch
            for near in (0, (fine.height if not across else fine.width) - band):
                box = (start, near, stop - 1, near + band)
                pen.rectangle(box if not across else (box[1], box[0], box[3], box[2]), 0)
