"""The layer's controls: one component, which stands beside the picture it changes.

It says what the visitor asks for in the address's own words, while a control moves to the pictures
on the page, and at rest to the server.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_ui.layer.cells import CUSTOM, INPUTS, KERNELS, format_cells
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.presets import PRESETS
from tconv_ui.layer.settings import COLS, MAX_SEED, SETTINGS
from tconv_ui.layer.state import current_choice, is_carried, set_words, shown_choice
from tconv_ui.shell.bundles import component_script, read_bundle
from tconv_ui.theme import css_variables

KEY = "layer"
SHARES = (9, 2)
"""Of the page's width: the picture's, and the controls'."""


def beside_controls(*, judged: bool = True) -> DeltaGenerator:
    """Draw the controls in a column, and return the place beside them.

    The place comes first, for the keys and on a phone; page.css puts the column to its left.

    Args:
        judged: Whether the controls say why PyTorch refuses a layer: not where the page does.

    >>> SHARES[0] > SHARES[1]
    True
    """
    with st.container(key="beside"):
        place, column = st.columns(SHARES, gap="medium")
    with column:
        layer_controls(judged=judged)
    return place


def layer_controls(names: tuple[str, ...] = (), *, judged: bool = True) -> None:
    """Draw the controls of the layer.

    Args:
        names: Of the settings that are offered, all if left out; without cells and presets then.
        judged: As of `beside_controls`.
    """
    choice, _ = current_choice()
    shown, notices = shown_choice()
    controls_component(
        key=KEY,
        data=controls_data(choice, shown.layer, names)
        | {"refusal": " ".join(notices.refusals) if judged else "", "carry": is_carried()},
        on_words_change=_take_words,
    )


def controls_data(choice: LayerChoice, layer: Layer, names: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return what the component is told of a choice, and of the cells on the screen."""
    data: dict[str, Any] = {
        "words": choice.words,
        "settings": [asdict(each) for each in SETTINGS if not names or each.name in names],
        "cols": COLS,
    }
    first = LayerChoice()
    data["seed"] = {"low": 0, "high": MAX_SEED, "default": first.seed}
    if names:
        return data | {"grids": [], "presets": []}
    inputs, kernels = [*INPUTS, CUSTOM], [*KERNELS, CUSTOM]
    grids = [
        ("input", "Input", "x", inputs, first.input, SETTINGS[0], layer.input),
        ("weights", "Kernel", "w", kernels, first.weights, SETTINGS[1], layer.kernel),
    ]
    fields = ("key", "label", "text", "options", "default", "size", "most", "cells")
    return data | {
        "grids": [
            dict(zip(fields, (*named, size.name, size.high, format_cells(cells)), strict=True))
            for *named, size, cells in grids
        ],
        "presets": [
            {"label": preset.label, "note": preset.note, "words": preset.choice.words}
            for preset in PRESETS.values()
        ],
    }


def _take_words() -> None:
    """Put what the component asks for into the address, as far as it can be read."""
    asked = st.session_state[KEY].get("words")
    if isinstance(asked, dict):
        set_words(LayerChoice.from_words(asked).words)


controls_component = st.components.v2.component(
    "tconv_controls",
    css=css_variables() + "\n" + read_bundle("controls.css"),
    js=component_script("controls.js"),
)
