"""Scenes played back in Python: the numbers are the core's, the words the player's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Geometry, Trace, overlap_count, trace_scatter
from tconv_ui.player.payload import encode
from tconv_ui.player.replay import (
    holes,
    largest_number,
    result_of,
    state_after,
    states,
    step_count,
    window,
)
from tconv_ui.player.scatter import count_scene, scatter_scene
from tconv_ui.player.scene import Channel, Grid, Scene
from tconv_ui.player.words import caption, filled, heading, number_text
from tests.core.strategies import any_axes, geometries
from tests.ui.player.test_scatter import near, traces
from tests.ui.reading import decode


@given(traces())
def test_each_state_is_the_sum_of_the_stamps_so_far(trace: Trace) -> None:
    scene = scatter_scene(trace)
    full = np.zeros(trace.geometry.uncropped.output_shape)
    first, *rest = states(scene)
    assert not first.values[3].any()
    assert not first.reached[3].any()
    touched = np.zeros(full.shape, bool)
    for step, state in zip(trace.steps, rest, strict=True):
        full[step.full_window] += step.stamp
        rows, cols = step.full_window
        touched[rows, cols] = True
        np.testing.assert_array_equal(state.values[3], full)
        np.testing.assert_array_equal(state.reached[3], touched)
        np.testing.assert_array_equal(state.values[2], step.stamp)
    last = state_after(scene, step_count(scene))
    np.testing.assert_allclose(result_of(scene, last), trace.output, rtol=0, atol=near(trace))


@given(traces())
def test_python_and_the_player_are_given_the_same_numbers(trace: Trace) -> None:
    scene = scatter_scene(trace)
    payload = decode(encode(scene))
    for state, grids in zip(states(scene), payload.frames(), strict=True):
        for ours, theirs in zip(state.values, grids, strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=near(trace))
    assert largest_number(scene) == pytest.approx(payload.header["limit"], rel=1e-6)


@given(geometries(any_axes(4)))
def test_holes_are_the_cells_no_stamp_reaches(geometry: Geometry) -> None:
    scene = count_scene(geometry)
    shown = holes(scene, scene.result)
    np.testing.assert_array_equal(shown, overlap_count(geometry.uncropped) == 0)


def odd_scene() -> Scene:
    """A scene of what scatter does not do: blanks, one cell for all, a window beyond the grid."""
    x = np.array([[1.0, np.nan], [3.0, 4.0]])
    patches = np.array([[[1.0, 2.0]], [[4.0, np.nan]]])
    sums, corners = np.array([[[1.0, 2.0]], [[4.0, 5.0]]]), np.array([[0, 0], [1, 1]])
    return Scene(
        grids=(Grid("input", "In", "", "x", (2, 2), x), Grid("output", "Out", "", "y", (2, 2))),
        channels=(
            Channel("sum", 1, (1, 2), "add", corners, (0, 0), sums),
            Channel("blank", 0, (1, 2), "set", corners, (1, 1), patches),
        ),
        factors=(0,),
        result=1,
        flight=("", ""),
        terms=(),
        captions=("{sum.name} and {blank.other} and {nobody.name}",),
        caption_of_step=np.zeros(2, int),
        opening="",
        hint="",
    )


def test_windows_may_leave_the_grid_meet_in_one_cell_or_blank_it() -> None:
    scene = odd_scene()
    last = state_after(scene, 2)
    assert last.values[1].tolist() == [[3, 0], [0, 9]]
    assert last.reached[1].tolist() == [[True, False], [False, True]]
    assert last.values[0].tolist() == [[1, 2], [3, 4]]
    assert state_after(scene, 0).reached[0].tolist() == [[True, False], [True, True]]
    assert window(scene, scene.channels[1], 1) == (1, 1, 1, 1)
    assert window(scene, scene.channels[0], 1) == (1, 1, 1, 1)
    assert largest_number(scene) == 9


def test_a_part_nobody_knows_is_left_as_it_stands() -> None:
    scene = odd_scene()
    text = filled(scene, state_after(scene, 1), scene.captions[0])
    assert text == "y[0,0] and {blank.other} and {nobody.name}"


def test_there_is_no_state_beyond_the_last_step() -> None:
    with pytest.raises(ValueError, match="give 0 to 2"):
        state_after(odd_scene(), 3)
    empty = replace(odd_scene(), caption_of_step=np.zeros(0, int))
    assert [state.done for state in states(empty)] == [0]


# Words --------------------------------------------------------------------------------------


@given(st.floats(-1e9, 1e9), st.integers(2, 5))
def test_a_number_as_written_is_near_the_number(value: float, digits: int) -> None:
    text = number_text(value, digits)
    read = float(text.replace("−", "-"))
    kept = digits if 1e-3 <= abs(value) < 1e5 else max(1, digits - 2)
    assert read == pytest.approx(value, rel=0.51 * 10.0 ** (1 - kept), abs=1e-9)
    assert "-" not in text
    assert "e+" not in text
    if "e" not in text and "." in text:
        assert not text.endswith("0")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.03125, 3, "0.0313"),
        (-0.03125, 3, "−0.0313"),
        (2.5, 1, "3"),
        (99999.5, 4, "100000"),
        (100000.0, 4, "1.0e5"),
        (0.001, 4, "0.001"),
        (-0.0, 4, "0"),
        (1e-10, 4, "0"),
    ],
)
def test_numbers_are_rounded_as_javascript_rounds_them(
    value: float, digits: int, text: str
) -> None:
    """toPrecision and toExponential take the larger of two equally near numbers (ECMA-262)."""
    assert number_text(value, digits) == text


def test_captions_and_headings_are_those_of_the_player() -> None:
    geometry = Geometry.from_torch(3, 3, stride=2, padding=1)
    x = [[1.0, 2, 0], [3, 4, -1], [-2, 1, 2]]
    scene = scatter_scene(trace_scatter(x, np.ones((3, 3)) / 2, geometry))
    assert caption(scene, state_after(scene, 0)) == ("Ready.", scene.opening)
    label, sentence = caption(scene, state_after(scene, 5))
    assert label == "Step 5 of 9."
    assert sentence.startswith("x[1,1] = 4 scales the kernel; the stamp lands on rows 2–4, columns")
    assert heading(scene, scene.grids[2], state_after(scene, 0)) == ("Stamp", "")
    assert heading(scene, scene.grids[2], state_after(scene, 6))[0] == "Stamp −1 · w"
    assert heading(scene, scene.grids[3], state_after(scene, 0))[1].endswith("to 5 × 5")
