"""What every page shows in the same way: a figure, the numbers behind it, the theme they wear."""

from __future__ import annotations

import streamlit as st

from tconv_ui.shell.navigation import hand_over_to_app
from tconv_ui.shell.pages import PageInfo
from tconv_ui.theme import THEMES, Theme


def show_head(info: PageInfo) -> None:
    """Begin a page, below app.py: its title, and what it says of itself."""
    hand_over_to_app()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.title(info.title, anchor=False, width="content")
        st.markdown(info.claim, width="content")


def current_theme() -> Theme:
    """Return the colours of the theme the visitor is looking at."""
    return THEMES[st.context.theme.type or "light"]


def highlight_if(label: str, on: bool) -> str:
    """Return the label of a button, in the accent's colour where what it sets is in force.

    No primary button: Streamlit writes white on those, which nobody can read on the dark theme's
    blue.

    >>> highlight_if("U-Net", on=True)
    ':primary[*U-Net*]'
    """
    return f":primary[*{label}*]" if on else label
