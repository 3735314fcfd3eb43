"""The checkerboard a kernel makes of a constant input: what it looks like, and how much it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tconv_core import Geometry, GeometryError, transpose_conv, unevenness

Matrix = NDArray[np.float64]

FLAT = 1e-9
"""Unevenness below this is rounding."""


def constant_response(kernel: Matrix, geometry: Geometry) -> Matrix:
    """Return what a constant input of ones becomes, (H', W')."""
    ones = np.ones((1, *geometry.input_shape))
    return np.asarray(transpose_conv(ones, kernel[np.newaxis, np.newaxis], geometry)[0], float)


def amount_of(kernel: Matrix, geometry: Geometry) -> float | None:
    """Return the unevenness of the response, or None where the phase sums cancel."""
    try:
        return unevenness(kernel, geometry.stride, dilation=geometry.dilation)
    except GeometryError:
        return None


def percent(share: float) -> str:
    """Return a share in percent, as people write it.

    >>> percent(0.2), percent(0.0412)
    ('20 %', '4.1 %')
    """
    number = 100 * share
    return f"{number:.0f} %" if number >= 10 or number == round(number) else f"{number:.2g} %"
