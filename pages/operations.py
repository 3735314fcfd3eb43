"""Operations: the neighbours of the transposed convolution, two at a time on the same input."""

import streamlit as st

from tconv_core import trace_conv, trace_scatter
from tconv_ui.layer.state import current_layer, show_notices
from tconv_ui.operations.catalogue import OPERATIONS
from tconv_ui.operations.sections import SIDES, draw_operation, draw_round_trip, example_buttons
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.links import asked_of, show_unmet, unmet
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.source_code import show_source

show_head(PAGES["operations"])
layer, notices = current_layer()
show_notices(notices)
theme = current_theme()
example_buttons()
st.caption(
    "Space and the arrow keys move both players, or only the one whose controls you last used."
)
asked = asked_of(*SIDES)
notes = st.container()
for side, place in zip(SIDES, st.columns(2, border=True), strict=True):
    with place:
        draw_operation(side, layer, theme)
draw_round_trip(layer, theme)
with notes:
    show_unmet([unmet(asked, side, f"one of {', '.join(OPERATIONS)}") for side in SIDES])
show_source(trace_conv, trace_scatter)
