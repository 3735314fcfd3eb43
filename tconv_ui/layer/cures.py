"""What else would keep a constant constant: each cure on the same input."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tconv_core import (
    Geometry,
    GeometryError,
    conv2d,
    conv_transpose2d,
    even_out,
    kernels,
    overlap_count,
    pixel_shuffle,
    upsample_bilinear,
    upsample_nearest,
)
from tconv_ui.layer.checkerboard import FLAT, Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Cure:
    """One way to enlarge a constant, and how flat it stays.

    Attributes:
        name: What it is.
        pattern: (size, size), the interior of its response to a constant, divided by its mean.
        amount: Standard deviation of the pattern; None where the response has no level.
    """

    name: str
    pattern: Matrix
    amount: float | None


CURE_SIZE = 12
"""Cells of a cure's picture along a side, cut from the interior."""


def cures(kernel: Matrix, geometry: Geometry, seed: int = 0) -> tuple[Cure, ...]:
    """Return the response to one constant input of the layer and of each cure, for comparison.

    Each starts from the same input of ones and enlarges by the layer's stride; a cure that needs
    the kernel uses this one. Dilation is left at 1, as resizing and shuffling have none.
    """
    rows, cols = geometry.stride
    ones = np.ones((1, 24, 24))
    weight = kernel[np.newaxis, np.newaxis]

    def stamped(weights: Matrix) -> Matrix:
        layer = weights[np.newaxis, np.newaxis]
        return np.asarray(conv_transpose2d(ones, layer, stride=(rows, cols))[0], float)

    def smoothed(large: NDArray[np.floating]) -> Matrix:
        return np.asarray(conv2d(large, weight)[0], float)

    flat = kernels.bilinear((2 * rows - rows % 2, 2 * cols - cols % 2))
    count = overlap_count(Geometry.from_torch((24, 24), _shape(kernel), stride=(rows, cols)))
    made: list[tuple[str, Callable[[], Matrix]]] = [
        ("This layer", lambda: stamped(kernel)),
        ("Evened out", lambda: stamped(even_out(kernel, (rows, cols)))),
        (f"Bilinear {flat.shape[0]} × {flat.shape[1]}", lambda: stamped(flat)),
        ("Divided by the count", lambda: stamped(kernel) / np.where(count == 0, np.nan, count)),
        ("Nearest, then convolution", lambda: smoothed(upsample_nearest(ones, (rows, cols)))),
        ("Bilinear, then convolution", lambda: smoothed(upsample_bilinear(ones, (rows, cols)))),
    ]
    if rows == cols:
        made += [
            ("Pixel shuffle, random", lambda: _shuffled(ones, kernel, rows, seed, icnr=False)),
            ("Pixel shuffle, ICNR", lambda: _shuffled(ones, kernel, rows, seed, icnr=True)),
        ]
    return tuple(_cure(name, make, (rows, cols)) for name, make in made)


def _shuffled(ones: Matrix, kernel: Matrix, r: int, seed: int, *, icnr: bool) -> Matrix:
    shape = (-(-kernel.shape[0] // r), -(-kernel.shape[1] // r))
    if icnr:
        weights = kernels.icnr((1, 1), shape, r, seed=seed)
    else:
        weights = kernels.he((1, r * r), shape, seed=seed).transpose(1, 0, 2, 3)
    return np.asarray(pixel_shuffle(conv2d(ones, weights), r)[0], float)


def _cure(name: str, make: Callable[[], Matrix], stride: tuple[int, int]) -> Cure:
    try:
        response = make()
    except GeometryError:
        return Cure(name, np.full((CURE_SIZE, CURE_SIZE), np.nan), None)
    start = [size // 2 // s * s for size, s in zip(response.shape, stride, strict=True)]
    period = response[start[0] : start[0] + stride[0], start[1] : start[1] + stride[1]]
    pattern = np.tile(period, (CURE_SIZE, CURE_SIZE))[:CURE_SIZE, :CURE_SIZE]
    level = float(np.mean(period))
    if not np.isfinite(level) or abs(level) <= FLAT * float(np.abs(period).sum() or 1):
        return Cure(name, np.full((CURE_SIZE, CURE_SIZE), np.nan), None)
    return Cure(name, pattern / level, float(np.std(period) / abs(level)))


def _shape(kernel: Matrix) -> tuple[int, int]:
    return kernel.shape[0], kernel.shape[1]
