"""The field guide's and the lesson's small pictures: arrays in, plotly figures out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import plotly.graph_objects as go

from tconv_core import Axis, axis_overlap
from tconv_ui.figures import Matrix, add_labels, short, squared, styled
from tconv_ui.formulas import torch_settings
from tconv_ui.palette import Theme, diverging_colour, diverging_scale, mix, readable

Role = Literal["input", "kernel", "stamp", "output", "ink"]
CELL = 38
"""A cell's side on the screen, in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A grid among others: its title, its numbers, and whose hue the title has."""

    title: str
    cells: Matrix
    role: Role = "ink"


def panel_figure(panel: Panel, limit: float, theme: Theme) -> go.Figure:
    """Return a grid with its numbers on the diverging scale from -limit to limit."""
    height, width = panel.cells.shape
    y, x = np.arange(height), np.arange(width)
    figure = go.Figure(
        go.Heatmap(
            x=x,
            y=y,
            z=panel.cells.astype(np.float32),
            colorscale=diverging_scale(theme),
            zmin=-limit,
            zmax=limit,
            showscale=False,
            xgap=1.5,
            ygap=1.5,
            hovertemplate="%{z:.4g}<extra></extra>",
        )
    )
    backs = np.vectorize(lambda v: diverging_colour(theme, v / limit))(panel.cells)
    add_labels(figure, (y, x), np.vectorize(short)(panel.cells), backs, theme)
    figure.data[-1].textfont.size = 12 if width <= 7 else 10
    figure.add_shape(
        type="rect",
        x0=-0.5,
        x1=width - 0.5,
        y0=-0.5,
        y1=height - 0.5,
        line={"width": 1, "color": theme.line},
    )
    figure.add_annotation(
        text=f"<b>{panel.title}</b>",
        font={"color": getattr(theme, panel.role), "size": 14},
        **{"x": 0, "xref": "paper", "xanchor": "left", "align": "left"},
        **{"y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False, "yshift": 2},
    )
    squared(figure, panel.cells.shape, theme, margin=0.1)
    margin = {"l": 0, "r": 0, "t": 26, "b": 2}
    return figure.update_layout(height=CELL * height + 28, margin=margin, dragmode=False)


def matrix_figure(matrix: Matrix, theme: Theme) -> go.Figure:
    """Return a matrix and its transpose side by side; zeros are left as the ground."""
    limit = float(np.abs(matrix).max()) or 1.0
    rows, cols = matrix.shape
    gap = 3
    figure = go.Figure()
    for name, cells, left in (("C", matrix, 0), ("Cᵀ", matrix.T, cols + gap)):
        figure.add_heatmap(
            x=left + np.arange(cells.shape[1]),
            z=cells.astype(np.float32),
            colorscale=diverging_scale(theme),
            zmin=-limit,
            zmax=limit,
            showscale=False,
            xgap=1,
            ygap=1,
            hovertemplate="%{z:.4g}<extra></extra>",
        )
        box = {"x0": left - 0.5, "x1": left + cells.shape[1] - 0.5}
        edge = {"width": 1, "color": theme.soft}
        figure.add_shape(type="rect", y0=-0.5, y1=cells.shape[0] - 0.5, line=edge, **box)
        words = {"text": f"<b>{name}</b>", "showarrow": False, "xanchor": "left"}
        figure.add_annotation(x=left - 0.5, y=-0.6, yanchor="bottom", **words)
    squared(figure, (max(rows, cols) + 2, rows + gap + cols), theme, margin=0.4)
    return figure.update_layout(height=330, dragmode=False)


def stamps_figure(axis: Axis, theme: Theme) -> go.Figure:
    """Return where each input cell's stamp lands along one axis, and how many land on each cell.

    Columns are the output's cells: cropped ones, hatched, lie below 0 or beyond its size, and
    those that output_padding added are tinted.
    """
    whole = axis.uncropped
    begin = axis.output_slice.start
    places = np.arange(whole.output_size) - begin
    last = axis.input_size + 0.4
    bottom, top = last + 0.6, -0.6
    figure = go.Figure()
    extra = torch_settings(axis)[1]
    if extra > 0:
        box = {"x0": axis.output_size - extra - 0.5, "x1": axis.output_size - 0.5}
        figure.add_shape(
            type="rect",
            y0=top,
            y1=bottom,
            fillcolor=theme.output,
            opacity=0.18,
            layer="below",
            line_width=0,
            **box,
        )
    for i in range(axis.input_size):
        cells = places[whole.kept_slice(i)]
        _squares(figure, cells, i, [theme.stamp] * cells.size, theme)
    counts = axis_overlap(whole)
    shades = [mix(theme.page, theme.output, 0.75 * c / max(counts.max(), 1)) for c in counts]
    _squares(figure, places, last, shades, theme, texts=[str(c) for c in counts])
    for x0, x1 in ((places[0] - 0.5, -0.5), (axis.output_size - 0.5, places[-1] + 0.5)):
        if x1 > x0:
            _shade(figure, (x0, x1, top, bottom), theme)
    figure.add_shape(
        type="rect",
        x0=-0.5,
        x1=axis.output_size - 0.5,
        y0=top,
        y1=bottom,
        line={"color": theme.output, "width": 2, "dash": "dash"},
    )
    ticks = [*range(axis.input_size), last]
    names = [*(f"x[{i}]" for i in range(axis.input_size)), "stamps"]
    plain = {"showgrid": False, "zeroline": False, "fixedrange": True, "color": theme.soft}
    styled(figure, theme, height=int(np.clip(36 * (last + 2.2), 190, 400)))
    return figure.update_layout(
        margin={"l": 56, "r": 6, "t": 30, "b": 4},
        dragmode=False,
        xaxis={
            **plain,
            "side": "top",
            "tickvals": places,
            "range": [places[0] - 0.7, places[-1] + 0.7],
        },
        yaxis={**plain, "tickvals": ticks, "ticktext": names, "range": [bottom + 0.1, top - 0.1]},
    )


def bars_figure(bars: Sequence[tuple[str, int]], theme: Theme) -> go.Figure:
    """Return named whole numbers as horizontal bars with their numbers beside them."""
    values = [value for _, value in bars]
    figure = go.Figure(
        go.Bar(
            x=values,
            y=[name for name, _ in bars],
            orientation="h",
            marker={"color": theme.output},
            text=[f"{value:,}" for value in values],
            textposition="outside",
            textfont={"color": theme.ink},
            cliponaxis=False,
            width=0.6,
            hoverinfo="skip",
        )
    )
    styled(figure, theme, height=60 + 46 * len(bars))
    hidden = {"showgrid": False, "zeroline": False, "fixedrange": True, "color": theme.ink}
    return figure.update_layout(
        margin={"l": 4, "r": 60, "t": 4, "b": 4},
        dragmode=False,
        xaxis={**hidden, "visible": False, "range": [0, max(values)]},
        yaxis={**hidden, "autorange": "reversed", "automargin": True, "ticks": ""},
    )


def _squares(
    figure: go.Figure,
    x: Matrix,
    row: float,
    shades: list[str],
    theme: Theme,
    *,
    texts: list[str] | None = None,
) -> None:
    """Filled cells in a row, each with its text."""
    for place, shade in zip(x, shades, strict=True):
        figure.add_shape(
            type="rect",
            x0=place - 0.46,
            x1=place + 0.46,
            y0=row - 0.42,
            y1=row + 0.42,
            fillcolor=shade,
            line={"color": theme.line, "width": 1},
            layer="below",
        )
    figure.add_scatter(
        x=x,
        y=[row] * len(x),
        mode="text",
        text=texts or [""] * len(x),
        textfont={"color": [readable(theme, shade) for shade in shades], "size": 13},
        hoverinfo="skip",
    )


def _shade(figure: go.Figure, box: tuple[float, float, float, float], theme: Theme) -> None:
    """What the crop removes: hatched, as everywhere."""
    x0, x1, y0, y1 = box
    figure.add_scatter(
        x=[x0, x1, x1, x0, x0],
        y=[y0, y0, y1, y1, y0],
        mode="lines",
        line_width=0,
        fill="toself",
        fillpattern={
            "shape": "/",
            "fgcolor": theme.ink,
            "bgcolor": theme.page,
            "size": 7,
            "fgopacity": 0.6,
            "solidity": 0.2,
        },
        opacity=0.55,
        hoverinfo="skip",
    )
