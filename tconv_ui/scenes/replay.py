"""A scene played back in Python: the numbers and the words of every step.

The player does the same in the browser; files and drawings are made from what stands here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
from numpy.typing import NDArray

from tconv_ui.scenes.scene import Channel, Grid, Scene

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]
Cells = NDArray[np.intp]


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


def landing(scene: Scene, channel: Channel, step: int) -> tuple[Cells, Cells, Numbers]:
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


# Words --------------------------------------------------------------------------------------


def number_text(value: float, digits: int = 4) -> str:
    """Return a number as the player writes it: few digits, no trailing zeros, a real minus.

    >>> number_text(-0.5), number_text(1 / 3, 3), number_text(1234567.0), number_text(0.00012)
    ('−0.5', '0.333', '1.2e6', '1.2e−4')
    """
    size = abs(value)
    if size < 1e-9:
        return "0"
    if size >= 1e5 or size < 1e-3:
        kept = max(0, digits - 3)
        exact = Context(kept + 1, ROUND_HALF_UP).create_decimal(Decimal(value))
        head, exponent = f"{exact:.{kept}e}".split("e")
        text = f"{head}e{int(exponent)}"
    else:
        rounded = float(Context(digits, ROUND_HALF_UP).create_decimal(Decimal(value)))
        text = f"{rounded:.15g}"
    return text.replace("-", "−")


def cell_name(grid: Grid, row: int, col: int) -> str:
    """Return a cell's name, counted from the corner of the frame where the grid has one.

    >>> cell_name(Grid("output", "Output", "", "y", (3, 3), frame=(1, 1, 1, 1)), 1, 1)
    'y[0,0]'
    """
    if grid.origin and grid.ids is not None and grid.ids[row, col] > 0:
        return source_name(grid, int(grid.ids[row, col]) - 1)
    if grid.symbol.endswith("]"):  # a single number with a name of its own
        return grid.symbol
    at = "".join(f"{number}," for number in grid.at)
    if grid.frame is None:
        return f"{grid.symbol}[{at}{row},{col}]"
    y, x = row - grid.frame[0], col - grid.frame[1]
    inside = 0 <= y < grid.frame[2] and 0 <= x < grid.frame[3]
    outside = getattr(grid, "outside", "full")  # a scene may name them otherwise
    return f"{grid.symbol}[{at}{y},{x}]" if inside else f"{outside}[{at}{row},{col}]"


def source_name(grid: Grid, number: int) -> str:
    """Return the name of the input cell of a number, counted from 0 in reading order.

    >>> source_name(Grid("input", "", "", "z", (7, 7), origin=3), 4)
    'x[1,1]'
    """
    return f"x[{number // grid.origin},{number % grid.origin}]"


def span_text(name: str, start: int, count: int, gap: int) -> str:
    """Return the rows or columns a window covers, in words.

    >>> span_text("row", 2, 3, 1), span_text("row", 0, 3, 2), span_text("row", 4, 1, 1)
    ('rows 2–4', 'rows 0, 2, 4', 'row 4')
    """
    if count == 1:
        return f"{name} {start}"
    if gap == 1:
        return f"{name}s {start}–{start + count - 1}"
    return f"{name}s {', '.join(str(start + index * gap) for index in range(count))}"


def filled(scene: Scene, state: State, template: str) -> str:
    """Return a sentence with `{channel.part}` filled in from the last step done.

    A part this module does not know stays as it is written.
    """
    channels = {channel.name: channel for channel in scene.channels}
    step = max(state.done - 1, 0)

    def part(found: re.Match[str]) -> str:
        channel = channels.get(found[1])
        if channel is None:
            return found[0]
        row, col = (int(corner) for corner in channel.corners[step])
        (rows, cols), (down, right) = channel.shape, channel.spacing
        match found[2]:
            case "name":
                grid = scene.grids[channel.grid]
                inside = 0 <= row < grid.shape[0] and 0 <= col < grid.shape[1]
                return cell_name(grid, row, col) if inside else source_name(grid, step)
            case "value":
                return number_text(state.values[channel.grid][row, col])
            case "rows":
                return span_text("row", row, rows, down)
            case "cols":
                return span_text("column", col, cols, right)
        return found[0]

    return re.sub(r"\{(\w+)\.(\w+)\}", part, template)


def caption(scene: Scene, state: State) -> tuple[str, str]:
    """Return the step's number, and its sentence."""
    if state.done == 0:
        return "Ready.", scene.opening
    template = scene.captions[int(scene.caption_of_step[state.done - 1])]
    sentence = filled(scene, state, template)
    if sentence.startswith(("row", "column")):  # a span at the head of its sentence
        sentence = sentence[0].upper() + sentence[1:]
    return f"Step {state.done} of {step_count(scene)}.", sentence


def heading(scene: Scene, grid: Grid, state: State) -> tuple[str, str]:
    """Return a grid's title and subtitle."""
    if state.done == 0 and grid.idle:
        return grid.idle, ""
    return filled(scene, state, grid.title), filled(scene, state, grid.subtitle)


def _state(done: int, values: list[Numbers], reached: list[Marks]) -> State:
    return State(
        done, tuple(each.copy() for each in values), tuple(each.copy() for each in reached)
    )
