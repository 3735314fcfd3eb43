"""Small grids side by side, drawn and handed over."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np
import streamlit as st

from tconv_ui.cells import Cells
from tconv_ui.figures import tiles_figure
from tconv_ui.palette import Theme
from tconv_ui.show import offer_csv, show_figure


def draw_tiles(
    tiles: Sequence[tuple[str, Cells]], limit: float, theme: Theme, *, key: str, alt: str
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


def tiles_csv_button(label: str, tiles: Sequence[tuple[str, Cells]], key: str) -> None:
    """Offer several named grids as one CSV file, a line per cell."""
    offer_csv(label, lambda: tiles_csv(tiles), key)


def tiles_csv(tiles: Sequence[tuple[str, Cells]]) -> str:
    """Return named grids as CSV: the name, the row, the column, the value.

    >>> print(tiles_csv([("a, b", np.array([[1.0, 0.5]]))]))
    name,row,column,value
    "a, b",0,0,1
    "a, b",0,1,0.5
    <BLANKLINE>
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("name", "row", "column", "value"))
    for name, cells in tiles:
        for (row, col), value in np.ndenumerate(cells):
            writer.writerow((name, row, col, f"{value:.10g}"))
    return buffer.getvalue()
