"""Input sizes that share an output size, and what tells them apart."""

from __future__ import annotations

from hypothesis import given

from tconv_core import Axis, conv_input_sizes
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.round_trip import round_trip
from tconv_ui.operations.collisions import collision_sentence, sizes_around, spare_cells
from tconv_ui.operations.figures import collision_figure
from tconv_ui.theme import LIGHT
from tests.ui.operations.cases import layers


@given(layers())
def test_colliding_sizes_are_those_with_the_same_output(layer: Layer) -> None:
    trip = round_trip(layer)
    for axis in (trip.geometry.rows, trip.geometry.cols):
        told = {"stride": axis.stride, "padding": axis.crop[0], "dilation": axis.dilation}
        pairs = sizes_around(axis)
        for size, output in pairs:
            assert Axis.from_conv(size, axis.kernel_size, **told).input_size == output
        group = [size for size, output in pairs if output == axis.input_size]
        assert group == list(conv_input_sizes(axis))
        assert axis.output_size in group
        sentence = collision_sentence(axis)
        assert all(str(size) in sentence for size in group)
        for size, output_padding in spare_cells(axis).items():
            back = Axis.from_torch(
                axis.input_size, axis.kernel_size, output_padding=output_padding, **told
            )
            assert back.output_size == size
        assert list(spare_cells(axis)) == group
        spare = axis.crop[0] - axis.crop[1]
        assert len(group) == 1 or f"here {spare} for {axis.output_size}" in sentence


def test_the_figure_joins_each_size_to_its_output() -> None:
    axis = Axis.from_conv(6, 3, stride=2, padding=1)
    pairs = sizes_around(axis)
    figure = collision_figure(pairs, spare_cells(axis), 6, LIGHT)
    *lines, above, below = figure.data
    assert len(lines) == len(pairs)
    lit = [line for line in lines if line.line.color == LIGHT.output]
    assert [line.x[0] for line in lit] == [5, 6]
    assert {line.x[1] for line in lit} == {5.5}
    assert [text.strip("</b>") for text in above.text] == [str(size) for size, _ in pairs]
    assert [text.strip("</b>") for text in below.text] == ["2", "3", "4"]
    shown = {note.text for note in figure.layout.annotations}
    assert {"0", "<b>1</b>", "output_padding", "input size", "output size"} == shown
