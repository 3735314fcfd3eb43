"""The strips: what each framework keeps, where, and what is cut or appended."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pytest

from tconv_core import Axis
from tconv_ui.frameworks.columns import columns, impulse_response
from tconv_ui.frameworks.figures import Strip, strips_figure
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.theme import DARK, LEAST_CONTRAST, LIGHT, Theme, contrast
from tests.ui.frameworks.asked import asked

LAYERS = [
    asked((3, 3), (3, 3), (2, 2), (1, 1), output_padding=(1, 1)),
    asked((3, 3), (1, 1), (2, 2)),
    asked((6, 6), (4, 4), (3, 3), (2, 2)),
    asked((16, 16), (9, 9), (5, 5), (12, 12), output_padding=(4, 4)),
    asked((3, 3), (3, 3), (2, 2), (1, 1), output_padding=(2, 2)),
]
every_layer = pytest.mark.parametrize("choice", LAYERS, ids=lambda each: str(each.full.rows))


def strips_of(choice: LayerChoice) -> list[Strip]:
    return [Strip(each.name, each.axes[0] if each.axes else None) for each in columns(choice)]


def drawn(choice: LayerChoice, cell: int = 0, theme: Theme = LIGHT) -> go.Figure:
    return strips_figure(choice.full.rows, strips_of(choice), cell, theme)


def rows_of(figure: go.Figure) -> np.ndarray:
    """The strips' cells: every second row of the heatmap, whose others are empty."""
    (cells,) = [trace for trace in figure.data if isinstance(trace, go.Heatmap)]
    assert np.isnan(cells.z[::2]).all()
    return np.asarray(cells.z[1::2])


@every_layer
@pytest.mark.parametrize("place", [0, -1])
def test_each_strip_holds_what_its_framework_keeps_where_it_lies(
    choice: LayerChoice, place: int
) -> None:
    full = choice.full.rows
    cell = range(full.input_size)[place]
    whole, *rows = rows_of(drawn(choice, cell))
    np.testing.assert_array_equal(whole[: full.full_size], impulse_response(full, cell))
    for row, strip in zip(rows, strips_of(choice), strict=True):
        kept = ~np.isnan(row)
        if strip.axis is None:
            assert not kept.any()
            continue
        np.testing.assert_array_equal(row[kept], impulse_response(strip.axis, cell))
        begin = strip.axis.crop[0]
        assert np.flatnonzero(kept).tolist() == list(range(begin, begin + strip.axis.output_size))
        stays = row[: full.full_size]
        np.testing.assert_array_equal(
            stays[kept[: full.full_size]], whole[: full.full_size][kept[: full.full_size]]
        )


@every_layer
def test_brackets_stand_at_the_edges_of_what_is_kept(choice: LayerChoice) -> None:
    figure = drawn(choice)
    paths = [shape.path for shape in figure.layout.shapes if shape.type == "path"]
    edges = sorted(float(path.split("L")[1].split()[0]) + 0.5 for path in paths)
    accepted = [strip.axis for strip in strips_of(choice) if strip.axis]
    wanted = [axis.crop[0] for axis in accepted]
    wanted += [axis.crop[0] + axis.output_size for axis in accepted]
    assert edges == sorted(wanted)


@every_layer
def test_cut_cells_are_hatched_and_appended_ones_framed(choice: LayerChoice) -> None:
    figure = drawn(choice)
    strips = strips_of(choice)
    hatches = [
        trace for trace in figure.data if isinstance(trace, go.Scatter) and trace.fill == "toself"
    ]
    cuts = [max(cut, 0) for strip in strips if strip.axis for cut in strip.axis.crop]
    refused = sum(strip.axis is None for strip in strips)
    assert len(hatches) == sum(cut > 0 for cut in cuts) + refused
    dotted = [shape for shape in figure.layout.shapes if shape.line.dash == "dot"]
    assert len(dotted) == sum(strip.axis is not None and strip.axis.crop[1] < 0 for strip in strips)


def test_the_appended_zeros_of_keras_are_seen() -> None:
    layer = LAYERS[1]
    (strip,) = [strip for strip in strips_of(layer) if strip.name == "Keras same"]
    assert strip.axis == Axis(3, 1, 2, 1, (0, -1))
    dotted = [shape for shape in drawn(layer).layout.shapes if shape.line.dash == "dot"]
    assert {(shape.x0, shape.x1) for shape in dotted} == {(5 - 0.46, 6 - 0.54)}


def test_numbers_are_printed_while_they_fit() -> None:
    def texts(choice: LayerChoice) -> list[str]:
        return [
            text
            for trace in drawn(choice).data
            if isinstance(trace, go.Scatter) and trace.mode == "text"
            for text in trace.text
        ]

    first = texts(LAYERS[0])
    assert first[:7] == ["1", "2", "3", "0", "0", "0", "0"]
    # Every strip prints all of the full output, and what is appended to it.
    assert len(first) == 7 * 7 + 1
    assert texts(LAYERS[3]) == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_read_on_their_cells(theme: Theme) -> None:
    figure = drawn(LAYERS[0], theme=theme)
    kept = [
        trace
        for trace in figure.data
        if isinstance(trace, go.Scatter) and trace.mode == "text" and trace.hoverinfo == "skip"
    ]
    colours = {trace.textfont.color for trace in kept if isinstance(trace.textfont.color, str)}
    assert colours == {theme.soft}
    assert contrast(theme.soft, theme.page) >= LEAST_CONTRAST


def test_titles_name_the_frameworks_and_their_sizes() -> None:
    texts = [note.text for note in drawn(LAYERS[0]).layout.annotations]
    assert texts[:3] == ["<b>Full output</b> · 7", "<b>PyTorch</b> · 6", "<b>Keras valid</b> · 8"]
    refused = [note.text for note in drawn(LAYERS[4]).layout.annotations]
    assert refused[1:] == [f"<b>{strip.name}</b> · refuses" for strip in strips_of(LAYERS[4])]
