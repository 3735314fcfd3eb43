"""The controls of the stack: its input, its layers, and the settings of the one chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_core import Geometry
from tconv_core.network import ACTIVATIONS, KINDS, LEARNED, MERGES, SETTINGS, LayerSpec
from tconv_core.network.network import Shape
from tconv_core.network.spec import Kind
from tconv_ui.decoder_state import (
    FEED,
    LAYER,
    current_plan,
    edit_key,
    set_layers,
    set_plan,
    undo,
)
from tconv_ui.decoder_text import (
    LARGEST_INPUT,
    LONGEST_TEXT,
    MOST,
    MOST_EXTRA,
    MOST_LAYERS,
    Plan,
    TextError,
    read_plan,
    rearranged,
    write_plan,
)
from tconv_ui.decoder_words import (
    ACTIVATION_NAMES,
    KIND_NAMES,
    MERGE_NAMES,
    layer_words,
    shape_words,
    skip_words,
)
from tconv_ui.formulas import torch_settings
from tconv_ui.picture_source import SAMPLES

FEEDS = [*SAMPLES, "Noise", "Constant"]
_NOTHING = -1  # what a layer without a skip is joined by
_NARROW = 92  # pixels: three in a row, on a phone too
FIRST_FEED = "Flat colours"
SEEDS = (0, 99, 0)
"""The least, the largest and the first seed."""
_LABELS = {
    "filters": "Filters",
    "kernel": "Kernel",
    "stride": "Stride",
    "padding": "Padding",
    "dilation": "Dilation",
}
_LEAST = {"filters": 1, "kernel": 1, "stride": 1, "padding": 0, "dilation": 1}
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


def input_controls(plan: Plan) -> tuple[str, int, DeltaGenerator]:
    """Draw what the network is fed; return its name, the weights' seed, a place for its picture."""
    chosen, beside = st.columns([3, 2], vertical_alignment="bottom")
    name = chosen.selectbox(
        "Fed with", FEEDS, index=FEEDS.index(FIRST_FEED), key=FEED, bind="query-params"
    )
    seed = chosen.slider(
        "Weights' seed",
        *SEEDS,
        key="net_seed",
        bind="query-params",
        help="He's initialisation; biases begin at 0.",
    )
    row = _row()
    names = ("Channels", "Rows", "Columns")
    for side, (label, value, most) in enumerate(
        zip(names, plan.input_shape, LARGEST_INPUT, strict=True)
    ):
        key = edit_key(f"input_{side}")
        row.number_input(
            label, 1, most, value, key=key, width=_NARROW, on_change=_set_input, args=(side, key)
        )
    return str(name), int(seed), beside


def layer_list(plan: Plan, shapes: tuple[Shape, ...]) -> int:
    """Draw the layers, one to be chosen; return its index.

    Args:
        plan: The stack.
        shapes: What the input and the layers make, as far as it is known.
    """
    numbers = list(range(1, len(plan.layers) + 1))
    st.session_state[LAYER] = min(st.session_state.get(LAYER, 1), len(numbers))

    def caption(number: int) -> str:
        spec = plan.layers[number - 1]
        made = shape_words(shapes[number]) if number < len(shapes) else "no output yet"
        return " · ".join(part for part in (f"→ {made}", skip_words(spec)) if part)

    number = st.radio(
        "Layers",
        numbers,
        key=LAYER,
        format_func=lambda each: f"**{each}** {layer_words(plan.layers[each - 1])}",
        captions=[caption(each) for each in numbers],
    )
    return int(number) - 1


