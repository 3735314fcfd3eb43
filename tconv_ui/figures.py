"""Arrays in, plotly figures out."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_ui.palette import Theme, counts_colour, counts_scale, readable

MOST_LABELLED = 24
"""The longest side, in cells, at which a number still fits a cell."""

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
}


def overlap_figure(rows: NDArray[np.int64], cols: NDArray[np.int64], theme: Theme) -> go.Figure:
    """Return the overlap count of two axes' profiles, with each profile along its margin.

    Args:
        rows: (H,), stamps per output row.
        cols: (W,), stamps per output column.
        theme: The colours.
    """
    counts = np.outer(rows, cols)
    reach = max(1.4, 0.14 * max(counts.shape))
    traces = [
        _count_cells(rows, cols, theme),
        _profile(cols, theme, horizontal=False, reach=reach),
        _profile(rows, theme, horizontal=True, reach=reach),
    ]
    if max(counts.shape) <= MOST_LABELLED:
        traces.append(_count_labels(counts, theme))
    figure = go.Figure(traces)
    hidden = {"visible": False, "constrain": "domain"}
    height, width = (size + reach + 1.3 for size in counts.shape)
    figure.update_layout(
        template="none",
        height=int(np.clip(470 * height / width, 190, 560)),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": theme.ink, "size": 14, "family": "Source Sans, sans-serif"},
        showlegend=False,
        barmode="overlay",
        dragmode="pan",
        hoverlabel={"bgcolor": theme.panel, "bordercolor": theme.line, "font_color": theme.ink},
        xaxis={**hidden, "constraintoward": "left"},
        yaxis={
            **hidden,
            "autorange": "reversed",
            "scaleanchor": "x",
            "constraintoward": "top",
        },
    )
    return figure


def _count_cells(rows: NDArray[np.int64], cols: NDArray[np.int64], theme: Theme) -> go.Heatmap:
    counts = np.outer(rows, cols)
    gap = 2 if max(counts.shape) <= MOST_LABELLED else 0
    by_axis = np.stack(np.broadcast_arrays(rows[:, np.newaxis], cols), axis=-1)
    return go.Heatmap(
        z=counts.astype(np.uint8),
        customdata=by_axis.astype(np.uint8),
        colorscale=counts_scale(theme),
        zmin=0,
        zmax=max(int(counts.max()), 1),
        showscale=False,
        xgap=gap,
        ygap=gap,
        hovertemplate="y[%{y},%{x}]: %{z} = %{customdata[0]} × %{customdata[1]}<extra></extra>",
    )


def _count_labels(counts: NDArray[np.int64], theme: Theme) -> go.Scatter:
    """The numbers, each in the colour that reads on its cell."""
    most = max(int(counts.max()), 1)
    y, x = np.indices(counts.shape)
    backs = [counts_colour(theme, count / most) for count in counts.ravel()]
    return go.Scatter(
        x=x.ravel(),
        y=y.ravel(),
        mode="text",
        text=counts.ravel().astype(str),
        textfont={"color": [readable(theme, back) for back in backs]},
        hoverinfo="skip",
    )


def _profile(counts: NDArray[np.int64], theme: Theme, *, horizontal: bool, reach: float) -> go.Bar:
    """One axis's counts as bars outside the grid, growing away from it."""
    along, across = ("y", "x") if horizontal else ("x", "y")
    name = "row" if horizontal else "column"
    return go.Bar(
        {
            along: np.arange(counts.size),
            across: -counts / max(int(counts.max()), 1) * reach,
        },
        base=-0.8,
        width=0.8,
        orientation="h" if horizontal else "v",
        marker={"color": theme.output, "opacity": 0.75, "line": {"width": 0}},
        customdata=counts,
        hovertemplate=f"{name} %{{{along}}}: %{{customdata}}<extra></extra>",
    )
