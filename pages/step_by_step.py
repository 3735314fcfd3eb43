"""Step by step: one layer read as stamps, as a sliding window and as a matrix, in lock-step."""

from dataclasses import replace
from functools import partial

import streamlit as st

from tconv_core import Geometry, trace_gather, trace_scatter
from tconv_ui.code.programs import keras_program, torch_program
from tconv_ui.export.sections import export_section
from tconv_ui.layer.controls import beside_controls
from tconv_ui.layer.formulas import SIZE_FORMULA, overlap_verdict, size_latex
from tconv_ui.layer.state import shown_choice
from tconv_ui.player.component import play, view_from_link, view_to_link
from tconv_ui.player.payload import encode
from tconv_ui.player.readings import left_out
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.links import show_unmet
from tconv_ui.shell.page_body import page_body
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.reserved_space import reserve_height
from tconv_ui.shell.source_code import show_source
from tconv_ui.step_by_step.channel_controls import choose_channels
from tconv_ui.step_by_step.reading_controls import choose_readings, equality_badge

PLAYER_HEIGHT = 640  # px: what it takes on a wide screen, and most of what it takes on a phone


def draw_facts(geometry: Geometry) -> None:
    """Say the size with its formula, and what the overlap comes to."""
    sizes, overlap = st.columns(2, border=True)
    theme = current_theme()
    with sizes:
        axes = {"Rows": geometry.rows, "Columns": geometry.cols}
        if geometry.rows == geometry.cols:
            axes = {"Output size, both axes": geometry.rows}
        lines = [f"**{name}**\n\n${size_latex(axis, theme)}$" for name, axis in axes.items()]
        st.markdown("\n\n".join([*lines, f":small[${SIZE_FORMULA}$]"]))
    with overlap:
        verdict = overlap_verdict(geometry)
        st.markdown(f"**{verdict.title}**\n\n{verdict.reason} {verdict.edges}")


def body() -> None:
    """Draw what follows the controls."""
    choice, notices = shown_choice()
    show_unmet(notices.unmet)
    layer = choice.layer
    geometry = layer.geometry
    with beside_controls():
        stage = reserve_height(PLAYER_HEIGHT, border=True)
        row = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
        playing = choose_readings(row)
        playing = replace(playing, wanted=choose_channels(row, geometry, playing))
        omitted = left_out(geometry, playing.names, playing.walk, symbols=playing.symbols)
        if omitted and playing.wanted.plain:
            st.info(" ".join(omitted), icon=":material/visibility_off:")
        shown = playing.scenes(layer)
        opening = view_from_link()
        with stage:
            view = play(encode(shown.playing), key="player", opening=opening, live="step_by_step")
            equality_badge(shown.outputs())
        view_to_link(view)

    draw_facts(geometry)
    resting = view or opening
    export_section(
        shown.scenes,
        None if resting is None else resting.step,
        programs={
            "PyTorch": partial(torch_program, *shown.numbers),
            "Keras": partial(keras_program, *shown.numbers),
        },
    )


show_head(PAGES["step_by_step"])
page_body(body)
show_source(trace_scatter, trace_gather)
