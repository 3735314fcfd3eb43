"""The overlap figure: its cells, its bars, its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from numpy.typing import NDArray
from plotly.colors import sample_colorscale, unlabel_rgb

from tconv_core import Axis, Geometry, axis_overlap, overlap_count
from tconv_ui.figures import MOST_LABELLED, overlap_figure
from tconv_ui.palette import DARK, LIGHT, Theme, contrast

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
LAYERS = [
    Geometry.from_torch(6, 3, stride=2),
    Geometry.from_torch((2, 5), (1, 4), stride=(3, 1), padding=(0, 2)),
    Geometry.from_torch(1, 1),
    Geometry.from_torch((16, 3), (9, 2), stride=(5, 2), output_padding=(4, 0)),
    Geometry.from_torch(16, 9, stride=1),
    Geometry(Axis(1, 1, crop=(-2, 0)), Axis(1, 1, crop=(1, -3))),
]
every_layer = pytest.mark.parametrize("geometry", LAYERS, ids=lambda it: str(it.output_shape))


def figure_of(geometry: Geometry, theme: Theme = LIGHT) -> go.Figure:
    figure = overlap_figure(axis_overlap(geometry.rows), axis_overlap(geometry.cols), theme)
    assert len(figure.data) in {3, 4}
    return figure


def one(figure: go.Figure, kind: type, **wanted: Any) -> Any:
    (found,) = [
        trace
        for trace in figure.data
        if isinstance(trace, kind) and all(trace[name] == value for name, value in wanted.items())
    ]
    return found


@every_layer
def test_cells_are_the_outer_product(geometry: Geometry) -> None:
    cells = one(figure_of(geometry), go.Heatmap)
    rows, cols = axis_overlap(geometry.rows), axis_overlap(geometry.cols)
    np.testing.assert_array_equal(cells.z, np.outer(rows, cols))
    np.testing.assert_array_equal(cells.z, overlap_count(geometry))
    assert np.shape(cells.customdata) == (*geometry.output_shape, 2)
    assert (np.asarray(cells.customdata)[..., 0] == rows[:, np.newaxis]).all()
    assert (np.asarray(cells.customdata)[..., 1] == cols).all()
    assert (cells.zmin, cells.zmax) == (0, max(1, np.max(cells.z)))


@every_layer
@pytest.mark.parametrize("side", ["h", "v"])
def test_bars_are_as_long_as_the_counts_and_grow_outwards(geometry: Geometry, side: str) -> None:
    bars = one(figure_of(geometry), go.Bar, orientation=side)
    axis = geometry.rows if side == "h" else geometry.cols
    along, length = (bars.y, bars.x) if side == "h" else (bars.x, bars.y)
    counts = axis_overlap(axis)
    np.testing.assert_array_equal(along, np.arange(axis.output_size))
    np.testing.assert_array_equal(bars.customdata, counts)
    longest = np.abs(length).max() or 1.0
    np.testing.assert_allclose(-np.asarray(length) / longest, counts / max(counts.max(), 1))
    assert bars.base <= -0.5


@every_layer
def test_both_profiles_reach_equally_far(geometry: Geometry) -> None:
    figure = figure_of(geometry)
    reach = {
        side: np.abs(values).max()
        for side in "hv"
        for values in [getattr(one(figure, go.Bar, orientation=side), "x" if side == "h" else "y")]
    }
    for side, axis in (("h", geometry.rows), ("v", geometry.cols)):
        if axis_overlap(axis).max() == 0:
            assert reach.pop(side) == 0
    assert len(set(reach.values())) <= 1


@every_layer
def test_small_grids_are_labelled_with_their_counts(geometry: Geometry) -> None:
    figure = figure_of(geometry)
    counts = overlap_count(geometry)
    if max(geometry.output_shape) > MOST_LABELLED:
        assert not [trace for trace in figure.data if isinstance(trace, go.Scatter)]
        return
    labels = one(figure, go.Scatter)
    told = np.full(counts.shape, -1)
    told[np.asarray(labels.y), np.asarray(labels.x)] = [int(text) for text in labels.text]
    np.testing.assert_array_equal(told, counts)


@pytest.mark.parametrize("cols", [1, 30])
def test_labels_stop_where_they_no_longer_fit(cols: int) -> None:
    for rows, labelled in ((MOST_LABELLED, cols == 1), (MOST_LABELLED + 1, False)):
        figure = overlap_figure(np.ones(rows, np.int64), np.ones(cols, np.int64), LIGHT)
        assert (len(figure.data) == 4) == labelled


def drawn(figure: go.Figure) -> NDArray[np.str_]:
    """The colour plotly gives each cell."""
    cells = one(figure, go.Heatmap)
    share = (np.asarray(cells.z, float) - cells.zmin) / (cells.zmax - cells.zmin)
    rgb = [
        unlabel_rgb(colour)
        for colour in sample_colorscale([list(stop) for stop in cells.colorscale], share.ravel())
    ]
    colours = np.array(["#" + "".join(f"{round(level):02x}" for level in one) for one in rgb])
    assert all(len(colour) == 7 for colour in colours)
    return colours.reshape(share.shape)


@both_themes
def test_no_stamp_is_the_page_and_more_stamps_stand_out_more(theme: Theme) -> None:
    figure = overlap_figure(np.arange(4), np.array([1]), theme)
    colours = drawn(figure)[:, 0]
    assert colours[0] == theme.page
    seen = [contrast(theme.page, colour) for colour in colours]
    assert seen == sorted(set(seen))


@both_themes
def test_labels_are_readable_on_their_cells(theme: Theme) -> None:
    for most in range(1, 10):
        profile = np.arange(most + 1)
        figure = overlap_figure(profile, profile, theme)
        labels = one(figure, go.Scatter)
        backs = drawn(figure)[np.asarray(labels.y), np.asarray(labels.x)]
        least = min(map(contrast, labels.textfont.color, backs))
        assert least >= 4.5, f"{least:.2f} among counts up to {most * most}"


@both_themes
def test_colours_are_those_of_the_theme(theme: Theme) -> None:
    figure = figure_of(LAYERS[0], theme)
    assert figure.layout.font.color == theme.ink
    for side in "hv":
        assert one(figure, go.Bar, orientation=side).marker.color == theme.output
    hover = figure.layout.hoverlabel
    assert contrast(hover.font.color, hover.bgcolor) >= 4.5


@every_layer
def test_cells_are_square_and_row_zero_is_on_top(geometry: Geometry) -> None:
    layout = figure_of(geometry).layout
    assert layout.yaxis.scaleanchor == "x"
    assert layout.yaxis.autorange == "reversed"
    assert 100 <= layout.height <= 700


def test_layers_of_every_kind_were_tried() -> None:
    shapes = [max(geometry.output_shape) for geometry in LAYERS]
    assert min(shapes) <= 1 < MOST_LABELLED < max(shapes)
    assert any((overlap_count(geometry) == 0).any() for geometry in LAYERS)
    assert max(overlap_count(geometry).max() for geometry in LAYERS) == 81
