"""A scene played back in Python: the numbers of every step.

The player does the same in the browser; files and drawings are made from what stands here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tconv_ui.player.scene import Channel, Grid, Scene

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """All grids after `done` steps.

    Attributes:
        done: Steps done, from none to all.
        values: (rows, cols) for each grid.
        reached: (rows, cols) for each grid: where a number stands.
    """

    done: int
    values: tuple[Numbers, ...]
    reached: tuple[Marks, ...]


def step_count(scene: Scene) -> int:
    """Return how many steps a scene has."""
    return len(scene.caption_of_step)


def states(scene: Scene) -> Iterator[State]:
    """Yield all grids before the first step and after each; the arrays are copies."""
    values = [
        np.zeros(grid.shape) if grid.values is None else np.array(grid.values, np.float64)
        for grid in scene.grids
    ]
    reached = [
        np.full(grid.shape, grid.values is not None) & ~np.isnan(each)
        for grid, each in zip(scene.grids, values, strict=True)
    ]
    yield _state(0, values, reached)
    for step in range(step_count(scene)):
        for channel in written_channels(scene):
            rows, cols, numbers = landing(scene, channel, step)
            if channel.mode == "add":
                np.add.at(values[channel.grid], (rows, cols), numbers)
            else:
                values[channel.grid][rows, cols] = numbers
            reached[channel.grid][rows, cols] = ~np.isnan(numbers)
        yield _state(step + 1, values, reached)


def state_after(scene: Scene, done: int) -> State:
    """Return all grids after that many steps.

    Raises:
        ValueError: The scene has fewer steps, or done is negative.
    """
    for state in states(scene):
        if state.done == done:
            return state
    raise ValueError(f"{done} steps of {step_count(scene)}: give 0 to {step_count(scene)}.")


def result_of(scene: Scene, state: State) -> Numbers:
    """Return the cells of the result inside its frame: (rows, cols).

    Where a scene has several results: (results, rows, cols).
    """
    parts = [state.values[at][framed(scene.grids[at])] for at in scene.results]
    return parts[0] if scene.board is None else np.stack(parts)


def framed(grid: Grid) -> tuple[slice, slice]:
    """Return the cells of a grid that count: all of them where it has no frame."""
    row, col, rows, cols = grid.frame or (0, 0, *grid.shape)
    return slice(row, row + rows), slice(col, col + cols)


def window(scene: Scene, channel: Channel, step: int) -> tuple[int, int, int, int]:
    """Return (row, col, rows, cols) of the block of the grid that a channel's window spans."""
    row, col = (int(corner) for corner in channel.corners[step])
    bottom, right = (
        min(start + (size - 1) * gap + 1, limit)
        for start, size, gap, limit in zip(
            (row, col), channel.shape, channel.spacing, scene.grids[channel.grid].shape, strict=True
        )
    )
    return max(row, 0), max(col, 0), bottom - max(row, 0), right - max(col, 0)


def landing(scene: Scene, channel: Channel, step: int) -> tuple[Indices, Indices, Numbers]:
    """Return the rows, the columns and the numbers of the cells a channel writes in a step.

    What lies beyond the grid is left out. All three arrays are flat; a cell may occur twice.
    """
    assert channel.patches is not None
    u, v = np.indices(channel.shape).reshape(2, -1)
    row, col = (int(corner) for corner in channel.corners[step])
    rows, cols = row + u * channel.spacing[0], col + v * channel.spacing[1]
    limits = scene.grids[channel.grid].shape
    inside = (rows >= 0) & (rows < limits[0]) & (cols >= 0) & (cols < limits[1])
    numbers = np.asarray(channel.patches[step], np.float64).reshape(-1)
    return rows[inside], cols[inside], numbers[inside]


def written_channels(scene: Scene) -> list[Channel]:
    """Return the channels that set or add."""
    return [channel for channel in scene.channels if channel.mode != "read"]


def holes(scene: Scene, at: int) -> Marks:
    """Return the cells of a grid that no step reaches and no number fills."""
    grid = scene.grids[at]
    empty = np.full(grid.shape, grid.values is None)
    for channel in written_channels(scene):
        if channel.grid == at:
            for step in range(step_count(scene)):
                rows, cols, _ = landing(scene, channel, step)
                empty[rows, cols] = False
    return empty


def largest_number(scene: Scene) -> float:
    """Return the end of the colour scale: the largest magnitude in any step, or 1 if all are 0."""
    arrays = [grid for state in states(scene) for grid in state.values]
    arrays += [np.asarray(channel.patches) for channel in written_channels(scene)]
    found = [float(np.abs(array[np.isfinite(array)]).max(initial=0)) for array in arrays]
    return max(found) or 1.0


def _state(done: int, values: list[Numbers], reached: list[Marks]) -> State:
    return State(
        done, tuple(each.copy() for each in values), tuple(each.copy() for each in reached)
    )
