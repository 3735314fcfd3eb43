"""The Operations page's figure: which input sizes a convolution takes to the same output size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from tconv_ui.figures import styled
from tconv_ui.palette import Theme


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
    figure = go.Figure()
    for m, output in pairs:
        lit = m in group
        figure.add_scatter(
            x=[m, below[output]],
            y=[1, 0],
            mode="lines",
            line={"color": theme.output if lit else theme.line, "width": 3 if lit else 1.5},
            hoverinfo="skip",
        )
    inputs = [m for m, _ in pairs]
    _add_sizes(figure, {m: float(m) for m in inputs}, set(group), theme, above=True)
    reached = {output for m, output in pairs if m in group}
    _add_sizes(figure, below, reached, theme, above=False)
    _add_words(figure, group, current, theme)
    styled(figure, theme, height=190).update_layout(dragmode=False)
    span = inputs[-1] - inputs[0] + 1
    hidden = {"visible": False, "fixedrange": True}
    return figure.update_layout(
        xaxis={**hidden, "range": [inputs[0] - 0.6 - 0.42 * span, inputs[-1] + 0.6]},
        yaxis={**hidden, "range": [-0.35, 1.6]},
    )


def _add_words(figure: go.Figure, group: Mapping[int, int], current: int, theme: Theme) -> None:
    """Print each output_padding above its size, and what the lines of numbers are."""
    for m, spare in group.items():
        figure.add_annotation(
            x=m,
            y=1.2,
            yanchor="bottom",
            text=f"<b>{spare}</b>" if m == current else str(spare),
            font={"color": theme.ink if m == current else theme.soft, "size": 13},
            showarrow=False,
        )
    for y, text in ((1.2, "output_padding"), (1, "input size"), (0, "output size")):
        figure.add_annotation(
            x=0,
            xref="paper",
            y=y,
            xanchor="left",
            yanchor="bottom" if y > 1 else "middle",
            text=text,
            font={"color": theme.soft, "size": 12},
            showarrow=False,
        )


def _add_sizes(
    figure: go.Figure, places: dict[int, float], lit: set[int], theme: Theme, *, above: bool
) -> None:
    """Draw sizes as discs, filled where they are lit."""
    hue = theme.input if above else theme.output
    figure.add_scatter(
        x=list(places.values()),
        y=[1.0 if above else 0.0] * len(places),
        mode="markers+text",
        text=[f"<b>{size}</b>" if size in lit else str(size) for size in places],
        textfont={"color": [theme.page if size in lit else theme.soft for size in places]},
        marker={
            "size": 28,
            "color": [hue if size in lit else theme.panel for size in places],
            "line": {
                "color": [hue if size in lit else theme.line for size in places],
                "width": 1.5,
            },
        },
        hoverinfo="skip",
    )
