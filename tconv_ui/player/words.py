"""What a scene says of a state: numbers, names of cells, and the sentence of a step."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from tconv_ui.player.replay import State, step_count
from tconv_ui.player.scene import Grid, Scene
from tconv_ui.wording import sentence


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
    return f"{grid.symbol}[{at}{y},{x}]" if inside else f"{grid.outside}[{at}{row},{col}]"


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
    told = filled(scene, state, template)
    if told.startswith(("row", "column")):  # a span at the head of its sentence
        told = sentence(told)
    return f"Step {state.done} of {step_count(scene)}.", told


def heading(scene: Scene, grid: Grid, state: State) -> tuple[str, str]:
    """Return a grid's title and subtitle."""
    if state.done == 0 and grid.idle:
        return grid.idle, ""
    return filled(scene, state, grid.title), filled(scene, state, grid.subtitle)
