"""A picture's levels as values to compute with, and values as levels a screen can show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tconv_ui.pictures.arrays import Picture


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Values as levels a screen can show.

    Attributes:
        picture: (H, W, 3) uint8, rounded once and clipped once, or normalised.
        outside: The share of values that lay outside 0 to 255 once rounded.
        low, high: The least and the largest value there was.
    """

    picture: Picture
    outside: float
    low: float
    high: float


def planes_of(picture: Picture) -> NDArray[np.float32]:
    """Return the channels of an (H, W, 3) picture as (3, H, W) float32.

    >>> planes_of(np.zeros((4, 6, 3), np.uint8)).shape
    (3, 4, 6)
    """
    return np.ascontiguousarray(np.moveaxis(picture, -1, 0), np.float32)


def show(values: NDArray[np.float32], *, normalise: bool = False) -> Shown:
    """Return (3, H, W) values as levels: clipped to 0 to 255, or their own range spread over it.

    >>> show(np.float32([[[-3, 100.6, 300]]] * 3)).picture[0, :, 0].tolist()
    [0, 101, 255]
    >>> show(np.float32([[[-3, 0, 300]]] * 3), normalise=True).picture[0, :, 0].tolist()
    [0, 3, 255]
    """
    levels = np.rint(values)
    low, high = float(values.min()), float(values.max())
    outside = 0.0
    if levels.min() < 0 or levels.max() > 255:
        outside = float(((levels < 0) | (levels > 255)).mean())
    if normalise:
        levels = np.rint((values - low) * (255 / max(high - low, 1e-9)))
    np.clip(levels, 0, 255, out=levels)
    picture = np.ascontiguousarray(np.moveaxis(levels.astype(np.uint8), 0, -1))
    return Shown(picture, outside, low, high)
