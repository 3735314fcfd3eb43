"""The payload of the scatter scene, played back without a browser."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Axis, Geometry, Trace, overlap_count, trace_scatter
from tconv_ui.layer.formulas import size_phrase
from tconv_ui.player.payload import encode, opened
from tconv_ui.player.scatter import scatter_scene
from tests.core.strategies import arrays, geometries, torch_axes
from tests.ui.reading import Payload, decode, open_message

CSS = (Path(__file__).parents[3] / "assets" / "player" / "player.css").read_text(encoding="utf-8")
PLAIN, ZERO, CUT, LOST = range(4)


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    geometry = draw(geometries(torch_axes(3)))
    x, kernel = draw(arrays(*geometry.input_shape)), draw(arrays(*geometry.kernel_shape))
    return trace_scatter(x, kernel, geometry)


def payload_of(trace: Trace) -> Payload:
    payload = decode(encode(scatter_scene(trace)))
    assert payload.header["steps"] == len(trace.steps)
    return payload


def near(trace: Trace) -> float:
    """How far sums of the player's float32 numbers may lie from those of the core."""
    return 1e-6 * float(1 + np.abs(trace.input).sum() * np.abs(trace.kernel).max())


@given(traces())
def test_playing_all_steps_gives_the_output(trace: Trace) -> None:
    output = payload_of(trace).output()
    assert output.shape == trace.output.shape
    np.testing.assert_allclose(output, trace.output, rtol=0, atol=near(trace))


@given(traces())
def test_each_step_shows_its_own_stamp_and_adds_it_to_the_full_output(trace: Trace) -> None:
    payload = payload_of(trace)
    full = np.zeros(trace.geometry.uncropped.output_shape)
    frames = payload.frames()
    first = next(frames)
    np.testing.assert_array_equal(first[3], 0)
    for step, grids in zip(trace.steps, frames, strict=True):
        full[step.full_window] += step.stamp
        np.testing.assert_allclose(grids[0], trace.input, rtol=1e-6)
        np.testing.assert_allclose(grids[1], trace.kernel, rtol=1e-6)
        np.testing.assert_allclose(grids[2], step.stamp, rtol=1e-6)
        np.testing.assert_allclose(grids[3], full, rtol=0, atol=near(trace))


@given(traces())
def test_every_window_lies_in_its_grid_and_the_factors_make_the_patch(trace: Trace) -> None:
    payload = payload_of(trace)
    header = payload.header
    by_name = {channel["name"]: channel for channel in header["channels"]}
    assert [factor["at"] for factor in header["factors"]] == ["first", "same"]
    source, taps = (by_name[factor["channel"]] for factor in header["factors"])
    x, kernel = payload.values("input"), payload.values("kernel")
    for index, step in enumerate(trace.steps):
        for channel in header["channels"]:
            payload.window(index, channel)
        window = payload.window(index, source)
        assert (window[0].start, window[1].start) == step.source
        product = x[window] * kernel[payload.window(index, taps)]
        np.testing.assert_allclose(payload.patches("landing")[index], product, rtol=1e-5)


def sides(trace: Trace) -> tuple[Axis, Axis]:
    return trace.geometry.rows, trace.geometry.cols


@given(traces())
def test_the_frame_holds_the_output_and_the_tint_what_output_padding_added(trace: Trace) -> None:
    grid = payload_of(trace).grid("output")
    frame = grid["frame"]
    added = []
    for name, axis in zip(("row", "col"), sides(trace), strict=True):
        padding, cut = axis.crop
        assert frame[name] == padding
        assert frame[f"{name}s"] == axis.output_size
        after = grid[f"{name}s"] - frame[name] - frame[f"{name}s"]
        assert after == max(cut, 0)
        assert grid[f"{name}s"] == axis.full_size + max(-cut, 0)
        added.append(padding - cut)
    assert grid["tint"] == ({"rows": added[0], "cols": added[1]} if any(added) else None)
    assert grid["subtitle"] == size_phrase(trace.geometry)


def landed_inside(trace: Trace, source: tuple[int, int]) -> int:
    """How many cells of a stamp land inside the output, counted one by one."""
    inside = 1
    for axis, i in zip(sides(trace), source, strict=True):
        cells = [
            i * axis.stride + tap * axis.dilation - axis.crop[0] for tap in range(axis.kernel_size)
        ]
        inside *= sum(0 <= cell < axis.output_size for cell in cells)
    return inside


@given(traces())
def test_captions_say_what_became_of_the_stamp(trace: Trace) -> None:
    told = payload_of(trace).captions
    for index, step in zip(told, trace.steps, strict=True):
        inside = landed_inside(trace, step.source)
        if trace.input[step.source] == 0:
            assert index == ZERO
        elif inside == 0:
            assert index == LOST
        else:
            assert index == (PLAIN if inside == trace.kernel.size else CUT)


