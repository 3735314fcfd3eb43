"""The component that draws the Overlap page's maps."""

from __future__ import annotations

import streamlit as st

from tconv_ui.layer.layer import Layer
from tconv_ui.layer.state import following
from tconv_ui.overlap.maps import overlap_maps
from tconv_ui.player.payload import opened
from tconv_ui.shell.bundles import component_script, read_bundle
from tconv_ui.theme import css_variables


def draw_maps(layer: Layer) -> None:
    """Draw the verdict, the count and the response of a layer."""
    maps_component(key="maps", data=opened(overlap_maps(layer), following("overlap")))


maps_component = st.components.v2.component(
    "tconv_maps",
    css=css_variables() + "\n" + read_bundle("maps.css"),
    js=component_script("maps.js"),
)
