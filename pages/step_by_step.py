"""Step by step: one layer read as stamps, as a sliding window and as a matrix, in lock-step."""

from functools import partial

import streamlit as st

from tconv_core import trace_gather, trace_scatter
from tconv_ui.code.programs import keras_program, torch_program
from tconv_ui.export.sections import export_section
from tconv_ui.layer.formulas import SIZE_FORMULA, overlap_verdict, size_latex
from tconv_ui.layer.state import current_layer, show_notices
from tconv_ui.player.component import play, view_from_link, view_to_link
from tconv_ui.player.readings import left_out
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.reserved_space import reserve_height
from tconv_ui.shell.source_code import show_source
from tconv_ui.step_by_step.channel_controls import choose_channels
from tconv_ui.step_by_step.channels import add_channels
from tconv_ui.step_by_step.playing import show_channels, show_readings
from tconv_ui.step_by_step.reading_controls import choose_readings, equality_badge

PLAYER_HEIGHT = 480  # px: the usual layers take that much, and the rest a little less

show_head(PAGES["step_by_step"])

layer, notices = current_layer()
show_notices(notices)
geometry = layer.geometry
controls = reserve_height(64).container(horizontal=True, vertical_alignment="bottom", gap="medium")
choice = choose_readings(controls)
wanted = choose_channels(controls, geometry, choice)
if wanted.plain:
    if omitted := left_out(geometry, choice.names, choice.walk, symbols=choice.symbols):
        st.info(" ".join(omitted), icon=":material/visibility_off:")
    shown = show_readings(layer, choice.names, choice.walk, symbols=choice.symbols)
else:
    shown = show_channels(add_channels(layer, wanted))
with st.container(border=True):
    opening = view_from_link()
    with reserve_height(PLAYER_HEIGHT):
        view = play(shown.playing, key="player", opening=opening)
    view_to_link(view)
    equality_badge(shown.outputs)

sizes, overlap = st.columns(2, border=True)
theme = current_theme()
with sizes:
    axes = {"Rows": geometry.rows, "Columns": geometry.cols}
    if geometry.rows == geometry.cols:
        axes = {"Output size, both axes": geometry.rows}
    lines = [f"**{name}**\n\n${size_latex(axis, theme)}$" for name, axis in axes.items()]
    st.markdown("\n\n".join(lines))
    st.caption(f"${SIZE_FORMULA}$")
with overlap:
    verdict = overlap_verdict(geometry)
    st.markdown(f"**{verdict.title}**\n\n{verdict.reason} {verdict.edges}")

resting = view or opening
export_section(
    shown.scenes,
    None if resting is None else resting.step,
    programs={
        "PyTorch": partial(torch_program, *shown.numbers),
        "Keras": partial(keras_program, *shown.numbers),
    },
)
show_source(trace_scatter, trace_gather)
