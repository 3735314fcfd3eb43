"""The sample pictures, under the names a visitor chooses them by."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from tconv_ui.pictures import Picture
from tconv_ui.uploads import load_image

FOLDER = Path(__file__).parents[1] / "assets" / "samples"
SAMPLES = {"Scene": "scene", "Text": "text", "Zone plate": "zone_plate", "Flat colours": "flat"}
"""The name of each one's file, without its ending."""


@st.cache_data(max_entries=4, show_spinner=False)
def load_sample(name: str) -> Picture:
    """Return a sample picture by its file's name, (H, W, 3) uint8."""
    return load_image((FOLDER / f"{name}.png").read_bytes())
