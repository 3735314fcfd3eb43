"""Decoder: a stack of layers, what it makes, what it costs, and whether it shows a checkerboard."""

import streamlit as st

from tconv_core.network import run
from tconv_ui.decoder.controls import (
    FEEDS,
    SEEDS,
    input_controls,
    layer_actions,
    layer_list,
    text_editor,
)
from tconv_ui.decoder.layer_editor import layer_editor
from tconv_ui.decoder.run import affordable
from tconv_ui.decoder.sections import FIELDS, SECTIONS
from tconv_ui.decoder.stack_sections import (
    show_input,
    show_maps,
    show_outputs,
    show_problem,
    show_strip,
    show_totals,
    use_buttons,
)
from tconv_ui.decoder.state import current_plan, stack_note
from tconv_ui.decoder.study import Study, legal_network
from tconv_ui.layer.state import current_layer, show_notices
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.links import asked_of, choose_one, show_unmet, unmet, unmet_number
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.reserved_space import reserve_height
from tconv_ui.shell.source_code import show_source

STRIP_HEIGHT = 158  # px
NUMBERS = {"net_seed": SEEDS, "cell_y": (0, 100, 50), "cell_x": (0, 100, 50)}

show_head(PAGES["decoder"])
layer, notices = current_layer()
show_notices(notices)
asked = asked_of("feed", "look", "field", *NUMBERS)
notes = st.container()
theme = current_theme()
plan = current_plan()
network, problem = legal_network(plan)
shapes = problem.error.shapes if problem else (network.input_shape, *network.shapes)

use_buttons(plan)
if problem:
    show_problem(problem)
with st.container(border=True):
    with reserve_height(STRIP_HEIGHT):
        show_strip(plan, shapes, problem.error.layer - 1 if problem else None, theme)
    show_totals(network)

pictures, controls = st.columns([7, 5], border=True)
with controls:
    feed, seed, beside = input_controls(plan)
    index = layer_list(plan, shapes)
    layer_editor(plan, index)
    layer_actions(plan, index, layer.geometry)
    text_editor(plan)
study = Study(network, affordable(network), feed, seed, min(index, len(network.layers) - 1))
with beside:
    show_input(study, theme)
with pictures:
    show_outputs(study, theme)
    show_maps(study, theme)

look = choose_one(st, "Look closer", SECTIONS, key="look")
with st.container(border=True):
    SECTIONS[look](study, theme)

with notes:
    if note := stack_note():
        st.info(note, icon=":material/link_off:")
    show_unmet(
        [
            unmet(asked, "feed", f"one of {', '.join(FEEDS)}"),
            unmet(asked, "look", f"one of {', '.join(SECTIONS)}"),
            unmet(asked, "field", f"one of {', '.join(FIELDS)}"),
            *(unmet_number(asked, key, *bounds) for key, bounds in NUMBERS.items()),
        ]
    )
show_source(run)
