"""Arrays in, plotly figures out: what the pages' figures share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_ui.palette import Theme, diverging_colour, diverging_scale, readable

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

Matrix = NDArray[Any]


def tiles_figure(
    tiles: Sequence[tuple[str, Matrix]], limit: float, theme: Theme, *, columns: int
) -> go.Figure:
    """Return several grids side by side on one diverging scale from -limit to limit.

    Each grid is outlined under its title, with its numbers while they fit; NaN is left blank.
    """
    down = -(-len(tiles) // columns)
    figure = go.Figure()
    for index, tile in enumerate(tiles):
        _add_tile(figure, index, tile, limit, theme, grid=(down, columns))
    styled(figure, theme, height=240 * down)
    return figure.update_layout(margin={"l": 2, "r": 2, "t": 0, "b": 2})


def _add_tile(
    figure: go.Figure,
    index: int,
    tile: tuple[str, Matrix],
    limit: float,
    theme: Theme,
    *,
    grid: tuple[int, int],
) -> None:
    """Add a (title, cells) at its place in a grid of (down, across) tiles."""
    title, cells = tile
    (row, col), (down, across) = divmod(index, grid[1]), grid
    left, top = col / across, 1 - row / down
    name = "" if index == 0 else str(index + 1)
    axes = {"xaxis": f"x{name}", "yaxis": f"y{name}"}
    figure.add_heatmap(
        z=cells.astype(np.float32),
        colorscale=diverging_scale(theme),
        zmin=-limit,
        zmax=limit,
        showscale=False,
        hovertemplate="%{z:.4g}<extra></extra>",
        **axes,
    )
    if max(cells.shape) <= MOST_NUMBERED:
        _number_tile(figure, cells, limit, theme, axes)
    x = {"domain": [left, left + 0.92 / across], "anchor": f"y{name}"}
    y = {"domain": [top - 0.94 / down, top - 0.2 / down], "anchor": f"x{name}"}
    across_axis, down_axis = framed_axes(cells.shape, theme, name)
    figure.update_layout({f"xaxis{name}": across_axis | x, f"yaxis{name}": down_axis | y})
    corner = {"x": left, "y": top, "xref": "paper", "yref": "paper", "align": "left"}
    figure.add_annotation(
        text=title, font_size=13, showarrow=False, xanchor="left", yanchor="top", **corner
    )


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


def _number_tile(
    figure: go.Figure, cells: Matrix, limit: float, theme: Theme, axes: dict[str, str]
) -> None:
    """Print a tile's numbers, each in the colour that reads on its cell."""
    rows, cols = np.indices(cells.shape)
    many = max(cells.shape) > 4
    shares = np.clip(np.nan_to_num(cells) / limit, -1, 1).ravel()
    figure.add_scatter(
        x=cols.ravel(),
        y=rows.ravel(),
        mode="text",
        text=_narrow(cells) if many else [short(float(value)) for value in cells.ravel()],
        textfont={
            "color": [readable(theme, diverging_colour(theme, share)) for share in shares],
            "size": 10 if many else 13,
        },
        hoverinfo="skip",
        **axes,
    )


def _narrow(cells: Matrix) -> list[str]:
    """Return the numbers with two digits behind the point at most, so that they fit a phone."""
    return [short(round(float(value), 2)) for value in cells.ravel()]


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
    figure = go.Figure()
    for (name, amplitudes), hue in zip(lines, hues, strict=False):
        frequency = np.linspace(0, 0.5, amplitudes.size)
        figure.add_scatter(x=frequency, y=amplitudes, name=name, mode="lines", line_color=hue)
    for place, name in peaks:
        figure.add_vline(
            x=place,
            line={"color": theme.soft, "width": 1, "dash": "dot"},
            annotation={"text": name, "font_color": theme.soft},
        )
    styled(figure, theme, height=260)
    return figure.update_layout(
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
        margin={"l": 50, "r": 24, "t": 44, "b": 50},
        xaxis={"title": "cycles per cell", "showgrid": False},
        yaxis={"title": "amplitude", "gridcolor": theme.line, "rangemode": "tozero"},
    )


HIDDEN: dict[str, Any] = {"visible": False, "constrain": "domain"}


def add_labels(
    figure: go.Figure,
    places: tuple[Matrix, Matrix],
    labels: Matrix,
    backs: Matrix,
    theme: Theme,
    *,
    dimmed: Matrix | None = None,
) -> None:
    """Print the numbers, each in the colour that reads on its cell, while they fit.

    Those of the cells that are `dimmed`, (H, W) bool, are printed in the soft colour.
    """
    if max(labels.shape) > MOST_LABELLED:
        return
    rows, cols = np.meshgrid(*places, indexing="ij")
    longest = max(len(label) for label in labels.ravel())
    size = 14 if max(labels.shape) * longest <= 30 else 11 if longest <= 3 else 9
    if max(labels.shape) * longest > 100:
        return
    soft = np.zeros(labels.shape, bool) if dimmed is None else dimmed
    colours = [
        theme.soft if dim else readable(theme, back)
        for back, dim in zip(backs.ravel(), soft.ravel(), strict=True)
    ]
    figure.add_scatter(
        x=cols.ravel(),
        y=rows.ravel(),
        mode="text",
        text=labels.ravel(),
        textfont={"color": colours, "size": size},
        hoverinfo="skip",
    )


def gaps(cells: Matrix) -> dict[str, int]:
    """Return the gaps between a heatmap's cells, while there is room for them."""
    gap = 2 if max(cells.shape) <= MOST_LABELLED else 0
    return {"xgap": gap, "ygap": gap}


def short(value: float) -> str:
    """Return a number with few digits and a real minus sign.

    >>> short(-0.25), short(2402.5), short(1.5e7)
    ('−0.25', '2402', '1.5e+07')
    """
    if abs(value) <= 1e-9:
        return "0"
    text = f"{value:.0f}" if 1000 <= abs(value) < 1e5 else f"{value:.3g}"
    return text.replace("-", "−")


def squared(figure: go.Figure, shape: tuple[int, ...], theme: Theme, *, margin: float) -> go.Figure:
    """Give the cells equal sides, and the figure a height that suits its shape."""
    height, width = (size + margin for size in shape)
    styled(figure, theme, height=int(np.clip(370 * height / width, 150, 560)))
    return figure.update_layout(
        xaxis={**HIDDEN, "constraintoward": "left"},
        yaxis={**HIDDEN, "autorange": "reversed", "scaleanchor": "x", "constraintoward": "top"},
    )


def styled(figure: go.Figure, theme: Theme, *, height: int) -> go.Figure:
    """Give a figure the theme's ground, type and colours."""
    return figure.update_layout(
        template="none",
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": theme.ink, "size": 14, "family": "Source Sans, sans-serif"},
        showlegend=False,
        barmode="overlay",
        dragmode="pan",
        hoverlabel={"bgcolor": theme.panel, "bordercolor": theme.line, "font_color": theme.ink},
    )
