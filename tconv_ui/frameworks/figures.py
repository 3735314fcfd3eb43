"""One full output, and what each framework keeps of it: a strip a framework, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_core import Axis
from tconv_ui.charts.chart import Chart, diverging_colours
from tconv_ui.frameworks.columns import impulse_response
from tconv_ui.theme import Theme, readable
from tconv_ui.wording import short_number

Row = NDArray[np.float64]
LABEL, CELL, GAP = 24, 34, 8  # pixels down
_LEAST_ACROSS = 12  # cells: a short output does not fill the width with a few wide cells
_MOST_NUMBERED = 30  # cells across whose one digit fits on a phone


@dataclass(frozen=True, slots=True)
class Strip:
    """A framework's name, the axis it computes, and None where it refuses the settings."""

    name: str
    axis: Axis | None


def strips_figure(full: Axis, strips: Sequence[Strip], cell: int, theme: Theme) -> go.Figure:
    """Return the full output of an impulse, and below it what each framework keeps of it.

    Kept cells stand between brackets with their numbers; cut ones are hatched; cells appended
    beyond the full output, which no stamp reaches, are tinted.

    Args:
        full: The axis with nothing cut.
        strips: One a framework.
        cell: The input cell that holds the 1.
        theme: The colours.
    """
    whole = impulse_response(full, cell)
    rows: list[tuple[int, Row]] = [(0, whole)]
    for strip in strips:
        kept = (strip.axis.crop[0], impulse_response(strip.axis, cell)) if strip.axis else None
        rows.append(kept or (0, np.zeros(0)))
    across = max(first + values.size for first, values in rows)
    chart = Chart(theme)
    _add_cells(chart, rows, across, float(whole.max()))
    pens = [_Pen(chart, index, across) for index in range(len(rows))]
    pens[0].title(f"<b>Full output</b> · {whole.size}", theme.ink)
    pens[0].ground(0, whole.size)
    pens[0].numbers(0, whole, most=float(whole.max()))
    for pen, strip, (first, values) in zip(pens[1:], strips, rows[1:], strict=True):
        pen.strip(strip.name, whole, None if strip.axis is None else (first, values))
    height = len(rows) * (LABEL + CELL + GAP)
    hidden = {"visible": False, "fixedrange": True}
    right = max(across, _LEAST_ACROSS) - 0.3
    chart.axes("", {**hidden, "range": [-0.7, right]}, {**hidden, "range": [height, 0]})
    return chart.figure(height, dragmode=False)


def _band(index: int) -> tuple[int, int]:
    """Top and bottom of a strip's cells, in pixels from the figure's top."""
    top = index * (LABEL + CELL + GAP) + LABEL
    return top, top + CELL


def _add_cells(chart: Chart, rows: Sequence[tuple[int, Row]], across: int, most: float) -> None:
    """All strips' cells in one heatmap, whose even rows are the empty bands between them."""
    values = np.full((2 * len(rows), across), np.nan)
    for index, (first, kept) in enumerate(rows):
        values[2 * index + 1, first : first + kept.size] = kept
    chart.signed_cells(
        values,
        most,
        x=np.arange(across + 1) - 0.5,
        y=[0, *(edge for index in range(len(rows)) for edge in _band(index))],
        xgap=2 if across <= 2 * _MOST_NUMBERED else 0,
        hoverongaps=False,
        hovertemplate="cell %{x:.0f} of the full output: %{z:.4g}<extra></extra>",
    )


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws on one strip of a chart that is `across` cells wide."""

    chart: Chart
    index: int
    across: int

    def strip(self, name: str, whole: Row, kept: tuple[int, Row] | None) -> None:
        """Draw what is kept of the whole, and what is not; all of it hatched where None is."""
        if kept is None:
            self.title(f"<b>{name}</b> · refuses", self.chart.theme.warning)
            self.hatch(0, whole.size)
            return
        first, values = kept
        stop = first + values.size
        self.title(f"<b>{name}</b> · {values.size}", self.chart.theme.ink)
        self.ground(first, stop)
        self.numbers(first, values, most=float(whole.max()))
        self.cut(whole, 0, first)
        self.cut(whole, min(stop, whole.size), whole.size)
        self.appended(whole.size, stop)
        self.bracket(first, +1)
        self.bracket(stop, -1)

    def title(self, text: str, colour: str) -> None:
        corner = {"xanchor": "left", "yanchor": "bottom", "xshift": -3}
        font = {"color": colour, "size": 13}
        self.chart.note(text, x=-0.5, y=_band(self.index)[0] - 3, font=font, **corner)

    def numbers(self, first: int, values: Row, *, most: float = 0) -> None:
        """Print the numbers of kept cells, and in a soft colour those of cut ones (most 0)."""
        if self.across > _MOST_NUMBERED or not values.size:
            return
        theme = self.chart.theme
        colours: str | list[str] = theme.soft
        if most:
            colours = [readable(theme, back) for back in diverging_colours(theme, values, most)]
        places = np.arange(first, first + values.size)
        middle = np.full(values.size, sum(_band(self.index)) / 2)
        self.chart.words((places, middle), [short_number(float(v)) for v in values], colours, 14)

    def ground(self, first: int, stop: int) -> None:
        """What shows in the gaps between kept cells."""
        top, bottom = _band(self.index)
        box = (first - 0.5, top - 1, stop - 0.5, bottom + 1)
        fill = {"fillcolor": self.chart.theme.line, "line": {"width": 0}}
        self.chart.rectangle(box, layer="below", **fill)

    def cut(self, whole: Row, first: int, stop: int) -> None:
        """Hatch the cells of the full output that are cut here."""
        if stop > first:
            self.hatch(first, stop)
            self.numbers(first, whole[first:stop])

    def hatch(self, first: int, stop: int) -> None:
        left, right, (top, bottom) = first - 0.46, stop - 0.54, _band(self.index)
        self.chart.hatch([left, right, right, left, left], [top, top, bottom, bottom, top])

    def appended(self, first: int, stop: int) -> None:
        """Tint the cells beyond the full output."""
        if stop <= first:
            return
        top, bottom = _band(self.index)
        box, hue = (first - 0.46, top, stop - 0.54, bottom), self.chart.theme.stamp
        self.chart.rectangle(box, fillcolor=hue, opacity=0.2, line={"width": 0})
        self.chart.rectangle(box, line={"color": hue, "width": 1.5, "dash": "dot"})

    def bracket(self, edge: int, inward: int) -> None:
        """A square bracket whose arms point inward."""
        top, bottom = _band(self.index)
        length = 0.22 * max(self.across / _MOST_NUMBERED, 1)
        x, arm = edge - 0.5, edge - 0.5 + length * inward
        path = f"M {arm} {top - 3} L {x} {top - 3} L {x} {bottom + 3} L {arm} {bottom + 3}"
        self.chart.shape("path", path=path, line={"color": self.chart.theme.output, "width": 3})
