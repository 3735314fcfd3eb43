"""What follows a layer, element by element."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tconv_core.arrays import FloatArray, as_float


def relu(x: ArrayLike) -> FloatArray:
    """Return x with negative elements set to 0, in its own shape.

    Raises:
        TypeError, ValueError: x does not hold finite real numbers.

    Source:
        torch.relu (PyTorch 2.13).

    >>> relu([-1.0, 2.0])
    array([0., 2.])
    """
    return np.maximum(as_float("x", x), 0)


def sigmoid(x: ArrayLike) -> FloatArray:
    """Return 1 / (1 + exp(-x)), in x's own shape, without overflow for large elements.

    Raises:
        TypeError, ValueError: x does not hold finite real numbers.

    Source:
        torch.sigmoid (PyTorch 2.13).

    >>> sigmoid([0.0, -1000.0])
    array([0.5, 0. ])
    """
    x = as_float("x", x)
    decay = np.exp(-np.abs(x))
    result: FloatArray = np.where(x < 0, decay, 1) / (1 + decay)
    return result
