"""Geometry in words, numbers and LaTeX."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from tconv_core import Axis, Geometry, axis_deficit, axis_overlap, clean_padding, phase_count
from tconv_ui.theme import Theme
from tconv_ui.wording import counted, listed, sentence, times


def torch_settings(axis: Axis) -> tuple[int, int]:
    """Return the (padding, output_padding) that spell the axis's crop in PyTorch's words.

    >>> torch_settings(Axis.from_torch(3, 3, stride=2, padding=1, output_padding=1))
    (1, 1)
    """
    begin, end = axis.crop
    return begin, begin - end


def size_phrase(geometry: Geometry) -> str:
    """Return the output's size, and what the crop made it from.

    >>> size_phrase(Geometry.from_torch(3, 3, stride=2, padding=1))
    'full 7 × 7, padding 1 crops it to 5 × 5'
    >>> size_phrase(Geometry.from_torch(3, 3, stride=2))
    '7 × 7'
    """
    rows, cols = torch_settings(geometry.rows), torch_settings(geometry.cols)
    padding, output_padding = _both(rows[0], cols[0]), _both(rows[1], cols[1])
    full, output = times(geometry.full_shape), times(geometry.output_shape)
    if padding == output_padding == "0":
        return output
    if output_padding == "0":
        return f"full {full}, padding {padding} crops it to {output}"
    if padding == "0":
        return f"full {full}, output_padding {output_padding} extends it to {output}"
    return f"full {full}, padding {padding} and output_padding {output_padding} make it {output}"


def cells_cropped(geometry: Geometry) -> int:
    """Return how many cells of the full output are computed and thrown away.

    Not what the output is smaller by: output_padding may append zeros while padding crops.

    >>> cells_cropped(Geometry.from_torch(1, 3, stride=3, padding=1, output_padding=2))
    5
    """
    kept = (
        max(axis.full_size - sum(max(cut, 0) for cut in axis.crop), 0) for axis in geometry.axes
    )
    return math.prod(geometry.full_shape) - math.prod(kept)


SIZE_FORMULA = r"(n-1)\,s - 2p + d\,(k-1) + \text{output\_padding} + 1"


def size_latex(axis: Axis, theme: Theme) -> str:
    """Return the output-size formula with the axis's numbers filled in, in the roles' hues."""
    padding, output_padding = torch_settings(axis)
    n, k, size = (
        rf"\textcolor{{{hue}}}{{{value}}}"
        for hue, value in (
            (theme.input, axis.input_size),
            (theme.kernel, axis.kernel_size),
            (theme.output, rf"\mathbf{{{axis.output_size}}}"),
        )
    )
    return (
        rf"({n}-1)\cdot{axis.stride} - 2\cdot{padding} + {axis.dilation}\cdot({k}-1)"
        rf" + {output_padding} + 1 = {size}"
    )


def output_padding_words(axis: Axis) -> str:
    """Return what the cells are that PyTorch's output_padding adds at the end of an axis.

    >>> output_padding_words(Axis.from_torch(3, 3, stride=2, padding=1, output_padding=1))
    '1 cell that padding would crop, reached by stamps'
    >>> output_padding_words(Axis.from_torch(3, 1, stride=4, padding=2, output_padding=3))
    '2 cells that padding would crop, 1 of them reached by stamps, and 1 cell of zeros beyond'
    """
    padding, extra = torch_settings(axis)
    kept = min(padding, extra)
    reached = int(np.count_nonzero(axis_overlap(axis)[axis.output_size - extra :])) if extra else 0
    parts = []
    if kept:
        share = {0: "reached by no stamp", kept: "reached by stamps"}
        how = share.get(reached, f"{reached} of them reached by stamps")
        parts.append(f"{counted(kept, 'cell')} that padding would crop, {how}")
    if extra > kept:
        parts.append(f"{counted(extra - kept, 'cell')} of zeros beyond")
    return ", and ".join(parts)


def clean_padding_words(axis: Axis) -> str:
    """Return which padding leaves no border cell short, or which input has one.

    >>> clean_padding_words(Axis(6, 5, stride=2))
    'padding **3** removes them all: an output of 9 cells, 15 in full.'
    """
    needed, extra = clean_padding(axis), torch_settings(axis)[1]
    if needed is None:
        sizes = (replace(axis, input_size=n, crop=(0, -extra)) for n in count(axis.input_size + 1))
        larger, enough = next((n, p) for n in sizes if (p := clean_padding(n)) is not None)
        return (
            "no padding removes them all, as the middle cells are short too. With an input of "
            f"{counted(larger.input_size, 'cell')} padding {enough} does."
        )
    if needed == 0:
        return "no border cell is short, so no padding is needed."
    left = axis.full_size - 2 * needed + extra
    kept = f" with output_padding {extra}" if extra else ""
    return (
        f"padding **{needed}**{kept} removes them all: an output of {counted(left, 'cell')}, "
        f"{axis.full_size} in full."
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement in two words, the reason for it, and what happens at the edges."""

    title: str
    reason: str
    edges: str


def overlap_verdict(geometry: Geometry) -> Verdict:
    """Return whether the interior of the overlap count is even, why, and which edges are short.

    >>> verdict = overlap_verdict(Geometry.from_torch(6, 3, stride=2))
    >>> verdict.title
    'Uneven count'
    >>> verdict.reason
    'Stride 2 does not divide kernel 3, so interior cells get 1, 2 or 4 stamps.'
    >>> verdict.edges
    '1 border cell on every side gets fewer stamps than the interior.'
    """
    axes = geometry.axes
    per_axis = [phase_count(axis) for axis in axes]
    counts = np.unique(np.outer(*per_axis))
    if counts.size == 1:
        title = "Even count"
        what = f"every interior cell gets {counted(int(counts[0]), 'stamp')}."
    else:
        title = "Holes" if counts[0] == 0 else "Uneven count"
        what = f"interior cells get {listed(counts.tolist(), 'or')} stamps."
    uneven = [axis for axis, phases in zip(axes, per_axis, strict=True) if np.ptp(phases)]
    reasons = [_cause(axis) for axis in dict.fromkeys(uneven or axes)]
    cause = " and ".join(dict.fromkeys(reasons))
    return Verdict(title, f"{sentence(cause)}, so {what}", _edges(geometry))


def _cause(axis: Axis) -> str:
    s, k, d = axis.stride, axis.kernel_size, axis.dilation
    if k < s:
        return f"kernel {k} is smaller than stride {s}"
    if d > 1 and s > 1:
        spread = "crowd on some of" if np.ptp(phase_count(axis)) else "spread evenly over"
        return f"with dilation {d}, kernel {k}'s taps {spread} the {s} phases"
    return f"stride {s} {'divides' if k % s == 0 else 'does not divide'} kernel {k}"


def _edges(geometry: Geometry) -> str:
    sides = ("top", "bottom", "left", "right")
    short = (*axis_deficit(geometry.rows), *axis_deficit(geometry.cols))
    if not any(short):
        return "No border cell gets fewer stamps than the interior."
    if len(set(short)) == 1:
        cells = "cell" if short[0] == 1 else "cells"
        verb = "gets" if short[0] == 1 else "get"
        return f"{short[0]} border {cells} on every side {verb} fewer stamps than the interior."
    parts = [f"{count} at the {side}" for side, count in zip(sides, short, strict=True) if count]
    return f"Border cells that get fewer stamps than the interior: {', '.join(parts)}."


def _both(first: int, second: int) -> str:
    return str(first) if first == second else f"({first}, {second})"
