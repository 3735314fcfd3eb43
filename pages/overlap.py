"""Overlap: the count, the cause, the cure."""

import streamlit as st

from tconv_core import overlap_count, phase_sums
from tconv_ui.charts.sections import csv_button
from tconv_ui.layer.checkerboard import constant_response
from tconv_ui.layer.controls import beside_controls
from tconv_ui.layer.state import current_layer
from tconv_ui.overlap.maps_component import draw_maps
from tconv_ui.overlap.sections import SECTIONS
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.links import asked_of, choose_one, show_unmet, unmet
from tconv_ui.shell.page_body import page_body
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.reserved_space import reserve_height
from tconv_ui.shell.source_code import show_source

MAPS_HEIGHT = 560  # px: what they take on a wide screen


def body() -> None:
    """Draw what follows the controls."""
    layer, notices = current_layer()
    show_unmet(notices.unmet)
    theme = current_theme()
    with beside_controls():
        with reserve_height(MAPS_HEIGHT):
            draw_maps(layer)
        with st.container(horizontal=True):
            csv_button("Count as CSV", overlap_count(layer.geometry.uncropped), "overlap_count")
            response = constant_response(layer.kernel, layer.geometry.uncropped)
            csv_button("Response as CSV", response, "constant_response")

    asked = asked_of("section")
    section = choose_one(st, "Look closer", SECTIONS, key="section")
    show_unmet([unmet(asked, "section", f"one of {', '.join(SECTIONS)}")])
    with st.container(border=True):
        SECTIONS[section](layer, theme)


show_head(PAGES["overlap"])
page_body(body)
show_source(overlap_count, phase_sums)
