"""The Decoder page's charts: overlap after each layer, and the reach of one output cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_ui.charts.chart import Chart
from tconv_ui.charts.figures import framed_axes
from tconv_ui.theme import Theme, mix
from tconv_ui.wording import times

_WINDOW = 24
"""Cells of a tile along a side."""


def pattern_tile(cells: NDArray[Any]) -> NDArray[np.float64]:
    """Return the middle of a layer's pattern around its mean, as a share of its level.

    >>> pattern_tile(np.array([[1.0, 3.0]])).tolist()
    [[-0.5, 0.5]]
    """
    top, left = (max((size - _WINDOW) // 2, 0) for size in cells.shape)
    middle = cells[top : top + _WINDOW, left : left + _WINDOW].astype(np.float64)
    mean = float(np.abs(middle).mean())
    found: NDArray[np.float64] = (middle - middle.mean()) / (mean or 1)
    return found


def reach_figure(before: NDArray[np.bool_], after: NDArray[np.bool_], theme: Theme) -> go.Figure:
    """Return the input beside the output: a cell of one, and the cells of the other it meets.

    Args:
        before: (H, W), the cells lit in the input.
        after: (H', W'), those lit in the output.
        theme: The colours.
    """
    chart = Chart(theme)
    _add_map(chart, 0, "Input", before, theme.input)
    _add_map(chart, 1, "Output", after, theme.output)
    arrow = {"showarrow": True, "arrowcolor": theme.stamp, "arrowhead": 2, "ax": 28, "ay": -28}
    for suffix, cells in (("", before), ("2", after)):
        if cells.sum() == 1:
            ((y, x),) = np.argwhere(cells)
            chart.note("", x=int(x), y=int(y), xref=f"x{suffix}", yref=f"y{suffix}", **arrow)
    return chart.figure(340, dragmode=False)


def _add_map(chart: Chart, index: int, name: str, cells: NDArray[Any], hue: str) -> None:
    """Add a map of zeros and ones to the left (index 0) or to the right (1), under its name."""
    suffix = "" if index == 0 else "2"
    left = 0.52 * index
    across, down = framed_axes(cells.shape, chart.theme, suffix)
    across |= {"domain": [left, left + 0.48], "anchor": f"y{suffix}", "fixedrange": True}
    down |= {"domain": [0, 0.9], "anchor": f"x{suffix}", "fixedrange": True}
    axes = chart.axes(suffix, across, down)
    scale = [(0, mix(chart.theme.page, hue, 0.12)), (1, hue)]
    chart.heatmap(cells.astype(np.uint8), scale, (0, 1), **axes)
    corner = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"}
    words = f"{name}, {times((cells.shape[0], cells.shape[1]))}"
    chart.note(words, x=left, y=1, font={"color": hue, "size": 13}, **corner)
