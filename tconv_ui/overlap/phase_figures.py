"""Plotly figures of the phases of a kernel, and of the unevenness of many kernels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_ui.charts.chart import Chart, Matrix, diverging_colours
from tconv_ui.theme import Theme, counts_colour, counts_scale, readable
from tconv_ui.wording import short_number


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
    taps = (
        max(1, *(block.shape[0] for line in phases for block in line)),
        max(1, *(block.shape[1] for line in phases for block in line)),
    )
    pitch = taps[0] + 1.6, taps[1] + 0.8
    chart = Chart(theme)
    _add_taps(chart, phases, taps, pitch)
    _add_sums(chart, phases, sums, odd, pitch)
    chart.square_cells()
    return chart.figure(float(np.clip(46 * sums.shape[0] * pitch[0], 130, 560)))


def _add_taps(
    chart: Chart,
    phases: Sequence[Sequence[Matrix]],
    taps: tuple[int, int],
    pitch: tuple[float, float],
) -> None:
    """Draw the taps as cells with their numbers: one heatmap, blank between the phases."""
    rows, cols = len(phases), len(phases[0])
    cells = np.full((rows * (taps[0] + 1) - 1, cols * (taps[1] + 1) - 1), np.nan)
    for row, col in np.ndindex(rows, cols):
        block, top, left = phases[row][col], row * (taps[0] + 1), col * (taps[1] + 1)
        cells[top : top + block.shape[0], left : left + block.shape[1]] = block
    found = np.argwhere(~np.isnan(cells))
    values = cells[tuple(found.T)]
    limit = float(np.abs(values).max(initial=0)) or 1.0
    y_edges, x_edges = (_edges(*each) for each in zip((rows, cols), taps, pitch, strict=True))
    gaps = {"xgap": 2, "ygap": 2}
    chart.signed_cells(cells, limit, x=x_edges, y=y_edges, **gaps)
    backs = diverging_colours(chart.theme, values, limit)
    chart.words(
        (x_edges[found[:, 1]] + 0.5, y_edges[found[:, 0]] + 0.5),
        [short_number(float(value)) for value in values],
        [readable(chart.theme, back) for back in backs],
        12,
    )


def _edges(phases: int, taps: int, pitch: float) -> NDArray[np.float64]:
    """Return where the cells of a row begin and end: taps side by side, then a gap."""
    return np.ravel(pitch * np.arange(phases)[:, np.newaxis] + np.arange(taps + 1)) - 0.5


def _add_sums(
    chart: Chart,
    phases: Sequence[Sequence[Matrix]],
    sums: Matrix,
    odd: Matrix,
    pitch: tuple[float, float],
) -> None:
    """Print each sub-kernel's sum below it, and frame both where it is odd."""
    places: list[tuple[float, float]] = []
    words: list[str] = []
    for (row, col), total in np.ndenumerate(sums):
        height, width = phases[row][col].shape
        top, left = row * pitch[0], col * pitch[1]
        places.append((left + (max(width, 1) - 1) / 2, top + height - 0.1))
        words.append(
            f"<b>Σ {short_number(float(total))}</b>" if height * width else "<b>no tap</b>"
        )
        if odd[row, col]:
            right, bottom = left + max(width, 1) - 0.38, top + height + 0.35
            frame = {"color": chart.theme.warning, "width": 2}
            chart.rectangle((left - 0.62, top - 0.62, right, bottom), line=frame)
    hues = np.where(odd, chart.theme.warning, chart.theme.ink).ravel()
    chart.words(([x for x, _ in places], [y for _, y in places]), words, hues, 14)


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
    chart = Chart(theme)
    gaps = {"xgap": 2, "ygap": 2}
    scale = counts_scale(theme)
    chart.heatmap(known.astype(np.float32), scale, (0, top), x=steps, y=sizes, **gaps)
    _add_targets(chart, amounts, top)
    if current is not None:
        kernel_size, stride = current
        box = (stride - 0.5, kernel_size - 0.5, stride + 0.5, kernel_size + 0.5)
        chart.rectangle(box, line={"color": theme.input, "width": 3})
    ticks = {
        "tickmode": "linear",
        "dtick": 1,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    return chart.figure(
        400,
        clickmode="event+select",
        dragmode=False,
        margin={"l": 56, "r": 0, "t": 56, "b": 0},
        xaxis={**ticks, "title": "stride", "side": "top", "range": [0.5, steps.size + 0.5]},
        yaxis={**ticks, "title": "kernel size", "range": [sizes.size + 0.5, 0.5]},
    )


def _add_targets(chart: Chart, amounts: Matrix, top: float) -> None:
    """Print the amounts on squares to be clicked: a heatmap's cells cannot be selected."""
    theme = chart.theme
    rows, cols = np.indices(amounts.shape) + 1
    labels, colours = [], []
    for value in amounts.ravel():
        labels.append(
            "holes" if np.isnan(value) else "—" if np.isinf(value) else f"{100 * value:.0f} %"
        )
        back = counts_colour(theme, value / top) if np.isfinite(value) else theme.page
        colours.append(readable(theme, back) if np.isfinite(value) else theme.soft)
    chart.trace(
        "scatter",
        x=cols.ravel(),
        y=rows.ravel(),
        mode="markers+text",
        marker={"symbol": "square", "size": 30, "opacity": 0},
        text=labels,
        textfont={"color": colours},
        hovertemplate="kernel %{y}, stride %{x}: %{text}<extra></extra>",
        unselected={"marker": {"opacity": 0}, "textfont": {"color": theme.ink}},
    )
