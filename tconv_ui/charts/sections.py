"""Plotly figures and small grids as a page draws them, each with its numbers as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray

from tconv_ui.charts.figures import CONFIG, tiles_figure
from tconv_ui.layer.cells import Cells
from tconv_ui.theme import Theme


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
