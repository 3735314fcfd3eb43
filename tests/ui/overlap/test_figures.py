"""The Overlap page's figures: their cells, bars, numbers, crops and marks."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from numpy.typing import NDArray
from plotly.colors import sample_colorscale, unlabel_rgb

from tconv_core import Axis, Geometry, axis_overlap, kernels, overlap_count, phase_sums, polyphase
from tconv_ui.charts.figures import MOST_EXPLAINED, MOST_LABELLED
from tconv_ui.layer.checkerboard import constant_response
from tconv_ui.overlap.figures import overlap_figure, response_figure
from tconv_ui.overlap.judgement import deviation
from tconv_ui.overlap.phase_figures import map_figure, phases_figure
from tconv_ui.theme import DARK, LIGHT, Theme, contrast

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
    return overlap_figure(geometry, theme)


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


@every_layer
def test_cells_count_the_full_output_and_are_numbered_as_the_outputs(geometry: Geometry) -> None:
    cells = one(figure_of(geometry), go.Heatmap)
    whole = geometry.uncropped
    np.testing.assert_array_equal(cells.z, overlap_count(whole))
    y, x = np.asarray(cells.y), np.asarray(cells.x)
    inside = np.ix_(
        (y >= 0) & (y < geometry.rows.output_size), (x >= 0) & (x < geometry.cols.output_size)
    )
    np.testing.assert_array_equal(np.asarray(cells.z)[inside], overlap_count(geometry))
    assert (cells.zmin, cells.zmax) == (0, max(1, np.max(cells.z)))


@every_layer
def test_hovering_names_the_counts_and_the_input_cells(geometry: Geometry) -> None:
    cells = one(figure_of(geometry), go.Heatmap)
    whole = geometry.uncropped
    told = np.asarray(cells.customdata)
    rows, cols = axis_overlap(whole.rows), axis_overlap(whole.cols)
    assert (told[..., 0].astype(int) == rows[:, np.newaxis]).all()
    assert (told[..., 1].astype(int) == cols).all()
    explained = max(whole.output_shape) <= MOST_EXPLAINED
    assert told.shape[-1] == (4 if explained else 2)
    if not explained:
        return
    for o, words in enumerate(told[:, 0, 2]):
        reaching = [
            str(i)
            for i in range(whole.rows.input_size)
            if o in range(whole.rows.output_size)[whole.rows.kept_slice(i)]
        ]
        assert words == (", ".join(reaching) or "none")


@every_layer
@pytest.mark.parametrize("side", ["h", "v"])
def test_bars_are_as_long_as_the_counts_and_grow_outwards(geometry: Geometry, side: str) -> None:
    bars = one(figure_of(geometry), go.Bar, orientation=side)
    axis = (geometry.rows if side == "h" else geometry.cols).uncropped
    along, length = (bars.y, bars.x) if side == "h" else (bars.x, bars.y)
    counts = axis_overlap(axis)
    assert (np.diff(along) == 1).all()
    np.testing.assert_array_equal(bars.customdata, counts)
    longest = np.abs(length).max() or 1.0
    np.testing.assert_allclose(-np.asarray(length) / longest, counts / max(counts.max(), 1))
    cells = one(figure_of(geometry), go.Heatmap)
    assert bars.base <= np.min(cells.x if side == "h" else cells.y) - 0.5


@every_layer
def test_both_profiles_reach_equally_far(geometry: Geometry) -> None:
    figure = figure_of(geometry)
    reach = {
        side: np.abs(values).max()
        for side in "hv"
        for values in [getattr(one(figure, go.Bar, orientation=side), "x" if side == "h" else "y")]
    }
    for side, axis in (("h", geometry.rows), ("v", geometry.cols)):
        if axis_overlap(axis.uncropped).max() == 0:
            assert reach.pop(side) == 0
    assert len(set(reach.values())) <= 1


@every_layer
def test_small_grids_are_labelled_with_their_counts(geometry: Geometry) -> None:
    figure = figure_of(geometry)
    counts = overlap_count(geometry.uncropped)
    labels = labels_of(figure)
    if max(counts.shape) > MOST_LABELLED:
        assert labels is None
        return
    np.testing.assert_array_equal([int(text) for text in labels.text], counts.ravel())


@every_layer
def test_a_crop_is_framed_and_hatched(geometry: Geometry) -> None:
    figure = figure_of(geometry)
    hatched = [t for t in figure.data if isinstance(t, go.Scatter) and t.fill == "toself"]
    if geometry == geometry.uncropped:
        assert not hatched
        assert not figure.layout.shapes
        return
    (frame,) = figure.layout.shapes
    assert (frame.y1 - frame.y0, frame.x1 - frame.x0) == geometry.output_shape
    assert (frame.y0, frame.x0) == (-0.5, -0.5)
    assert hatched[0].fillpattern.shape == "/"


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
    figure = overlap_figure(Geometry(Axis(4, 3, 2, crop=(0, -3)), Axis(1, 1)), theme)
    cells = one(figure, go.Heatmap)
    colours = dict(zip(np.asarray(cells.z)[:, 0].tolist(), drawn(figure)[:, 0], strict=True))
    assert sorted(colours) == [0, 1, 2]
    assert colours[0] == theme.page
    seen = [contrast(theme.page, colours[count]) for count in sorted(colours)]
    assert seen == sorted(set(seen))


@both_themes
def test_labels_are_readable_on_their_cells(theme: Theme) -> None:
    for k in range(1, 8):
        figure = overlap_figure(Geometry.from_torch(4, k, stride=2), theme)
        labels = labels_of(figure)
        least = min(map(contrast, labels.textfont.color, drawn(figure).ravel()))
        assert least >= 4.5, f"{least:.2f} for kernel {k}"


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


# Response, phases, map ------------------------------------------------------------------------


def test_the_response_is_coloured_by_its_deviation_and_labelled_with_its_values() -> None:
    geometry, kernel = Geometry.from_torch(4, 3, stride=2, padding=1), kernels.ones(3)
    values = constant_response(kernel, geometry.uncropped)
    share = deviation(values, kernel, geometry)
    assert share is not None
    figure = response_figure(values, share, geometry, LIGHT)
    cells = one(figure, go.Heatmap)
    np.testing.assert_allclose(cells.z, share, rtol=1e-6)
    assert cells.zmax == -cells.zmin > 0
    labels = labels_of(figure)
    np.testing.assert_array_equal([float(text) for text in labels.text], values.ravel())


def test_a_response_without_a_level_is_drawn_plain() -> None:
    geometry, kernel = Geometry.from_torch(4, 2, stride=2), np.array([[1.0, -1], [1, -1]])
    values = constant_response(kernel, geometry)
    assert deviation(values, kernel, geometry) is None
    assert not np.any(one(response_figure(values, None, geometry, LIGHT), go.Heatmap).z)


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
