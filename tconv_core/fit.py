"""The kernel that best rebuilds a picture from its reduced self."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import FloatArray, as_float
from tconv_core.geometry import Geometry
from tconv_core.settings import GeometryError, whole

_ROWS = 8  # rows of the reduced picture summed at a time: their patches fit into a cache


def box_reduce(image: ArrayLike, stride: int) -> FloatArray:
    """Return the mean of each stride × stride block; rows and columns left over are dropped.

    Args:
        image: (H, W) or (C, H, W).
        stride: At least 1, at most H and W.

    Returns:
        (H // stride, W // stride), with channels first if there are any.

    Raises:
        GeometryError: The stride is out of range.
        TypeError, ValueError: The image does not hold finite real numbers, or has another rank.

    Source:
        Average pooling, see `operators.avg_pool2d`.

    >>> box_reduce([[1.0, 3.0], [5.0, 7.0]], 2)
    array([[4.]])
    """
    image, s = as_float("image", image, 2, 3), whole("stride", stride, at_least=1)
    *channels, height, width = image.shape
    if s > min(height, width):
        raise GeometryError(
            f"stride {s} is larger than the image, {height} × {width}: "
            f"use at most {min(height, width)}."
        )
    blocks = image[..., : height // s * s, : width // s * s]
    total = np.zeros((*channels, height // s, width // s), image.dtype)
    for a, b in np.ndindex(s, s):
        total += blocks[..., a::s, b::s]
    total /= s * s
    return total


def fit_geometry(reduced_shape: tuple[int, int], stride: int, kernel_size: int) -> Geometry:
    """Return the geometry in which a fitted kernel rebuilds: n cells to n · stride, centred.

    An odd overhang is cut once more at the end.

    Raises:
        GeometryError: A size is below 1, or the kernel is smaller than the stride.

    Source:
        Keras's "same", which cuts alike; see `Axis.from_keras`.

    >>> fit_geometry((4, 4), 2, 6).output_shape
    (8, 8)
    """
    s, k = whole("stride", stride, at_least=1), whole("kernel_size", kernel_size, at_least=1)
    if k < s:
        raise GeometryError(
            f"kernel size {k} leaves {s - k} of {s} phases without a tap: use at least {s}."
        )
    return Geometry.from_keras(reduced_shape, k, strides=s, padding="same")


def fit_kernel(image: ArrayLike, stride: int, kernel_size: int) -> NDArray[np.float64]:
    """Return the kernel whose transposed convolution best rebuilds image from its box-reduced self.

    Best in the sum of squares over interior cells, where no stamp is missing; all channels share
    the kernel. The problem falls apart into one small system of normal equations per phase, and
    all phases see the same patches of the reduced picture.

    Args:
        image: (H, W) or (C, H, W).
        stride: s, at least 1.
        kernel_size: k, at least s; twice to six times s is usual.

    Returns:
        (k, k), float64, to be used in `fit_geometry`.

    Raises:
        GeometryError: The kernel is smaller than the stride, or the image too small to have an
            interior.
        TypeError, ValueError: The image does not hold finite real numbers, or has another rank.

    Source:
        Normal equations of linear least squares; phases as in Shi et al. 2016, arXiv 1609.05158.

    >>> picture = np.kron(np.arange(36.0).reshape(6, 6) % 7, np.ones((2, 2)))
    >>> fit_kernel(picture, 2, 2).round(6).tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    image = as_float("image", image, 2, 3)
    planes = image if image.ndim == 3 else image[np.newaxis]
    reduced = box_reduce(planes, stride)
    geometry = fit_geometry((reduced.shape[1], reduced.shape[2]), stride, kernel_size)
    k, s, begin = kernel_size, stride, geometry.rows.crop[0]
    # Output cells q·s .. q·s + s - 1 are reached from the input cells q + first .. q + last.
    first, last = -((k - 1 - begin) // s), (s - 1 + begin) // s
    side = last - first + 1
    if min(reduced.shape[1:]) < side:
        raise GeometryError(
            f"an image of {planes.shape[1]} × {planes.shape[2]} has no interior for kernel size "
            f"{k} and stride {s}: use at least {side * s} × {side * s}."
        )
    gram, moments = _moments(planes, reduced, s, (first, side))
    kernel = np.zeros((k, k))
    for a, b in np.ndindex(s, s):
        rows, row_cells = _taps(k, s, begin, a, first)
        cols, col_cells = _taps(k, s, begin, b, first)
        cells = (row_cells[:, np.newaxis] * side + col_cells).ravel()
        # lstsq, not solve: a flat picture leaves the system singular, and any solution will do.
        weights = np.linalg.lstsq(gram[np.ix_(cells, cells)], moments[cells, a * s + b])[0]
        kernel[np.ix_(rows, cols)] = weights.reshape(len(rows), len(cols))
    return kernel


def _taps(
    k: int, s: int, begin: int, phase: int, first: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the taps that reach a phase of the output, and the patch cell each reads."""
    taps = np.flatnonzero((phase + begin - np.arange(k)) % s == 0)
    return taps, (phase + begin - taps) // s - first


def _moments(
    planes: FloatArray, reduced: FloatArray, s: int, window: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the patches' products with each other, and with the s · s cells they rebuild.

    A patch is side × side cells of the reduced picture; the cells it rebuilds belong to the cell
    at -first in it.
    """
    first, side = window
    height, width = (size - side + 1 for size in reduced.shape[1:])
    gram, moments = np.zeros((side**2, side**2)), np.zeros((side**2, s**2))
    for plane, small in zip(planes, reduced, strict=True):
        patches = np.lib.stride_tricks.sliding_window_view(small, (side, side))
        blocks = plane[: small.shape[0] * s, : small.shape[1] * s]
        blocks = blocks.reshape(small.shape[0], s, small.shape[1], s)[-first:, :, -first:]
        for top in range(0, height, _ROWS):
            band = slice(top, min(top + _ROWS, height))
            # Neighbouring cells of a picture are alike, so float32 would lose what sets them apart.
            known = _as_columns(patches[band].transpose(2, 3, 0, 1))
            wanted = _as_columns(blocks[band, :, :width].transpose(1, 3, 0, 2))
            gram += known @ known.T
            moments += known @ wanted.T
    return gram, moments


def _as_columns(cells: FloatArray) -> NDArray[np.float64]:
    """Return (rows, cols, ...) as a float64 matrix of rows · cols rows."""
    return cells.astype(np.float64, order="C").reshape(cells.shape[0] * cells.shape[1], -1)
