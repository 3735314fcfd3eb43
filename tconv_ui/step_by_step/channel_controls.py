"""The channels of the Step by step page: how many there are, and where their numbers come from."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_core import Geometry
from tconv_ui.player.readings import BY_INPUT, READINGS
from tconv_ui.shell.links import asked_of, choose_one, show_unmet, unmet
from tconv_ui.step_by_step.channels import MOST_CHANNELS, Wanted, described, refusal
from tconv_ui.step_by_step.playing import Playing

_COUNTS = list(range(1, MOST_CHANNELS + 1))
KEYS = {"channels_in": "Input channels", "channels_out": "Output channels"}


def choose_channels(row: DeltaGenerator, geometry: Geometry, choice: Playing) -> Wanted:
    """Draw the controls behind a button of a row, and say what cannot be shown."""
    asked = asked_of(*KEYS, "bias")
    place = row.popover("Channels", icon=":material/layers:")
    counts = [choose_one(place, label, _COUNTS, key=key) for key, label in KEYS.items()]
    bias = place.toggle(
        "Bias",
        key="bias",
        bind="query-params",
        help="One number for each output channel, added to all its cells at the end.",
    )
    known = ", ".join(map(str, _COUNTS))
    show_unmet(
        [
            *(unmet(asked, key, f"one of {known}") for key in KEYS),
            unmet(asked, "bias", "true or false"),
        ]
    )
    wanted = Wanted(counts[0], counts[1], bias)
    if wanted.plain:
        return wanted
    if sentence := refusal(geometry):
        st.info(sentence, icon=":material/visibility_off:")
        return Wanted()
    st.caption(described(wanted))
    if choice.names != READINGS[:1] or choice.walk != BY_INPUT or choice.symbols:
        st.info(
            "With channels or a bias, the stamps are shown, by input cell and in numbers: the "
            "other readings are drawn for one channel.",
            icon=":material/visibility_off:",
        )
    return wanted
