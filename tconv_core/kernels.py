"""Named kernels. A shape is one number for a square kernel, or (rows, cols)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tconv_core.geometry import GeometryError, Pair, as_pair

Kernel = NDArray[np.float64]


def ones(shape: Pair) -> Kernel:
    """Return a kernel of ones, (kH, kW): the output then counts the overlap.

    >>> ones(2)
    array([[1., 1.],
           [1., 1.]])
    """
    return _separable(shape, np.ones)


def bilinear(shape: Pair) -> Kernel:
    """Return the tent weights of bilinear enlargement, (kH, kW), rising to the centre.

    With stride s, a kernel of size 2s - s % 2 interpolates linearly.

    Source:
        Long, Shelhamer & Darrell 2015, arXiv 1411.4038 (FCN), section 3.3.

    >>> bilinear((1, 4))
    array([[0.25, 0.75, 0.75, 0.25]])
    """
    return _separable(shape, _tent)


def gaussian(shape: Pair, sigma: float | None = None) -> Kernel:
    """Return a sampled Gaussian, (kH, kW), that sums to 1.

    Sigma is in cells and defaults to a quarter of each side.

    Raises:
        GeometryError: sigma is not positive.

    >>> float(gaussian(5, sigma=1.0).sum().round(12))
    1.0
    """
    if sigma is not None and not sigma > 0:
        raise GeometryError(
            f"sigma must be above 0, got {sigma}: use a quarter of the kernel size."
        )

    def bell(size: int) -> Kernel:
        distance = np.arange(size) - (size - 1) / 2
        weights = np.exp(-0.5 * (distance / (sigma or size / 4)) ** 2)
        return np.asarray(weights / weights.sum())

    return _separable(shape, bell)


def random(shape: Pair, seed: int = 0) -> Kernel:
    """Return standard normal weights, (kH, kW), the same for the same shape and seed.

    >>> bool((random(3, seed=1) == random(3, seed=1)).all())
    True
    """
    return np.random.default_rng(seed).standard_normal(_checked(shape))


def identity(shape: Pair) -> Kernel:
    """Return a single 1 at the centre, (kH, kW); at the upper left of the centre in even sizes.

    >>> identity((1, 3))
    array([[0., 1., 0.]])
    """
    return _separable(shape, lambda size: np.eye(1, size, (size - 1) // 2)[0])


def _tent(size: int) -> Kernel:
    half = (size + 1) // 2
    centre = half - 1 if size % 2 else half - 0.5
    return np.asarray(1 - np.abs(np.arange(size) - centre) / half)


def _separable(shape: Pair, profile: Callable[[int], Kernel]) -> Kernel:
    rows, cols = _checked(shape)
    return np.outer(profile(rows), profile(cols))


def _checked(shape: Pair) -> tuple[int, int]:
    rows, cols = as_pair("kernel shape", shape)
    if rows < 1 or cols < 1:
        raise GeometryError(f"kernel shape {rows} × {cols} holds no tap: use at least 1 × 1.")
    return rows, cols
