"""What the Overlap page's sections are drawn with."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from tconv_ui import cells
from tconv_ui.checkerboard import (
    FLAT,
    percent,
)
from tconv_ui.figures import CONFIG, tiles_figure
from tconv_ui.palette import Theme


def csv_button(label: str, grid: NDArray[np.floating] | NDArray[np.integer], key: str) -> None:
    """Offer the numbers of a picture as a CSV file."""

    def text() -> str:
        buffer = io.StringIO()
        np.savetxt(buffer, np.atleast_2d(grid), delimiter=",", fmt="%.10g")
        return buffer.getvalue()

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


def draw_tiles(
    tiles: Sequence[tuple[str, cells.Cells]], limit: float, theme: Theme, *, key: str, alt: str
) -> None:
    """Draw small grids on one scale, four in a row, two on a phone."""
    for start in range(0, len(tiles), 4):
        for half, place in enumerate(st.columns(2)):
            pair = tiles[start + 2 * half : start + 2 * half + 2]
            if not pair:
                continue
            place.plotly_chart(
                tiles_figure(pair, limit, theme, columns=2),
                theme=None,
                key=f"{key}_{start + 2 * half}",
                config=CONFIG,
                alt=alt,
            )


def said(amount: float | None) -> str:
    """Return an unevenness in words."""
    if amount is None:
        return "no level"
    return "flat" if amount <= FLAT else percent(amount)
