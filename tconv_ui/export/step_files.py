"""The numbers of all steps of a scene as files: CSV for a spreadsheet, NPZ for NumPy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import numpy as np

from tconv_ui.player.replay import landing, result_of, states, step_count, written_channels
from tconv_ui.player.scene import Scene

MOST_LINES = 200_000
MOST_NUMBERS = 2_000_000
HEADER = "step,grid,row,column,change,number,value"


def grid_names(scene: Scene) -> list[str]:
    """Return a name for each grid as a file spells it: its title before the first step.

    Two grids of the same title are told apart by a number.
    """
    plain = [re.sub(r"\{.*?\}", "", grid.idle or grid.title).strip() for grid in scene.grids]
    stems = [re.sub(r"\W+", "_", name.lower()).strip("_") or "grid" for name in plain]
    seen: dict[str, int] = {}
    names = []
    for stem in stems:
        seen[stem] = seen.get(stem, 0) + 1
        names.append(stem if seen[stem] == 1 else f"{stem}_{seen[stem]}")
    return names


def steps_csv(scene: Scene) -> str:
    """Return a line for each number given (step 0), set or added, with the cell's value after it.

    Rows and columns count from the uncropped grid's corner. There are at most 200,000 lines: the
    first steps that fit.
    """
    lines = [HEADER, *_given(scene)]
    for step in _steps_of_csv(scene):
        lines += step
    return "\n".join(lines) + "\n"


def csv_steps(scene: Scene) -> int:
    """Return how many steps fit into the CSV file."""
    per_step = sum(int(np.prod(channel.shape)) for channel in written_channels(scene))
    given = sum(grid.values.size for grid in scene.grids if grid.values is not None)
    return min(step_count(scene), max(0, MOST_LINES - given) // max(1, per_step))


def steps_npz(scene: Scene) -> bytes:
    """Return a compressed NPZ file of all grids after every step.

    `steps` says how many steps were done; a grid that steps write to has one picture for each,
    (steps, rows, cols), the others one, (rows, cols); `result` is the last one inside its frame.
    At most two million numbers: else every second, third, ... step.
    """
    names, changing = grid_names(scene), {channel.grid for channel in written_channels(scene)}
    kept = npz_steps(scene)
    chosen = [state for state in states(scene) if state.done in set(kept)]
    arrays = {
        name: np.stack([state.values[at] for state in chosen])
        if at in changing
        else chosen[-1].values[at]
        for at, name in enumerate(names)
    }
    buffer = BytesIO()
    result = result_of(scene, chosen[-1])
    np.savez_compressed(buffer, allow_pickle=False, steps=kept, result=result, **arrays)
    return buffer.getvalue()


def npz_steps(scene: Scene) -> list[int]:
    """Return the step numbers in the NPZ file: from none to all, or every so many and the last."""
    changing = {channel.grid for channel in written_channels(scene)}
    each = sum(int(np.prod(scene.grids[at].shape)) for at in changing)
    count = step_count(scene)
    every = max(1, -(-(count + 1) * each // MOST_NUMBERS))
    return sorted({*range(0, count + 1, every), count})


def _given(scene: Scene) -> Iterator[str]:
    for name, grid in zip(grid_names(scene), scene.grids, strict=True):
        if grid.values is not None:
            for (row, col), value in np.ndenumerate(np.asarray(grid.values, np.float64)):
                yield f"0,{name},{row},{col},given,{_spelled(value)},{_spelled(value)}"


def _steps_of_csv(scene: Scene) -> Iterator[list[str]]:
    names, last = grid_names(scene), csv_steps(scene)
    for state in states(scene):
        if not 0 < state.done <= last:
            continue
        lines = []
        for channel in written_channels(scene):
            name, after = names[channel.grid], state.values[channel.grid]
            for row, col, number in zip(*landing(scene, channel, state.done - 1), strict=True):
                value = f"{_spelled(number)},{_spelled(after[row, col])}"
                lines.append(f"{state.done},{name},{row},{col},{channel.mode},{value}")
        yield lines


def _spelled(value: float) -> str:
    """A number with ten digits; nothing for a blank cell."""
    return "" if np.isnan(value) else f"{value:.10g}"
