"""Where a picture and what became of it lie, so that they can be laid over each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tconv_core import Geometry
from tconv_ui.pictures.arrays import Picture


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the plane in which input pixel (i, j) is the block that begins at (i · s, j · s).

    `top` and `left` may be negative.
    """

    top: int
    left: int
    height: int
    width: int


def landing(geometry: Geometry) -> tuple[int, int]:
    """Return the (row, column) of the output's first cell in the plane of blocks, see `Frame`.

    Every input pixel's block lies at the centre of its stamp.

    >>> landing(Geometry.from_torch((2, 2), 4, stride=2, padding=1))
    (0, 0)
    """
    rows, cols = (
        axis.crop[0] - (axis.effective_kernel - axis.stride) // 2 for axis in geometry.axes
    )
    return rows, cols


def layer_frame(shape: tuple[int, int], layer: Geometry) -> Frame:
    """Return where the layer's output of a picture of this (H, W) lies.

    Raises:
        GeometryError: The layer leaves no pixel of a picture this small.

    >>> layer_frame((4, 6), Geometry.from_torch(3, 3, stride=2, padding=1))
    Frame(top=1, left=1, height=7, width=11)
    """
    geometry = layer.with_input(shape)
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
