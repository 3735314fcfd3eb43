"""The Overlap page's arrays in, plotly figures out."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, axis_overlap
from tconv_ui.figures import MOST_EXPLAINED, Matrix, add_labels, gaps, short, squared
from tconv_ui.palette import (
    Theme,
    counts_colour,
    counts_scale,
    diverging_colour,
    diverging_scale,
)


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
    figure = go.Figure(
        [
            go.Heatmap(
                x=x,
                y=y,
                z=counts.astype(np.uint8),
                customdata=_sources(geometry, explained),
                colorscale=counts_scale(theme),
                zmin=0,
                zmax=most,
                showscale=False,
                **gaps(counts),
                hovertemplate=hover + (sources if explained else "") + "<extra></extra>",
            ),
            _profile(cols, x, y[0] - 0.8, theme, horizontal=False, reach=reach),
            _profile(rows, y, x[0] - 0.8, theme, horizontal=True, reach=reach),
        ]
    )
    backs = np.vectorize(lambda n: counts_colour(theme, n / most))(counts)
    _add_numbers(figure, counts.astype(str), backs, geometry, theme)
    return squared(figure, counts.shape, theme, margin=reach + 1.3)


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
    figure = go.Figure(
        go.Heatmap(
            x=x,
            y=y,
            z=shown.astype(np.float32),
            text=np.vectorize(short)(response),
            customdata=shown.astype(np.float32),
            colorscale=diverging_scale(theme),
            zmin=-limit,
            zmax=limit,
            showscale=False,
            **gaps(response),
            hovertemplate="y[%{y},%{x}] = %{text}" + share + "<extra></extra>",
        )
    )
    colours = np.vectorize(lambda v: diverging_colour(theme, max(-1.0, min(1.0, v / limit))))(shown)
    _add_numbers(figure, np.vectorize(short)(response), colours, geometry, theme)
    return squared(figure, response.shape, theme, margin=0.4)


def _add_numbers(
    figure: go.Figure, labels: Matrix, backs: Matrix, geometry: Geometry, theme: Theme
) -> None:
    """Frame the output, hatch what lies outside, and print the numbers above the hatching."""
    _add_crop(figure, geometry, theme)
    cropped = np.ones(labels.shape, bool)
    cropped[geometry.rows.output_slice, geometry.cols.output_slice] = False
    add_labels(figure, _places(geometry), labels, backs, theme, dimmed=cropped)


def _places(geometry: Geometry) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and column numbers of the uncropped output's cells, counted as the output's."""
    rows, cols = (
        np.arange(axis.uncropped.output_size) - axis.output_slice.start
        for axis in (geometry.rows, geometry.cols)
    )
    return rows, cols


def _sources(geometry: Geometry, explained: bool) -> Matrix:
    """Per cell: both axes' counts, and the input rows and columns that reach it, in words."""
    whole = geometry.uncropped
    counts = [axis_overlap(axis) for axis in (whole.rows, whole.cols)]
    parts: list[Matrix] = [counts[0][:, np.newaxis], counts[1][np.newaxis]]
    if explained:
        words = [np.array(_reaching(axis), object) for axis in (whole.rows, whole.cols)]
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


def _add_crop(figure: go.Figure, geometry: Geometry, theme: Theme) -> None:
    """Frame the output, and hatch what lies outside it."""
    if geometry == geometry.uncropped:
        return
    y, x = _places(geometry)
    top, bottom, left, right = y[0] - 0.5, y[-1] + 0.5, x[0] - 0.5, x[-1] + 0.5
    height, width = geometry.output_shape
    in_top, in_bottom, in_left, in_right = -0.5, height - 0.5, -0.5, width - 0.5
    # The outer rectangle, and the inner one the other way round: the ring between is filled.
    figure.add_scatter(
        x=[left, right, right, left, left, in_left, in_left, in_right, in_right, in_left, left],
        y=[top, top, bottom, bottom, top, in_top, in_bottom, in_bottom, in_top, in_top, top],
        mode="lines",
        line_width=0,
        fill="toself",
        fillpattern={
            "shape": "/",
            "fgcolor": theme.soft,
            "bgcolor": theme.page,
            "size": 6,
            "fgopacity": 0.5,
            "solidity": 0.15,
        },
        opacity=0.6,
        hoverinfo="skip",
    )
    figure.add_shape(
        type="rect",
        x0=in_left,
        x1=in_right,
        y0=in_top,
        y1=in_bottom,
        line={"color": theme.output, "width": 2, "dash": "dash"},
    )


def _profile(
    counts: NDArray[np.int64],
    places: Matrix,
    base: float,
    theme: Theme,
    *,
    horizontal: bool,
    reach: float,
) -> go.Bar:
    """One axis's counts as bars outside the grid, growing away from it."""
    along, across = ("y", "x") if horizontal else ("x", "y")
    name = "row" if horizontal else "column"
    return go.Bar(
        {along: places, across: -counts / max(int(counts.max()), 1) * reach},
        base=base,
        width=0.8,
        orientation="h" if horizontal else "v",
        marker={"color": theme.output, "opacity": 0.75, "line": {"width": 0}},
        customdata=counts,
        hovertemplate=f"{name} %{{{along}}}: %{{customdata}}<extra></extra>",
    )
