"""The Decoder page's charts: overlap after each layer, and the reach of one output cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_core.network import Network
from tconv_ui.figures import styled, tiles_figure
from tconv_ui.palette import Theme, mix

_WINDOW = 24
"""Cells of a tile along a side."""


def pattern_tiles(tiles: Sequence[tuple[str, NDArray[Any]]], theme: Theme) -> go.Figure:
    """Return the middle of each layer's pattern as a share of its mean, from -1 to 1.

    Args:
        tiles: (title, (H, W)), from first to last layer.
        theme: The colours.
    """
    shares = [(title, _around_mean(_middle(cells))) for title, cells in tiles]
    return tiles_figure(shares, 1, theme, columns=4)


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
    grids = ((field, theme.input), (chosen, theme.output))
    figure = go.Figure()
    for index, (cells, hue) in enumerate(grids):
        name = "" if index == 0 else "2"
        height, width = cells.shape
        figure.add_heatmap(
            z=cells.astype(np.uint8),
            colorscale=[(0, mix(theme.page, hue, 0.12)), (1, hue)],
            zmin=0,
            zmax=1,
            showscale=False,
            hoverinfo="skip",
            xaxis=f"x{name}",
            yaxis=f"y{name}",
        )
        bare = {
            "showline": True,
            "mirror": True,
            "linecolor": theme.line,
            "showticklabels": False,
            "ticks": "",
            "showgrid": False,
            "zeroline": False,
            "constrain": "domain",
            "fixedrange": True,
        }
        left = 0.52 * index
        figure.update_layout(
            {
                f"xaxis{name}": {
                    **bare,
                    "domain": [left, left + 0.48],
                    "anchor": f"y{name}",
                    "range": [-0.5, width - 0.5],
                    "constraintoward": "left",
                },
                f"yaxis{name}": {
                    **bare,
                    "domain": [0, 0.9],
                    "anchor": f"x{name}",
                    "scaleanchor": f"x{name}",
                    "range": [height - 0.5, -0.5],
                    "constraintoward": "top",
                },
            }
        )
        title = f"Input, {height} × {width}" if index == 0 else f"Output, {height} × {width}"
        figure.add_annotation(
            text=title,
            x=left,
            y=1,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            showarrow=False,
            font={"color": hue, "size": 13},
        )
    figure.add_annotation(
        text="",
        x=cell[1],
        y=cell[0],
        xref="x2",
        yref="y2",
        ax=28,
        ay=-28,
        showarrow=True,
        arrowcolor=theme.stamp,
        arrowhead=2,
    )
    return styled(figure, theme, height=340).update_layout(dragmode=False)


def _around_mean(cells: NDArray[Any]) -> NDArray[Any]:
    mean = float(np.abs(cells).mean())
    found: NDArray[Any] = (cells - cells.mean()) / (mean or 1)
    return found


def _middle(cells: NDArray[Any]) -> NDArray[Any]:
    top, left = (max((size - _WINDOW) // 2, 0) for size in cells.shape)
    return cells[top : top + _WINDOW, left : left + _WINDOW]
