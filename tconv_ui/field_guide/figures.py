"""The field guide's and the lesson's small pictures: arrays in, plotly figures out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import plotly.graph_objects as go

from tconv_core import Axis, axis_overlap
from tconv_ui.charts.chart import Chart, Matrix, diverging_colours
from tconv_ui.charts.figures import number_cells
from tconv_ui.layer.formulas import torch_settings
from tconv_ui.theme import Theme, mix, readable
from tconv_ui.wording import short_number

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
    chart = Chart(theme)
    gaps = {"xgap": 1.5, "ygap": 1.5}
    chart.signed_cells(panel.cells, limit, hovertemplate="%{z:.4g}<extra></extra>", **gaps)
    labels = np.vectorize(short_number)(panel.cells)
    backs = diverging_colours(theme, panel.cells, limit)
    places = np.arange(height), np.arange(width)
    number_cells(chart, places, labels, backs, size=12 if width <= 7 else 10)
    outline = {"width": 1, "color": theme.line}
    chart.rectangle((-0.5, -0.5, width - 0.5, height - 0.5), line=outline)
    chart.note(
        f"<b>{panel.title}</b>",
        font={"color": getattr(theme, panel.role), "size": 14},
        **{"x": 0, "xref": "paper", "xanchor": "left", "align": "left"},
        **{"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 2},
    )
    chart.square_cells()
    margin = {"l": 0, "r": 0, "t": 26, "b": 2}
    return chart.figure(CELL * height + 28, margin=margin, dragmode=False)


def matrix_figure(matrix: Matrix, theme: Theme) -> go.Figure:
    """Return a matrix and its transpose side by side; zeros are left as the ground."""
    limit = float(np.abs(matrix).max()) or 1.0
    gap = 3
    chart = Chart(theme)
    for name, cells, left in (("C", matrix, 0), ("Cᵀ", matrix.T, matrix.shape[1] + gap)):
        places = {"x": left + np.arange(cells.shape[1]), "xgap": 1, "ygap": 1}
        chart.signed_cells(cells, limit, hovertemplate="%{z:.4g}<extra></extra>", **places)
        box = (left - 0.5, -0.5, left + cells.shape[1] - 0.5, cells.shape[0] - 0.5)
        chart.rectangle(box, line={"width": 1, "color": theme.soft})
        corner = {"xanchor": "left", "yanchor": "bottom"}
        chart.note(f"<b>{name}</b>", x=left - 0.5, y=-0.6, **corner)
    chart.square_cells()
    return chart.figure(330, dragmode=False)


def stamps_figure(axis: Axis, theme: Theme) -> go.Figure:
    """Return where each input cell's stamp lands along one axis, and how many land on each cell.

    Columns are the output's cells: cropped ones, hatched, lie below 0 or beyond its size, and
    those that output_padding added are tinted.
    """
    whole = axis.uncropped
    places = np.arange(whole.output_size) - axis.output_slice.start
    last = axis.input_size + 0.4
    bottom, top = last + 0.6, -0.6
    chart = Chart(theme)
    extra = torch_settings(axis)[1]
    if extra > 0:
        box = (axis.output_size - extra - 0.5, top, axis.output_size - 0.5, bottom)
        tint = {"fillcolor": theme.output, "opacity": 0.18, "line": {"width": 0}}
        chart.rectangle(box, layer="below", **tint)
    for i in range(axis.input_size):
        cells = places[whole.kept_slice(i)]
        _add_squares(chart, cells, i, [theme.stamp] * cells.size)
    counts = axis_overlap(whole)
    shades = [mix(theme.page, theme.output, 0.75 * c / max(counts.max(), 1)) for c in counts]
    _add_squares(chart, places, last, shades, texts=[str(c) for c in counts])
    for x0, x1 in ((places[0] - 0.5, -0.5), (axis.output_size - 0.5, places[-1] + 0.5)):
        if x1 > x0:
            chart.hatch([x0, x1, x1, x0, x0], [top, top, bottom, bottom, top])
    dashes = {"color": theme.output, "width": 2, "dash": "dash"}
    chart.rectangle((-0.5, top, axis.output_size - 0.5, bottom), line=dashes)
    ticks = [*range(axis.input_size), last]
    names = [*(f"x[{i}]" for i in range(axis.input_size)), "stamps"]
    plain = {"showgrid": False, "zeroline": False, "fixedrange": True, "color": theme.soft}
    sides = [places[0] - 0.7, places[-1] + 0.7]
    chart.axes(
        "",
        {**plain, "side": "top", "tickvals": places, "range": sides},
        {**plain, "tickvals": ticks, "ticktext": names, "range": [bottom + 0.1, top - 0.1]},
    )
    margin = {"l": 56, "r": 6, "t": 30, "b": 4}
    return chart.figure(np.clip(36 * (last + 2.2), 190, 400), margin=margin, dragmode=False)


def bars_figure(bars: Sequence[tuple[str, int]], theme: Theme) -> go.Figure:
    """Return named whole numbers as horizontal bars with their numbers beside them."""
    values = [value for _, value in bars]
    chart = Chart(theme)
    chart.trace(
        "bar",
        x=values,
        y=[name for name, _ in bars],
        orientation="h",
        marker={"color": theme.output},
        text=[f"{value:,}" for value in values],
        textposition="outside",
        textfont={"color": theme.ink},
        cliponaxis=False,
        width=0.6,
    )
    hidden = {"showgrid": False, "zeroline": False, "fixedrange": True, "color": theme.ink}
    chart.axes(
        "",
        {**hidden, "visible": False, "range": [0, max(values)]},
        {**hidden, "autorange": "reversed", "automargin": True, "ticks": ""},
    )
    margin = {"l": 4, "r": 60, "t": 4, "b": 4}
    return chart.figure(60 + 46 * len(bars), margin=margin, dragmode=False)


def _add_squares(
    chart: Chart, x: Matrix, row: float, shades: list[str], *, texts: list[str] | None = None
) -> None:
    """Filled cells in a row, each with its text."""
    for place, shade in zip(x, shades, strict=True):
        box = (place - 0.46, row - 0.42, place + 0.46, row + 0.42)
        edge = {"color": chart.theme.line, "width": 1}
        chart.rectangle(box, fillcolor=shade, line=edge, layer="below")
    colours = [readable(chart.theme, shade) for shade in shades]
    chart.words((x, [row] * len(x)), texts or [""] * len(x), colours, 13)
