"""A quiz on the screen: one question at a time, its answer, and the score."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from tconv_ui.charts.sections import show_figure
from tconv_ui.field_guide.figures import stamps_figure
from tconv_ui.layer.page_link_button import page_link_button
from tconv_ui.lesson.questions import Question
from tconv_ui.theme import Theme

Answers = list[str]


def answers_to(seed: int) -> Answers:
    """Return the answers given so far to the quiz of a seed; another seed begins anew."""
    if st.session_state.get("answered_seed") != seed:
        st.session_state["answered_seed"] = seed
        st.session_state["answers"] = []
        st.session_state["reading"] = False
    found: Answers = st.session_state["answers"]
    return found


def score(questions: tuple[Question, ...], answers: Answers) -> int:
    """Return how many answers are right."""
    return sum(q.is_right(answer) for q, answer in zip(questions, answers, strict=False))


def draw_question(question: Question, number: int, theme: Theme) -> None:
    """Ask; once answered, say whether it is right and show why."""
    state = st.session_state
    with st.container(border=True, key="quiz_card"):
        st.caption(question.kind)
        st.markdown(question.prompt)
        if state["reading"]:
            _draw_answer(question, state["answers"][number], theme)
            with st.container(horizontal=True):
                st.button("Next", key="next", on_click=_go_on)
                page_link_button("See it", question.link, key="see_it")
            return
        with st.form(f"question_{number}", border=False):
            chosen = st.radio("Your answer", question.options, index=None, key=f"answer_{number}")
            if st.form_submit_button("Answer", key="submit"):
                if chosen is None:
                    st.warning("Choose an answer first.")
                else:
                    state["answers"].append(chosen)
                    state["reading"] = True
                    st.rerun()


def _draw_answer(question: Question, answer: str, theme: Theme) -> None:
    right = question.options[question.right]
    if question.is_right(answer):
        st.success(f"**{answer}** is right. {question.explanation}", icon=":material/check_circle:")
    else:
        st.error(
            f"Not {answer}: it is **{right}**. {question.explanation}", icon=":material/cancel:"
        )
    axis = question.link.choice.layer.geometry.rows
    show_figure(
        stamps_figure(axis, theme),
        key="answer_figure",
        alt=f"Stamps of {axis.input_size} cells on {axis.full_size}, {axis.output_size} kept.",
        toolbar=False,
    )


def _go_on() -> None:
    st.session_state["reading"] = False


def draw_result(questions: tuple[Question, ...], answers: Answers) -> None:
    """Show the score, and question by question what was right."""
    got = score(questions, answers)
    with st.container(border=True, key="quiz_card"):
        st.header(f"{got} of {len(questions)} right", anchor=False)
        for number, (question, answer) in enumerate(zip(questions, answers, strict=True), start=1):
            right = question.options[question.right]
            mark = ":material/check_circle:" if question.is_right(answer) else ":material/cancel:"
            more = "" if question.is_right(answer) else f" You said {answer}."
            st.markdown(f"{mark} {number}. {question.kind}: **{right}**.{more}")
        again, other = st.columns(2)
        again.button("Again", key="again", on_click=_begin, width="stretch")
        other.button("Other questions", key="other", on_click=_begin, args=(True,), width="stretch")


def _begin(other: bool = False) -> None:
    state = st.session_state
    state["answers"], state["reading"] = [], False
    if other:
        state["quiz"] = (state["quiz"] + 1) % 1000


def class_link(seed: int, count: int) -> str:
    """Return the address that opens this quiz for anybody."""
    parts = urlsplit(st.context.url or "")
    asked = urlencode({"quiz": seed, "questions": count})
    return urlunsplit((parts.scheme, parts.netloc, parts.path, asked, ""))
