"""Numbers that somebody typed into a text, digits or words."""

from __future__ import annotations

import re
from string import Formatter

NAMES = ("Conv2D", "FCN-32s", "1×1")
"""What is called by a number."""
WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "hundred",
    "half",
    "twice",
    "double",
    "third",
    "quarter",
]


def typed_numbers(text: str) -> list[str]:
    """Return the numbers in a text outside its `{fields}`.

    >>> typed_numbers("{n} of 25 cells, two of them in a Conv2D")
    ['25', 'two']
    """
    literal = " ".join(part for part, *_ in Formatter().parse(text))
    for name in NAMES:
        literal = literal.replace(name, "")
    found = re.findall(r"\d[\d.,]*|[A-Za-z]+", literal)
    return [each for each in found if each[0].isdigit() or each.lower() in WORDS]
