"""What the Solver page draws: its controls, the layer chosen, the table, and why there is none."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_core import Geometry, Solution, conv_input_sizes
from tconv_ui.code.layer_calls import torch_call
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.formulas import overlap_verdict, size_latex
from tconv_ui.layer.state import set_numbers
from tconv_ui.shell.links import number_input
from tconv_ui.shell.reserved_space import label_width, reserve_height
from tconv_ui.solver.nearest import why_none
from tconv_ui.solver.solutions import (
    LARGEST_INPUT,
    LARGEST_KERNEL,
    LARGEST_TARGET,
    MOST_SHOWN,
    Limits,
    both_label,
    cost_words,
    label,
    on_fewer_cells,
    origins_words,
    table,
)
from tconv_ui.theme import Theme
from tconv_ui.wording import times

NUMBERS = {
    "have": (1, LARGEST_INPUT, 7),
    "need": (1, LARGEST_TARGET, 28),
    "have_cols": (1, LARGEST_INPUT, 7),
    "need_cols": (1, LARGEST_TARGET, 28),
    "max_kernel": (1, LARGEST_KERNEL, 16),
}
SWITCHES = ("apart", "divisible", "no_output_padding", "no_holes", "whole_input")
CHOICES = ("choice", "choice_cols")
DESTINATIONS = {
    "Step by step": ("pages/step_by_step.py", ":material/animation:"),
    "Overlap": ("pages/overlap.py", ":material/layers:"),
    "Frameworks": ("pages/frameworks.py", ":material/compare_arrows:"),
}
SIZE_WIDTH = 168
"""Pixels of a size asked for: two stand beside each other on a phone."""


@dataclass(frozen=True, slots=True)
class AskedSizes:
    """Sizes before and after along an axis; `suffix` tells its widgets from the other axis's."""

    name: str
    suffix: str
    size: int
    target: int


def ask_sizes() -> list[AskedSizes]:
    """Ask for the sizes: of both axes together, or of rows and columns apart."""
    row = reserve_height(68).container(horizontal=True)
    places = [row.container(width=SIZE_WIDTH) for _ in range(4)]
    apart = st.toggle("Rows and columns apart", key="apart", bind="query-params")
    rows = _ask_pair("Rows" if apart else "", "", places[0], places[1])
    if not apart:
        return [rows]
    return [rows, _ask_pair("Columns", "_cols", places[2], places[3])]


def ask_limits() -> Limits:
    """Ask which layers count."""
    with reserve_height(72), st.container(horizontal=True, vertical_alignment="center"):
        kernel = st.slider(
            "Kernel at most",
            *NUMBERS["max_kernel"],
            key="max_kernel",
            bind="query-params",
            width=150,
        )
        divisible = st.toggle(
            "Divisible by stride", key="divisible", bind="query-params", width=150
        )
        no_extra = st.toggle(
            "No output_padding", key="no_output_padding", bind="query-params", width=158
        )
        no_holes = st.toggle(
            "No holes",
            value=True,
            key="no_holes",
            bind="query-params",
            help="A kernel smaller than the stride leaves cells that no stamp reaches.",
            width=116,
        )
        whole = st.toggle(
            "Whole input",
            value=True,
            key="whole_input",
            bind="query-params",
            help="A padding of the kernel's size or more cuts whole stamps of the border away.",
            width=138,
        )
    return Limits(kernel, divisible, no_extra, no_holes, whole)


def draw_choice(
    axis: AskedSizes, found: tuple[Solution, ...], shared: tuple[Solution, ...] = ()
) -> Solution:
    """Draw the chooser of an axis, the first solution by default; return the one chosen.

    Args:
        axis: What it is asked to do.
        found: Its solutions, of which the first are listed.
        shared: One of them that is listed too.
    """
    labels = {label(each): each for each in (*found[:MOST_SHOWN], *shared)}
    name = f"{axis.name}: layer" if axis.name else "Layer"
    return labels[st.selectbox(name, list(labels), key=f"choice{axis.suffix}", bind="query-params")]


def offer_shared(shared: tuple[Solution, Solution] | None) -> None:
    """Offer the layer with one kernel and stride for both axes, or say that there is none."""
    if shared is None:
        st.caption("No layer with one kernel size and stride does both axes.")
        return
    words = f"One kernel and stride for both: {both_label(*shared)}"
    st.button(words, key="shared", on_click=_share, args=shared)


