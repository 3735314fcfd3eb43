"""Overlap: the count, the cause, the cure."""

import streamlit as st

from tconv_core import overlap_count, phase_sums
from tconv_ui.charts.sections import csv_button, show_figure
from tconv_ui.layer.checkerboard import FLAT, constant_response
from tconv_ui.layer.formulas import overlap_verdict
from tconv_ui.layer.state import current_layer, show_notices
from tconv_ui.overlap.figures import overlap_figure, response_figure
from tconv_ui.overlap.judgement import deviation, judge, response_caption
from tconv_ui.overlap.sections import SECTIONS
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.links import asked_of, choose_one, show_unmet, unmet
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.source_code import show_source
from tconv_ui.wording import times

show_head(PAGES["overlap"])
layer, notices = current_layer()
show_notices(notices)
geometry, kernel = layer.geometry, layer.kernel
theme = current_theme()
judgement = judge(geometry, kernel)
verdict = overlap_verdict(geometry)
flat = judgement.checkerboard is not None and judgement.checkerboard <= FLAT
with st.container(border=True):
    mark = ":material/check_circle:" if flat else ":material/grid_on:"
    st.markdown(f"{mark} **{judgement.headline}** {judgement.reason} {verdict.edges}")

count, response = st.columns(2, border=True)
with count:
    st.markdown(f"**Count**: stamps per cell, {times(geometry.output_shape)}")
    show_figure(
        overlap_figure(geometry, theme),
        key="overlap",
        alt=f"Heatmap of the overlap count. {verdict.title}. {verdict.reason} {verdict.edges}",
    )
    st.caption("Bars: the stamps per row and per column. A cell's count is their product.")
    csv_button("Count as CSV", overlap_count(geometry.uncropped), "overlap_count")
with response:
    values = constant_response(kernel, geometry.uncropped)
    share = deviation(values, kernel, geometry)
    st.markdown("**Response** to an input of ones, with this kernel")
    show_figure(
        response_figure(values, share, geometry, theme),
        key="response",
        alt=f"Heatmap of the response to a constant input. {judgement.headline}",
    )
    st.caption(response_caption(share, geometry))
    csv_button("Response as CSV", values, "constant_response")

asked = asked_of("section")
section = choose_one(st, "Look closer", SECTIONS, key="section")
show_unmet([unmet(asked, "section", f"one of {', '.join(SECTIONS)}")])
with st.container(border=True):
    SECTIONS[section](layer, theme)
show_source(overlap_count, phase_sums)
