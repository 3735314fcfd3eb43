"""What the core accepts as an array: finite real numbers of the right rank."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float32] | NDArray[np.float64]


def as_float(name: str, value: ArrayLike, *ranks: int) -> FloatArray:
    """Return value as float64 if it is float64, else as float32, of one of the ranks if any.

    Raises:
        TypeError: The elements are not real numbers.
        ValueError: The rank is wrong, the array is empty, or an element is not finite.

    >>> as_float("x", [[1, 2]], 2)
    array([[1., 2.]], dtype=float32)
    """
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold real numbers, got dtype {array.dtype}.")
    if ranks and array.ndim not in ranks:
        wanted = " or ".join(str(rank) for rank in ranks)
        raise ValueError(f"{name} must have {wanted} dimensions, got shape {array.shape}.")
    if array.size == 0:
        raise ValueError(f"{name} holds no element: its shape is {array.shape}.")
    array = array.astype(np.float64 if array.dtype == np.float64 else np.float32, copy=False)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds NaN or infinity: every element must be finite.")
    return array


def shaped(name: str, value: ArrayLike, shape: tuple[int, int]) -> FloatArray:
    """Return value like `as_float`; its shape must be the one the geometry says.

    Raises:
        TypeError, ValueError: It is not, or an element is not a finite real number.

    >>> shaped("kernel", [[1, 2]], (1, 2))
    array([[1., 2.]], dtype=float32)
    """
    array = as_float(name, value, 2)
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, the geometry says {shape}.")
    return array


def frozen(array: FloatArray) -> FloatArray:
    """Return a read-only view of array."""
    view = array.view()
    view.flags.writeable = False
    return view
