"""Lesson: predict, then see. The same link asks everybody the same questions."""

import streamlit as st

from tconv_ui.layer.state import current_layer, show_notices
from tconv_ui.lesson.questions import draw_questions
from tconv_ui.lesson.sections import answers_to, class_link, draw_question, draw_result, score
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.links import asked_of, number_input, show_unmet, unmet_number
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.source_code import show_source

BOUNDS = {"quiz": (0, 999, 1), "questions": (1, 20, 8)}

show_head(PAGES["lesson"])
_, notices = current_layer()
show_notices(notices)
asked = asked_of(*BOUNDS)
seed_box, count_box = st.columns(2)
seed = number_input(seed_box, "Quiz number", BOUNDS["quiz"], key="quiz")
count = number_input(count_box, "Questions", BOUNDS["questions"], key="questions")
show_unmet([unmet_number(asked, key, *bounds) for key, bounds in BOUNDS.items()])

questions = draw_questions(seed, count)
answers = answers_to(seed)
reading = st.session_state["reading"]
number = len(answers) - 1 if reading else len(answers)
done = min(len(answers), count)
st.progress(done / count, text=f"{done} of {count} answered, {score(questions, answers)} right")
if number < count:
    draw_question(questions[number], number, current_theme())
else:
    draw_result(questions, answers[:count])

with st.expander("For a class", icon=":material/groups:"):
    st.markdown("This link asks everybody these questions, in this order.")
    st.code(class_link(seed, count), language=None, wrap_lines=True)
show_source(draw_questions, type(questions[0]).is_right)
