"""The Decoder page's charts: overlap after each layer, and the reach of one output cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_core.network import Network
from tconv_ui.chart import Chart
from tconv_ui.figures import framed_axes
from tconv_ui.formulas import times
from tconv_ui.palette import Theme, mix

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


def reach_figure(
    field: NDArray[np.bool_], cell: tuple[int, int], network: Network, theme: Theme
) -> go.Figure:
    """Return the input with the cells that reach one output cell lit, beside the output.

    Args:
        field: (H, W), the input cells that reach it.
        cell: (y, x) in the output.
        network: The layers.
        theme: The colours.
    """
    chosen = np.zeros(network.output_shape[1:], np.uint8)
    chosen[cell] = 1
    chart = Chart(theme)
    _add_map(chart, 0, "Input", field, theme.input)
    _add_map(chart, 1, "Output", chosen, theme.output)
    arrow = {"showarrow": True, "arrowcolor": theme.stamp, "arrowhead": 2, "ax": 28, "ay": -28}
    chart.note("", x=cell[1], y=cell[0], xref="x2", yref="y2", **arrow)
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
