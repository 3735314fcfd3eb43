"""Geometry in words, numbers and LaTeX: each number is worked out again by hand or by counting."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tconv_core import Axis, Geometry, axis_overlap
from tconv_ui.layer.formulas import (
    SIZE_FORMULA,
    clean_padding_words,
    output_padding_words,
    overlap_verdict,
    size_latex,
    size_phrase,
    torch_settings,
)
from tconv_ui.theme import DARK, LIGHT
from tconv_ui.wording import times
from tests.core.strategies import geometries, torch_axes
from tests.ui.reading import read_size_formula

FAR = 40
"""More input cells than any kernel here reaches across."""


@given(st.integers(0, 4), st.integers(0, 4))
def test_torch_settings_are_those_given(padding: int, output_padding: int) -> None:
    axis = Axis.from_torch(5, 5, stride=5, padding=padding, output_padding=output_padding)
    assert torch_settings(axis) == (padding, output_padding)


def test_times_is_rows_first() -> None:
    assert times((2, 7)) == "2 × 7"


@pytest.mark.parametrize(
    ("spelled", "phrase"),
    [
        ({"stride": 2}, "7 × 7"),
        ({"stride": 2, "padding": 1}, "full 7 × 7, padding 1 crops it to 5 × 5"),
        ({"stride": 2, "output_padding": 1}, "full 7 × 7, output_padding 1 extends it to 8 × 8"),
        (
            {"stride": 2, "padding": 1, "output_padding": 1},
            "full 7 × 7, padding 1 and output_padding 1 make it 6 × 6",
        ),
        ({"stride": (1, 3)}, "5 × 9"),
        (
            {"stride": (1, 3), "padding": (2, 0)},
            "full 5 × 9, padding (2, 0) crops it to 1 × 9",
        ),
        (
            {"stride": (1, 3), "output_padding": (0, 2)},
            "full 5 × 9, output_padding (0, 2) extends it to 5 × 11",
        ),
        (
            {"stride": (2, 3), "padding": (0, 1), "output_padding": (1, 0)},
            "full 7 × 9, padding (0, 1) and output_padding (1, 0) make it 8 × 7",
        ),
    ],
)
def test_the_size_in_words(spelled: dict, phrase: str) -> None:
    assert size_phrase(Geometry.from_torch(3, 3, **spelled)) == phrase


def test_the_size_in_words_of_a_rectangle() -> None:
    geometry = Geometry.from_torch((1, 4), (2, 5), stride=2, padding=(0, 1))
    assert size_phrase(geometry) == "full 2 × 11, padding (0, 1) crops it to 2 × 9"


@given(torch_axes(16))
def test_the_formula_has_the_numbers_of_the_axis_and_is_true(axis: Axis) -> None:
    for theme in (LIGHT, DARK):
        formula = read_size_formula(size_latex(axis, theme))
        assert (formula.n, formula.k) == (axis.input_size, axis.kernel_size)
        assert (formula.stride, formula.dilation) == (axis.stride, axis.dilation)
        assert (formula.padding, formula.output_padding) == torch_settings(axis)
        assert formula.left == formula.size == axis.output_size
        assert formula.hues == (theme.input, theme.kernel, theme.output)


@given(torch_axes(16))
def test_the_formula_in_letters_is_the_same(axis: Axis) -> None:
    padding, output_padding = torch_settings(axis)
    letters = {
        "n": axis.input_size,
        "s": axis.stride,
        "p": padding,
        "d": axis.dilation,
        "k": axis.kernel_size,
        r"\text{output\_padding}": output_padding,
    }
    filled = SIZE_FORMULA.replace(r"\,", "*").replace("2p", "2*p")
    for letter in sorted(letters, key=len, reverse=True):
        filled = filled.replace(letter, str(letters[letter]))
    assert re.fullmatch(r"[-\d()*+ ]+", filled)
    assert eval(filled) == axis.output_size


# The verdict --------------------------------------------------------------------------------


def endless_counts(axis: Axis) -> list[int]:
    """The stamps on one period of cells that lie far from every border."""
    start = FAR * axis.stride
    landings = [
        i * axis.stride + tap * axis.dilation
        for i in range(2 * FAR)
        for tap in range(axis.kernel_size)
    ]
    assert axis.effective_kernel < start
    return [landings.count(start + phase) for phase in range(axis.stride)]


def cells_short(axis: Axis) -> tuple[int, int]:
    """How many output cells an input cell before the first, or after the last, would reach."""
    short = []
    for missing in (range(-FAR, 0), range(axis.input_size, axis.input_size + FAR)):
        reached = {
            i * axis.stride + tap * axis.dilation - axis.crop[0]
            for i in missing
            for tap in range(axis.kernel_size)
        }
        short.append(len(reached & set(range(axis.output_size))))
    return short[0], short[1]


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


@given(geometries(torch_axes()))
def test_the_verdict_is_what_counting_finds(geometry: Geometry) -> None:
    counts = np.outer(endless_counts(geometry.rows), endless_counts(geometry.cols))
    verdict = overlap_verdict(geometry)
    if counts.min() == counts.max():
        assert verdict.title == "Even count"
    else:
        assert verdict.title == ("Holes" if counts.min() == 0 else "Uneven count")
    cause, consequence = verdict.reason.split(", so ")
    assert numbers(consequence) == np.unique(counts).tolist()
    assert consequence.endswith(("stamps.", "1 stamp."))
    for axis in (geometry.rows, geometry.cols):
        if len(set(endless_counts(axis))) > 1:
            assert {axis.stride, axis.kernel_size} <= set(numbers(cause))


@given(geometries(torch_axes()))
def test_each_cause_is_true(geometry: Geometry) -> None:
    cause, _ = overlap_verdict(geometry).reason.split(", so ")
    found = 0
    for s, verb, k in re.findall(r"[Ss]tride (\d+) (divides|does not divide) kernel (\d+)", cause):
        assert (int(k) % int(s) == 0) == (verb == "divides")
        found += 1
    for k, s in re.findall(r"[Kk]ernel (\d+) is smaller than stride (\d+)", cause):
        assert int(k) < int(s)
        found += 1
    crowding = r"[Ww]ith dilation (\d+), kernel (\d+)'s taps (spread evenly|crowd).*? the (\d+)"
    for d, k, verb, s in re.findall(crowding, cause):
        phases = [tap * int(d) % int(s) for tap in range(int(k))]
        shares = {phases.count(phase) for phase in range(int(s))}
        assert (len(shares) == 1) == (verb == "spread evenly")
        found += 1
    assert found == cause.count(" and ") + 1


@given(geometries(torch_axes()))
@example(Geometry.from_torch((3, 6), 4, stride=2, padding=(1, 0)))
@example(Geometry.from_torch(3, 5, stride=2, padding=1))
def test_the_edges_are_what_counting_finds(geometry: Geometry) -> None:
    sides = ("top", "bottom", "left", "right")
    short = dict(
        zip(sides, (*cells_short(geometry.rows), *cells_short(geometry.cols)), strict=True)
    )
    edges = overlap_verdict(geometry).edges
    told = {side: int(count) for count, side in re.findall(r"(\d+) at the (\w+)", edges)}
    if not any(short.values()):
        assert edges == "No border cell gets fewer stamps than the interior."
    elif len(set(short.values())) == 1:
        assert "on every side" in edges
        assert numbers(edges) == [short["top"]]
        assert told == {}
    else:
        assert told == {side: count for side, count in short.items() if count}
        assert len(numbers(edges)) == len(told)


@pytest.mark.parametrize(
    ("layer", "title", "reason", "edges"),
    [
        (
            Geometry.from_torch(4, 4, stride=2, padding=1),
            "Even count",
            "Stride 2 divides kernel 4, so every interior cell gets 4 stamps.",
            "1 border cell on every side gets fewer stamps than the interior.",
        ),
        (
            Geometry.from_torch(3, 1, stride=2),
            "Holes",
            "Kernel 1 is smaller than stride 2, so interior cells get 0 or 1 stamps.",
            "No border cell gets fewer stamps than the interior.",
        ),
        (
            Geometry.from_torch(5, 2, stride=2),
            "Even count",
            "Stride 2 divides kernel 2, so every interior cell gets 1 stamp.",
            "No border cell gets fewer stamps than the interior.",
        ),
        (
            Geometry.from_torch(5, 4, stride=4, dilation=2),
            "Holes",
            "With dilation 2, kernel 4's taps crowd on some of the 4 phases, "
            "so interior cells get 0 or 4 stamps.",
            "2 border cells on every side get fewer stamps than the interior.",
        ),
        (
            Geometry.from_torch((5, 4), (5, 2), stride=(2, 1)),
            "Uneven count",
            "Stride 2 does not divide kernel 5, so interior cells get 4 or 6 stamps.",
            "Border cells that get fewer stamps than the interior: "
            "3 at the top, 3 at the bottom, 1 at the left, 1 at the right.",
        ),
    ],
)
def test_the_verdict_in_words(layer: Geometry, title: str, reason: str, edges: str) -> None:
    verdict = overlap_verdict(layer)
    assert (verdict.title, verdict.reason, verdict.edges) == (title, reason, edges)


def test_taps_spread_evenly_over_the_phases() -> None:
    reason = overlap_verdict(Geometry.from_torch(5, 3, stride=3, dilation=2)).reason
    assert "taps spread evenly over the 3 phases" in reason


def test_two_causes_make_one_sentence() -> None:
    reason = overlap_verdict(Geometry.from_torch(5, 3, stride=(2, 4))).reason
    assert " and kernel 3 is smaller than stride 4, so " in reason


@given(torch_axes())
def test_the_cells_of_output_padding_are_what_the_words_say(axis: Axis) -> None:
    padding, extra = torch_settings(axis)
    words = output_padding_words(axis)
    kept, reached, zeros = min(padding, extra), 0, 0
    if found := re.search(r"(\d+) cells? of zeros", words):
        zeros = int(found[1])
    if found := re.match(r"(\d+) cells? that padding would crop, (?:(\d+) of them )?(\w+)", words):
        assert int(found[1]) == kept
        reached = int(found[2]) if found[2] else kept
        reached = 0 if "by no stamp" in words else reached
    assert zeros == extra - kept
    counts = axis_overlap(axis)[axis.output_size - extra :]
    assert reached == np.count_nonzero(counts[: extra or None]) if extra else words == ""
    assert not counts[kept:].any()


@pytest.mark.parametrize("stride", range(1, 6))
@pytest.mark.parametrize("dilation", range(1, 4))
def test_the_padding_or_the_input_named_leaves_no_cell_short(stride: int, dilation: int) -> None:
    """With the layer's own output_padding, which stays where the visitor set it."""
    grid = product(range(1, 9), range(1, 7), range(max(stride, dilation)))
    for n, k, extra in grid:
        axis = Axis(n, k, stride, dilation, (0, -extra))
        words = clean_padding_words(axis)
        numbers = [int(number) for number in re.findall(r"\d+", words)]
        if "no padding is needed" in words:
            numbers = [0]
        elif "no padding removes" in words:
            assert not any(is_clean(axis, p) for p in range(axis.output_size))
            axis = replace(axis, input_size=numbers.pop(0))
        assert is_clean(axis, numbers[0])
        assert not any(is_clean(axis, p) for p in range(numbers[0]))
        if "output of" in words:
            left = axis.output_size - 2 * numbers[0]
            assert numbers[1:] == [extra, left, axis.full_size][not extra :]


def is_clean(axis: Axis, padding: int) -> bool:
    """Whether each cell left gets as many stamps as from an input that goes on at both ends."""
    cells = np.arange(padding, axis.output_size - padding)
    starts = cells[:, np.newaxis] - np.arange(axis.kernel_size) * axis.dilation
    inside = (starts >= 0) & (starts <= (axis.input_size - 1) * axis.stride)
    return cells.size > 0 and not (~inside & (starts % axis.stride == 0)).any()
