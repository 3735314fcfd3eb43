"""Numbers, and what visitors typed, in words: the same on every page."""

from __future__ import annotations

from collections.abc import Iterable


def counted(count: int, noun: str) -> str:
    """Return a number of things, the noun in the plural but for one.

    >>> counted(1, "weight"), counted(1200, "cell")
    ('1 weight', '1,200 cells')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def sentence(text: str) -> str:
    """Return a text that begins with a capital.

    >>> sentence("rows 2 and 3")
    'Rows 2 and 3'
    """
    return f"{text[:1].upper()}{text[1:]}"


def listed(names: Iterable[object], word: str = "and") -> str:
    """Return things as people list them.

    >>> listed(["a", "b", "c"]), listed([1, 2], "or"), listed(["a"])
    ('a, b and c', '1 or 2', 'a')
    """
    *rest, last = map(str, names)
    return f"{', '.join(rest)} {word} {last}" if rest else last


def ordinal(number: int) -> str:
    """Return a place in a row.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 21, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '21st', '112th']
    """
    last = 0 if number // 10 % 10 == 1 else number % 10
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(last, 'th')}"


def quoted(text: str) -> str:
    """Return text somebody sent as the Markdown of a short piece of code: shown, never obeyed.

    >>> quoted("![](//a.b/c)")
    '`![](//a.b/c)`'
    """
    shown = "".join(mark if mark.isprintable() else " " for mark in text.strip()[:20])
    return f"`{shown.replace('`', chr(39)) or ' '}`"


def times(shape: tuple[int, int]) -> str:
    """Return a shape as people write it.

    >>> times((3, 4))
    '3 × 4'
    """
    return f"{shape[0]} × {shape[1]}"


def short_number(value: float) -> str:
    """Return a number with few digits and a real minus sign.

    >>> short_number(-0.25), short_number(2402.5), short_number(1.5e7)
    ('−0.25', '2402', '1.5e+07')
    """
    if abs(value) <= 1e-9:
        return "0"
    text = f"{value:.0f}" if 1000 <= abs(value) < 1e5 else f"{value:.3g}"
    return text.replace("-", "−")
