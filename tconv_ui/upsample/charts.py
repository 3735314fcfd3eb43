"""The image page's charts: kernels, spectra and losses in, plotly figures out."""

from __future__ import annotations

from base64 import b64encode

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_core import Spectrum
from tconv_ui.figures import styled
from tconv_ui.palette import Theme, counts_scale, diverging_scale
from tconv_ui.upsample.pictures import Picture, full_png


def kernel_figure(kernel: NDArray[np.float64], theme: Theme, *, height: int = 230) -> go.Figure:
    """Return a kernel's weights as cells on the diverging scale, 0 in the middle.

    Args:
        kernel: (kH, kW).
        theme: The colours.
        height: Of the figure, in pixels.
    """
    most = max(float(np.abs(kernel).max()), 1e-9)
    cells = go.Heatmap(
        z=kernel.astype(np.float32),
        colorscale=diverging_scale(theme),
        zmin=-most,
        zmax=most,
        showscale=False,
        xgap=1,
        ygap=1,
        hovertemplate="w[%{y},%{x}] = %{z:.4f}<extra></extra>",
    )
    figure = go.Figure([cells])
    _plain(figure, theme, height)
    hidden = {"visible": False, "constrain": "domain", "fixedrange": True}
    figure.update_layout(
        xaxis={**hidden, "constraintoward": "left"},
        yaxis={**hidden, "autorange": "reversed", "scaleanchor": "x", "constraintoward": "top"},
    )
    return figure


def spectrum_figure(found: Spectrum, theme: Theme) -> go.Figure:
    """Return a spectrum on a logarithmic scale, with a ring around each place of an alias.

    Args:
        found: (H, W) amplitudes in levels, and the aliases' places.
        theme: The colours.
    """
    shares = np.clip(np.log10(found.magnitude + 1e-9) / 5 + 0.6, 0, 1)
    height, width = shares.shape
    rows, cols = (np.fft.fftshift(np.fft.fftfreq(size)) for size in (height, width))
    cells = go.Heatmap(
        z=np.rint(255 * shares).astype(np.uint8),
        x=cols,
        y=rows,
        customdata=found.magnitude.astype(np.float32),
        colorscale=counts_scale(theme),
        zmin=0,
        zmax=255,
        showscale=False,
        hovertemplate="%{y:.3f}, %{x:.3f} cycles per pixel: %{customdata:.3f}<extra></extra>",
    )
    places = np.array([(rows[peak.index[0]], cols[peak.index[1]]) for peak in found.peaks])
    rings = go.Scatter(
        x=places.reshape(-1, 2)[:, 1],
        y=places.reshape(-1, 2)[:, 0],
        mode="markers",
        marker={"symbol": "circle-open", "size": 15, "color": theme.positive, "line_width": 2},
        hoverinfo="skip",
    )
    figure = go.Figure([cells, rings])
    _plain(figure, theme, 290)
    axis = {
        "constrain": "domain",
        "tickvals": [-0.5, -0.25, 0, 0.25],
        "color": theme.soft,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    figure.update_layout(
        margin={"l": 38, "r": 4, "t": 4, "b": 22},
        xaxis={**axis, "range": [-0.54, 0.5]},
        yaxis={**axis, "range": [0.5, -0.54], "scaleanchor": "x", "constraintoward": "top"},
    )
    return figure


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
    line = go.Scatter(
        y=np.maximum(losses, floor).astype(np.float32),
        mode="lines",
        line={"color": theme.kernel, "width": 2.5},
        hovertemplate="iteration %{x}: %{y:.2f}<extra></extra>",
    )
    figure = go.Figure([line])
    _plain(figure, theme, height)
    figure.add_hline(
        y=floor,
        line={"color": theme.soft, "width": 1.5, "dash": "dot"},
    )
    figure.add_annotation(
        x=most,
        y=np.log10(floor),  # plotly takes an annotation's place on a logarithmic axis so
        text="least squares",
        font={"color": theme.soft, "size": 12},
        showarrow=False,
        xanchor="right",
        yanchor="top",
    )
    top = max(losses[0], 2 * floor)
    figure.update_layout(
        margin={"l": 52, "r": 8, "t": 6, "b": 40},
        xaxis={"range": [0, most], "title": "Iteration", "color": theme.soft, "showgrid": False},
        yaxis={
            "type": "log",
            "range": [np.log10(floor) - 0.25, np.log10(top) + 0.1],
            "title": "Squared error",
            "color": theme.soft,
            "gridcolor": theme.line,
            "dtick": 1,
            "exponentformat": "power",
        },
    )
    return figure


def _plain(figure: go.Figure, theme: Theme, height: int) -> None:
    styled(figure, theme, height=height).update_layout(dragmode=False, font_size=13)


def crop_figure(overview: Picture) -> go.Figure:
    """Return a small picture, (H, W, 3), over which a box can be dragged."""
    height, width = overview.shape[:2]
    source = "data:image/png;base64," + b64encode(full_png(overview)).decode()
    figure = go.Figure(go.Image(source=source, hoverinfo="skip"))
    # Plotly reports a box only where a trace has points to select.
    corners = {"x": [-0.5, width - 0.5], "y": [-0.5, height - 0.5]}
    figure.add_scatter(**corners, mode="markers", marker={"opacity": 0}, hoverinfo="skip")
    bare = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_xaxes(**bare, range=[-0.5, width - 0.5])
    figure.update_yaxes(**bare, range=[height - 0.5, -0.5], scaleanchor="x")
    figure.update_layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        height=round(320 * height / max(height, width)),
        dragmode="select",
        showlegend=False,
    )
    return figure
