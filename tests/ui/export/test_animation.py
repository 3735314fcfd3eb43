"""Animations read back: a frame for each step, the output at the end, and small files."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tconv_core import Geometry, trace_scatter
from tconv_ui.export.animation import (
    HELD,
    MOST_STEPS,
    Animation,
    FileKind,
    animate,
    drawn_steps,
    step_time,
)
from tconv_ui.export.drawing import Drawing
from tconv_ui.layer.cells import INPUTS, KERNELS
from tconv_ui.player.replay import State, framed, state_after, states
from tconv_ui.player.scatter import scatter_scene
from tconv_ui.player.scene import Scene
from tconv_ui.theme import DARK, LIGHT, Theme
from tests.ui.export.test_drawing import LAYERS, layer

KINDS: list[FileKind] = ["GIF", "WebP"]
TWO_MEGABYTES = 2_000_000
PALETTE = 0.5
"""How far 255 colours may lie from all of them, in mean levels."""
both_kinds = pytest.mark.parametrize("kind", KINDS)


def read(animation: Animation) -> tuple[list[NDArray[np.int64]], list[int], Image.Image]:
    """The frames, their times in ms, and the opened file."""
    frames, times = [], []
    image = Image.open(BytesIO(animation.data))
    for index in range(image.n_frames):
        image.seek(index)
        image.load()
        frames.append(np.asarray(image.convert("RGB"), np.int64))
        times.append(round(image.info["duration"]))
    return frames, times, image


def apart(first: NDArray[np.int64], second: NDArray[np.int64]) -> float:
    """The mean difference of two pictures' levels."""
    return float(np.abs(first - second).mean())


@both_kinds
@pytest.mark.parametrize("name", ["first", "rectangular", "output padding", "holes", "one"])
def test_there_is_one_frame_for_each_step_and_a_held_one(name: str, kind: FileKind) -> None:
    trace = LAYERS[name]
    scene = scatter_scene(trace)
    animation = animate(scene, LIGHT, kind)
    frames, times, image = read(animation)
    assert len(frames) == animation.frames == len(trace.steps) + 1
    assert image.info["loop"] == 0
    assert image.format == kind.upper()
    assert image.size == animation.size
    assert times == [step_time(len(trace.steps))] * len(trace.steps) + [HELD]
    every = list(states(scene))[1:]
    drawing = Drawing(scene, LIGHT, every)
    for state, frame in zip(every, frames, strict=False):
        drawn = np.asarray(drawing.frame(state), np.int64)
        assert apart(frame, drawn) < PALETTE


@both_kinds
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_last_frame_shows_the_output_and_no_other_number(kind: FileKind, theme: Theme) -> None:
    trace = LAYERS["first"]
    scene = scatter_scene(trace)
    frames, _, _ = read(animate(scene, theme, kind))
    end = state_after(scene, 9)
    full = end.values[3].copy()
    full[framed(scene.grids[3])] = trace.output
    drawing = Drawing(scene, theme, list(states(scene))[1:])

    def drawn(values: NDArray[np.float64]) -> NDArray[np.int64]:
        state = State(9, (*end.values[:3], values), end.reached)
        return np.asarray(drawing.frame(state, finished=True), np.int64)

    assert apart(frames[-1], drawn(full)) < PALETTE
    place = drawing.stage.places[3]
    for y, x in np.ndindex(trace.output.shape):
        other = full.copy()
        other[y + 1, x + 1] += 0.25
        top, left = place.top + (y + 1) * place.cell, place.left + (x + 1) * place.cell
        cell = np.s_[top : top + place.cell, left : left + place.cell]
        shown = frames[-1][cell]
        assert apart(shown, drawn(full)[cell]) < 0.4 * apart(shown, drawn(other)[cell])


@both_kinds
def test_the_page_keeps_its_colour(kind: FileKind) -> None:
    for theme in (LIGHT, DARK):
        frames, _, _ = read(animate(scatter_scene(LAYERS["first"]), theme, kind))
        wanted = [int(theme.page[at : at + 2], 16) for at in (1, 3, 5)]
        assert all(frame[2, 2].tolist() == wanted for frame in frames)


def six(x: str, kernel: str) -> Scene:
    geometry = Geometry.from_torch(6, 3, stride=2, padding=1)
    return scatter_scene(trace_scatter(INPUTS[x]((6, 6), 3), KERNELS[kernel]((3, 3), 3), geometry))


@pytest.mark.parametrize("x", INPUTS)
def test_six_by_six_with_a_kernel_of_three_stays_below_two_megabytes(x: str) -> None:
    for kind in KINDS:
        animation = animate(six(x, "random"), LIGHT, kind)
        assert animation.size[0] == 480
        assert animation.frames == 37
        assert len(animation.data) < TWO_MEGABYTES


@both_kinds
def test_so_does_the_finest_one(kind: FileKind) -> None:
    animation = animate(six("random", "random"), DARK, kind, 2)
    assert animation.size[0] == 960
    assert animation.wide
    assert len(animation.data) < TWO_MEGABYTES


def test_a_long_animation_is_drawn_smaller_and_tells_how_far_it_is() -> None:
    told: list[float] = []
    animation = animate(scatter_scene(LAYERS["sixteen"]), LIGHT, "GIF", 2, told.append)
    assert not animation.wide
    assert animation.size[0] == 480
    assert told == sorted(told)
    assert len(told) == animation.frames == 129
    assert told[-1] == 1
    with Image.open(BytesIO(animation.data)) as image:
        assert image.n_frames == 129
    assert len(animation.data) < TWO_MEGABYTES


def test_of_very_many_steps_some_are_left_out_but_not_the_last() -> None:
    scene = scatter_scene(layer(20, 1))
    frames, times, _ = read(animate(scene, LIGHT, "WebP"))
    assert len(frames) == 135
    assert sum(times[:-1]) == pytest.approx(400 * step_time(400), rel=0.02)
    last = np.asarray(Drawing(scene, LIGHT, list(states(scene))).frame(state_after(scene, 400)))
    assert apart(frames[-2], last.astype(np.int64)) < PALETTE


@pytest.mark.parametrize("count", [0, 1, 143, 144, 145, 511, 7056])
def test_drawn_steps_rise_to_the_last_one(count: int) -> None:
    steps = drawn_steps(count)
    assert len(steps) <= MOST_STEPS
    assert steps[-1] == count
    assert steps == sorted(set(steps))
    gaps = {after - before for before, after in pairwise(steps[:-1])}
    assert len(gaps) <= 1
