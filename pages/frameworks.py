"""Frameworks: one layer as PyTorch, Keras and ONNX read it, and as each refuses it."""

import streamlit as st

from tconv_core.geometry.frameworks import keras_crop, onnx_crop, torch_crop
from tconv_ui.frameworks.columns import COLUMNS, IMPULSES, columns
from tconv_ui.frameworks.sections import (
    draw_columns,
    draw_strips,
    draw_translation,
    example_buttons,
)
from tconv_ui.frameworks.translation import DIRECTIONS
from tconv_ui.frameworks.words import headline
from tconv_ui.layer.controls import beside_controls
from tconv_ui.layer.state import current_choice
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.links import asked_of, choose_one, show_unmet, unmet
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.source_code import show_source

CHOICES = {"impulse": IMPULSES, "against": tuple(COLUMNS), "translate": tuple(DIRECTIONS)}

show_head(PAGES["frameworks"])
choice, notices = current_choice()
show_unmet(notices.unmet)
with beside_controls(judged=False):
    asked = asked_of(*CHOICES)
    notes = st.container()
    example_buttons(choice)
    place, against = st.columns(2)
    impulse = choose_one(place, "The input: zeros, and a 1 in its … cell", IMPULSES, key="impulse")
    name = against.selectbox("Compare with", list(COLUMNS), key="against", bind="query-params")
    found = columns(choice)
    (reference,) = (column for column in found if column.name == name)

    with st.container(border=True):
        st.markdown(headline(found, reference))
        draw_strips(choice, found, impulse, current_theme())
        st.caption(
            "Kernel 1, 2, 3 … Kept cells stand between brackets, cut ones are hatched, dotted "
            "ones are zeros appended beyond the full output."
        )
draw_columns(found, reference)

st.header("The same numbers in the other framework")
with st.container(border=True):
    draw_translation(choice)

with notes:
    show_unmet([unmet(asked, key, f"one of {', '.join(names)}") for key, names in CHOICES.items()])
show_source(torch_crop, keras_crop, onnx_crop)
