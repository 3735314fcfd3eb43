"""The ways from the Solver's one layer into the Decoder's stacks."""

from __future__ import annotations

import streamlit as st

from tconv_core import Geometry
from tconv_ui.code.layer_calls import CHANNELS
from tconv_ui.decoder.presets import PRESETS
from tconv_ui.decoder.state import decoder_layer, leave_for_decoder
from tconv_ui.decoder.text import Plan, TextError, read_plan, write_plan

BROKEN = PRESETS["U-Net, odd size"]
"""A stack whose skip does not fit."""


def stack_of(geometry: Geometry) -> Plan | None:
    """Return the Decoder's stack of this one layer; None where the Decoder does not hold it.

    >>> write_plan(stack_of(Geometry.from_torch(7, 4, stride=2, padding=1)))
    '16x7x7-tconv8.k4.s2.p1'
    """
    layer = decoder_layer(geometry, CHANNELS[1])
    if layer is None:
        return None
    try:
        return read_plan(write_plan(Plan((CHANNELS[0], *geometry.input_shape), (layer,))))
    except TextError:
        return None


def draw_decoder_links(geometry: Geometry | None) -> None:
    """Offer the Decoder for what one layer cannot say: which layer of a stack breaks a skip.

    Args:
        geometry: Of the layer chosen, where there is one.
    """
    plan = None if geometry is None else stack_of(geometry)
    st.markdown(
        "**A stack with a skip connection?** The Decoder says which layer breaks it, on which "
        "axis, and which change mends it."
    )
    with st.container(horizontal=True):
        for label, key, opened in (
            ("Begin a stack with this layer", "stack_begin", plan),
            ("See a skip that breaks", "stack_broken", BROKEN.plan),
        ):
            if st.button(
                label,
                key=key,
                icon=":material/account_tree:",
                disabled=opened is None,
                on_click=None if opened is None else leave_for_decoder,
                args=(opened,),
            ):
                st.switch_page("pages/decoder.py", query_params={})
