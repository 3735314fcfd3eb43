"""Enlargement without learned weights, and the shuffle that follows a sub-pixel convolution."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tconv_core.arrays import FloatArray, as_float
from tconv_core.geometry.checks import GeometryError, Pair, positive_pair, whole


def upsample_nearest(x: ArrayLike, scale: Pair) -> FloatArray:
    """Return x with every cell repeated scale times along rows and columns.

    Args:
        x: (C, H, W) or (N, C, H, W).
        scale: A whole number of at least 1, or (rows, cols).

    Returns:
        (C, H · rows, W · cols) or (N, C, H · rows, W · cols).

    Raises:
        GeometryError: A scale is below 1.
        TypeError, ValueError: x does not hold finite real numbers, or has another rank.

    Source:
        torch.nn.Upsample(mode="nearest") (PyTorch 2.13); keras.layers.UpSampling2D.

    >>> upsample_nearest([[[1, 2]]], 2)
    array([[[1., 1., 2., 2.],
            [1., 1., 2., 2.]]], dtype=float32)
    """
    rows, cols = positive_pair("scale", scale)
    return np.repeat(np.repeat(as_float("x", x, 3, 4), cols, axis=-1), rows, axis=-2)


def upsample_bilinear(x: ArrayLike, scale: Pair) -> FloatArray:
    """Return x enlarged with linear interpolation between cell centres, constant past the border.

    Arguments, result and errors are those of `upsample_nearest`.

    Source:
        torch.nn.Upsample(mode="bilinear", align_corners=False) (PyTorch 2.13).

    >>> upsample_bilinear([[[0, 4]]], (1, 2))
    array([[[0., 1., 3., 4.]]], dtype=float32)
    """
    rows, cols = positive_pair("scale", scale)
    return _interpolated(_interpolated(as_float("x", x, 3, 4), cols, -1), rows, -2)


def pixel_shuffle(x: ArrayLike, upscale_factor: int) -> FloatArray:
    """Return x with every r · r channels laid out as one channel r times as tall and wide.

    Args:
        x: (C · r², H, W) or (N, C · r², H, W); channel c · r² + a · r + b holds the cells of
            phase (a, b).
        upscale_factor: r, a whole number of at least 1.

    Returns:
        (C, H · r, W · r) or (N, C, H · r, W · r).

    Raises:
        GeometryError: r is below 1, or r² does not divide the channels.
        TypeError, ValueError: x does not hold finite real numbers, or has another rank.

    Source:
        Shi et al. 2016, arXiv 1609.05158; torch.nn.PixelShuffle (PyTorch 2.13).

    >>> pixel_shuffle([[[1]], [[2]], [[3]], [[4]]], 2)
    array([[[1., 2.],
            [3., 4.]]], dtype=float32)
    """
    x = as_float("x", x, 3, 4)
    r = whole("upscale_factor", upscale_factor, at_least=1)
    *batch, channels, height, width = x.shape
    if channels % r**2:
        raise GeometryError(
            f"{channels} channels cannot be shuffled by {r}: "
            f"use a multiple of {r**2}, such as {max(round(channels / r**2), 1) * r**2}."
        )
    phases = x.reshape(*batch, channels // r**2, r, r, height, width)
    laid_out = np.einsum("...abhw->...hawb", phases)
    result: FloatArray = laid_out.reshape(*batch, channels // r**2, height * r, width * r)
    return result


def _interpolated(x: FloatArray, scale: int, axis: int) -> FloatArray:
    size = x.shape[axis]
    position = np.clip((np.arange(size * scale) + 0.5) / scale - 0.5, 0, size - 1)
    before = position.astype(np.intp)
    share = np.asarray(position - before, dtype=x.dtype).reshape((-1, 1) if axis == -2 else (-1,))
    lower, upper = (x.take(cells, axis) for cells in (before, np.minimum(before + 1, size - 1)))
    result: FloatArray = np.multiply(lower, 1 - share) + np.multiply(upper, share)
    return result
