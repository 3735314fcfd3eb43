"""What the core accepts as an array: finite real numbers of the right rank."""

from __future__ import annotations

from typing import Any

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
    array = as_real(name, value, *ranks)
    require_finite(name, array)
    return array


def as_real(name: str, value: ArrayLike, *ranks: int) -> FloatArray:
    """Return value like `as_float`, without a look at whether its elements are finite.

    Raises:
        TypeError: The elements are not real numbers.
        ValueError: The rank is wrong, or the array is empty.

    >>> as_real("x", [[1, float("nan")]], 2)
    array([[ 1., nan]])
    """
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name} must hold real numbers, got dtype {array.dtype}.")
    if ranks and array.ndim not in ranks:
        wanted = " or ".join(str(rank) for rank in ranks)
        raise ValueError(f"{name} must have {wanted} dimensions, got shape {array.shape}.")
    if array.size == 0:
        raise ValueError(f"{name} holds no element: its shape is {array.shape}.")
    dtype: np.dtype[Any] = np.dtype(np.float64 if array.dtype == np.float64 else np.float32)
    return array.astype(dtype, copy=False)


def require_finite(name: str, array: FloatArray) -> None:
    """Check that no element of array is NaN or infinite.

    Raises:
        ValueError: One is.

    >>> require_finite("x", np.array([1.0, np.inf]))
    Traceback (most recent call last):
        ...
    ValueError: x holds NaN or infinity: every element must be finite.
    """
    # NaN and infinity survive a sum, which costs a fraction of a look at each element. A sum of
    # finite elements may overflow too, so only then are they looked at one by one.
    with np.errstate(all="ignore"):
        suspicious = not np.isfinite(array.sum())
    if suspicious and not np.isfinite(array).all():
        raise ValueError(f"{name} holds NaN or infinity: every element must be finite.")


def round_to_bytes(values: FloatArray) -> None:
    """Round values to whole numbers from 0 to 255, in place; halves go to the even neighbour.

    >>> values = np.array([-3.0, 1.6, 300.0])
    >>> round_to_bytes(values)
    >>> values
    array([  0.,   2., 255.])
    """
    np.rint(values, out=values)
    np.clip(values, 0, 255, out=values)


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
