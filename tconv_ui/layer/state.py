"""What the session keeps of the layer: what is asked for, what is shown, what is to be said."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from tconv_ui.layer.choice import DEFAULTS, LayerChoice
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.settings import COLS
from tconv_ui.shell.links import set_and_link, show_unmet


@dataclass(frozen=True, slots=True)
class Notices:
    """What is to be said of what a visitor asked for.

    Attributes:
        unmet: What of the link was not taken.
        refusals: Why the layer asked for is not the one shown.
    """

    unmet: tuple[str | None, ...] = ()
    refusals: tuple[str, ...] = ()


def current_layer() -> tuple[Layer, Notices]:
    """Return the layer to show: the last that was legal, so that no impossible setting loses it."""
    state = st.session_state
    if "layer" not in state:
        state["layer"] = LayerChoice().layer
    return state["layer"], state["notices"]


def current_choice() -> tuple[LayerChoice, Notices]:
    """Return what the controls ask, legal in PyTorch or not."""
    return st.session_state["asked"], replace(st.session_state["notices"], refusals=())


def show_notices(notices: Notices) -> None:
    """Say what of the link was not taken, and why the layer asked for is not shown."""
    show_unmet(list(notices.unmet))
    for refusal in notices.refusals:
        st.warning(f"{refusal} Until then, the last legal layer is shown.")


def set_choice(choice: LayerChoice) -> None:
    """Set every control but the seed to a choice; call it from a callback."""
    state = st.session_state
    for key, value in choice.state.items():
        if key.endswith(COLS) and state["linked"]:
            set_and_link(key, value, DEFAULTS[key])
        elif key != "seed":
            state[key] = value


def set_numbers(choice: LayerChoice) -> None:
    """Set the sliders to a choice's numbers, and keep the input and the kernel. From a callback."""
    state = st.session_state
    set_choice(replace(choice, input=state["input"], weights=state["weights"]))
