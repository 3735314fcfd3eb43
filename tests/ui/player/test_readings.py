"""The three readings, played back: the same numbers at every step, and PyTorch's at the end."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tconv_core import Geometry, Trace, conv_transpose2d, trace_scatter
from tconv_ui.export.drawing import picture
from tconv_ui.export.stage import too_large
from tconv_ui.player.gather import padding_words
from tconv_ui.player.layouts import MOST_ENTRIES, Layout, difference_of
from tconv_ui.player.payload import encode
from tconv_ui.player.readings import (
    BY_INPUT,
    BY_OUTPUT,
    READINGS,
    TOLERANCE,
    WALKS,
    equality,
    left_out,
    make_readings,
    scientific,
)
from tconv_ui.player.replay import result_of, states
from tconv_ui.player.words import caption
from tconv_ui.theme import LIGHT
from tests.core.golden import Case, load_cases
from tests.core.strategies import arrays, geometries, torch_axes
from tests.ui.player.test_component import BUDGET, CSS, JS
from tests.ui.reading import Payload, decode_all

SETTINGS = ("stride", "padding", "output_padding", "dilation")


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    geometry = draw(geometries(torch_axes(3)))
    x, kernel = draw(arrays(*geometry.input_shape)), draw(arrays(*geometry.kernel_shape))
    return trace_scatter(x, kernel, geometry)


def played(trace: Trace, walk: str) -> dict[str, Payload]:
    readings = make_readings(Layout(trace), READINGS, walk)
    payloads = decode_all(encode(readings))
    return dict(zip(READINGS, payloads, strict=True))


def near(trace: Trace) -> float:
    """How far sums of the player's float32 numbers may lie from those of the core."""
    return 1e-6 * float(1 + np.abs(trace.input).sum() * np.abs(trace.kernel).max())


# What they come to ----------------------------------------------------------------------------


