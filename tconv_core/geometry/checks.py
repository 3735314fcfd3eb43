"""What the core accepts as a setting: whole numbers, one for both axes or two."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
Pair = int | tuple[int, int]
"""One number for both axes, or (rows, cols)."""


class GeometryError(ValueError):
    """Settings that describe no output: one sentence with the numbers and what would work."""


def as_pair(name: str, value: Pair) -> tuple[int, int]:
    """Return (rows, cols) from one number for both, or from two.

    Raises:
        GeometryError: The value is neither.

    >>> as_pair("stride", 2), as_pair("stride", (2, 1))
    ((2, 2), (2, 1))
    """
    if isinstance(value, tuple | list):
        if len(value) != 2:
            raise GeometryError(
                f"{name} has {len(value)} numbers: give one for both axes, or two as (rows, cols)."
            )
        return whole(name, value[0]), whole(name, value[1])
    return whole(name, value), whole(name, value)


def as_pairs(**given: Pair) -> dict[str, tuple[int, int]]:
    """Return each value as (rows, cols), by its name.

    Raises:
        GeometryError: One is no such pair.

    >>> as_pairs(stride=2)
    {'stride': (2, 2)}
    """
    return {name: as_pair(name, value) for name, value in given.items()}


def on_both_axes(spelling: Callable[..., T], **pairs: tuple[object, object]) -> tuple[T, T]:
    """Return what spelling makes of the rows' settings and of the columns'.

    Raises:
        GeometryError: It refuses those of an axis; the sentence names the axis where they differ.

    >>> on_both_axes(lambda n: n + 1, n=(1, 2))
    (2, 3)
    """
    made = []
    for index, side in enumerate(("Rows", "Columns")):
        try:
            made.append(spelling(**{name: pair[index] for name, pair in pairs.items()}))
        except GeometryError as error:
            if all(first == second for first, second in pairs.values()):
                raise
            raise GeometryError(f"{side}: {error}") from None
    return made[0], made[1]


def positive_pair(name: str, value: Pair) -> tuple[int, int]:
    """Return (rows, cols) like `as_pair`, both at least 1.

    Raises:
        GeometryError: The value is no such pair.

    >>> positive_pair("scale", 3)
    (3, 3)
    """
    rows, cols = as_pair(name, value)
    return whole(name, rows, at_least=1), whole(name, cols, at_least=1)


def numbers_of(name: str, value: object, *places: str) -> tuple[object, ...]:
    """Return the numbers of a tuple or list, one a place; they are not looked at.

    Raises:
        GeometryError: The value holds more or fewer numbers, or is one itself.

    >>> numbers_of("crop", [1, 2], "begin", "end")
    (1, 2)
    """
    if not isinstance(value, tuple | list) or len(value) != len(places):
        raise GeometryError(f"{name} is {value!r}: give {len(places)} as ({', '.join(places)}).")
    return tuple(value)


def positive(name: str, value: object, instead: str) -> None:
    """Check that value is a number above 0.

    Raises:
        GeometryError: It is not; the sentence ends with what to use instead.

    >>> positive("sigma", 0.5, "a quarter of the kernel size")
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise GeometryError(f"{name} must be a number above 0, got {value!r}: use {instead}.")


def whole(name: str, value: object, at_least: int | None = None) -> int:
    """Return value as an int.

    Raises:
        GeometryError: It is not a whole number, or is below at_least.

    >>> whole("stride", 2, at_least=1)
    2
    """
    bound = "" if at_least is None else f" of at least {at_least}"
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise GeometryError(f"{name} must be a whole number{bound}, got {value!r}.") from None
    if at_least is not None and number < at_least:
        raise GeometryError(f"{name} must be a whole number{bound}, got {number}: use {at_least}.")
    return number
