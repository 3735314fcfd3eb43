"""How two crops of the same full output differ, in words."""

from __future__ import annotations

from collections.abc import Sequence

from tconv_core import Axis, Geometry
from tconv_ui.frameworks.columns import Column
from tconv_ui.wording import listed, sentence, times

_NAMES = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def crop_words(axis: Axis) -> str:
    """Return what is cut from the full output of an axis, and what is appended to it.

    >>> crop_words(Axis.from_torch(3, 3, stride=2, padding=1, output_padding=1))
    'cuts 1 at the start, 0 at the end'
    >>> crop_words(Axis.from_keras(3, 1, strides=2))
    'cuts nothing, appends 1 zero at the end'
    """
    begin, end = axis.crop
    if begin == end == 0:
        return "cuts nothing"
    cut = f"cuts {begin} at the start" if begin else "cuts nothing"
    if end >= 0:
        return f"cuts {begin} at the start, {end} at the end"
    return f"{cut}, appends {-end} zero{'s' if end < -1 else ''} at the end"


def axis_difference(axis: Axis, other: Axis, cell: str = "cell") -> str:
    """Return how the output of axis differs from that of other, of the same full output.

    >>> torch = Axis.from_torch(3, 3, stride=2, padding=1, output_padding=1)
    >>> axis_difference(Axis.from_keras(3, 3, strides=2, padding="same"), torch)
    'same size, shifted by one pixel'
    >>> axis_difference(Axis.from_torch(3, 3, stride=2, padding=1), torch)
    'one cell shorter at the end'
    """
    begin, end = (theirs - ours for ours, theirs in zip(axis.crop, other.crop, strict=True))
    if begin == end == 0:
        return "same numbers"
    if begin + end == 0:
        return f"same size, shifted by {_counted(begin, 'pixel')}"
    if begin == end:
        return f"{_longer(begin, cell)} on every side"
    parts = [(begin, "at the start"), (end, "at the end")]
    return " and ".join(f"{_longer(count, cell)} {where}" for count, where in parts if count)


def difference(geometry: Geometry, other: Geometry) -> str:
    """Return how the output of one geometry differs from another's, as a sentence.

    >>> keras = Geometry.from_keras(3, 3, strides=2, padding="same")
    >>> difference(keras, Geometry.from_torch(3, 3, stride=2, padding=1, output_padding=1))
    'Same size, shifted by one pixel.'
    """
    if (geometry.rows.crop, other.rows.crop) == (geometry.cols.crop, other.cols.crop):
        words = axis_difference(geometry.rows, other.rows, "row and column")
    elif geometry.rows.crop == other.rows.crop:
        words = axis_difference(geometry.cols, other.cols, "column")
        words = words.replace("shifted by", "columns shifted by")
    elif geometry.cols.crop == other.cols.crop:
        words = axis_difference(geometry.rows, other.rows, "row")
        words = words.replace("shifted by", "rows shifted by")
    else:
        rows = axis_difference(geometry.rows, other.rows, "row")
        words = f"rows: {rows}; columns: {axis_difference(geometry.cols, other.cols, 'column')}"
    return f"{sentence(words)}."


def compared(column: Column, reference: Column) -> str:
    """Return the sentence of a column beside the one it is compared with."""
    if column.geometry is None or reference.geometry is None or column.name == reference.name:
        return ""
    words = difference(column.geometry, reference.geometry)
    return f"Against {reference.name}: **{words[0].lower()}{words[1:-1]}**."


def headline(found: Sequence[Column], reference: Column) -> str:
    """Return what is worth knowing first about the columns.

    A shift comes first, as nothing but the numbers betrays it; then sizes that differ.
    """
    accepted = [column for column in found if column.geometry is not None]
    refused = [column.name for column in found if column.geometry is None]
    if not accepted:
        return "**Every framework refuses these settings.** Its own words are below."
    if len(accepted) == 1 and accepted[0].geometry is not None:
        size = times(accepted[0].geometry.output_shape)
        return f"**Only {accepted[0].name} accepts these settings, and makes {size}.**"
    left = f" Refused by {listed(refused)}." if refused else ""
    if reference.geometry is None:
        return f"**{reference.name} refuses these settings.** {left.strip()}"
    shape = reference.geometry.output_shape
    shifted = [
        column
        for column in accepted
        if column.geometry is not None
        and column.geometry.output_shape == shape
        and column.geometry != reference.geometry
    ]
    if shifted:
        names = listed([column.name for column in shifted])
        how = {difference(each.geometry, reference.geometry) for each in shifted if each.geometry}
        words = how.pop() if len(how) == 1 else "Same size, shifted."
        return f"**{names} against {reference.name}: {words[0].lower()}{words[1:]}**{left}"
    sizes = sorted({column.geometry.output_shape for column in accepted if column.geometry})
    if len(sizes) == 1:
        where = "in all that accept it" if refused else "everywhere"
        return f"**Same numbers {where}: {times(sizes[0])}.**{left}"
    return f"**The same layer makes {listed([times(size) for size in sizes], 'or')}.**{left}"


def _counted(count: int, noun: str) -> str:
    count = abs(count)
    word = _NAMES[count] if count < len(_NAMES) else str(count)
    return f"{word} {noun}{'s' if count != 1 else ''}"


def _longer(count: int, cell: str) -> str:
    one, _, other = cell.partition(" and ")
    named = _counted(count, one)
    if other:
        named += f" and {_counted(count, other)}"
    return f"{named} {'longer' if count > 0 else 'shorter'}"