@pytest.mark.parametrize("case", load_cases("torch", "conv_transpose2d"), ids=lambda case: case.id)
def test_every_reading_of_every_walk_plays_to_pytorchs_output(case: Case) -> None:
    """Channels are played one by one: their outputs add up, and the bias comes last."""
    weight, groups = case.inputs["weight"], case.params["groups"]
    images = case.inputs["x"].reshape(-1, *case.inputs["x"].shape[-3:])
    expected = case.expected.reshape(-1, *case.expected.shape[-3:])
    x = images[0]
    ins, outs = len(x) // groups, weight.shape[1]
    geometry = Geometry.from_torch(
        x.shape[-2:], weight.shape[-2:], **{name: case.params[name] for name in SETTINGS}
    )
    channel = min(1, len(expected[0]) - 1)
    inputs = range(channel // outs * ins, (channel // outs + 1) * ins)
    for walk in WALKS:
        total = {name: np.zeros(geometry.output_shape) for name in READINGS}
        for c in inputs:
            trace = trace_scatter(x[c], weight[c, channel % outs], geometry)
            for name, payload in played(trace, walk).items():
                assert payload.output().shape == geometry.output_shape
                total[name] += payload.output()
        bias = case.inputs["bias"][channel] if "bias" in case.inputs else 0
        for name in READINGS:
            np.testing.assert_allclose(
                total[name] + bias, expected[0, channel], rtol=1e-5, atol=1e-5, err_msg=name
            )


@settings(max_examples=40)
@given(traces(), st.sampled_from(WALKS))
def test_all_readings_show_the_same_partial_sums_at_every_step(trace: Trace, walk: str) -> None:
    payloads = played(trace, walk)
    steps = {payload.steps for payload in payloads.values()}
    assert steps == {len(trace.steps) if walk == BY_INPUT else trace.output.size}
    partial = np.zeros(trace.output.shape)
    together = zip(*(payload.frames() for payload in payloads.values()), strict=True)
    for done, grids in enumerate(together):
        if done and walk == BY_INPUT:
            partial[trace.steps[done - 1].output_window] += trace.steps[done - 1].kept
        elif done:
            partial.flat[done - 1] = trace.output.flat[done - 1]
        for payload, found in zip(payloads.values(), grids, strict=True):
            np.testing.assert_allclose(payload.result(found), partial, rtol=0, atol=near(trace))


@settings(max_examples=40)
@given(traces())
def test_the_matrix_times_x_is_the_output_and_its_columns_are_the_stamps(trace: Trace) -> None:
    payload = played(trace, BY_INPUT)["Matrix"]
    matrix = payload.values("kernel").astype(np.float64)
    assert matrix.shape == (trace.output.size, trace.input.size)
    np.testing.assert_allclose(
        matrix @ trace.input.ravel(), trace.output.ravel(), rtol=0, atol=near(trace)
    )
    for column, step in zip(matrix.T, trace.steps, strict=True):
        stamp = np.zeros(trace.output.shape)
        stamp[step.output_window] = step.kept
        shown = column.reshape(trace.output.shape) * step.value
        np.testing.assert_allclose(shown, stamp, rtol=1e-5, atol=1e-6)


@settings(max_examples=40)
@given(traces())
def test_the_padded_grid_fills_up_to_the_one_the_flipped_kernel_slides_over(trace: Trace) -> None:
    filling, whole = (played(trace, walk)["Gather"] for walk in WALKS)
    padded = whole.values("input")
    assert np.isnan(filling.values("input")).sum() == (whole_ids(whole) > 0).sum()
    *_, last = filling.frames()
    np.testing.assert_array_equal(last[0], padded)
    np.testing.assert_array_equal(whole.values("kernel"), trace.kernel[::-1, ::-1].astype("f4"))
    shape = [axis.output_size for axis in (trace.geometry.rows, trace.geometry.cols)]
    flipped = trace.kernel[::-1, ::-1]
    for y, x in np.ndindex(*shape):
        window = padded[whole.window(y * shape[1] + x, whole.channel("window"))]
        assert abs((window * flipped).sum() - trace.output[y, x]) <= near(trace)
        terms = whole.patches("products")[y * shape[1] + x]
        np.testing.assert_allclose(terms, window * flipped, rtol=0, atol=near(trace))


def whole_ids(payload: Payload) -> np.ndarray:
    return payload.buffers[payload.grid("input")["ids"]]


@settings(max_examples=40)
@given(traces())
def test_numbers_name_the_input_cell_or_tap_a_cell_holds(trace: Trace) -> None:
    payloads = played(trace, BY_OUTPUT)
    for name, role, table in (
        ("Gather", "input", trace.input),
        ("Gather", "kernel", trace.kernel),
        ("Matrix", "kernel", trace.kernel),
    ):
        grid = payloads[name].grid(role)
        ids = payloads[name].buffers[grid["ids"]]
        cells = payloads[name].values(role).ravel()
        named = ids > 0
        np.testing.assert_array_equal(cells[named], table.ravel()[ids[named] - 1].astype("f4"))
        np.testing.assert_array_equal(cells[~named], 0)
    axes = (trace.geometry.rows, trace.geometry.cols)
    if all(axis.effective_kernel - 1 >= max(axis.crop) for axis in axes):
        spread = np.prod([(axis.input_size - 1) * axis.stride + 1 for axis in axes])
        inserted = (whole_ids(payloads["Gather"]) == 0).sum()
        assert inserted == spread - trace.input.size


# The links between them -------------------------------------------------------------------------


@settings(max_examples=40)
@given(traces())
def test_links_lead_to_every_product_of_every_output_cell(trace: Trace) -> None:
    links = make_readings(Layout(trace), READINGS, BY_INPUT).links
    total = np.zeros(trace.output.shape)
    for (y, x), value in zip(links.corners, trace.input.ravel(), strict=True):
        for (u, v), tap in np.ndenumerate(trace.kernel):
            row, col = y + u * links.spacing[0], x + v * links.spacing[1]
            if 0 <= row < total.shape[0] and 0 <= col < total.shape[1]:
                total[row, col] += value * tap
    np.testing.assert_allclose(total, trace.output, atol=1e-9)


@pytest.mark.parametrize("walk", WALKS)
def test_sentences_ask_for_what_the_player_fills_in(walk: str) -> None:
    trace = trace_scatter(np.ones((2, 3)), np.ones((3, 2)), Geometry.from_torch((2, 3), (3, 2)))
    for payload in played(trace, walk).values():
        header = payload.header
        names = {channel["name"] for channel in header["channels"]}
        texts = [*header["captions"], *(g["title"] + g["subtitle"] for g in header["grids"])]
        asked = re.findall(r"\{(\w+)\.(\w+)\}", " ".join(texts))
        assert {name for name, _ in asked} <= names
        assert {part for _, part in asked} <= {"name", "value", "rows", "cols"}
        assert payload.captions.max() < len(header["captions"])


def test_captions_tell_what_misses_the_output() -> None:
    geometry = Geometry.from_torch((1, 5), (1, 3), padding=(0, 3))
    gather = played(trace_scatter(np.ones((1, 5)), np.ones((1, 3)), geometry), BY_INPUT)["Gather"]
    assert gather.captions.tolist() == [1, 0, 0, 0, 1]
    assert "outside the padded grid" in gather.header["captions"][1]
    holes = Geometry.from_torch((1, 2), 1, stride=(1, 3))
    trace = trace_scatter(np.ones((1, 2)), np.ones((1, 1)), holes)
    for name in ("Scatter", "Gather"):
        assert played(trace, BY_OUTPUT)[name].captions.tolist() == [0, 1, 1, 0]


# What is equal, and what is left out ------------------------------------------------------------


def test_the_difference_is_the_largest_one_there_is() -> None:
    rng = np.random.default_rng(3)
    trace = trace_scatter(rng.random((4, 4)), rng.random((3, 3)), Geometry.from_torch(4, 3))
    layout = Layout(trace)
    assert 0 <= difference_of(layout.outputs) <= TOLERANCE
    assert equality(layout.outputs)[0] == "Equal to 1e−12"
    wrong = replace(layout, trace=replace(trace, output=trace.output + np.eye(6) * 1e-3))
    scale = max(1.0, np.abs(trace.output + np.eye(6) * 1e-3).max(), np.abs(trace.output).max())
    assert difference_of(wrong.outputs) == pytest.approx(1e-3 / scale)
    verdict, found = equality(wrong.outputs)
    assert verdict == "Not equal to 1e−12"
    assert found.endswith(f"only to {scientific(difference_of(wrong.outputs))}")


def test_each_output_is_computed_in_its_own_way() -> None:
    rng = np.random.default_rng(3)
    x, w = rng.random((5, 4)), rng.random((3, 3))
    geometry = Geometry.from_torch((5, 4), 3, stride=2, padding=1)
    outputs = Layout(trace_scatter(x, w, geometry)).outputs
    assert list(outputs) == list(READINGS)
    wanted = conv_transpose2d(x[np.newaxis], w[np.newaxis, np.newaxis], stride=2, padding=1)[0]
    for output in outputs.values():
        np.testing.assert_allclose(output, wanted, rtol=0, atol=1e-12)


def test_what_is_too_large_is_left_out_and_said() -> None:
    geometry = Geometry.from_torch(16, 9, stride=5)
    layout = Layout(trace_scatter(np.ones((16, 16)), np.ones((9, 9)), geometry))
    readings = make_readings(layout, READINGS, BY_OUTPUT, symbols=True)
    assert [scene.title for scene in readings.scenes] == ["Scatter", "Gather"]
    assert readings.links.clock == "source"
    assert not readings.symbols
    said = left_out(geometry, READINGS, BY_OUTPUT, symbols=True)
    assert [sentence.split(":")[0] for sentence in said] == [
        "The matrix is left out",
        "The walk goes by input cell",
        "Numbers are shown",
    ]
    assert "1,806,336 entries" in said[0]
    assert left_out(geometry, READINGS[:2], BY_INPUT, symbols=False) == []
    alone = make_readings(layout, ["Matrix"], BY_INPUT)
    assert [scene.title for scene in alone.scenes] == ["Scatter"]


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("padding", [1, 3])
def test_each_reading_is_taken_away_by_itself_to_the_same_output(walk: str, padding: int) -> None:
    geometry = Geometry.from_torch((4, 3), (4, 3), stride=2, padding=padding, output_padding=1)
    trace = trace_scatter(np.arange(12.0).reshape(4, 3), np.ones((4, 3)), geometry)
    scenes = make_readings(Layout(trace), READINGS, walk).scenes
    assert [scene.title for scene in scenes] == list(READINGS)
    for scene in scenes:
        assert too_large(scene) is None
        for state in states(scene):
            sentence = caption(scene, state)[1]
            assert "{" not in sentence
        assert state.done == len(scene.caption_of_step)
        np.testing.assert_allclose(result_of(scene, state), trace.output)
        picture(scene, state.done, LIGHT)


def test_the_gathered_input_is_called_by_the_inputs_own_names_in_files_too() -> None:
    geometry = Geometry.from_torch(3, 3, stride=2, padding=3)
    layout = Layout(trace_scatter(np.ones((3, 3)), np.ones((3, 3)), geometry))
    (scene,) = make_readings(layout, ["Gather"], BY_INPUT).scenes
    said = [caption(scene, state)[1] for state in states(scene)][1:]
    names = [f"x[{i},{j}]" for i, j in np.ndindex(3, 3)]
    assert [sentence.split(" ")[0] for sentence in said] == names
    assert "lies outside the padded grid" in said[0]
    assert "takes its place" in said[4]


@pytest.mark.parametrize("n", [16, 17])
def test_the_matrix_is_shown_up_to_its_limit(n: int) -> None:
    geometry = Geometry.from_torch(n, 4, stride=2, padding=1)
    assert (n**2 * (2 * n) ** 2 <= MOST_ENTRIES) is (
        left_out(geometry, READINGS, BY_INPUT, symbols=False) == []
    )


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("dilation", [1, 3])
@pytest.mark.parametrize("stride", [1, 2, 3, 4, 5])
def test_three_readings_stay_light(stride: int, dilation: int, walk: str) -> None:
    rng = np.random.default_rng(0)
    geometry = Geometry.from_torch(8, 5, stride=stride, dilation=dilation)
    trace = trace_scatter(rng.random((8, 8)), rng.random((5, 5)), geometry)
    readings = make_readings(Layout(trace), READINGS, walk)
    assert len(readings.scenes) == 3
    payload = encode(readings)
    assert len(payload) + len(JS.encode()) + len(CSS.encode()) <= BUDGET


@given(geometries(torch_axes()))
@example(Geometry.from_torch(1, 1, stride=5, padding=2, output_padding=4))
def test_the_zeros_around_are_as_wide_as_the_legend_says(geometry: Geometry) -> None:
    sides = []
    for axis in (geometry.rows, geometry.cols):
        reach = axis.effective_kernel - 1
        places = np.arange(axis.output_size + reach) + axis.crop[0] - reach
        last = (axis.input_size - 1) * axis.stride
        sides += [int((places < 0).sum()), int((places > last).sum())]
    told = [int(number) for number in re.findall(r"\d+", padding_words(geometry))]
    wanted = {1: [told[0]] * 4, 2: told * 2, 4: told}
    assert wanted[len(told)] == sides


@pytest.mark.parametrize("walk", WALKS)
@given(geometry=geometries(torch_axes(3)))
@example(geometry=Geometry.from_torch(5, 3, padding=2))
def test_zeros_are_spoken_of_where_the_grid_has_some(walk: str, geometry: Geometry) -> None:
    layout = Layout(
        trace_scatter(np.ones(geometry.input_shape), np.ones(geometry.kernel_shape), geometry)
    )
    (scene,) = make_readings(layout, ["Gather"], walk).scenes
    told = [scene.lead, scene.opening, *(text for _, text in scene.legend)]
    told += [text for grid in scene.grids for text in (grid.title, grid.subtitle)]
    told += [scene.captions[index] for index in scene.caption_of_step]
    assert layout.gather.padded.min() == 0 or not any("zero" in text for text in told)
