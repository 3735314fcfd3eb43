"""Room kept for what comes up late, so that nothing below it jumps while a page loads."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def reserve_height(height: int, *, border: bool = False) -> DeltaGenerator:
    """Return a container that is at least so many pixels high, and grows with what it holds.

    Streamlit's own heights are exact, and scroll what is higher, as most things are on a phone.
    """
    row = st.container(horizontal=True, wrap=False, gap=None, border=border)
    held = row.container()
    held.empty()  # what is empty is not drawn: its neighbour would stand in its place until then
    row.container(width=1, height=height, border=False)
    return held


def label_width(label: str) -> int:
    """Return the pixels across that a button takes for its label.

    A button of a known width stands in its row from the beginning; others come one by one, and the
    row breaks anew each time.

    >>> label_width("Zeros appended") > label_width("Dilation 2")
    True
    """
    return 28 + round(7.2 * len(label))
