"""A plotly figure in the making: its parts are gathered first and checked once, at the end.

Plotly checks all that a figure holds whenever something is added to it, and again for each change
of its layout: the phases of a kernel took 130 ms put together part by part, and take 3 ms at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from tconv_ui.theme import Theme, diverging_colour, diverging_scale

Matrix = NDArray[Any]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in the places of the axes."""

MIN_HEIGHT = 10
"""Pixels: plotly draws nothing lower, and says so with an error."""
_HIDDEN: dict[str, Any] = {"visible": False, "constrain": "domain"}


class Chart:
    """Traces, shapes and notes in one theme's colours, drawn in the order they were added in."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._traces: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        self._notes: list[dict[str, Any]] = []
        self._axes: dict[str, Any] = {}

    # Parts ------------------------------------------------------------------------------------

    def trace(self, kind: str, **parts: Any) -> None:
        """Add a trace of plotly's; it says nothing of itself when pointed at, unless told to."""
        quiet = {} if "hovertemplate" in parts else {"hoverinfo": "skip"}
        self._traces.append({"type": kind, **quiet, **parts})

    def heatmap(self, cells: Matrix, scale: Any, bounds: tuple[float, float], **parts: Any) -> None:
        """Add cells, (H, W), coloured along a scale between two bounds."""
        low, high = bounds
        self.trace(
            "heatmap", z=cells, colorscale=scale, zmin=low, zmax=high, showscale=False, **parts
        )

    def signed_cells(self, cells: Matrix, limit: float, **parts: Any) -> None:
        """Add cells, (H, W), on the diverging scale from -limit to limit; NaN is left blank."""
        scale = diverging_scale(self.theme)
        self.heatmap(cells.astype(np.float32), scale, (-limit, limit), **parts)

    def words(
        self,
        places: tuple[Any, Any],
        words: Sequence[str] | Matrix,
        colours: str | Sequence[str] | Matrix,
        size: float,
        **parts: Any,
    ) -> None:
        """Print words, each in the middle of its place (x, y)."""
        x, y = places
        font = {"color": colours, "size": size}
        self.trace("scatter", mode="text", x=x, y=y, text=words, textfont=font, **parts)

    def hatch(self, x: Sequence[float], y: Sequence[float]) -> None:
        """Hatch what lies within a line from place to place, as all that is cropped is."""
        pattern = {
            "shape": "/",
            "fgcolor": self.theme.soft,
            "bgcolor": self.theme.page,
            "size": 6,
            "fgopacity": 0.5,
            "solidity": 0.15,
        }
        line = {"mode": "lines", "line": {"width": 0}, "fill": "toself", "fillpattern": pattern}
        self.trace("scatter", x=x, y=y, opacity=0.6, **line)

    def rectangle(self, box: Box, **parts: Any) -> None:
        """Add a rectangle: filled below the cells, or a line above them."""
        left, top, right, bottom = box
        self.shape("rect", x0=left, y0=top, x1=right, y1=bottom, **parts)

    def shape(self, kind: str, **parts: Any) -> None:
        """Add a shape of plotly's."""
        self._shapes.append({"type": kind, **parts})

    def note(self, text: str, **parts: Any) -> None:
        """Add words that may stand anywhere, on the axes or beside them."""
        self._notes.append({"text": text, "showarrow": False, **parts})

    def axes(self, name: str, x: dict[str, Any], y: dict[str, Any]) -> dict[str, str]:
        """Describe the axes called x and y and this name; return what puts a trace on them."""
        self._axes |= {f"xaxis{name}": x, f"yaxis{name}": y}
        return {"xaxis": f"x{name}", "yaxis": f"y{name}"}

    # The whole --------------------------------------------------------------------------------

    def square_cells(
        self, x: dict[str, Any] | None = None, y: dict[str, Any] | None = None
    ) -> None:
        """Give cells equal sides, from the corner at the top left, on axes nobody sees."""
        across = {**_HIDDEN, "constraintoward": "left", **(x or {})}
        down = {"autorange": "reversed", "scaleanchor": "x", "constraintoward": "top"}
        self.axes("", across, {**_HIDDEN, **down, **(y or {})})

    def figure(self, height: float, *, type_size: float = 14, **layout: Any) -> go.Figure:
        """Return the figure, so many pixels high, on the theme's ground and in its type."""
        theme = self.theme
        style = {
            "template": "none",
            "height": max(MIN_HEIGHT, round(height)),
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"color": theme.ink, "size": type_size, "family": "Source Sans, sans-serif"},
            "showlegend": False,
            "barmode": "overlay",
            "dragmode": "pan",
            "hoverlabel": {
                "bgcolor": theme.panel,
                "bordercolor": theme.line,
                "font": {"color": theme.ink},
            },
        }
        parts = {"shapes": self._shapes, "annotations": self._notes, **self._axes}
        return go.Figure({"data": self._traces, "layout": {**style, **parts, **layout}})


def height_of(shape: tuple[float, float], margin: float) -> float:
    """Return the pixels down that suit so many cells, (down, across), with a margin of cells."""
    height, width = (size + margin for size in shape)
    return float(np.clip(370 * height / width, 150, 560))


def diverging_colours(theme: Theme, cells: Matrix, limit: float) -> Matrix:
    """Return the colour of each cell on the diverging scale from -limit to limit.

    >>> from tconv_ui.theme import LIGHT
    >>> none, most = diverging_colours(LIGHT, np.array([0.0, 2.0]), 1.0)
    >>> none == LIGHT.page, most == diverging_colour(LIGHT, 1.0)
    (True, True)
    """
    shares = np.clip(np.nan_to_num(cells) / limit, -1, 1)
    colours = [diverging_colour(theme, float(share)) for share in shares.ravel()]
    return np.array(colours).reshape(cells.shape)
