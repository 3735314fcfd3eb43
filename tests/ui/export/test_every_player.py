"""Files of every player there is: readings, channels, operations; right to the last frame."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tconv_core import conv_transpose2d
from tconv_ui.export.animation import animate
from tconv_ui.export.drawing import Drawing
from tconv_ui.layer.presets import PRESETS
from tconv_ui.operations.catalogue import OPERATIONS
from tconv_ui.operations.scenes import operation_scene
from tconv_ui.player.readings import READINGS, WALKS
from tconv_ui.player.replay import State, framed, states, step_count
from tconv_ui.player.scene import Scene
from tconv_ui.player.words import caption, heading
from tconv_ui.step_by_step.channels import Wanted, add_channels
from tconv_ui.step_by_step.playing import show_channels, show_readings
from tconv_ui.theme import LIGHT
from tests.ui.export.test_animation import PALETTE, TWO_MEGABYTES, apart, read
from tests.ui.export.test_drawing import check_letters
from tests.ui.operations.cases import fast

LAYER = PRESETS["3×3, stride 2"].choice.layer
NAMES = [*(f"{reading}, {walk}" for reading in READINGS for walk in WALKS), "Channels", *OPERATIONS]
every_player = pytest.mark.parametrize("name", NAMES)


def played(name: str) -> tuple[Scene, NDArray[np.float64]]:
    """A scene the app plays, and its output by the fast operators: (results, H', W')."""
    if name == "Channels":
        trace = add_channels(LAYER, Wanted(2, 2, bias=True))
        wanted = conv_transpose2d(trace.input, trace.weight, bias=trace.bias, stride=2, padding=1)
        return show_channels(trace).scenes[name], np.asarray(wanted, np.float64)
    if name in OPERATIONS:
        return operation_scene(name, LAYER), np.asarray(fast(name, LAYER), np.float64)[np.newaxis]
    reading, walk = name.split(", ")
    scene = show_readings(LAYER, (reading,), walk, symbols=False).scenes[reading]
    output = fast("Transposed convolution", LAYER)
    return scene, np.asarray(output, np.float64)[np.newaxis]


@every_player
def test_the_last_frame_shows_the_output_and_no_other(name: str) -> None:
    scene, outputs = played(name)
    animation = animate(scene, LIGHT, "GIF")
    frames, _, _ = read(animation)
    assert len(frames) == step_count(scene) + 1
    assert len(animation.data) < TWO_MEGABYTES
    *_, end = every = list(states(scene))
    drawing = Drawing(scene, LIGHT, every[1:])
    ends = [values.copy() for values in end.values]
    for at, output in zip(scene.results, outputs, strict=True):
        ends[at][framed(scene.grids[at])] = output

    def drawn(values: list[NDArray[np.float64]]) -> NDArray[np.int64]:
        state = State(end.done, tuple(values), end.reached)
        return np.asarray(drawing.frame(state, finished=True), np.int64)

    shown = drawn(ends)
    assert apart(frames[-1], shown) < PALETTE
    for at, output in zip(scene.results, outputs, strict=True):
        grid, place = scene.grids[at], drawing.stage.places[at]
        rows, cols = framed(grid)
        for y, x in np.ndindex(output.shape):
            row, col = y + rows.start, x + cols.start
            others = [values.copy() for values in ends]
            others[at][row, col] += float(np.ptp(outputs)) or 1
            if not end.reached[at][row, col]:
                continue
            if grid.column:
                row, col = row * grid.shape[1] + col, 0
            top, left = place.top + row * place.cell, place.left + col * place.cell
            cell = np.s_[top : top + place.cell, left : left + place.cell]
            assert apart(frames[-1][cell], shown[cell]) < apart(shown[cell], drawn(others)[cell])


@every_player
def test_every_sign_can_be_written_and_every_part_is_filled_in(name: str) -> None:
    scene, _ = played(name)
    texts: set[str] = {text for _, text in scene.legend}
    for state in states(scene):
        texts |= set(caption(scene, state))
        texts |= {text for grid in scene.grids for text in heading(scene, grid, state)}
    assert not any("{" in text for text in texts)
    check_letters(texts)
