"""The files of all steps, read back."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import numpy as np
import pytest
from hypothesis import given, settings

from tconv_core import Trace
from tconv_ui.export import step_files
from tconv_ui.export.step_files import csv_steps, grid_names, npz_steps, steps_csv, steps_npz
from tconv_ui.player.replay import states
from tconv_ui.player.scatter import count_scene, scatter_scene
from tests.ui.export.test_drawing import LAYERS, many_grids
from tests.ui.player.test_replay import odd_scene
from tests.ui.player.test_scatter import near, traces


@settings(max_examples=30)
@given(traces())
def test_the_lines_of_the_csv_file_add_up_to_the_output(trace: Trace) -> None:
    lines = list(csv.DictReader(StringIO(steps_csv(scatter_scene(trace)))))
    x, full = np.zeros(trace.input.shape), np.zeros(trace.geometry.uncropped.output_shape)
    for line in lines:
        at = int(line["row"]), int(line["column"])
        if line["grid"] == "input":
            assert (line["step"], line["change"]) == ("0", "given")
            x[at] = float(line["value"])
        if line["grid"] == "output":
            assert line["change"] == "add"
            full[at] += float(line["number"])
            assert float(line["value"]) == pytest.approx(full[at], abs=near(trace))
    np.testing.assert_allclose(x, trace.input)
    top, left = (max(axis.crop[0], 0) for axis in (trace.geometry.rows, trace.geometry.cols))
    rows, cols = trace.output.shape
    shown = full[top : top + rows, left : left + cols]
    np.testing.assert_allclose(shown, trace.output, atol=near(trace))
    steps = sorted({int(line["step"]) for line in lines})
    assert steps == list(range(len(trace.steps) + 1))


@settings(max_examples=30)
@given(traces())
def test_the_npz_file_holds_every_grid_after_every_step(trace: Trace) -> None:
    scene = scatter_scene(trace)
    with np.load(BytesIO(steps_npz(scene))) as file:
        assert set(file) == {"steps", "result", "input", "kernel", "stamp", "output"}
        np.testing.assert_array_equal(file["steps"], np.arange(len(trace.steps) + 1))
        np.testing.assert_array_equal(file["input"], trace.input)
        np.testing.assert_array_equal(file["kernel"], trace.kernel)
        np.testing.assert_allclose(file["result"], trace.output, rtol=0, atol=near(trace))
        for state, full, stamp in zip(states(scene), file["output"], file["stamp"], strict=True):
            np.testing.assert_array_equal(full, state.values[3])
            np.testing.assert_array_equal(stamp, state.values[2])


def test_files_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = scatter_scene(LAYERS["six"])
    assert csv_steps(scene) == 36
    assert npz_steps(scene) == list(range(37))
    monkeypatch.setattr(step_files, "MOST_LINES", 45 + 18 * 7)
    monkeypatch.setattr(step_files, "MOST_NUMBERS", 37 * (13**2 + 9) // 3)
    assert csv_steps(scene) == 7
    assert len(steps_csv(scene).splitlines()) == 1 + 45 + 18 * 7
    kept = npz_steps(scene)
    assert (kept[:3], kept[-1]) == ([0, 4, 8], 36)
    with np.load(BytesIO(steps_npz(scene))) as file:
        assert file["output"].shape == (len(kept), 13, 13)
        np.testing.assert_array_equal(file["result"], LAYERS["six"].output)


def test_the_largest_layer_fits_whole() -> None:
    scene = scatter_scene(LAYERS["sixteen"])
    assert csv_steps(scene) == 256
    assert len(npz_steps(scene)) == 257


def test_grids_are_called_by_their_titles() -> None:
    assert grid_names(scatter_scene(LAYERS["first"])) == ["input", "kernel", "stamp", "output"]
    counted = grid_names(count_scene(LAYERS["first"].geometry))
    assert counted[2:] == ["stamp", "overlap_count"]
    twins = replace(many_grids(2), grids=(*many_grids(0).grids, *many_grids(0).grids[:2]))
    assert grid_names(twins)[-2:] == ["input_2", "kernel_2"]


def test_blank_cells_are_left_empty() -> None:
    lines = steps_csv(odd_scene()).splitlines()
    assert "0,in,0,1,given,," in lines
    assert "2,out,1,1,add,5,9" in lines
    assert "2,in,1,1,set,4,4" in lines
