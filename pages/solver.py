"""Solver: from one size to another, every layer that does it."""

import streamlit as st

from tconv_core import solve
from tconv_ui.layer.state import current_choice, show_notices
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.links import asked_of, show_unmet, unmet, unmet_number
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.source_code import show_source
from tconv_ui.solver.decoder_section import draw_decoder_links
from tconv_ui.solver.sections import (
    CHOICES,
    NUMBERS,
    SWITCHES,
    ask_limits,
    ask_sizes,
    chosen_card,
    draw_choice,
    draw_none,
    draw_table,
    offer_shared,
)
from tconv_ui.solver.solutions import chosen_geometry, find, shared_layer

show_head(PAGES["solver"])
_, notices = current_choice()
show_notices(notices)
asked = asked_of(*NUMBERS, *SWITCHES, *CHOICES)
notes = st.container()
axes = ask_sizes()
limits = ask_limits()
found = {axis: find(axis.size, axis.target, limits) for axis in axes}

geometry = None
if all(found.values()):
    card = st.container(border=True)
    square = len(axes) == 1
    with card:
        shared = None if square else shared_layer(*found.values())
        chosen = [
            draw_choice(axis, solutions, shared[at : at + 1] if shared else ())
            for at, (axis, solutions) in enumerate(found.items())
        ]
        if not square:
            offer_shared(shared)
        geometry = chosen_geometry((chosen[0], chosen[-1]), (axes[0].size, axes[-1].size))
        chosen_card(geometry, current_theme())
    for axis, place in zip(axes, st.columns(len(axes)), strict=True):
        with place:
            draw_table(axis, found[axis], square=square)
for axis in axes:
    if not found[axis]:
        draw_none(axis, limits)
with st.container(border=True):
    draw_decoder_links(geometry)

with notes:
    show_unmet(
        [
            *(unmet_number(asked, key, *bounds) for key, bounds in NUMBERS.items()),
            *(unmet(asked, key, "true or false") for key in SWITCHES),
            *(unmet(asked, key, "one of the layers found") for key in CHOICES),
        ]
    )
show_source(solve)
