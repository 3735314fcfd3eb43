"""A part of a picture, and a picture made small enough to work on."""

from __future__ import annotations

import numpy as np
from PIL import Image

from tconv_ui.pictures import Picture


def zoomed_part(picture: Picture, share: float, centre: tuple[float, float]) -> Picture:
    """Return the part of a picture with a share of each side, around centre (y, x) in 0 to 1.

    >>> zoomed_part(np.zeros((10, 20, 3), np.uint8), 0.5, (0.0, 1.0)).shape
    (5, 10, 3)
    """
    rows, cols = _part(picture, share, centre)
    return picture[rows, cols]


def shade_outside(picture: Picture, share: float, centre: tuple[float, float]) -> Picture:
    """Return a picture with all but such a part at a third of its brightness.

    >>> shade_outside(np.full((2, 2, 3), 90, np.uint8), 0.5, (0.0, 1.0))[..., 0].tolist()
    [[30, 90], [30, 30]]
    """
    rows, cols = _part(picture, share, centre)
    shaded = picture // 3
    shaded[rows, cols] = picture[rows, cols]
    return shaded


def _part(picture: Picture, share: float, centre: tuple[float, float]) -> tuple[slice, slice]:
    lengths = [max(1, round(size * share)) for size in picture.shape[:2]]
    starts = [
        round(place * (size - length))
        for size, length, place in zip(picture.shape[:2], lengths, centre, strict=True)
    ]
    rows, cols = (slice(at, at + length) for at, length in zip(starts, lengths, strict=True))
    return rows, cols


def fit_inside(picture: Picture, longest: int) -> Picture:
    """Return a picture reduced, never enlarged, until its longer side is at most longest pixels.

    >>> fit_inside(np.zeros((10, 20, 3), np.uint8), 10).shape
    (5, 10, 3)
    """
    scale = longest / max(picture.shape[:2])
    if scale >= 1:
        return picture
    height, width = (max(1, round(size * scale)) for size in picture.shape[:2])
    image = Image.fromarray(picture).resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(image)
