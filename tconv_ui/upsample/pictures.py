"""Pictures through a transposed convolution, and what the page shows of them."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tconv_core import Geometry
from tconv_ui.formulas import torch_settings

Picture = NDArray[np.uint8]
Kernel = NDArray[np.float64]

SHOWN = 900
"""The longest side, in pixels, of a picture as it is sent to the page."""


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


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the plane in which input pixel (i, j) is the block that begins at (i · s, j · s).

    `top` and `left` may be negative.
    """

    top: int
    left: int
    height: int
    width: int


def picture_geometry(shape: tuple[int, int], layer: Geometry) -> Geometry:
    """Return the layer's geometry for a picture of this (H, W) instead of the small input.

    Raises:
        GeometryError: The layer leaves no pixel of a picture this small.

    >>> picture_geometry((4, 6), Geometry.from_torch(3, 4, stride=2, padding=1)).output_shape
    (8, 12)
    """
    axes = (layer.rows, layer.cols)
    rows, cols = (torch_settings(axis) for axis in axes)
    return Geometry.from_torch(
        shape,
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


def landing(geometry: Geometry) -> tuple[int, int]:
    """Return the (row, column) of the output's first cell in the plane of blocks, see `Frame`.

    Every input pixel's block lies at the centre of its stamp.

    >>> landing(Geometry.from_torch((2, 2), 4, stride=2, padding=1))
    (0, 0)
    """
    rows, cols = (
        axis.crop[0] - (axis.effective_kernel - axis.stride) // 2
        for axis in (geometry.rows, geometry.cols)
    )
    return rows, cols


def layer_frame(shape: tuple[int, int], layer: Geometry) -> Frame:
    """Return where the layer's output of a picture of this (H, W) lies.

    Raises:
        GeometryError: The layer leaves no pixel of a picture this small.

    >>> layer_frame((4, 6), Geometry.from_torch(3, 3, stride=2, padding=1))
    Frame(top=1, left=1, height=7, width=11)
    """
    geometry = picture_geometry(shape, layer)
    return Frame(*landing(geometry), *geometry.output_shape)


def place(picture: Picture, shift: tuple[int, int], frame: Frame) -> Picture:
    """Return what of a picture lies in the frame, (H, W, 3), or with alpha where it does not reach.

    Args:
        picture: (H', W', 3) uint8.
        shift: Where its first pixel lies in the plane of blocks.
        frame: What to show.

    >>> place(np.zeros((2, 2, 3), np.uint8), (0, 0), Frame(-1, 0, 3, 2))[:, 0, 3].tolist()
    [0, 255, 255]
    """
    spans = [
        (max(at - begin, 0), max(min(at + size - begin, length), 0), begin - at)
        for at, size, begin, length in zip(
            shift,
            picture.shape[:2],
            (frame.top, frame.left),
            (frame.height, frame.width),
            strict=True,
        )
    ]
    rows, cols = (slice(start, max(start, stop)) for start, stop, _ in spans)
    own_rows, own_cols = (slice(start + gap, max(start, stop) + gap) for start, stop, gap in spans)
    part = picture[own_rows, own_cols]
    if part.shape[:2] == (frame.height, frame.width):
        return part
    placed = np.zeros((frame.height, frame.width, 4), np.uint8)
    placed[rows, cols, :3] = part
    placed[rows, cols, 3] = 255
    return placed


def blocks(picture: Picture, stride: tuple[int, int]) -> Picture:
    """Return every pixel of an (H, W, 3) picture as a block of stride cells.

    >>> blocks(np.zeros((2, 3, 3), np.uint8), (2, 1)).shape
    (4, 3, 3)
    """
    return np.repeat(np.repeat(picture, stride[0], axis=0), stride[1], axis=1)


def zoomed(frame: Frame, zoom: int, centre: tuple[float, float]) -> Frame:
    """Return the part of a frame that fills the view at a zoom, around centre (y, x) in 0 to 1.

    >>> zoomed(Frame(0, 0, 8, 8), 2, (0.0, 1.0))
    Frame(top=0, left=4, height=4, width=4)
    """
    height, width = max(1, frame.height // zoom), max(1, frame.width // zoom)
    top = frame.top + round(centre[0] * (frame.height - height))
    left = frame.left + round(centre[1] * (frame.width - width))
    return Frame(top, left, height, width)


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
