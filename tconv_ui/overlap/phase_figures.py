"""Plotly figures of the phases of a kernel, and of the unevenness of many kernels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from tconv_ui.figures import Matrix, short, squared, styled
from tconv_ui.palette import (
    Theme,
    counts_colour,
    counts_scale,
    diverging_colour,
    readable,
)


def phases_figure(
    phases: Sequence[Sequence[Matrix]], sums: Matrix, odd: Matrix, theme: Theme
) -> go.Figure:
    """Return the sub-kernels of a kernel laid out by phase, each with its sum below.

    Args:
        phases: (s_rows, s_cols) sub-kernels.
        sums: (s_rows, s_cols), their sums.
        odd: (s_rows, s_cols) bool, the ones to mark.
        theme: The colours.
    """
    height = max(1, *(block.shape[0] for line in phases for block in line))
    width = max(1, *(block.shape[1] for line in phases for block in line))
    down, across = height + 1.6, width + 0.8
    limit = max((float(np.abs(b).max()) for line in phases for b in line if b.size), default=1.0)
    figure = go.Figure()
    taps = [
        (row * down + u, col * across + v, float(value))
        for (row, col) in np.ndindex(sums.shape)
        for (u, v), value in np.ndenumerate(phases[row][col])
    ]
    _add_taps(figure, taps, limit or 1.0, theme)
    for (row, col), total in np.ndenumerate(sums):
        corner = row * down, col * across
        _add_sum(figure, phases[row][col], float(total), corner, theme, odd=bool(odd[row, col]))
    shape = (sums.shape[0] * down, sums.shape[1] * across)
    squared(figure, shape, theme, margin=0.4)
    return figure.update_layout(height=int(np.clip(46 * shape[0], 130, 560)))


def _add_taps(
    figure: go.Figure, taps: Sequence[tuple[float, float, float]], limit: float, theme: Theme
) -> None:
    """Draw taps of (y, x, value) as cells with their numbers."""
    backs = [diverging_colour(theme, value / limit) for _, _, value in taps]
    for (y, x, _), back in zip(taps, backs, strict=True):
        figure.add_shape(
            type="rect",
            x0=x - 0.47,
            x1=x + 0.47,
            y0=y - 0.47,
            y1=y + 0.47,
            fillcolor=back,
            line_width=0,
            layer="below",
        )
    figure.add_scatter(
        x=[x for _, x, _ in taps],
        y=[y for y, _, _ in taps],
        mode="text",
        text=[short(value) for _, _, value in taps],
        textfont={"color": [readable(theme, back) for back in backs], "size": 12},
        hoverinfo="skip",
    )


def _add_sum(
    figure: go.Figure,
    block: Matrix,
    total: float,
    corner: tuple[float, float],
    theme: Theme,
    *,
    odd: bool,
) -> None:
    """Print a sub-kernel's sum below it, and frame both where it is odd."""
    (top, left), (height, width) = corner, block.shape
    figure.add_annotation(
        x=left + (max(width, 1) - 1) / 2,
        y=top + height - 0.1,
        text=f"<b>Σ {short(total)}</b>" if block.size else "<b>no tap</b>",
        font_color=theme.warning if odd else theme.ink,
        showarrow=False,
    )
    if odd:
        figure.add_shape(
            type="rect",
            x0=left - 0.62,
            x1=left + max(width, 1) - 0.38,
            y0=top - 0.62,
            y1=top + height + 0.35,
            line={"color": theme.warning, "width": 2},
        )


def map_figure(amounts: Matrix, current: tuple[int, int] | None, theme: Theme) -> go.Figure:
    """Return the unevenness of kernel sizes 1… (down) by strides 1… (across), to be clicked.

    Args:
        amounts: (sizes, strides); NaN marks holes, infinity a kernel without a level.
        current: (size, stride) to frame.
        theme: The colours.
    """
    sizes, steps = (np.arange(1, n + 1) for n in amounts.shape)
    known = np.where(np.isfinite(amounts), amounts, np.nan)
    top = max(float(np.nanmax(known)), 0.01)
    figure = go.Figure(
        go.Heatmap(
            x=steps,
            y=sizes,
            z=known.astype(np.float32),
            colorscale=counts_scale(theme),
            zmin=0,
            zmax=top,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    _add_targets(figure, amounts, top, theme)
    if current is not None:
        kernel_size, stride = current
        figure.add_shape(
            type="rect",
            x0=stride - 0.5,
            x1=stride + 0.5,
            y0=kernel_size - 0.5,
            y1=kernel_size + 0.5,
            line={"color": theme.input, "width": 3},
        )
    return _numbered(styled(figure, theme, height=400), sizes.size, steps.size)


def _add_targets(figure: go.Figure, amounts: Matrix, top: float, theme: Theme) -> None:
    """Print the amounts on squares to be clicked: a heatmap's cells cannot be selected."""
    rows, cols = np.indices(amounts.shape) + 1
    labels, colours = [], []
    for value in amounts.ravel():
        labels.append(
            "holes" if np.isnan(value) else "—" if np.isinf(value) else f"{100 * value:.0f} %"
        )
        back = counts_colour(theme, value / top) if np.isfinite(value) else theme.page
        colours.append(readable(theme, back) if np.isfinite(value) else theme.soft)
    figure.add_scatter(
        x=cols.ravel(),
        y=rows.ravel(),
        mode="markers+text",
        marker={"symbol": "square", "size": 30, "opacity": 0},
        text=labels,
        textfont={"color": colours},
        hovertemplate="kernel %{y}, stride %{x}: %{text}<extra></extra>",
        unselected={"marker": {"opacity": 0}, "textfont": {"color": theme.ink}},
    )


def _numbered(figure: go.Figure, sizes: int, steps: int) -> go.Figure:
    """Number kernel sizes down and strides across."""
    ticks = {
        "tickmode": "linear",
        "dtick": 1,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    return figure.update_layout(
        clickmode="event+select",
        dragmode=False,
        margin={"l": 56, "r": 0, "t": 56, "b": 0},
        xaxis={**ticks, "title": "stride", "side": "top", "range": [0.5, steps + 0.5]},
        yaxis={**ticks, "title": "kernel size", "range": [sizes + 0.5, 0.5]},
    )
