"""The figures of the phases and of the map of kernels and strides."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from tconv_core import phase_sums, polyphase
from tconv_ui.overlap.phase_figures import map_figure, phases_figure
from tconv_ui.theme import LIGHT


def labels_of(figure: go.Figure) -> Any:
    """The numbers in the cells, or None."""
    found = [t for t in figure.data if isinstance(t, go.Scatter) and t.mode == "text"]
    return found[0] if found else None


def one(figure: go.Figure, kind: type, **wanted: Any) -> Any:
    (found,) = [
        trace
        for trace in figure.data
        if isinstance(trace, kind) and all(trace[name] == value for name, value in wanted.items())
    ]
    return found


@pytest.mark.parametrize(("k", "s"), [(3, 2), (4, 2), (5, 3), (9, 5), (1, 2), (9, 1)])
def test_phases_show_every_tap_once_and_each_sum(k: int, s: int) -> None:
    kernel = np.arange(1.0, k * k + 1).reshape(k, k)
    sums = phase_sums(kernel, s)
    odd = sums == sums.max()
    figure = phases_figure(polyphase(kernel, s), sums, odd, LIGHT)
    assert sorted(float(text) for text in labels_of(figure).text) == kernel.ravel().tolist()
    taps, told = (t for t in figure.data if isinstance(t, go.Scatter) and t.mode == "text")
    assert len(told.text) == s * s
    assert sum("no tap" in text for text in told.text) == (s * s - k * k if k < s else 0)
    assert list(np.ravel(odd)) == [colour == LIGHT.warning for colour in told.textfont.color]
    marked = [shape for shape in figure.layout.shapes if shape.line.color == LIGHT.warning]
    assert len(marked) == odd.sum()
    cells = one(figure, go.Heatmap)
    down, across = np.asarray(cells.y), np.asarray(cells.x)
    for x, y, text in zip(taps.x, taps.y, taps.text, strict=True):
        row, col = np.searchsorted(down, y) - 1, np.searchsorted(across, x) - 1
        assert (down[row] + 0.5, across[col] + 0.5) == pytest.approx((y, x))
        assert cells.z[row][col] == float(text)


def test_the_map_can_be_clicked_everywhere() -> None:
    amounts = np.array([[0.0, np.nan], [0.0, 0.5], [np.inf, 0.25]])
    figure = map_figure(amounts, (2, 1), LIGHT)
    (squares,) = [t for t in figure.data if isinstance(t, go.Scatter)]
    wanted = [[size, stride] for size in (1, 2, 3) for stride in (1, 2)]
    np.testing.assert_array_equal(np.stack([squares.y, squares.x], axis=1), wanted)
    assert list(squares.text) == ["0 %", "holes", "0 %", "50 %", "—", "25 %"]
    (frame,) = figure.layout.shapes
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (0.5, 1.5, 1.5, 2.5)
