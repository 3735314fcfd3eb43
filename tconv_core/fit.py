"""The kernel that best rebuilds a picture from its reduced self."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import FloatArray, as_float
from tconv_core.geometry.checks import GeometryError, as_pair, whole
from tconv_core.geometry.geometry import Geometry

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

    Best in the sum of squares over `fit_interior`, where no stamp is missing; all channels share
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
    problem = normal_equations(image, stride, kernel_size)
    phase_of = np.arange(kernel_size) % stride
    phases = (phase_of[:, np.newaxis] * stride + phase_of).ravel()
    kernel = np.zeros(kernel_size**2)
    for phase in range(stride**2):
        taps = np.flatnonzero(phases == phase)
        # lstsq, not solve: a flat picture leaves the system singular, and any solution will do.
        kernel[taps] = np.linalg.lstsq(problem.gram[np.ix_(taps, taps)], problem.moments[taps])[0]
    return kernel.reshape(kernel_size, kernel_size)


@dataclass(frozen=True, slots=True, eq=False)
class NormalEquations:
    """The mean squared error of rebuilding a picture, as a quadratic function of the kernel.

    Attributes:
        gram: (k², k²), mean products of what two taps read; 0 between taps of different phases.
        moments: (k²,), mean products of what a tap reads and the cell it should make.
        energy: The mean square of those cells: the error of a kernel of zeros.
    """

    gram: NDArray[np.float64]
    moments: NDArray[np.float64]
    energy: float

    def loss(self, kernel: NDArray[np.float64]) -> float:
        """Return the mean squared error over `fit_interior` with a (k, k) kernel."""
        w = kernel.ravel()
        return max(float(w @ self.gram @ w - 2 * w @ self.moments) + self.energy, 0.0)

    def gradient(self, kernel: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the slope of the loss in every weight, (k, k)."""
        slope = 2 * (self.gram @ kernel.ravel() - self.moments)
        return np.asarray(slope.reshape(kernel.shape))


def normal_equations(image: ArrayLike, stride: int, kernel_size: int) -> NormalEquations:
    """Return what `fit_kernel` minimises, summed over the picture once.

    Arguments and errors are those of `fit_kernel`.

    >>> picture = np.kron(np.arange(36.0).reshape(6, 6) % 7, np.ones((2, 2)))
    >>> round(normal_equations(picture, 2, 2).loss(np.ones((2, 2))), 9)
    0.0
    """
    image = as_float("image", image, 2, 3)
    planes = image if image.ndim == 3 else image[np.newaxis]
    reduced = box_reduce(planes, stride)
    k, s = kernel_size, stride
    window = _window((reduced.shape[1], reduced.shape[2]), s, k)
    begin = fit_geometry((reduced.shape[1], reduced.shape[2]), s, k).rows.crop[0]
    gram, moments = _moments(planes, reduced, s, window)
    phase = (np.arange(k) - begin) % s
    # Output cell q · s + phase reads the input cell q + (phase + begin - tap) / s by this tap.
    cell = (phase + begin - np.arange(k)) // s - window[0]
    cells = (cell[:, np.newaxis] * window[1] + cell).ravel()
    phases = (phase[:, np.newaxis] * s + phase).ravel()
    together = phases[:, np.newaxis] == phases
    rows, cols = fit_interior((reduced.shape[1], reduced.shape[2]), s, k)
    wanted = planes[:, rows, cols].astype(np.float64)
    return NormalEquations(
        np.where(together, gram[np.ix_(cells, cells)], 0) / wanted.size,
        moments[cells, phases] / wanted.size,
        float(np.mean(wanted**2)),
    )


def fit_interior(
    reduced_shape: tuple[int, int], stride: int, kernel_size: int
) -> tuple[slice, slice]:
    """Return the output cells, rows and columns, that no border keeps a stamp from.

    Raises:
        GeometryError: There are none, or the kernel is smaller than the stride.

    >>> fit_interior((8, 8), 2, 4)
    (slice(2, 14, None), slice(2, 14, None))
    """
    shape = as_pair("reduced shape", reduced_shape)
    first, side = _window(shape, stride, kernel_size)
    rows, cols = (slice(-first * stride, (size - side + 1 - first) * stride) for size in shape)
    return rows, cols


def _window(reduced_shape: tuple[int, int], s: int, k: int) -> tuple[int, int]:
    """Return (first, side): output cells q·s .. q·s + s - 1 are reached from `side` input cells
    along an axis, beginning at q + first.
    """
    begin = fit_geometry(reduced_shape, s, k).rows.crop[0]
    first, last = -((k - 1 - begin) // s), (s - 1 + begin) // s
    side = last - first + 1
    if min(reduced_shape) < side:
        raise GeometryError(
            f"an image of {reduced_shape[0] * s} × {reduced_shape[1] * s} has no interior for "
            f"kernel size {k} and stride {s}: use at least {side * s} × {side * s}."
        )
    return first, side


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
