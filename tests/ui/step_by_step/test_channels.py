"""Channels: the layer that is made, its scene played back, its sums, its pictures, its weight."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tconv_core import ChannelTrace, Geometry, conv_transpose2d, trace_channels
from tconv_ui.export.animation import animate
from tconv_ui.export.drawing import Drawing, picture
from tconv_ui.export.step_files import grid_names
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.presets import PRESETS
from tconv_ui.player.channels import channel_outputs, channels_scene
from tconv_ui.player.payload import encode, opened
from tconv_ui.player.readings import TOLERANCE, equality
from tconv_ui.player.replay import largest_number, result_of, state_after, states
from tconv_ui.player.scale import scale_limit
from tconv_ui.player.words import caption
from tconv_ui.step_by_step.channels import (
    BIASES,
    LARGEST_FULL,
    LARGEST_INPUT,
    MOST_CHANNELS,
    Wanted,
    add_channels,
    described,
    refusal,
)
from tconv_ui.theme import LIGHT
from tests.core.strategies import arrays, geometries, torch_axes
from tests.ui.player.test_component import BUDGET, CSS, JS
from tests.ui.reading import decode


@st.composite
def traces(draw: st.DrawFn) -> ChannelTrace:
    geometry = draw(geometries(torch_axes(3)))
    ins, outs = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    x = draw(arrays(ins, *geometry.input_shape))
    weight = draw(arrays(ins, outs, *geometry.kernel_shape))
    bias = draw(st.none() | arrays(outs))
    return trace_channels(x, weight, geometry, bias)


def small(bias: bool = True, ins: int = 2, outs: int = 3) -> ChannelTrace:
    return add_channels(PRESETS["3×3, stride 2"].choice.layer, Wanted(ins, outs, bias))


def largest() -> ChannelTrace:
    """As many channels and cells as the page shows."""
    rng = np.random.default_rng(0)
    geometry = Geometry.from_torch(6, 5, stride=2, padding=1)
    assert geometry.uncropped.output_shape == (LARGEST_FULL, LARGEST_FULL)
    layer = Layer(geometry, rng.standard_normal((6, 6)), rng.standard_normal((5, 5)))
    return add_channels(layer, Wanted(MOST_CHANNELS, MOST_CHANNELS, bias=True))


# The layer ------------------------------------------------------------------------------------


def test_the_first_channels_are_the_layers_own() -> None:
    layer = PRESETS["Worked 3×3"].choice.layer
    trace = add_channels(layer, Wanted(3, 2, bias=True))
    assert trace.weight.shape == (3, 2, 3, 3)
    np.testing.assert_array_equal(trace.input[0], layer.input)
    np.testing.assert_array_equal(trace.input[1], np.fliplr(layer.input))
    np.testing.assert_array_equal(trace.input[2], np.flipud(layer.input))
    np.testing.assert_array_equal(trace.weight[0, 0], layer.kernel)
    kernels = {kernel.tobytes() for kernel in trace.weight.reshape(6, -1)}
    assert len(kernels) == 6
    assert trace.bias is not None
    np.testing.assert_array_equal(trace.bias, BIASES[:2])
    fewer = add_channels(layer, Wanted(2, 2))
    np.testing.assert_array_equal(fewer.weight, trace.weight[:2])
    wanted = conv_transpose2d(trace.input, trace.weight, bias=trace.bias)
    np.testing.assert_allclose(trace.output, wanted, rtol=0, atol=1e-9)


def test_it_is_told_where_the_numbers_come_from() -> None:
    assert "upside down" not in described(Wanted(2, 1))
    told = described(Wanted(3, 2, bias=True))
    for words in (
        "mirrored left to right",
        "upside down",
        "seed 3c + o",
        "1, −1",
        "(3, 2, kH, kW)",
    ):
        assert words in told
    assert "bias" not in described(Wanted(1, 2))
    assert "random" not in described(Wanted(bias=True))


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (Geometry.from_torch(LARGEST_INPUT + 1, 3), "an input of 7 × 7"),
        (Geometry.from_torch(2, 6), "a kernel of 6 × 6"),
        (Geometry.from_torch(6, 3, stride=3), "a full output of 18 × 18"),
        (Geometry.from_torch((1, 7), 1), "an input of 1 × 7"),
    ],
)
def test_what_could_not_be_read_is_refused_with_its_size(geometry: Geometry, words: str) -> None:
    sentence = refusal(geometry)
    assert sentence is not None
    assert words in sentence
    assert refusal(Geometry.from_torch(LARGEST_INPUT, 3, stride=2)) is None


# The scene ------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(traces())
def test_the_scene_plays_to_the_output_with_the_bias_last(trace: ChannelTrace) -> None:
    scene = channels_scene(trace)
    partial = np.zeros(trace.output.shape)
    *_, last = played = list(states(scene))
    assert last.done == len(trace.steps) + (trace.bias is not None)
    for step, state in zip(trace.steps, played[1:], strict=False):
        partial[:, *step.output_window] += step.kept
        np.testing.assert_allclose(result_of(scene, state), partial, rtol=0, atol=1e-9)
    np.testing.assert_allclose(result_of(scene, last), trace.output, rtol=0, atol=1e-9)
    assert all("{" not in caption(scene, state)[1] for state in played)
    assert scale_limit(scene) == pytest.approx(largest_number(scene)) or not scale_limit(scene)


def test_what_the_browser_is_told_plays_to_the_same_output() -> None:
    trace = small()
    payload = decode(opened(encode(channels_scene(trace)), {"start": 3, "pin": (1, 2, 1)}))
    assert (payload.start, payload.pin) == (3, [1, 2, 1])
    *_, last = payload.frames()
    board = payload.header["layout"]["board"]
    for o, at in enumerate(board["results"]):
        frame = payload.header["grids"][at]["frame"]
        rows = slice(frame["row"], frame["row"] + frame["rows"])
        cols = slice(frame["col"], frame["col"] + frame["cols"])
        np.testing.assert_allclose(last[at][rows, cols], trace.output[o], rtol=1e-5, atol=1e-5)
    for grid in payload.header["grids"]:
        if grid["symbol"] == "w":
            c, o = grid["at"]
            np.testing.assert_array_equal(payload.values_of(grid), trace.weight[c, o].astype("f4"))


@pytest.mark.parametrize("bias", [True, False])
def test_the_sums_lead_to_every_product_of_every_output_cell(bias: bool) -> None:
    trace = small(bias)
    scene = channels_scene(trace)
    assert scene.board is not None
    channels = {channel.name: channel for channel in scene.channels}
    for o, at in enumerate(scene.results):
        total = np.zeros(scene.grids[at].shape)
        for name, products in scene.board.sums.items():
            if channels[name].grid != at:
                continue
            landing = channels[name]
            for step, corner in enumerate(landing.corners):
                for u, v in np.ndindex(*landing.shape):
                    row, col = corner + np.multiply((u, v), landing.spacing)
                    if not (0 <= row < total.shape[0] and 0 <= col < total.shape[1]):
                        continue
                    for product in products:
                        value = 1.0
                        for read, place in product:
                            grid = scene.grids[channels[read].grid]
                            cell = channels[read].corners[step] + ((u, v) if place == "same" else 0)
                            assert grid.values is not None
                            value *= grid.values[tuple(cell)]
                        total[row, col] += value
        top, left, rows, cols = scene.grids[at].frame or (0, 0, *total.shape)
        found = total[top : top + rows, left : left + cols]
        np.testing.assert_allclose(found, trace.output[o], rtol=0, atol=1e-9)


def test_grids_stand_as_the_weight_does() -> None:
    scene = channels_scene(small(ins=3, outs=2))
    assert scene.board is not None
    titles = [
        [scene.grids[item].title if isinstance(item, int) else item for item in row]
        for row in scene.board.rows
    ]
    assert titles == [
        ["Input 0", "×", "w[0,0]", "w[0,1]"],
        ["Input 1", "×", "w[1,0]", "w[1,1]"],
        ["Input 2", "×", "w[2,0]", "w[2,1]"],
        ["", "=", "Stamp 0", "Stamp 1"],
        ["", "+", "b[0]", "b[1]"],
    ]
    assert [scene.grids[at].title for at in scene.results] == ["Output 0", "Output 1"]


def test_sentences_tell_the_values_and_the_bias() -> None:
    scene = channels_scene(small())
    label, sentence = caption(scene, state_after(scene, 5))
    assert label == "Step 5 of 10."
    assert sentence.startswith("x[0,1,1] = 4, x[1,1,1] = 4 scale their kernels; added up, they are")
    assert re.search(r"rows 2–4, columns 2–4 of each filter's output", sentence)
    assert "bias" in caption(scene, state_after(scene, 10))[1]
    one = channels_scene(small(bias=False, ins=1, outs=2))
    assert "scales its kernels; the stamps land on" in caption(one, state_after(one, 1))[1]


def test_all_readings_come_to_the_same_sums() -> None:
    trace = largest()
    outputs = channel_outputs(trace)
    assert list(outputs) == ["Scatter", "Gather", "Matrix"]
    verdict, _ = equality(outputs)
    assert verdict == "Equal to 1e−12"
    for output in outputs.values():
        np.testing.assert_allclose(output, trace.output, rtol=0, atol=TOLERANCE * 100)


def test_the_largest_scene_stays_light() -> None:
    payload = encode(channels_scene(largest()))
    assert len(payload) + len(JS.encode()) + len(CSS.encode()) <= BUDGET


# Files ----------------------------------------------------------------------------------------


def test_pictures_hold_every_number_of_the_output() -> None:
    trace = small()
    scene = channels_scene(trace)
    *_, last = states(scene)
    drawing = Drawing(scene, LIGHT, [last])
    for o, at in enumerate(scene.results):
        top, left, rows, cols = scene.grids[at].frame or (0, 0, 0, 0)
        for y, x in np.ndindex(rows, cols):
            text = drawing.look(at, last, top + y, left + x).text
            assert float(text.replace("−", "-")) == pytest.approx(trace.output[o, y, x], rel=0.05)


def test_nothing_drawn_lies_over_something_else_or_outside() -> None:
    for trace in (small(), small(bias=False, ins=1, outs=3), largest()):
        scene = channels_scene(trace)
        stage = Drawing(scene, LIGHT, [state_after(scene, 1)]).stage
        assert set(stage.places) == {*scene.factors, *scene.results}
        boxes = []
        for at, place in stage.places.items():
            rows, cols = scene.grids[at].shape
            right, bottom = place.left + cols * place.cell, place.top + rows * place.cell
            assert 0 <= place.left < right <= 480
            assert 0 <= place.top - 22 < bottom <= stage.height
            boxes.append((place.left, place.top - 18, right, bottom))
        for number, (a, b, c, d) in enumerate(boxes):
            for left, top, right, bottom in boxes[number + 1 :]:
                assert right <= a or left >= c or bottom <= b or top >= d


@pytest.mark.parametrize("kind", ["GIF", "WebP"])
def test_an_animation_has_a_frame_for_each_step_and_the_bias(kind: str) -> None:
    scene = channels_scene(small())
    animation = animate(scene, LIGHT, kind)  # type: ignore[arg-type]
    assert animation.frames == 9 + 1 + 1
    assert len(animation.data) < 2_000_000


def test_files_name_every_grid_of_its_own() -> None:
    scene = channels_scene(small(ins=3, outs=3))
    names = grid_names(scene)
    assert len(set(names)) == len(scene.grids)
    assert {"input_2", "w_1_2", "stamp_0", "output_1", "b_2"} <= set(names)
    assert picture(scene, 10, LIGHT).width == 480
