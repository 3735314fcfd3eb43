"""The Overlap page's arrays in, plotly figures out."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, axis_overlap
from tconv_ui.charts.chart import Chart, Matrix, diverging_colours, height_of
from tconv_ui.charts.figures import MOST_EXPLAINED, gaps, number_cells
from tconv_ui.theme import Theme, counts_colour, counts_scale
from tconv_ui.wording import short_number


def overlap_figure(geometry: Geometry, theme: Theme) -> go.Figure:
    """Return the overlap count on the full output, with each axis's count along its margin.

    The real output lies in a dashed frame; what the crop removes is hatched. Cells are numbered as
    the output's, so that cropped ones lie below 0 or beyond its size.
    """
    whole = geometry.uncropped
    rows, cols = axis_overlap(whole.rows), axis_overlap(whole.cols)
    counts = np.outer(rows, cols)
    most = max(int(counts.max()), 1)
    y, x = _places(geometry)
    reach = max(1.4, 0.14 * max(counts.shape))
    explained = max(counts.shape) <= MOST_EXPLAINED
    hover = "y[%{y},%{x}]: %{z} = %{customdata[0]} × %{customdata[1]}"
    sources = "<br>from input rows %{customdata[2]}<br>and columns %{customdata[3]}"
    chart = Chart(theme)
    chart.heatmap(
        counts.astype(np.uint8),
        counts_scale(theme),
        (0, most),
        x=x,
        y=y,
        customdata=_sources(geometry, explained),
        hovertemplate=hover + (sources if explained else "") + "<extra></extra>",
        **gaps(counts),
    )
    _add_profile(chart, cols, x, y[0] - 0.8, horizontal=False, reach=reach)
    _add_profile(chart, rows, y, x[0] - 0.8, horizontal=True, reach=reach)
    shades = np.array([counts_colour(theme, n / most) for n in range(most + 1)])
    _add_numbers(chart, counts.astype(str), shades[counts], geometry)
    chart.square_cells()
    return chart.figure(height_of(counts.shape, reach + 1.3))


def response_figure(
    response: Matrix, deviation: Matrix | None, geometry: Geometry, theme: Theme
) -> go.Figure:
    """Return what a constant input becomes on the full output, coloured by its deviation.

    Args:
        response: (H', W') of the uncropped output.
        deviation: The same shape, as a share of the interior's level; None where there is none.
        geometry: Of the layer; its crop is framed.
        theme: The colours.
    """
    shown = np.zeros_like(response) if deviation is None else deviation
    interior = shown[geometry.rows.output_slice, geometry.cols.output_slice]
    limit = max(float(np.abs(interior).max()), 0.01)
    y, x = _places(geometry)
    share = " (%{customdata:+.1%} of the level)" if deviation is not None else ""
    words = np.vectorize(short_number)(response)
    chart = Chart(theme)
    chart.signed_cells(
        shown,
        limit,
        x=x,
        y=y,
        text=words,
        customdata=shown.astype(np.float32),
        hovertemplate="y[%{y},%{x}] = %{text}" + share + "<extra></extra>",
        **gaps(response),
    )
    _add_numbers(chart, words, diverging_colours(theme, shown, limit), geometry)
    chart.square_cells()
    return chart.figure(height_of(response.shape, 0.4))


def _add_numbers(chart: Chart, labels: Matrix, backs: Matrix, geometry: Geometry) -> None:
    """Frame the output, hatch what lies outside, and print the numbers above the hatching."""
    _add_crop(chart, geometry)
    cropped = np.ones(labels.shape, bool)
    cropped[geometry.rows.output_slice, geometry.cols.output_slice] = False
    number_cells(chart, _places(geometry), labels, backs, dimmed=cropped)


def _places(geometry: Geometry) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and column numbers of the uncropped output's cells, counted as the output's."""
    rows, cols = (
        np.arange(axis.uncropped.output_size) - axis.output_slice.start for axis in geometry.axes
    )
    return rows, cols


def _sources(geometry: Geometry, explained: bool) -> Matrix:
    """Per cell: both axes' counts, and the input rows and columns that reach it, in words."""
    whole = geometry.uncropped
    counts = [axis_overlap(axis) for axis in whole.axes]
    parts: list[Matrix] = [counts[0][:, np.newaxis], counts[1][np.newaxis]]
    if explained:
        words = [np.array(_reaching(axis), object) for axis in whole.axes]
        parts += [words[0][:, np.newaxis], words[1][np.newaxis]]
    dtype = object if explained else np.uint8
    return np.stack([np.asarray(part, dtype) for part in np.broadcast_arrays(*parts)], axis=-1)


def _reaching(axis: Axis) -> list[str]:
    """For each output cell of an axis the input cells whose stamps touch it."""
    found: list[list[str]] = [[] for _ in range(axis.output_size)]
    for i in range(axis.input_size):
        for o in range(axis.output_size)[axis.kept_slice(i)]:
            found[o].append(str(i))
    return [", ".join(each) or "none" for each in found]


def _add_crop(chart: Chart, geometry: Geometry) -> None:
    """Frame the output, and hatch what lies outside it."""
    if geometry == geometry.uncropped:
        return
    y, x = _places(geometry)
    top, bottom, left, right = y[0] - 0.5, y[-1] + 0.5, x[0] - 0.5, x[-1] + 0.5
    height, width = geometry.output_shape
    in_top, in_bottom, in_left, in_right = -0.5, height - 0.5, -0.5, width - 0.5
    # The outer rectangle, and the inner one the other way round: the ring between is filled.
    chart.hatch(
        [left, right, right, left, left, in_left, in_left, in_right, in_right, in_left, left],
        [top, top, bottom, bottom, top, in_top, in_bottom, in_bottom, in_top, in_top, top],
    )
    dashes = {"color": chart.theme.output, "width": 2, "dash": "dash"}
    chart.rectangle((in_left, in_top, in_right, in_bottom), line=dashes)


def _add_profile(
    chart: Chart,
    counts: NDArray[np.int64],
    places: Matrix,
    base: float,
    *,
    horizontal: bool,
    reach: float,
) -> None:
    """One axis's counts as bars outside the grid, growing away from it."""
    along, across = ("y", "x") if horizontal else ("x", "y")
    name = "row" if horizontal else "column"
    chart.trace(
        "bar",
        base=base,
        width=0.8,
        orientation="h" if horizontal else "v",
        marker={"color": chart.theme.output, "opacity": 0.75, "line": {"width": 0}},
        customdata=counts,
        hovertemplate=f"{name} %{{{along}}}: %{{customdata}}<extra></extra>",
        **{along: places, across: -counts / max(int(counts.max()), 1) * reach},
    )
