"""What the Operations page is drawn with: one operation's player and facts, and the round trip."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from tconv_core import GeometryError
from tconv_ui.charts.sections import csv_button, draw_tiles, show_figure, tiles_csv_button
from tconv_ui.code.operations import keras_operation, torch_operation
from tconv_ui.export.sections import export_section
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.round_trip import RoundTrip, returned_words, round_trip
from tconv_ui.layer.state import set_choice
from tconv_ui.operations.catalogue import OPERATIONS, SIDES, Operation, size_equation
from tconv_ui.operations.collisions import collision_sentence, sizes_around, spare_cells
from tconv_ui.operations.examples import EXAMPLES, EXAMPLES_HELP, Example
from tconv_ui.operations.facts import Facts
from tconv_ui.operations.figures import collision_figure
from tconv_ui.operations.scenes import operation_scene
from tconv_ui.player.component import play, view_from_link, view_to_link
from tconv_ui.player.payload import encode
from tconv_ui.shell.reserved_space import label_width, reserve_height
from tconv_ui.theme import Theme
from tconv_ui.wording import counted, sentence, times

PLAYER_HEIGHT = 480
"""Pixels that the lowest of the usual scenes takes here."""


def example_buttons() -> None:
    """Draw a button per worked example."""
    st.caption("Worked examples", help=EXAMPLES_HELP)
    with st.container(horizontal=True, gap="xsmall"):
        for example in EXAMPLES:
            st.button(
                example.label,
                key=f"example_{example.label}",
                on_click=_apply_example,
                args=(example,),
                width=label_width(example.label),
            )


def draw_operation(side: str, layer: Layer, theme: Theme) -> None:
    """Choose an operation, play it on the layer's input, and state its facts."""
    name = st.selectbox(
        f"Operation on the {side}",
        list(OPERATIONS),
        index=list(OPERATIONS).index(SIDES[side]),
        key=side,
        bind="query-params",
        label_visibility="collapsed",
    )
    operation = OPERATIONS[name]
    st.caption(f"{operation.names}. {operation.claim}")
    try:
        facts = operation.measure(layer)
        scene = operation_scene(name, layer)
    except GeometryError as error:
        st.warning(sentence(str(error)))
        return
    prefix = f"{side}_"
    opening = view_from_link(prefix)
    with reserve_height(PLAYER_HEIGHT):
        view = play(encode(scene), key=f"{side}_player", opening=opening, live=f"operations_{side}")
    view_to_link(view, prefix)
    _draw_facts(operation, facts, theme)
    resting = view or opening
    export_section(
        {name: scene},
        None if resting is None else resting.step,
        programs={
            "PyTorch": partial(torch_operation, name, layer),
            "Keras": partial(keras_operation, name, layer),
        },
        key=f"{side}_export",
    )


def _draw_facts(operation: Operation, facts: Facts, theme: Theme) -> None:
    """State the shape with its formula, the price, and what is lost."""
    equations = [size_equation(operation, facts, axis, theme) for axis in (0, 1)]
    named = (
        [f"${equations[0]}$"]
        if equations[0] == equations[1]
        else [f"rows ${equations[0]}$", f"columns ${equations[1]}$"]
    )
    shapes = f"{times(facts.input_shape)} → **{times(facts.output_shape)}**"
    st.markdown(f"{shapes}  \n{named[0]}")
    for equation in named[1:]:
        st.markdown(equation)
    bias = " and a bias" if facts.parameters else ""
    work = f", {facts.other_work}" if facts.other_work else ""
    rows = {
        "Learnable": f"{counted(facts.parameters, 'parameter')}{bias}.",
        "Work": f"{counted(facts.multiply_adds, 'multiply-add')}{work}.",
        "Lost": facts.lost,
        "Ignores": f"{operation.ignored}.",
        "Note": facts.note,
    }
    st.caption("  \n".join(f"**{name}** {text}" for name, text in rows.items() if text))


def draw_round_trip(layer: Layer, theme: Theme) -> None:
    """Convolve, transpose, and compare: grids, colliding sizes, and the adjoint in two numbers."""
    st.header("There and back")
    try:
        trip = round_trip(layer)
    except GeometryError as error:
        st.warning(sentence(str(error)))
        return
    x, shape = layer.input, layer.geometry.input_shape
    st.markdown(
        f"Conv2D, then Conv2DTranspose with the same kernel and settings: {times(shape)} becomes "
        f"{times(trip.geometry.input_shape)} and {times(trip.back.shape)} again. "
        f"{returned_words(trip)}"
    )
    tiles = {"x": x, "conv(x)": trip.there, "convT(conv(x))": trip.back}
    tiles["convT(conv(x)) − x"] = trip.difference
    draw_tiles(
        [(f"{name}<br>{times(cells.shape)}", cells) for name, cells in tiles.items()],
        max(*(float(np.abs(cells).max()) for cells in tiles.values()), 1e-9),
        theme,
        key="round_trip",
        alt="The input, its convolution, the transposed convolution of that, and the difference",
    )
    tiles_csv_button("These grids as CSV", list(tiles.items()), "round_trip")
    sizes, adjoint = st.columns(2, border=True)
    with sizes:
        _draw_collisions(trip, theme)
    with adjoint:
        st.markdown("**Transposed, not inverse**")
        st.markdown(
            f"⟨C x, y⟩ = **{exact(trip.forward)}** and ⟨x, Cᵀ y⟩ = **{exact(trip.backward)}**: "
            "equal for every x and y. That, not undoing, is what the transpose promises."
        )
        st.caption(
            "Computed here with conv2d on the left and conv_transpose2d on the right; y is a grid "
            f"of seeded whole numbers, {times(trip.geometry.input_shape)}."
        )


def _draw_collisions(trip: RoundTrip, theme: Theme) -> None:
    """Show which input sizes the convolution takes to the same output size."""
    st.markdown("**Why output_padding exists**")
    axes = {"Rows": trip.geometry.rows, "Columns": trip.geometry.cols}
    if trip.geometry.rows == trip.geometry.cols:
        del axes["Columns"]
    for name, axis in axes.items():
        lead = f"{name}: " if len(axes) > 1 else ""
        st.markdown(lead + collision_sentence(axis))
        sizes = sizes_around(axis)
        show_figure(
            collision_figure(sizes, spare_cells(axis), axis.output_size, theme),
            key=f"collisions_{name}",
            alt=collision_sentence(axis),
            toolbar=False,
        )
        csv_button("Sizes before and after as CSV", np.array(sizes), f"sizes_{name.lower()}")


def exact(value: float) -> str:
    """Return a number with up to ten digits and a real minus sign."""
    return f"{value:.10g}".replace("-", "−")


def _apply_example(example: Example) -> None:
    set_choice(example.preset.choice)
    st.session_state["left"] = example.left
    st.session_state["right"] = example.right
