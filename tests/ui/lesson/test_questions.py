"""Every question of many quizzes has one right answer, by a computation of its own."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest

from tconv_core import trace_scatter
from tconv_ui.layer.formulas import output_padding_words
from tconv_ui.layer.settings import SETTINGS
from tconv_ui.lesson.questions import KINDS, OPTIONS, Question, draw_questions

SEEDS = range(300)
PER_QUIZ = 2 * len(KINDS)
QUIZZES = {seed: draw_questions(seed, PER_QUIZ) for seed in SEEDS}
EVERY = [question for quiz in QUIZZES.values() for question in quiz]
every_kind = pytest.mark.parametrize("kind", KINDS)


def numbers(prompt: str) -> dict[str, int]:
    """The settings as the question's own words give them."""
    found = re.findall(r"\b(input|kernel|stride|padding|output_padding|dilation) (\d+)", prompt)
    return {"padding": 0, "output_padding": 0, "dilation": 1} | {k: int(v) for k, v in found}


def stamped(n: int, k: int, s: int, d: int) -> list[list[int]]:
    """The cells of the full output that each input cell reaches, by going there."""
    return [[i * s + j * d for j in range(k)] for i in range(n)]


def output_size(n: int, given: dict[str, int]) -> int:
    """Count the cells from the first to the last that a stamp reaches, and crop."""
    stamps = stamped(n, given["kernel"], given["stride"], given["dilation"])
    full = max(map(max, stamps)) + 1
    return full - 2 * given["padding"] + given["output_padding"]


def conv_size(m: int, given: dict[str, int]) -> int:
    """Slide the kernel over the padded input, and count the places where it fits."""
    room = m + 2 * given["padding"]
    return len(range(0, room - given["kernel"] + 1, given["stride"]))


def is_answer(question: Question, option: str) -> bool:
    """Whether an option answers the question, from its words alone."""
    given = numbers(question.prompt)
    match question.kind:
        case "Output size":
            return int(option) == output_size(given["input"], given)
        case "Where a stamp lands":
            length = int(re.findall(r"row of (\d+) cell", question.prompt)[0])
            (i,) = map(int, re.findall(r"x\[(\d+)\]", question.prompt))
            stamps = stamped(length, given["kernel"], given["stride"], given["dilation"])
            return [int(each) for each in option.split(", ")] == stamps[i]
        case "The checkerboard":
            k, s = map(int, re.findall(r"kernel (\d+) × \d+, stride (\d+)", option)[0])
            counts = np.zeros(20 * s + k)
            for cells in stamped(20, k, s, 1):
                counts[cells] += 1
            return bool(np.ptp(counts[k:-k]) > 0)
        case "Sizes that collide":
            first, made = map(int, re.findall(r"takes (\d+) cells to (\d+)", question.prompt)[0])
            assert conv_size(first, given) == made
            return int(option) != first and conv_size(int(option), given) == made
    raise AssertionError(question.kind)


@every_kind
def test_exactly_one_option_is_right_and_it_is_the_one_marked(kind: str) -> None:
    asked = [question for question in EVERY if question.kind == kind]
    assert len(asked) == 2 * len(SEEDS)
    for question in asked:
        fitting = [option for option in question.options if is_answer(question, option)]
        assert fitting == [question.options[question.right]], question
        assert [o for o in question.options if question.is_right(o)] == fitting


@every_kind
def test_the_options_are_four_all_different_and_plausible(kind: str) -> None:
    for question in (each for each in EVERY if each.kind == kind):
        assert len(question.options) == len(set(question.options)) == OPTIONS
        found = [[int(n) for n in re.findall(r"\d+", option)] for option in question.options]
        assert len({len(each) for each in found}) == 1
        if kind in ("Output size", "Sizes that collide"):
            assert all(each[0] >= 1 for each in found)
        if kind == "Where a stamp lands":
            assert all(a < b for each in found for a, b in pairwise(each))
        if kind == "The checkerboard":
            assert all(k >= s for k, _, s in found)


def test_the_right_answer_stands_at_every_place() -> None:
    places = np.bincount([question.right for question in EVERY], minlength=OPTIONS)
    assert places.min() > 0.8 * len(EVERY) / OPTIONS


@every_kind
def test_the_explanation_names_the_right_answer(kind: str) -> None:
    for question in (each for each in EVERY if each.kind == kind):
        right = question.options[question.right]
        told = re.findall(r"\d+", question.explanation)
        if kind == "The checkerboard":
            k, _, s = re.findall(r"\d+", right)
            assert f"tride {s} does not divide kernel {k}" in question.explanation
        elif kind == "Where a stamp lands":
            cells = right.split(", ")
            assert {cells[0], cells[-1]} <= set(told)
        else:
            assert right in told
        axis = question.link.choice.layer.geometry.rows
        asks_size = kind == "Output size"
        assert (output_padding_words(axis) if asks_size else "") in question.explanation
        cropped = "padding crops" in question.explanation
        assert cropped == (asks_size and axis.crop[0] > 0)


def test_a_question_opens_the_layer_it_asks_about() -> None:
    for question in EVERY:
        axis = question.link.choice.layer.geometry.rows
        asked = question.prompt
        if question.kind == "The checkerboard":
            asked = question.options[question.right]
        given = numbers(asked)
        assert (axis.kernel_size, axis.stride) == (given["kernel"], given["stride"])
        assert (axis.dilation, axis.crop[0]) == (given["dilation"], given["padding"])
        for setting in SETTINGS:
            assert setting.low <= int(question.link.choice.state[setting.name]) <= setting.high


def test_a_question_of_a_stamp_opens_where_that_stamp_has_just_landed() -> None:
    for question in (each for each in EVERY if each.kind == "Where a stamp lands"):
        (i,) = map(int, re.findall(r"x\[(\d+)\]", question.prompt))
        layer = question.link.choice.layer
        done = trace_scatter(layer.input, layer.kernel, layer.geometry).steps
        assert done[int(question.link.view["step"]) - 1].source == (i, i)


def test_a_seed_draws_the_same_quiz_and_another_seed_another() -> None:
    for seed in (0, 7, 999):
        again = draw_questions(seed, PER_QUIZ)
        assert again == draw_questions(seed, PER_QUIZ)
        assert again[:3] == draw_questions(seed, 3)
        for turn in (again[: len(KINDS)], again[len(KINDS) :]):
            assert sorted(question.kind for question in turn) == sorted(KINDS)
    assert len({tuple(each.prompt for each in quiz) for quiz in QUIZZES.values()}) == len(SEEDS)
