"""Operations: the neighbours of the transposed convolution, two at a time on the same input."""

import streamlit as st

from tconv_core import trace_conv, trace_scatter
from tconv_ui.layer.controls import beside_controls
from tconv_ui.layer.state import current_layer
from tconv_ui.operations.catalogue import OPERATIONS, SIDES
from tconv_ui.operations.sections import draw_operation, draw_round_trip, example_buttons
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.links import asked_of, show_unmet, unmet
from tconv_ui.shell.page_body import page_body
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.source_code import show_source


def body() -> None:
    """Draw what follows the controls."""
    layer, notices = current_layer()
    show_unmet(notices.unmet)
    theme = current_theme()
    with beside_controls():
        example_buttons()
        st.caption(
            "Space and the arrow keys move both players, or only the one whose controls you last "
            "used."
        )
        asked = asked_of(*SIDES)
        notes = st.container()
        for side, place in zip(SIDES, st.columns(2, border=True), strict=True):
            with place:
                draw_operation(side, layer, theme)
    draw_round_trip(layer, theme)
    with notes:
        show_unmet([unmet(asked, side, f"one of {', '.join(OPERATIONS)}") for side in SIDES])


show_head(PAGES["operations"])
page_body(body)
show_source(trace_conv, trace_scatter)
