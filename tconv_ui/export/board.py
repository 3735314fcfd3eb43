"""Where the grids of a drawn scene with channels lie: in rows and columns, the results below."""

from __future__ import annotations

from dataclasses import dataclass

from tconv_ui.export.lettering import text_width
from tconv_ui.export.measures import GAP, HEAD, LARGEST_CELL, MARGIN, ROOM, SIGN, Place
from tconv_ui.export.tiles import LEAST_CELL
from tconv_ui.player.scene import Board, Scene

_BETWEEN, _ROW = 12, 10
_HIGHEST = 1600


@dataclass(frozen=True, slots=True)
class Sides:
    """Pixels along a side of the cells of inputs, of taps and of results, and results in a row."""

    cell: int
    tap: int
    size: int
    count: int


@dataclass(frozen=True, slots=True)
class BoardPlan:
    """Places by grid, signs as (text, middle x, middle y), and the bottom of all of them."""

    places: dict[int, Place]
    signs: tuple[tuple[str, float, float], ...]
    bottom: int


def plan_board(scene: Scene, board: Board) -> BoardPlan:
    """Return the arrangement in which most cells hold their numbers, then the largest cells."""
    tried = [
        sides
        for cell in range(4, LARGEST_CELL + 1)
        for count in range(1, len(board.results) + 1)
        for most in (LEAST_CELL, LARGEST_CELL)
        if (sides := _sides(scene, board, cell, count, most)) is not None
    ]
    return max((_plan(scene, board, sides) for sides in tried), key=_worth)


def _worth(plan: BoardPlan) -> float:
    sides = {place.cell for place in plan.places.values()}
    legible = sum(side >= LEAST_CELL for side in sides) / len(sides)
    too_high = plan.bottom > _HIGHEST
    return -100 * too_high + 30 * legible + sum(min(side, 28) for side in sides) - plan.bottom / 40


def _sides(scene: Scene, board: Board, cell: int, count: int, most: int) -> Sides | None:
    """The cells that go with an input's; None where they would not be seen."""
    (rows, cols), (tap_rows, tap_cols) = (scene.grids[at].shape for at in _first_pair(board))
    outs = len(board.results)
    left = ROOM - cell * cols - _sign_width(board) - outs * _BETWEEN
    tap = int(min(LARGEST_CELL, left / (outs * tap_cols), max(cell, cell * rows / tap_rows)))
    wide = scene.grids[board.results[0]].shape[1]
    size = int(min(most, (ROOM - GAP * (count - 1)) / (wide * count)))
    return Sides(cell, tap, size, count) if min(tap, size) >= 2 else None


def _plan(scene: Scene, board: Board, sides: Sides) -> BoardPlan:
    """Set the rows, the signs between them, and the results below."""
    places: dict[int, Place] = {}
    signs = []
    inputs, kernel = _first_pair(board)
    lefts = _lefts(scene, board, sides)
    bottom = MARGIN
    for row in board.rows:
        top, high = bottom + HEAD - 14, 0
        for item, left in zip(row, lefts, strict=True):
            if isinstance(item, str):
                continue
            side = sides.cell if item == row[0] else sides.tap
            width = scene.grids[inputs if item == row[0] else kernel].shape[1] * side
            places[item] = Place(round(left), top, side, width + _BETWEEN)
            high = max(high, scene.grids[item].shape[0] * side)
        middle = top + min(high, scene.grids[kernel].shape[0] * sides.tap) / 2
        signs += [
            (item, left + _sign_width(board) / 2, middle)
            for item, left in zip(row, lefts, strict=True)
            if isinstance(item, str) and item
        ]
        bottom = top + high + _ROW
    high, wide = (each * sides.size for each in scene.grids[board.results[0]].shape)
    for number, at in enumerate(board.results):
        line, place = divmod(number, sides.count)
        left, top = MARGIN + place * (wide + GAP), bottom + line * (high + HEAD + _ROW) + HEAD
        slot = ROOM - (left - MARGIN) if place == sides.count - 1 else wide + GAP
        places[at] = Place(left, top, sides.size, slot)
    last = max(places[at].top for at in board.results) + high
    return BoardPlan(places, tuple(signs), last)


def _lefts(scene: Scene, board: Board, sides: Sides) -> list[float]:
    """The first pixel of each column."""
    inputs, kernel = (scene.grids[at].shape[1] for at in _first_pair(board))
    first = MARGIN + inputs * sides.cell
    start = first + _sign_width(board)
    step = kernel * sides.tap + _BETWEEN
    return [MARGIN, first, *(start + step * number for number in range(len(board.results)))]


def _first_pair(board: Board) -> tuple[int, int]:
    """The first input and the first kernel."""
    first, _, kernel, *_ = board.rows[0]
    assert isinstance(first, int)
    assert isinstance(kernel, int)
    return first, kernel


def _sign_width(board: Board) -> float:
    signs = {item for row in board.rows for item in row if isinstance(item, str)}
    return max(text_width(sign, SIGN) for sign in signs) + 2 * _BETWEEN
