"""Numbers in words, the same on every page."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """Return a number of things, the noun in the plural but for one.

    >>> counted(1, "weight"), counted(1200, "cell")
    ('1 weight', '1,200 cells')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def ordinal(number: int) -> str:
    """Return a place in a row.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 21, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '21st', '112th']
    """
    last = 0 if number // 10 % 10 == 1 else number % 10
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(last, 'th')}"
