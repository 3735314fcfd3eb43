"""The controls of the stack: its input, its layers, and the settings of the one chosen."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_core import Geometry
from tconv_core.network import LayerSpec
from tconv_core.network.network import Shape
from tconv_ui.decoder.state import (
    FEED,
    LAYER,
    channels,
    decoder_layer,
    edit_key,
    insert,
    rearrange,
    set_input,
    set_text,
    undo,
)
from tconv_ui.decoder.text import (
    LARGEST_INPUT,
    LONGEST_TEXT,
    MOST_LAYERS,
    Plan,
    write_plan,
)
from tconv_ui.decoder.words import (
    layer_words,
    shape_words,
    skip_words,
)
from tconv_ui.pictures.samples import SAMPLES

FEEDS = [*SAMPLES, "Noise", "Constant"]
NARROW = 92
"""Pixels of a number's field: three in a row, on a phone too."""
FIRST_FEED = "Flat colours"
SEEDS = (0, 99, 0)
"""The least, the largest and the first seed."""


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
    row = wrapping_row()
    names = ("Channels", "Rows", "Columns")
    for side, (label, value, most) in enumerate(
        zip(names, plan.input_shape, LARGEST_INPUT, strict=True)
    ):
        key = edit_key(f"input_{side}")
        row.number_input(
            label, 1, most, value, key=key, width=NARROW, on_change=set_input, args=(side, key)
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
    _moving_buttons(len(plan.layers), index)
    _adding_buttons(plan, index, sidebar)


def _moving_buttons(count: int, index: int) -> None:
    order = list(range(1, count + 1))
    up, down = order.copy(), order.copy()
    if index > 0:
        up[index - 1 : index + 1] = up[index - 1 : index + 1][::-1]
    if index < count - 1:
        down[index : index + 2] = down[index : index + 2][::-1]
    twice = [*order[: index + 1], *order[index:]]
    rest = [number for number in order if number != index + 1]
    row = wrapping_row()
    for label, icon, off, new, at in (
        ("Duplicate", "content_copy", count >= MOST_LAYERS, twice, index + 2),
        ("Up", "arrow_upward", index == 0, up, index),
        ("Down", "arrow_downward", index == count - 1, down, index + 2),
        ("Remove", "delete", count == 1, rest, index + 1),
    ):
        row.button(
            label,
            key=f"layer_{label.lower()}",
            icon=f":material/{icon}:",
            disabled=off,
            on_click=rearrange,
            args=(new, at),
        )
    row.button(
        "Undo",
        key="layer_undo",
        icon=":material/undo:",
        disabled="stack_before" not in st.session_state,
        on_click=undo,
    )


def _adding_buttons(plan: Plan, index: int, sidebar: Geometry) -> None:
    full = len(plan.layers) >= MOST_LAYERS
    row = wrapping_row()
    row.button(
        "Add a layer",
        key="layer_add",
        icon=":material/add:",
        disabled=full,
        on_click=insert,
        args=(index, LayerSpec("conv", filters=channels(plan), kernel=3, padding=1)),
    )
    layer = decoder_layer(sidebar, channels(plan))
    row.button(
        "Append the layer",
        key="layer_append",
        icon=":material/playlist_add:",
        disabled=full or layer is None,
        help=None if layer else "Its rows and columns differ; link them on Step by step first.",
        on_click=insert,
        args=(len(plan.layers) - 1, layer),
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
            on_change=set_text,
            args=(key,),
            help="The input, then one part per layer: tconv64.k4.s2.p1.o1.d1.relu.cat3 is 64 "
            "filters of 4×4, stride 2, padding 1, output_padding 1, dilation 1, ReLU, joined by "
            "layer 3.",
        )
        if problem := st.session_state.get("stack_text_problem"):
            st.warning(problem)


def wrapping_row() -> DeltaGenerator:
    """Return a row that wraps where the page is narrow."""
    return st.container(horizontal=True, gap="xsmall")