def layer_actions(plan: Plan, index: int, sidebar: Geometry) -> None:
    """Draw what can be done with the chosen layer: add, duplicate, move, remove, undo."""
    count = len(plan.layers)
    order = list(range(1, count + 1))
    full = count >= MOST_LAYERS
    up, down = order.copy(), order.copy()
    if index > 0:
        up[index - 1 : index + 1] = up[index - 1 : index + 1][::-1]
    if index < count - 1:
        down[index : index + 2] = down[index : index + 2][::-1]
    twice = [*order[: index + 1], *order[index:]]
    rest = [number for number in order if number != index + 1]
    row = st.container(horizontal=True, gap="xsmall")
    for label, icon, off, new, at in (
        ("Duplicate", "content_copy", full, twice, index + 2),
        ("Up", "arrow_upward", index == 0, up, index),
        ("Down", "arrow_downward", index == count - 1, down, index + 2),
        ("Remove", "delete", count == 1, rest, index + 1),
    ):
        row.button(
            label,
            key=f"layer_{label.lower()}",
            icon=f":material/{icon}:",
            disabled=off,
            on_click=_rearrange,
            args=(new, at),
        )
    row.button(
        "Undo",
        key="layer_undo",
        icon=":material/undo:",
        disabled="stack_before" not in st.session_state,
        on_click=undo,
    )
    more = st.container(horizontal=True, gap="xsmall")
    more.button(
        "Add a layer",
        key="layer_add",
        icon=":material/add:",
        disabled=full,
        on_click=_insert,
        args=(index, LayerSpec("conv", filters=_channels(plan), kernel=3, padding=1)),
    )
    layer = sidebar_layer(sidebar, _channels(plan))
    more.button(
        "Append the sidebar's layer",
        key="layer_append",
        icon=":material/playlist_add:",
        disabled=full or layer is None,
        help=None if layer else "Its rows and columns differ; link them in the sidebar first.",
        on_click=_insert,
        args=(count - 1, layer),
    )


def layer_editor(plan: Plan, index: int) -> None:
    """Draw the settings of one layer, those its kind has and no others."""
    spec = plan.layers[index]
    st.selectbox(
        f"Layer {index + 1}",
        KINDS,
        KINDS.index(spec.kind),
        format_func=KIND_NAMES.__getitem__,
        key=(key := edit_key(f"kind_{index}")),
        on_change=_set_kind,
        args=(index, key),
    )
    numbers = [name for name in _LABELS if name in SETTINGS[spec.kind]]
    fields = [
        (name, _LABELS[name], getattr(spec, name), _LEAST[name], MOST[name]) for name in numbers
    ]
    if spec.kind == "tconv":
        extra = (("extra_rows", "Out pad rows", 0), ("extra_cols", "Out pad cols", 1))
        fields += [(name, label, spec.extra[side], 0, MOST_EXTRA) for name, label, side in extra]
    row = _row()
    scale = {"nearest": "Scale", "bilinear": "Scale", "shuffle": "Factor"}.get(spec.kind)
    for name, label, value, least, most in fields:
        key = edit_key(f"{name}_{index}")
        row.number_input(
            scale if scale and name == "stride" else label,
            least,
            most,
            value,
            key=key,
            width=_NARROW,
            on_change=_set_number,
            args=(index, name, key),
        )
    choices = _row()
    sources = [_NOTHING, *range(index + 1)]
    source = _NOTHING if spec.skip is None else spec.skip
    for name, label, options, value, words in (
        (
            "activation",
            "Activation",
            ACTIVATIONS,
            spec.activation,
            ACTIVATION_NAMES.__getitem__,
        ),
        ("skip", "Joined by", sources, source, _source_words),
        ("merge", "How", MERGES, spec.merge, MERGE_NAMES.__getitem__),
    ):
        if name == "merge" and spec.skip is None:
            continue
        key = edit_key(f"{name}_{index}")
        chosen: Any = options
        choices.selectbox(
            label,
            chosen,
            list(chosen).index(value) if value in chosen else 0,
            format_func=words,
            key=key,
            on_change=_set_choice,
            args=(index, name, key),
        )


