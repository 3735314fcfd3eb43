"""Pictures as arrays: through a layer, and as the PNG that a page shows."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tconv_core import Geometry

Picture = NDArray[np.uint8]
Kernel = NDArray[np.float64]

SHOWN = 900
"""The longest side, in pixels, of a picture as it is sent to the page."""


def brightness_gain(kernel: Kernel, layer: Geometry) -> float | None:
    """Return how many times brighter the kernel makes a flat picture on average.

    That is the sum of its weights over the s² output pixels that share them. None when the
    weights cancel: there is then no brightness to keep.

    >>> brightness_gain(np.ones((4, 4)), Geometry.from_torch(3, 4, stride=2))
    4.0
    """
    total = float(kernel.sum())
    if abs(total) < 1e-9 * float(np.abs(kernel).sum() or 1):
        return None
    return total / (layer.rows.stride * layer.cols.stride)


def shown_png(picture: Picture) -> bytes:
    """Return a PNG of the picture for the page, averaged down when it has more pixels than fit."""
    image = Image.fromarray(picture)
    factor = -(-max(image.size) // SHOWN)
    return _png(image.reduce(factor) if factor > 1 else image)


def full_png(picture: Picture) -> bytes:
    """Return a PNG of every pixel of the picture."""
    return _png(Image.fromarray(picture))


def _png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
