"""Arrays in, plotly figures out: what the pages' figures share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from tconv_ui.charts.chart import Chart, Matrix, diverging_colours
from tconv_ui.theme import Theme, readable
from tconv_ui.wording import short_number

MOST_LABELLED = 24
"""The longest side, in cells, at which a number still fits a cell."""
MOST_NUMBERED = 5
"""The longest side, in cells, at which a number fits a cell of a small tile."""
MOST_EXPLAINED = 40
"""The longest side, in cells, at which hovering names the input cells of an output cell."""

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
}


def tiles_figure(
    tiles: Sequence[tuple[str, Matrix]], limit: float, theme: Theme, *, columns: int
) -> go.Figure:
    """Return several grids side by side on one diverging scale from -limit to limit.

    Each grid is outlined under its title, with its numbers while they fit; NaN is left blank.
    """
    down = -(-len(tiles) // columns)
    chart = Chart(theme)
    for index, tile in enumerate(tiles):
        _add_tile(chart, index, tile, limit, grid=(down, columns))
    return chart.figure(240 * down, margin={"l": 2, "r": 2, "t": 0, "b": 2})


def _add_tile(
    chart: Chart, index: int, tile: tuple[str, Matrix], limit: float, *, grid: tuple[int, int]
) -> None:
    """Add a (title, cells) at its place in a grid of (down, across) tiles."""
    title, cells = tile
    (row, col), (down, across) = divmod(index, grid[1]), grid
    left, top = col / across, 1 - row / down
    name = "" if index == 0 else str(index + 1)
    x, y = framed_axes(cells.shape, chart.theme, name)
    x |= {"domain": [left, left + 0.92 / across], "anchor": f"y{name}"}
    y |= {"domain": [top - 0.94 / down, top - 0.2 / down], "anchor": f"x{name}"}
    axes = chart.axes(name, x, y)
    chart.signed_cells(cells, limit, hovertemplate="%{z:.4g}<extra></extra>", **axes)
    if max(cells.shape) <= MOST_NUMBERED:
        _number_tile(chart, cells, limit, axes)
    corner = {"x": left, "y": top, "xref": "paper", "yref": "paper", "align": "left"}
    chart.note(title, font={"size": 13}, xanchor="left", yanchor="top", **corner)


def framed_axes(
    shape: tuple[int, ...], theme: Theme, name: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the x and y axes of an outlined grid of square cells without ticks.

    Args:
        shape: (rows, columns) of the grid.
        theme: The colours.
        name: What stands behind x and y in the axes' names: nothing, "2", "3" …
    """
    height, width = shape
    bare = {
        "showline": True,
        "mirror": True,
        "linecolor": theme.line,
        "constrain": "domain",
        "showticklabels": False,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
    }
    across = {**bare, "range": [-0.5, width - 0.5], "constraintoward": "left"}
    down = {
        **bare,
        "scaleanchor": f"x{name}",
        "range": [height - 0.5, -0.5],
        "constraintoward": "top",
    }
    return across, down


def _number_tile(chart: Chart, cells: Matrix, limit: float, axes: dict[str, Any]) -> None:
    """Print a tile's numbers, each in the colour that reads on its cell."""
    many = max(cells.shape) > 4
    places = np.arange(cells.shape[0]), np.arange(cells.shape[1])
    labels = np.vectorize(_narrow if many else short_number)(cells)
    backs = diverging_colours(chart.theme, cells, limit)
    number_cells(chart, places, labels, backs, size=10 if many else 13, **axes)


def _narrow(value: float) -> str:
    """Return a number with two digits behind the point at most, so that it fits a phone."""
    return short_number(round(float(value), 2))


def spectrum_figure(
    lines: Sequence[tuple[str, Matrix]], peaks: Sequence[tuple[float, str]], theme: Theme
) -> go.Figure:
    """Return amplitude spectra of rows, with named places.

    Args:
        lines: (name, amplitudes from frequency 0 to one half).
        peaks: (frequency in cycles per cell, name).
        theme: The colours.
    """
    hues = (theme.input, theme.kernel, theme.stamp, theme.output)
    chart = Chart(theme)
    for (name, amplitudes), hue in zip(lines, hues, strict=False):
        frequency = np.linspace(0, 0.5, amplitudes.size)
        line = {"mode": "lines", "line": {"color": hue}, "hoverinfo": "all"}
        chart.trace("scatter", x=frequency, y=amplitudes, name=name, **line)
    for place, name in peaks:
        dots = {"color": theme.soft, "width": 1, "dash": "dot"}
        chart.shape("line", x0=place, x1=place, y0=0, y1=1, yref="y domain", line=dots)
        corner = {"yref": "y domain", "xanchor": "left", "yanchor": "top"}
        chart.note(name, x=place, y=1, font={"color": theme.soft}, **corner)
    return chart.figure(
        260,
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
        margin={"l": 50, "r": 24, "t": 44, "b": 50},
        xaxis={"title": "cycles per cell", "showgrid": False},
        yaxis={"title": "amplitude", "gridcolor": theme.line, "rangemode": "tozero"},
    )


def number_cells(
    chart: Chart,
    places: tuple[Matrix, Matrix],
    labels: Matrix,
    backs: Matrix,
    *,
    dimmed: Matrix | None = None,
    size: float | None = None,
    **parts: Any,
) -> None:
    """Print the numbers, each in the colour that reads on its cell, while they fit.

    Args:
        chart: Where they are printed.
        places: The rows' and the columns' places, (H,) and (W,).
        labels: (H, W) text.
        backs: (H, W), the colour of each cell.
        dimmed: (H, W) bool, the cells whose numbers are printed in the soft colour.
        size: Of the type, in pixels; what suits the longest, if left out.
        parts: What else the trace takes, such as its axes.
    """
    if max(labels.shape) > MOST_LABELLED:
        return
    rows, cols = np.meshgrid(*places, indexing="ij")
    longest = max(len(label) for label in labels.ravel())
    fitting = 14 if max(labels.shape) * longest <= 30 else 11 if longest <= 3 else 9
    if max(labels.shape) * longest > 100:
        return
    soft = np.zeros(labels.shape, bool) if dimmed is None else dimmed
    theme = chart.theme
    colours = [
        theme.soft if dim else readable(theme, back)
        for back, dim in zip(backs.ravel(), soft.ravel(), strict=True)
    ]
    chart.words((cols.ravel(), rows.ravel()), labels.ravel(), colours, size or fitting, **parts)


def gaps(cells: Matrix) -> dict[str, int]:
    """Return the gaps between a heatmap's cells, while there is room for them."""
    gap = 2 if max(cells.shape) <= MOST_LABELLED else 0
    return {"xgap": gap, "ygap": gap}
