"""The settings of the layer chosen: its kind, its numbers, and what joins it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from tconv_core.network import ACTIVATIONS, KINDS, MERGES, SETTINGS, LayerSpec
from tconv_ui.decoder.controls import NARROW, wrapping_row
from tconv_ui.decoder.state import NOTHING, edit_key, set_kind, set_number, set_option
from tconv_ui.decoder.text import MOST, MOST_EXTRA, Plan
from tconv_ui.decoder.words import ACTIVATION_NAMES, KIND_NAMES, MERGE_NAMES

_LABELS = {
    "filters": "Filters",
    "kernel": "Kernel",
    "stride": "Stride",
    "padding": "Padding",
    "dilation": "Dilation",
}
_LEAST = {"filters": 1, "kernel": 1, "stride": 1, "padding": 0, "dilation": 1}


def layer_editor(plan: Plan, index: int) -> None:
    """Draw the settings of one layer, those its kind has and no others."""
    spec = plan.layers[index]
    st.selectbox(
        f"Layer {index + 1}",
        KINDS,
        KINDS.index(spec.kind),
        format_func=KIND_NAMES.__getitem__,
        key=(key := edit_key(f"kind_{index}")),
        on_change=set_kind,
        args=(index, key),
    )
    _number_fields(spec, index)
    _choices(spec, index)


def _number_fields(spec: LayerSpec, index: int) -> None:
    numbers = [name for name in _LABELS if name in SETTINGS[spec.kind]]
    fields = [
        (name, _LABELS[name], getattr(spec, name), _LEAST[name], MOST[name]) for name in numbers
    ]
    if spec.kind == "tconv":
        extra = (("extra_rows", "Out pad rows", 0), ("extra_cols", "Out pad cols", 1))
        fields += [(name, label, spec.extra[side], 0, MOST_EXTRA) for name, label, side in extra]
    row = wrapping_row()
    scale = {"nearest": "Scale", "bilinear": "Scale", "shuffle": "Factor"}.get(spec.kind)
    for name, label, value, least, most in fields:
        key = edit_key(f"{name}_{index}")
        row.number_input(
            scale if scale and name == "stride" else label,
            least,
            most,
            value,
            key=key,
            width=NARROW,
            on_change=set_number,
            args=(index, name, key),
        )


def _choices(spec: LayerSpec, index: int) -> None:
    row = wrapping_row()
    sources = [NOTHING, *range(index + 1)]
    source = NOTHING if spec.skip is None else spec.skip
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
        row.selectbox(
            label,
            chosen,
            list(chosen).index(value) if value in chosen else 0,
            format_func=words,
            key=key,
            on_change=set_option,
            args=(index, name, key),
        )


def _source_words(source: int) -> str:
    return "nothing" if source == NOTHING else f"layer {source}" if source else "the input"