def chosen_card(geometry: Geometry, theme: Theme) -> None:
    """Draw what the chosen layer makes, costs and shows, and the links to the other pages."""
    before, after = times(geometry.input_shape), times(geometry.output_shape)
    verdict = overlap_verdict(geometry)
    words, code = st.columns(2)
    with words:
        st.markdown(f"## {before} → {after}")
        axes = list(dict.fromkeys(geometry.axes))
        for axis in axes:
            st.markdown(f"${size_latex(axis, theme)}$")
        st.markdown(f"**{verdict.title}.** {verdict.reason} {verdict.edges}")
        st.markdown(f"Cost {cost_words(geometry)}.")
        for axis in axes:
            st.caption(origins_words(axis, conv_input_sizes(axis)))
    choice = LayerChoice.from_geometry(geometry)
    code.code(torch_call(choice, geometry), language=None, wrap_lines=True)
    _draw_page_links(choice)


def draw_table(axis: AskedSizes, found: tuple[Solution, ...], *, square: bool) -> None:
    """Draw all solutions of one axis; a click on a row chooses it."""
    shown = found[:MOST_SHOWN]
    count = f"{len(found):,} layers" if len(found) > 1 else "One layer"
    if len(found) > MOST_SHOWN:
        count += f", the first {MOST_SHOWN} shown"
    name = f"{axis.name}, " if axis.name else ""
    st.markdown(f"**{name}{axis.size} → {axis.target}: {count}.** Click a row to choose it.")
    key = f"table{axis.suffix}_{axis.size}_{axis.target}_{len(found)}"
    st.dataframe(
        table(shown, axis.size, axis.target, square=square),
        key=key,
        hide_index=True,
        on_select=lambda: _take_row(key, f"choice{axis.suffix}", shown),
        selection_mode="single-row",
        height=min(38 + 35 * len(shown), 390),
    )


def draw_none(axis: AskedSizes, limits: Limits) -> None:
    """Say why there is no layer, and offer the nearest sizes for which there is one."""
    nearest = why_none(axis.size, axis.target, limits)
    name = f"{axis.name}: n" if axis.name else "N"
    st.warning(f"{name}o such layer makes {axis.target} of {axis.size}. {nearest.reason}")
    with st.container(horizontal=True):
        if nearest.max_kernel is not None:
            st.button(
                f"Kernel at most {nearest.max_kernel}",
                key=f"kernel{axis.suffix}_{nearest.max_kernel}",
                on_click=_set_number,
                args=("max_kernel", nearest.max_kernel),
            )
        for target in nearest.targets:
            st.button(
                f"{axis.size} → {target}",
                key=f"need{axis.suffix}_{target}",
                on_click=_set_number,
                args=(f"need{axis.suffix}", target),
            )
        if nearest.input_size is not None:
            st.button(
                f"{nearest.input_size} → {axis.target}",
                key=f"have{axis.suffix}_{nearest.input_size}",
                on_click=_set_number,
                args=(f"have{axis.suffix}", nearest.input_size),
            )


def _ask_pair(name: str, suffix: str, before: DeltaGenerator, after: DeltaGenerator) -> AskedSizes:
    sizes = [
        number_input(
            place, f"{name}: {words}" if name else words, NUMBERS[key + suffix], key=key + suffix
        )
        for key, words, place in (("have", "I have", before), ("need", "I need", after))
    ]
    return AskedSizes(name, suffix, *sizes)


def _draw_page_links(choice: LayerChoice) -> None:
    """Buttons that set the sliders and open a page, where the sliders reach the layer."""
    choice, smaller = on_fewer_cells(choice)
    beyond = choice.beyond_sliders()
    if beyond:
        st.caption(f"Too large for the sliders of the other pages: {', '.join(beyond)}.")
    elif smaller:
        st.caption(f"The other pages show this layer on {smaller}.")
    with st.container(horizontal=True):
        for name, (path, icon) in DESTINATIONS.items():
            if st.button(
                f"Open in {name}",
                key=f"open_{name}",
                icon=icon,
                disabled=bool(beyond),
                on_click=set_numbers,
                args=(choice,),
                width=label_width(f"Open in {name}") + 24,
            ):
                # An empty link, which the sliders fill again: without one, Streamlit would clear
                # each name itself, and refuses to for those its widgets hold.
                st.switch_page(path, query_params={})


def _take_row(table_key: str, choice_key: str, shown: tuple[Solution, ...]) -> None:
    """Choose the row clicked."""
    rows = st.session_state[table_key]["selection"]["rows"]
    if rows and 0 <= rows[0] < len(shown):
        st.session_state[choice_key] = label(shown[rows[0]])


def _share(rows: Solution, cols: Solution) -> None:
    for key, each in zip(CHOICES, (rows, cols), strict=True):
        st.session_state[key] = label(each)


def _set_number(key: str, value: int) -> None:
    st.session_state[key] = value
