"""The stack the visitor edits: kept as the text the link carries, changed by callbacks."""

from __future__ import annotations

import streamlit as st

from tconv_core.network import LayerSpec
from tconv_core.network.network import Shape
from tconv_ui.decoder.presets import FIRST, Preset
from tconv_ui.decoder.text import Plan, TextError, read_plan, write_plan

LAYER = "decoder_layer"
"""Key of the layer being edited, its number from 1."""
FEED = "feed"
"""Key of what the network is fed."""


def current_plan() -> Plan:
    """Return the plan as it stands, from the link at first, and see that the link carries it."""
    state = st.session_state
    if "stack" not in state:
        asked = st.query_params.get("stack")
        _begin()
        if asked is not None:
            try:
                state["stack"] = write_plan(read_plan(asked))
            except TextError as error:
                state["stack_note"] = (
                    f"The link was not read in full: stack is no stack of layers. {error} "
                    f"Using {FIRST.label}."
                )
    text = state["stack"]
    if text == FIRST.text:
        st.query_params.pop("stack", None)
    elif st.query_params.get("stack") != text:
        st.query_params["stack"] = text
    return read_plan(text)


def stack_note() -> str | None:
    """Return what a link asked for in vain, until the stack is changed."""
    note = st.session_state["stack_note"]
    return None if note is None else str(note)


def edit_key(name: str) -> str:
    """Return the key of a widget that shows the stack as it stands; another after each change.

    A widget keeps what was typed into it under its key. A new key makes it show the stack again.
    """
    return f"{name}_{st.session_state['stack_edits']}"


def set_plan(plan: Plan, layer: int | None = None, *, redraw: bool = True) -> None:
    """Make this the stack, the one before it what undo brings back. Call it from a callback.

    Args:
        plan: The new stack.
        layer: The number of the layer to edit next, from 1; the same if left out.
        redraw: Whether the editor's widgets are to be filled anew.
    """
    state = st.session_state
    text = write_plan(plan)
    if text != state["stack"]:
        state["stack_before"] = state["stack"]
    state["stack"], state["stack_note"] = text, None
    state["stack_edits"] += redraw
    number = layer or state.get(LAYER, 1)
    state[LAYER] = min(max(number, 1), len(plan.layers))


def set_layers(
    layers: tuple[LayerSpec, ...], layer: int | None = None, *, redraw: bool = True
) -> None:
    """Replace the layers and keep the input. Call it from a callback."""
    set_plan(Plan(current_plan().input_shape, layers), layer, redraw=redraw)


def open_preset(preset: Preset) -> None:
    """Make a preset the stack, fed with what suits it. Call it from a callback."""
    plan = preset.plan
    st.session_state[FEED] = preset.input
    set_plan(plan, 1)


def leave_for_decoder(plan: Plan) -> None:
    """Make this the stack the Decoder opens with. Call it from a callback of another page."""
    if "stack" not in st.session_state:
        _begin()
    set_plan(plan, 1)


def undo() -> None:
    """Bring back the stack before the last change. Call it from a callback."""
    before = st.session_state.get("stack_before")
    if before is not None:
        set_plan(read_plan(before))


def set_repair(input_shape: Shape, layers: tuple[LayerSpec, ...]) -> None:
    """Make a repaired stack the stack. Call it from a callback."""
    set_plan(Plan(input_shape, layers))


def _begin() -> None:
    state = st.session_state
    state["stack"], state["stack_edits"], state["stack_note"] = FIRST.text, 0, None
