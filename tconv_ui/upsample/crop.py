"""A part of a picture, and a picture made small enough to work on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from tconv_ui.pictures.arrays import Picture


@dataclass(frozen=True, slots=True)
class Crop:
    """What to keep of a picture.

    Attributes:
        shares: How much of its height and of its width, above 0 and up to 1.
        centre: (y, x) in 0 to 1 of the way there is.
    """

    shares: tuple[float, float] = (1.0, 1.0)
    centre: tuple[float, float] = (0.5, 0.5)

    @property
    def whole(self) -> bool:
        """Whether nothing is cut away."""
        return self.shares == (1.0, 1.0)


def crop_of(rows: tuple[float, float], cols: tuple[float, float], least: float) -> Crop:
    """Return the crop between two rows and two columns, each a share of its side.

    Args:
        rows, cols: Begin and end, in any order; what lies outside 0 to 1 is ignored.
        least: The least share of a side to keep; less is widened to it.

    >>> crop_of((0.5, 0.75), (-1.0, 0.25), 0.1)
    Crop(shares=(0.25, 0.25), centre=(0.6666666666666666, 0.0))
    """
    shares, centre = [], []
    for span in (rows, cols):
        begin, end = (min(max(at, 0.0), 1.0) for at in sorted(span))
        share = max(end - begin, least)
        begin = min(begin, 1 - share)
        shares.append(share)
        centre.append(begin / (1 - share) if share < 1 else 0.5)
    return Crop((shares[0], shares[1]), (centre[0], centre[1]))


def cropped(picture: Picture, crop: Crop) -> Picture:
    """Return the part of a picture a crop keeps.

    >>> cropped(np.zeros((10, 20, 3), np.uint8), Crop((0.5, 0.2), (0.0, 1.0))).shape
    (5, 4, 3)
    """
    rows, cols = _part(picture, crop)
    return picture[rows, cols]


def shade_outside(picture: Picture, crop: Crop) -> Picture:
    """Return a picture with all but the part a crop keeps at a third of its brightness.

    >>> crop = Crop((0.5, 0.5), (0.0, 1.0))
    >>> shade_outside(np.full((2, 2, 3), 90, np.uint8), crop)[..., 0].tolist()
    [[30, 90], [30, 30]]
    """
    rows, cols = _part(picture, crop)
    shaded = picture // 3
    shaded[rows, cols] = picture[rows, cols]
    return shaded


def _part(picture: Picture, crop: Crop) -> tuple[slice, slice]:
    lengths = [
        max(1, round(size * share))
        for size, share in zip(picture.shape[:2], crop.shares, strict=True)
    ]
    starts = [
        round(place * (size - length))
        for size, length, place in zip(picture.shape[:2], lengths, crop.centre, strict=True)
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
