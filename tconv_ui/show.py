"""What every page shows in the same way: a figure, the numbers behind it, the theme they wear."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray

from tconv_ui.figures import CONFIG
from tconv_ui.navigation import hand_over_to_app
from tconv_ui.palette import THEMES, Theme
from tconv_ui.places import Place


def show_head(place: Place) -> None:
    """Begin a page, below app.py: its title, and what it says of itself."""
    hand_over_to_app()
    st.title(place.title)
    st.markdown(place.claim)


def current_theme() -> Theme:
    """Return the colours of the theme the visitor is looking at."""
    return THEMES[st.context.theme.type or "light"]


def lit(label: str, on: bool) -> str:
    """Return the label of a button, in the accent's colour where what it sets is in force.

    No primary button: Streamlit writes white on those, which nobody can read on the dark theme's
    blue.

    >>> lit("U-Net", on=True)
    ':primary[*U-Net*]'
    """
    return f":primary[*{label}*]" if on else label


def show_figure(figure: go.Figure, *, key: str, alt: str, toolbar: bool = True) -> None:
    """Draw a figure in the palette's own colours, with its sentence for a screen reader."""
    config = CONFIG if toolbar else {**CONFIG, "displayModeBar": False}
    st.plotly_chart(figure, theme=None, key=key, config=config, alt=alt)


def csv_button(label: str, grid: NDArray[np.floating] | NDArray[np.integer], key: str) -> None:
    """Offer the numbers of a picture as a CSV file."""

    def text() -> str:
        buffer = io.StringIO()
        np.savetxt(buffer, np.atleast_2d(grid), delimiter=",", fmt="%.10g")
        return buffer.getvalue()

    offer_csv(label, text, key)


def offer_csv(label: str, text: Callable[[], str], key: str) -> None:
    """Offer a CSV file whose text is made when it is asked for."""
    st.download_button(
        label,
        text,
        file_name=f"{key}.csv",
        mime="text/csv",
        key=f"csv_{key}",
        icon=":material/table:",
        type="tertiary",
        on_click="ignore",
    )
