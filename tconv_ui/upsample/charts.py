"""The image page's charts: kernels, spectra and losses in, plotly figures out."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_core import Spectrum
from tconv_ui.charts.chart import MIN_HEIGHT, Chart
from tconv_ui.pictures.arrays import Picture, full_png
from tconv_ui.theme import Theme, counts_scale


def kernel_figure(kernel: NDArray[np.float64], theme: Theme, *, height: int = 230) -> go.Figure:
    """Return a kernel's weights as cells on the diverging scale, 0 in the middle.

    Args:
        kernel: (kH, kW).
        theme: The colours.
        height: Of the figure, in pixels.
    """
    most = max(float(np.abs(kernel).max()), 1e-9)
    chart = Chart(theme)
    hover = "w[%{y},%{x}] = %{z:.4f}<extra></extra>"
    chart.signed_cells(kernel, most, xgap=1, ygap=1, hovertemplate=hover)
    chart.square_cells({"fixedrange": True}, {"fixedrange": True})
    return _plain(chart, height)


def spectrum_figure(found: Spectrum, theme: Theme) -> go.Figure:
    """Return a spectrum on a logarithmic scale, with a ring around each place of an alias.

    Args:
        found: (H, W) amplitudes in levels, and the aliases' places.
        theme: The colours.
    """
    shares = np.clip(np.log10(found.magnitude + 1e-9) / 5 + 0.6, 0, 1)
    height, width = shares.shape
    rows, cols = (np.fft.fftshift(np.fft.fftfreq(size)) for size in (height, width))
    chart = Chart(theme)
    chart.heatmap(
        np.rint(255 * shares).astype(np.uint8),
        counts_scale(theme),
        (0, 255),
        x=cols,
        y=rows,
        customdata=found.magnitude.astype(np.float32),
        hovertemplate="%{y:.3f}, %{x:.3f} cycles per pixel: %{customdata:.3f}<extra></extra>",
    )
    ring = {"symbol": "circle-open", "size": 15, "color": theme.positive, "line": {"width": 2}}
    places = [(rows[peak.index[0]], cols[peak.index[1]]) for peak in found.peaks]
    x, y = [x for _, x in places], [y for y, _ in places]
    chart.trace("scatter", mode="markers", x=x, y=y, marker=ring)
    axis = {
        "constrain": "domain",
        "tickvals": [-0.5, -0.25, 0, 0.25],
        "color": theme.soft,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    chart.axes(
        "",
        {**axis, "range": [-0.54, 0.5]},
        {**axis, "range": [0.5, -0.54], "scaleanchor": "x", "constraintoward": "top"},
    )
    return _plain(chart, 290, margin={"l": 38, "r": 4, "t": 4, "b": 22})


def loss_figure(
    losses: list[float], best: float, theme: Theme, *, most: int = 200, height: int = 230
) -> go.Figure:
    """Return the loss against the iteration, logarithmic, with the least-squares loss as a floor.

    Args:
        losses: From iteration 0 on, above 0.
        best: What no kernel goes below.
        theme: The colours.
        most: The last iteration there can be.
        height: Of the figure, in pixels.
    """
    floor = max(best, 1e-6)
    chart = Chart(theme)
    chart.trace(
        "scatter",
        y=np.maximum(losses, floor).astype(np.float32),
        mode="lines",
        line={"color": theme.kernel, "width": 2.5},
        hovertemplate="iteration %{x}: %{y:.2f}<extra></extra>",
    )
    dots = {"color": theme.soft, "width": 1.5, "dash": "dot"}
    chart.shape("line", x0=0, x1=1, xref="x domain", y0=floor, y1=floor, line=dots)
    # Plotly takes a note's place on a logarithmic axis as its logarithm, a shape's as it is.
    corner = {"xanchor": "right", "yanchor": "top", "font": {"color": theme.soft, "size": 12}}
    chart.note("least squares", x=most, y=np.log10(floor), **corner)
    top = max(losses[0], 2 * floor)
    chart.axes(
        "",
        {"range": [0, most], "title": "Iteration", "color": theme.soft, "showgrid": False},
        {
            "type": "log",
            "range": [np.log10(floor) - 0.25, np.log10(top) + 0.1],
            "title": "Squared error",
            "color": theme.soft,
            "gridcolor": theme.line,
            "dtick": 1,
            "exponentformat": "power",
        },
    )
    return _plain(chart, height, margin={"l": 52, "r": 8, "t": 6, "b": 40})


def _plain(chart: Chart, height: int, **layout: Any) -> go.Figure:
    """A chart in smaller type that stays where it is when it is dragged."""
    return chart.figure(height, type_size=13, dragmode=False, **layout)


def crop_figure(overview: Picture) -> go.Figure:
    """Return a small picture, (H, W, 3), over which a box can be dragged."""
    height, width = overview.shape[:2]
    source = "data:image/png;base64," + b64encode(full_png(overview)).decode()
    # Plotly reports a box only where a trace has points to select.
    corners = {"x": [-0.5, width - 0.5], "y": [-0.5, height - 0.5], "mode": "markers"}
    bare = {"visible": False, "fixedrange": True, "constrain": "domain"}
    return go.Figure(
        [
            go.Image(source=source, hoverinfo="skip"),
            go.Scatter(**corners, marker={"opacity": 0}, hoverinfo="skip"),
        ],
        layout={
            "xaxis": {**bare, "range": [-0.5, width - 0.5]},
            "yaxis": {**bare, "range": [height - 0.5, -0.5], "scaleanchor": "x"},
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "height": max(MIN_HEIGHT, round(320 * height / max(height, width))),
            "dragmode": "select",
            "showlegend": False,
        },
    )
