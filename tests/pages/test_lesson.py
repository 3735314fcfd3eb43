"""The Lesson page: a link is a quiz, a wrong answer is explained, the score counts."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tconv_ui.lesson.questions import KINDS, Question, draw_questions
from tests.pages.lab import Lab
from tests.pages.test_field_guide import check_arrival


def ask(lab: Lab) -> tuple[str, list[str]]:
    """The question on the screen: its kind and its options."""
    (radio,) = lab.at.radio
    return lab.at.caption[0].value, radio.options


def answer(lab: Lab, option: str) -> None:
    lab.at.radio[0].set_value(option)
    lab.at.button(key="submit").click()
    lab.run()


def go_on(lab: Lab) -> None:
    lab.at.button(key="next").click()
    lab.run()


def wrong(question: Question) -> str:
    return next(option for option in question.options if not question.is_right(option))


def right(question: Question) -> str:
    return question.options[question.right]


def tally(lab: Lab) -> str:
    (bar,) = lab.at.get("progress")
    return str(bar.proto.text)


@pytest.mark.parametrize("seed", [1, 42])
def test_a_link_asks_the_questions_of_its_seed(seed: int) -> None:
    lab = Lab("Lesson", {"quiz": str(seed), "questions": "5"})
    for number, question in enumerate(draw_questions(seed, 5)):
        assert ask(lab) == (question.kind, list(question.options))
        assert question.prompt in lab.texts
        assert question.explanation not in " ".join(lab.texts)
        assert tally(lab) == f"{number} of 5 answered, {number} right"
        answer(lab, right(question))
        (praise,) = lab.at.success
        assert praise.value == f"**{right(question)}** is right. {question.explanation}"
        assert not lab.at.error
        go_on(lab)
    assert lab.at.header[0].value == "5 of 5 right"


def test_a_wrong_answer_is_explained_and_does_not_count() -> None:
    questions = draw_questions(7, 2)
    lab = Lab("Lesson", {"quiz": "7", "questions": "2"})
    answer(lab, wrong(questions[0]))
    (said,) = lab.at.error
    assert said.value == (
        f"Not {wrong(questions[0])}: it is **{right(questions[0])}**. {questions[0].explanation}"
    )
    axis = questions[0].link.choice.layer.geometry.rows
    (chart,) = lab.at.get("plotly_chart")
    assert (
        f"{axis.input_size} cells on {axis.full_size}, {axis.output_size} kept" in chart.proto.alt
    )
    go_on(lab)
    answer(lab, right(questions[1]))
    go_on(lab)
    assert lab.at.header[0].value == "1 of 2 right"
    assert any(f"You said {wrong(questions[0])}." in text for text in lab.texts)


@pytest.mark.parametrize("kind", KINDS)
def test_see_it_opens_the_layer_of_the_question(kind: str) -> None:
    number, question = next(
        (number, each)
        for number, each in enumerate(draw_questions(3, len(KINDS)))
        if each.kind == kind
    )
    lab = Lab("Lesson", {"quiz": "3"})
    for before in draw_questions(3, number):
        answer(lab, right(before))
        go_on(lab)
    answer(lab, wrong(question))
    lab.at.button(key="see_it").click()
    lab.run()
    check_arrival(lab, question.link)


def test_no_answer_is_asked_for_again() -> None:
    lab = Lab("Lesson")
    lab.at.button(key="submit").click()
    lab.run()
    assert lab.warnings == ["Choose an answer first."]
    assert tally(lab) == "0 of 8 answered, 0 right"


def test_again_asks_the_same_and_other_questions_ask_others() -> None:
    lab = Lab("Lesson", {"quiz": "999", "questions": "1"})
    (first,) = draw_questions(999, 1)
    answer(lab, wrong(first))
    go_on(lab)
    lab.at.button(key="again").click()
    lab.run()
    assert ask(lab) == (first.kind, list(first.options))
    answer(lab, right(first))
    go_on(lab)
    lab.at.button(key="other").click()
    lab.run()
    (other,) = draw_questions(0, 1)
    assert lab.at.number_input(key="quiz").value == 0
    assert ask(lab) == (other.kind, list(other.options))
    assert tally(lab) == "0 of 1 answered, 0 right"


def test_the_link_for_a_class_names_this_quiz() -> None:
    lab = Lab("Lesson", {"quiz": "12", "questions": "3"})
    (link,) = [code.value for code in lab.at.code]
    assert parse_qs(urlsplit(link).query) == {"quiz": ["12"], "questions": ["3"]}


def test_a_quiz_that_is_no_number_falls_back_and_is_said() -> None:
    lab = Lab("Lesson", {"quiz": "many", "questions": "99"})
    (note,) = lab.notes
    assert "quiz=`many` is not a whole number from 0 to 999; using 1." in note
    assert "questions=`99` is not a whole number from 1 to 20; using 8." in note
    assert ask(lab)[1] == list(draw_questions(1, 1)[0].options)
