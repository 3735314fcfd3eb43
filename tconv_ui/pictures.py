"""Pictures through a transposed convolution, and what the page shows of them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tconv_core import Geometry, conv_transpose2d
from tconv_ui.formulas import torch_settings

Picture = NDArray[np.uint8]
Kernel = NDArray[np.float64]

SHOWN = 900
"""The longest side, in pixels, of a picture as it is sent to the page."""


@dataclass(frozen=True, slots=True, eq=False)
class Upsampled:
    """A picture after the layer.

    Attributes:
        picture: (H', W', 3) uint8, rounded once and clipped once.
        clipped: The share of values that lay outside 0 to 255.
    """

    picture: Picture
    clipped: float


def picture_geometry(picture: Picture, layer: Geometry) -> Geometry:
    """Return the layer's geometry for a picture instead of the small input.

    Raises:
        GeometryError: The layer leaves no pixel of a picture this small.

    >>> small = np.zeros((4, 6, 3), np.uint8)
    >>> picture_geometry(small, Geometry.from_torch(3, 4, stride=2, padding=1)).output_shape
    (8, 12)
    """
    axes = (layer.rows, layer.cols)
    rows, cols = (torch_settings(axis) for axis in axes)
    return Geometry.from_torch(
        (picture.shape[0], picture.shape[1]),
        layer.kernel_shape,
        stride=(axes[0].stride, axes[1].stride),
        padding=(rows[0], cols[0]),
        output_padding=(rows[1], cols[1]),
        dilation=(axes[0].dilation, axes[1].dilation),
    )


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


def upsample(picture: Picture, kernel: Kernel, layer: Geometry) -> Upsampled:
    """Return the picture after the layer, each colour channel by itself with the same kernel.

    Args:
        picture: (H, W, 3) uint8.
        kernel: (kH, kW).
        layer: Stride, padding, output_padding and dilation; its input size is the picture's.

    Raises:
        GeometryError: The layer leaves no pixel of a picture this small.

    >>> white = np.full((2, 2, 3), 255, np.uint8)
    >>> upsample(white, np.ones((2, 2)), Geometry.from_torch(2, 2, stride=2)).picture.shape
    (4, 4, 3)
    """
    geometry = picture_geometry(picture, layer)
    planes = np.moveaxis(picture, -1, 0).astype(np.float32)
    weight = np.broadcast_to(kernel.astype(np.float32), (3, 1, *kernel.shape))
    axes = (geometry.rows, geometry.cols)
    rows, cols = (torch_settings(axis) for axis in axes)
    result = conv_transpose2d(
        planes,
        weight,
        stride=(axes[0].stride, axes[1].stride),
        padding=(rows[0], cols[0]),
        output_padding=(rows[1], cols[1]),
        dilation=(axes[0].dilation, axes[1].dilation),
        groups=3,
    )
    levels = np.rint(result)
    outside = float(((levels < 0) | (levels > 255)).mean())
    shown = np.clip(levels, 0, 255).astype(np.uint8)
    return Upsampled(np.ascontiguousarray(np.moveaxis(shown, 0, -1)), outside)


def align_input(picture: Picture, layer: Geometry) -> Picture:
    """Return the input drawn at the output's scale, (H', W', 4), each pixel under its own stamp.

    Every input pixel is a block of stride × stride pixels, centred where its stamp lands; what no
    block covers is transparent.

    >>> picture = np.full((2, 2, 3), 9, np.uint8)
    >>> align_input(picture, Geometry.from_torch(2, 4, stride=2, padding=1)).shape
    (4, 4, 4)
    """
    geometry = picture_geometry(picture, layer)
    rows, cols = (
        _source_of_cells(axis.output_size, axis.stride, axis.effective_kernel, axis.crop[0])
        for axis in (geometry.rows, geometry.cols)
    )
    inside_rows = (rows >= 0) & (rows < picture.shape[0])
    inside_cols = (cols >= 0) & (cols < picture.shape[1])
    blocks = picture[
        np.clip(rows, 0, picture.shape[0] - 1)[:, np.newaxis],
        np.clip(cols, 0, picture.shape[1] - 1),
    ]
    alpha = np.outer(inside_rows, inside_cols).astype(np.uint8) * np.uint8(255)
    return np.dstack([blocks, alpha])


def _source_of_cells(size: int, stride: int, kernel: int, begin: int) -> NDArray[np.int64]:
    """Which input pixel's block each output cell lies in."""
    return (np.arange(size) + begin - (kernel - stride) // 2) // stride


def window(picture: Picture, zoom: int, centre: tuple[float, float]) -> Picture:
    """Return the part of a picture that fills the view at a zoom, around centre (y, x) in 0 to 1.

    >>> window(np.zeros((8, 8, 3), np.uint8), 2, (0.0, 1.0)).shape
    (4, 4, 3)
    """
    slices = []
    for size, place in zip(picture.shape[:2], centre, strict=True):
        length = max(1, size // zoom)
        start = round(place * (size - length))
        slices.append(slice(start, start + length))
    return picture[slices[0], slices[1]]


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
