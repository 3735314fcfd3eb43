"""The stack the visitor edits: kept as the text the link carries, changed by callbacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from tconv_core import Geometry
from tconv_core.network import LEARNED, LayerSpec
from tconv_core.network.network import Shape
from tconv_core.network.spec import Kind
from tconv_ui.decoder.presets import FIRST, StackPreset
from tconv_ui.decoder.text import Plan, TextError, read_plan, rearranged, write_plan

LAYER = "decoder_layer"
"""Key of the layer being edited, its number from 1."""
FEED = "feed"
"""Key of what the network is fed."""

NOTHING = -1
"""What a layer without a skip is joined by."""
_BEGIN: dict[Kind, dict[str, int]] = {
    "tconv": {"kernel": 4, "stride": 2, "padding": 1},
    "conv": {"kernel": 3, "padding": 1},
    "nearest": {"stride": 2},
    "bilinear": {"stride": 2},
    "shuffle": {"stride": 2},
    "maxpool": {"kernel": 2, "stride": 2},
    "avgpool": {"kernel": 2, "stride": 2},
}
"""What a layer begins with when its kind is chosen."""


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


def open_preset(preset: StackPreset) -> None:
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


def decoder_layer(geometry: Geometry, filters: int) -> LayerSpec | None:
    """Return the layer with so many filters; None where rows and columns differ.

    >>> decoder_layer(Geometry.from_torch(3, 4, stride=2, padding=1), 8)
    LayerSpec(kind='tconv', filters=8, kernel=4, stride=2, padding=1, output_padding=(0, 0), \
dilation=1, activation='none', skip=None, merge='concat')
    """
    padding, extra = geometry.padding, geometry.output_padding
    told = (geometry.kernel_shape, geometry.stride, geometry.dilation, padding)
    if padding is None or extra is None or any(pair and len({*pair}) > 1 for pair in told):
        return None
    return LayerSpec(
        "tconv",
        filters=filters,
        kernel=geometry.kernel_shape[0],
        stride=geometry.stride[0],
        padding=padding[0],
        output_padding=extra,
        dilation=geometry.dilation[0],
    )


def channels(plan: Plan) -> int:
    """Return the filters of the last layer that has any, else the input's channels."""
    return next((s.filters for s in reversed(plan.layers) if s.filters), plan.input_shape[0])


def set_input(side: int, key: str) -> None:
    """Set the input's channels (0), rows (1) or columns (2)."""
    plan = current_plan()
    shape = list(plan.input_shape)
    shape[side] = int(st.session_state[key])
    set_plan(Plan((shape[0], shape[1], shape[2]), plan.layers), redraw=False)


def set_number(index: int, name: str, key: str) -> None:
    """Set a number of the layer of this index."""
    value = int(st.session_state[key])
    if not name.startswith("extra"):
        changed: dict[str, Any] = {name: value}
        return _change(index, **changed)
    rows, cols = current_plan().layers[index].extra
    return _change(index, output_padding=(value, cols) if name == "extra_rows" else (rows, value))


def set_option(index: int, name: str, key: str) -> None:
    """Set the activation, the skip or the merge of the layer of this index."""
    value = st.session_state[key]
    _change(index, **{name: None if value == NOTHING else value})


def set_kind(index: int, key: str) -> None:
    """Make the layer of this index another kind, with settings that suit it."""
    plan = current_plan()
    before, kind = plan.layers[index], st.session_state[key]
    filters = {"filters": before.filters or channels(plan)} if kind in LEARNED else {}
    layers = list(plan.layers)
    layers[index] = LayerSpec(
        kind,
        **filters,
        **_BEGIN[kind],
        activation=before.activation,
        skip=before.skip,
        merge=before.merge,
    )
    set_layers(tuple(layers))


def rearrange(order: list[int], layer: int) -> None:
    """Put the layers in another order, see `rearranged`, and choose one."""
    set_layers(rearranged(current_plan().layers, order), layer)


def insert(index: int, spec: LayerSpec) -> None:
    """Put a layer behind the one of this index."""
    layers = current_plan().layers
    order = [*range(1, index + 2), *range(index + 1, len(layers) + 1)]
    grown = list(rearranged(layers, order))
    grown[index + 1] = spec
    set_layers(tuple(grown), index + 2)


def set_text(key: str) -> None:
    """Make the text typed the stack, or keep what is wrong with it."""
    try:
        set_plan(read_plan(st.session_state[key]))
        st.session_state["stack_text_problem"] = None
    except TextError as error:
        st.session_state["stack_text_problem"] = str(error)


def _change(index: int, **settings: Any) -> None:
    layers = list(current_plan().layers)
    if index < len(layers):
        layers[index] = replace(layers[index], **settings)
        set_layers(tuple(layers), redraw=False)


def _begin() -> None:
    state = st.session_state
    state["stack"], state["stack_edits"], state["stack_note"] = FIRST.text, 0, None
