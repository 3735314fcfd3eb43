"""What a network is fed, and its feature maps as pictures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tconv_core.network.network import Shape
from tconv_core.network.spec import Activation
from tconv_ui.pictures.arrays import Picture
from tconv_ui.theme import Theme, diverging_scale

Maps = NDArray[np.float32]
NOISE, CONSTANT = "Noise", "Constant"
_GREY = np.array([0.299, 0.587, 0.114], np.float32)  # ITU-R BT.601
_SHOWN = 360  # pixels a map is drawn with, at least, where it is smaller
_GAP = 8
_FRAME = 2


def picture_input(picture: Picture, shape: Shape) -> Maps:
    """Return a picture as the input of a network: 0 to 1, averaged down to its size.

    One channel is its brightness; else channel c holds colour c mod 3: red, green, blue, red, ...

    Args:
        picture: (H, W, 3) uint8.
        shape: (C, H, W) wanted.

    >>> picture_input(np.full((8, 8, 3), 255, np.uint8), (4, 2, 2)).max()
    np.float32(1.0)
    """
    channels, height, width = shape
    small = Image.fromarray(_centred(picture, height / width)).resize(
        (width, height), Image.Resampling.BOX
    )
    levels = np.asarray(small, np.float32) / 255
    if channels == 1:
        return np.ascontiguousarray((levels @ _GREY)[np.newaxis])
    return np.ascontiguousarray(np.moveaxis(levels, -1, 0)[np.arange(channels) % 3])


def made_input(name: str, shape: Shape, seed: int) -> Maps:
    """Return an input that needs no picture: seeded noise, or ones.

    >>> made_input(CONSTANT, (1, 1, 2), 0)
    array([[[1., 1.]]], dtype=float32)
    """
    if name == CONSTANT:
        return np.ones(shape, np.float32)
    return np.random.default_rng(seed).standard_normal(shape, np.float32)


def map_picture(plane: NDArray[np.floating], theme: Theme, *, centre: float = 0.0) -> Picture:
    """Return one (H, W) map on the diverging scale, each cell a block of whole pixels.

    Args:
        plane: The values.
        theme: The colours.
        centre: The value in the middle of the scale; its ends are as far away as the values go.
    """
    span = float(np.abs(plane - centre).max()) or 1.0
    shares = np.clip((plane - centre) / span, -1, 1)
    colours = _table(theme)[np.rint((shares + 1) * 127).astype(np.intp)]
    return _enlarged(colours)


def output_picture(maps: Maps, activation: Activation, theme: Theme) -> Picture:
    """Return a network's output: in colour where it is 3 channels of bounded values, else a map.

    Sigmoid is shown around 0.5, where its input is 0; of other outputs the first channel around 0.
    """
    if len(maps) == 3 and activation in ("sigmoid", "tanh"):
        levels = maps if activation == "sigmoid" else (maps + 1) / 2
        return _enlarged(np.rint(255 * np.moveaxis(levels, 0, -1)).astype(np.uint8))
    return map_picture(maps[0], theme, centre=0.5 if activation == "sigmoid" else 0.0)


def contact_sheet(maps: Maps, theme: Theme, *, centre: float = 0.0, columns: int = 2) -> Picture:
    """Return (C, H, W) maps side by side, each on its own scale, with see-through gaps between.

    Returns:
        (H', W', 4) uint8.
    """
    tiles = [map_picture(plane, theme, centre=centre) for plane in maps]
    across = min(columns, len(tiles))
    down = -(-len(tiles) // across)
    height, width = tiles[0].shape[:2]
    sheet = np.zeros((down * (height + _GAP) - _GAP, across * (width + _GAP) - _GAP, 4), np.uint8)
    for at, tile in enumerate(tiles):
        top, left = (at // across) * (height + _GAP), (at % across) * (width + _GAP)
        sheet[top : top + height, left : left + width, :3] = _framed(tile, theme)
        sheet[top : top + height, left : left + width, 3] = 255
    return sheet


def _framed(tile: Picture, theme: Theme) -> Picture:
    """Return the tile in a thin frame, so that a map of zeros is seen as one."""
    if min(tile.shape[:2]) <= 4 * _FRAME:
        return tile
    framed = np.full_like(tile, _channels(theme.line))
    inner = slice(_FRAME, -_FRAME)
    framed[inner, inner] = tile[inner, inner]
    return framed


def _centred(picture: Picture, ratio: float) -> Picture:
    """Return the largest middle part whose height is ratio times its width."""
    height, width = picture.shape[:2]
    tall = max(1, min(height, round(width * ratio)))
    wide = max(1, min(width, round(height / ratio)))
    top, left = (height - tall) // 2, (width - wide) // 2
    return picture[top : top + tall, left : left + wide]


def _enlarged(colours: Picture) -> Picture:
    block = max(1, -(-_SHOWN // max(colours.shape[:2])))
    enlarged: Picture = np.repeat(np.repeat(colours, block, axis=0), block, axis=1)
    return enlarged


def _table(theme: Theme) -> NDArray[np.uint8]:
    stops = [(at, _channels(colour)) for at, colour in diverging_scale(theme)]
    at, colours = [each[0] for each in stops], np.array([each[1] for each in stops])
    fine = np.linspace(0, 1, 255)  # odd, so that the centre has a colour of its own
    parts = [np.interp(fine, at, colours[:, channel]) for channel in range(3)]
    table: NDArray[np.uint8] = np.rint(np.stack(parts, axis=1)).astype(np.uint8)
    return table


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