def test_every_caption_occurs_and_says_so() -> None:
    x = [[1.0, 2, 3, 4, 5]]
    geometry = Geometry.from_torch((1, 5), (1, 3), padding=(0, 3))
    lost = trace_scatter(x, [[1.0, 1, 1]], geometry)
    assert payload_of(lost).captions.tolist() == [LOST, CUT, CUT, CUT, LOST]
    plain = trace_scatter([[1.0, 0]], [[1.0]], Geometry.from_torch((1, 2), 1))
    payload = payload_of(plain)
    assert payload.captions.tolist() == [PLAIN, ZERO]
    words = ("adds to what is there", "adds nothing", "crops part of it", "crops all of it")
    for caption, word in zip(payload.header["captions"], words, strict=True):
        assert word in caption


def test_captions_and_titles_ask_for_what_the_player_fills_in() -> None:
    header = payload_of(trace_scatter([[1.0]], [[1.0]], Geometry.from_torch(1, 1))).header
    names = {channel["name"] for channel in header["channels"]}
    texts = [*header["captions"], *(grid["title"] + grid["subtitle"] for grid in header["grids"])]
    asked = re.findall(r"\{(\w+)\.(\w+)\}", " ".join(texts))
    assert {name for name, _ in asked} == {"source", "landing"} <= names
    assert {part for _, part in asked} <= {"name", "value", "rows", "cols"}
    assert "{" not in re.sub(r"\{\w+\.\w+\}", "", " ".join(texts))


# The colour scale ---------------------------------------------------------------------------


@given(traces())
def test_the_scale_ends_at_the_largest_number_shown(trace: Trace) -> None:
    payload = payload_of(trace)
    *running, last = [max(np.abs(grid).max() for grid in grids) for grids in payload.frames()]
    final = max(last, np.abs(trace.input).max(), np.abs(payload.patches("stamp")).max())
    limit = payload.header["limit"]
    assert limit > 0
    if max(final, *running) == 0:
        assert limit == 1
    else:
        assert final * (1 - 1e-5) <= limit <= max(final, *running) * (1 + 1e-5)


def test_the_scale_holds_sums_that_later_stamps_take_back() -> None:
    geometry = Geometry.from_torch((1, 3), (1, 3))
    payload = payload_of(trace_scatter([[1.0, 1, 0.9]], [[-1.0, 1, 1]], geometry))
    shown = max(float(np.abs(grid).max()) for grids in payload.frames() for grid in grids)
    assert payload.header["limit"] == pytest.approx(shown)


# The legend ---------------------------------------------------------------------------------


@given(traces())
def test_the_legend_explains_the_marks_that_are_drawn(trace: Trace) -> None:
    marks = [entry["mark"] for entry in payload_of(trace).header["legend"]]
    cropped = any(cut > 0 for axis in sides(trace) for cut in axis.crop)
    assert ("cropped" in marks) == ("frame" in marks) == cropped
    assert ("tint" in marks) == any(axis.crop[0] > axis.crop[1] for axis in sides(trace))
    assert ("hole" in marks) >= bool((overlap_count(trace.geometry) == 0).any())
    assert len(set(marks)) == len(marks)
    for mark in marks:
        assert f".swatch.{mark} " in CSS


def test_the_legend_explains_holes_that_were_cropped_away() -> None:
    geometry = Geometry.from_torch((1, 3), 1, stride=2, padding=(0, 2))
    payload = payload_of(trace_scatter(np.ones((1, 3)), [[1.0]], geometry))
    *_, last = payload.frames()
    assert last[3].tolist() == [[1, 0, 1, 0, 1]]
    assert "hole" in [entry["mark"] for entry in payload.header["legend"]]


# The bytes ----------------------------------------------------------------------------------


def small_trace(scale: float = 1.0) -> Trace:
    x = scale * np.arange(6.0).reshape(2, 3)
    return trace_scatter(x, np.ones((2, 2)), Geometry.from_torch((2, 3), 2, stride=2))


def test_the_same_scene_is_the_same_bytes() -> None:
    assert encode(scatter_scene(small_trace())) == encode(scatter_scene(small_trace()))
    assert encode(scatter_scene(small_trace())) != encode(scatter_scene(small_trace(2.0)))


@pytest.mark.parametrize("start", [None, 0, 4, 99999])
def test_how_it_opens_stands_before_the_scenes(start: int | None) -> None:
    scenes = encode(scatter_scene(small_trace()))
    data = opened(scenes, {"start": start})
    assert decode(data).start == start
    assert data.endswith(scenes)
    assert open_message(data) == ({"start": start}, scenes)


def test_the_stamps_do_not_travel() -> None:
    payload = payload_of(small_trace())
    assert payload.grid("stamp")["values"] is payload.grid("output")["values"] is None
    stamps = payload.channel("stamp")["values"]
    assert payload.channel("landing")["values"] == stamps
    data = encode(scatter_scene(small_trace()))
    (length,) = struct.unpack_from("<I", data)
    told = json.loads(data[8 : 8 + length])
    assert told["buffers"][stamps] == {"outer": ["0-0-input", "0-1-kernel"]}
