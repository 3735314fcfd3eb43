"""What the Overlap page's sections are drawn with."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tconv_ui import cells
from tconv_ui.figures import tiles_figure
from tconv_ui.overlap.checkerboard import (
    FLAT,
    percent,
)
from tconv_ui.palette import Theme
from tconv_ui.show import show_figure


def draw_tiles(
    tiles: Sequence[tuple[str, cells.Cells]], limit: float, theme: Theme, *, key: str, alt: str
) -> None:
    """Draw small grids on one scale, four in a row, two on a phone."""
    for start in range(0, len(tiles), 4):
        for half, place in enumerate(st.columns(2)):
            pair = tiles[start + 2 * half : start + 2 * half + 2]
            if not pair:
                continue
            with place:
                show_figure(
                    tiles_figure(pair, limit, theme, columns=2),
                    key=f"{key}_{start + 2 * half}",
                    alt=alt,
                )


def said(amount: float | None) -> str:
    """Return an unevenness in words."""
    if amount is None:
        return "no level"
    return "flat" if amount <= FLAT else percent(amount)
