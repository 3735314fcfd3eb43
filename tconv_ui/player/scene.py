"""A scene in the player's own terms: grids of numbers, and steps that read and write windows.

The player knows no convolution: every number it shows was computed by `tconv_core`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid on the stage.

    Attributes:
        role: Its hue: a role of the palette.
        title, subtitle: Text; `{channel.part}` is filled from the step in view.
        symbol: The letter its cells are called by, as in `y[1,2]`; with brackets of its own, as in
            `b[0]`, it is the whole name of the only cell.
        shape: (rows, cols).
        values: (rows, cols), NaN where a cell is blank; or None when only steps write to it.
        frame: (row, col, rows, cols) of the cells that count; those outside are drawn as cropped.
        tint: How many of the frame's last rows and columns output_padding added.
        idle: The title before the first step.
        action: What a click on a cell does.
        hint: How to use the grid, for a screen reader.
        family: What its cells are: input cells, taps, output cells, products of the first two, or
            entries of a matrix with a row for each output cell and a column for each input cell.
        ids: (rows, cols), the number, from 1, of the input cell or tap each cell holds; 0 for the
            zeros between them, -1 for padding. None: its cells are all of them, in order.
        origin: How many columns the input has whose cells the ids number; 0 says nothing.
        column: Drawn as one column, row after row.
        outside: What cells outside the frame are called by.
        turns: The grid is another one turned by 180°: shown turning before the first step.
        at: What its cells' names begin with, as in `w[0,1,2,2]`: its channels.
    """

    role: str
    title: str
    subtitle: str
    symbol: str
    shape: tuple[int, int]
    values: Array | None = None
    frame: tuple[int, int, int, int] | None = None
    tint: tuple[int, int] = (0, 0)
    idle: str | None = None
    action: Literal["jump", "pin"] | None = None
    hint: str = ""
    outside: str = "full"
    family: Literal["", "source", "tap", "target", "product", "entry"] = ""
    ids: Array | None = None
    origin: int = 0
    column: bool = False
    turns: bool = False
    at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A window that every step reads from, sets or adds to, on one grid.

    Attributes:
        name: What titles and captions call it.
        grid: Index of the grid.
        shape: (rows, cols) of the window, the same in every step.
        mode: What a step does there.
        spacing: (rows, cols) between neighbouring cells of the window; (0, 0) where all of them are
            one cell, so that what is added there adds up.
        corners: (steps, 2), the first cell of the window in each step.
        patches: (steps, rows, cols), what is set or added; NaN blanks a cell.
        quiet: Read without being marked.
        hue: The role whose hue marks it; that of its grid if empty.

    A window may reach beyond its grid: cells there are left alone.
    """

    name: str
    grid: int
    shape: tuple[int, int]
    mode: Literal["read", "set", "add"]
    corners: Array
    spacing: tuple[int, int] = (1, 1)
    patches: Array | None = None
    quiet: bool = False
    hue: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """How the grids of a scene with several results stand, and what their cells are sums of.

    Attributes:
        rows: Grid indices and signs, row by row, all rows equally long; "" is an empty place.
        results: The grids that hold the results, beside the rows.
        flights: The channels stamps fly between.
        sums: By channel that adds to a result: the products its numbers are sums of, each as
            (channel, "first" or "same" cell of its window).
    """

    rows: tuple[tuple[int | str, ...], ...]
    results: tuple[int, ...]
    flights: tuple[tuple[str, str], ...]
    sums: dict[str, tuple[tuple[tuple[str, str], ...], ...]]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the player needs for one animation.

    Attributes:
        grids, channels: See there.
        factors: Grid indices and signs, left to right; `result` is the grid they make.
        flight: The channels a stamp flies between; two empty names if nothing flies.
        terms: How a cell's sum is spelled: (channel, "first" or "same" cell of its window).
        captions: Sentences, `{channel.part}` filled in; `caption_of_step` picks one per step.
        opening: The sentence before the first step.
        hint: The sentence under the factors while no cell is pinned.
        legend: (mark, text) pairs under the result.
        name: One word for links and styles.
        title, lead: Its heading where several scenes are shown.
        arrow: The sign between the factors and the result where several scenes are shown.
        outlines: Outline what each stamp that reaches the cell in view covers on the result.
        board: How its grids stand, where they are more than factors and one result; `result` and
            `flight` are then the first of its own.
    """

    grids: tuple[Grid, ...]
    channels: tuple[Channel, ...]
    factors: tuple[int | str, ...]
    result: int
    flight: tuple[str, str]
    terms: tuple[tuple[str, str], ...]
    captions: tuple[str, ...]
    caption_of_step: Array
    opening: str
    hint: str
    legend: tuple[tuple[str, str], ...] = field(default=())
    name: str = "scene"
    title: str = ""
    lead: str = ""
    arrow: str = "→"
    outlines: bool = False
    board: Board | None = None

    @property
    def results(self) -> tuple[int, ...]:
        """The grids that hold the result: one, or one for each filter."""
        return (self.result,) if self.board is None else self.board.results


@dataclass(frozen=True, slots=True)
class Links:
    """Which input cell meets which tap in which output cell, for all readings of one layer.

    Attributes:
        sources: (H, W), the input.
        taps: (kH, kW), the kernel.
        corners: (H · W, 2), the output cell on which the first tap of each input cell lands; it
            may lie outside the output.
        spacing: (rows, cols) between the output cells of neighbouring taps.
        target_shape: (H', W') of the output.
        clock: What a step goes through, one by one: input cells or output cells.
    """

    sources: Array
    taps: Array
    corners: Array
    spacing: tuple[int, int]
    target_shape: tuple[int, int]
    clock: Literal["source", "target"]


@dataclass(frozen=True, slots=True)
class Readings:
    """Scenes of one layer, played together: every step of each shows the same partial sums.

    Attributes:
        scenes: One to three, with the same number of steps.
        links: What a cell of one scene has to do with those of the others; none for one alone.
        symbols: Letters in place of numbers.
    """

    scenes: tuple[Scene, ...]
    links: Links | None = None
    symbols: bool = False