def text_editor(plan: Plan) -> None:
    """Draw the whole stack as one text, to be edited or pasted."""
    with st.popover("As text", icon=":material/edit_note:"):
        key = edit_key("stack_text")
        st.text_area(
            "The whole stack",
            write_plan(plan),
            key=key,
            max_chars=LONGEST_TEXT,
            on_change=_set_text,
            args=(key,),
            help="The input, then one part per layer: tconv64.k4.s2.p1.o1.d1.relu.cat3 is 64 "
            "filters of 4×4, stride 2, padding 1, output_padding 1, dilation 1, ReLU, joined by "
            "layer 3.",
        )
        if problem := st.session_state.get("stack_text_problem"):
            st.warning(problem)


def sidebar_layer(geometry: Geometry, filters: int) -> LayerSpec | None:
    """Return the sidebar's layer with so many filters; None where rows and columns differ.

    >>> sidebar_layer(Geometry.from_torch(3, 4, stride=2, padding=1), 8)
    LayerSpec(kind='tconv', filters=8, kernel=4, stride=2, padding=1, output_padding=(0, 0), \
dilation=1, activation='none', skip=None, merge='concat')
    """
    rows, cols = geometry.rows, geometry.cols
    (padding, extra_rows), (other, extra_cols) = torch_settings(rows), torch_settings(cols)
    same = (rows.kernel_size, rows.stride, rows.dilation, padding)
    if same != (cols.kernel_size, cols.stride, cols.dilation, other):
        return None
    return LayerSpec(
        "tconv",
        filters=filters,
        kernel=rows.kernel_size,
        stride=rows.stride,
        padding=padding,
        output_padding=(extra_rows, extra_cols),
        dilation=rows.dilation,
    )


def _row() -> DeltaGenerator:
    """Return a row that wraps where the page is narrow."""
    return st.container(horizontal=True, gap="xsmall")


def _channels(plan: Plan) -> int:
    """Return the filters of the last layer that has any, else the input's channels."""
    return next((s.filters for s in reversed(plan.layers) if s.filters), plan.input_shape[0])


def _source_words(source: int) -> str:
    return "nothing" if source == _NOTHING else f"layer {source}" if source else "the input"


# Callbacks: they run before the next drawing, so they may set any widget. -----------------------


def _set_input(side: int, key: str) -> None:
    plan = current_plan()
    shape = list(plan.input_shape)
    shape[side] = int(st.session_state[key])
    set_plan(Plan((shape[0], shape[1], shape[2]), plan.layers), redraw=False)


def _change(index: int, **settings: Any) -> None:
    layers = list(current_plan().layers)
    if index < len(layers):
        layers[index] = replace(layers[index], **settings)
        set_layers(tuple(layers), redraw=False)


def _set_number(index: int, name: str, key: str) -> None:
    value = int(st.session_state[key])
    if not name.startswith("extra"):
        changed: dict[str, Any] = {name: value}
        return _change(index, **changed)
    rows, cols = current_plan().layers[index].extra
    return _change(index, output_padding=(value, cols) if name == "extra_rows" else (rows, value))


def _set_choice(index: int, name: str, key: str) -> None:
    value = st.session_state[key]
    _change(index, **{name: None if value == _NOTHING else value})


def _set_kind(index: int, key: str) -> None:
    plan = current_plan()
    before, kind = plan.layers[index], st.session_state[key]
    filters = {"filters": before.filters or _channels(plan)} if kind in LEARNED else {}
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


def _rearrange(order: list[int], layer: int) -> None:
    set_layers(rearranged(current_plan().layers, order), layer)


def _insert(index: int, spec: LayerSpec) -> None:
    """Put a layer behind the one of this index."""
    layers = current_plan().layers
    order = [*range(1, index + 2), *range(index + 1, len(layers) + 1)]
    grown = list(rearranged(layers, order))
    grown[index + 1] = spec
    set_layers(tuple(grown), index + 2)


def _set_text(key: str) -> None:
    try:
        set_plan(read_plan(st.session_state[key]))
        st.session_state["stack_text_problem"] = None
    except TextError as error:
        st.session_state["stack_text_problem"] = str(error)
