"""The Operations page's figure: which input sizes a convolution takes to the same output size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from tconv_ui.charts.chart import Chart
from tconv_ui.theme import Theme


def collision_figure(
    pairs: Sequence[tuple[int, int]], group: Mapping[int, int], current: int, theme: Theme
) -> go.Figure:
    """Return input sizes above, output sizes below, and lines between those that belong together.

    Args:
        pairs: (input size, output size), neighbours.
        group: The input sizes that collide with the current one, and the output_padding that
            brings each back.
        current: The input size of the layer.
        theme: The colours.
    """
    places = {output: [m for m, each in pairs if each == output] for _, output in pairs}
    below = {output: sum(sizes) / len(sizes) for output, sizes in places.items()}
    chart = Chart(theme)
    for m, output in pairs:
        highlighted = m in group
        line = {
            "color": theme.output if highlighted else theme.line,
            "width": 3 if highlighted else 1.5,
        }
        chart.trace("scatter", mode="lines", x=[m, below[output]], y=[1, 0], line=line)
    inputs = [m for m, _ in pairs]
    _add_sizes(chart, {m: float(m) for m in inputs}, set(group), above=True)
    reached = {output for m, output in pairs if m in group}
    _add_sizes(chart, below, reached, above=False)
    _add_words(chart, group, current)
    span = inputs[-1] - inputs[0] + 1
    hidden = {"visible": False, "fixedrange": True}
    chart.axes(
        "",
        {**hidden, "range": [inputs[0] - 0.6 - 0.42 * span, inputs[-1] + 0.6]},
        {**hidden, "range": [-0.35, 1.6]},
    )
    return chart.figure(190, dragmode=False)


def _add_words(chart: Chart, group: Mapping[int, int], current: int) -> None:
    """Print each output_padding above its size, and what the lines of numbers are."""
    theme = chart.theme
    for m, spare in group.items():
        text, hue = (f"<b>{spare}</b>", theme.ink) if m == current else (str(spare), theme.soft)
        chart.note(text, x=m, y=1.2, yanchor="bottom", font={"color": hue, "size": 13})
    for y, text in ((1.2, "output_padding"), (1, "input size"), (0, "output size")):
        place = {"x": 0, "xref": "paper", "xanchor": "left"}
        anchor = "bottom" if y > 1 else "middle"
        chart.note(text, y=y, yanchor=anchor, font={"color": theme.soft, "size": 12}, **place)


def _add_sizes(
    chart: Chart, places: dict[int, float], highlighted: set[int], *, above: bool
) -> None:
    """Draw sizes as discs, filled where they are highlighted."""
    theme = chart.theme
    hue = theme.input if above else theme.output
    edges = [hue if size in highlighted else theme.line for size in places]
    chart.trace(
        "scatter",
        x=list(places.values()),
        y=[1.0 if above else 0.0] * len(places),
        mode="markers+text",
        text=[f"<b>{size}</b>" if size in highlighted else str(size) for size in places],
        textfont={"color": [theme.page if size in highlighted else theme.soft for size in places]},
        marker={
            "size": 28,
            "color": [hue if size in highlighted else theme.panel for size in places],
            "line": {"color": edges, "width": 1.5},
        },
    )
