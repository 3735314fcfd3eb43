"""Where the grids of a drawn scene lie: any number of them, on a stage of one width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tconv_ui.export.board import plan_board
from tconv_ui.export.lettering import text_width, wrapped
from tconv_ui.export.measures import (
    GAP,
    HEAD,
    HIGHEST,
    LARGEST_CELL,
    LARGEST_RESULT,
    LEGIBLE,
    LINE,
    MARGIN,
    ROOM,
    SIGN,
    SMALL,
    TEXT,
    TITLE,
    WIDTH,
    Place,
)
from tconv_ui.player.replay import State
from tconv_ui.player.scene import Grid, Scene
from tconv_ui.player.words import caption, heading

MOST_CELLS = 16_000
"""Of a scene that can be drawn: cells a pixel or two wide say nothing."""
CUT_WORDS = 6
"""How many pixels of a cell's side uncut headings are worth."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where everything lies, in logical pixels.

    Attributes:
        places: By grid; a grid that the layout does not name has none.
        signs: (text, middle x, middle y) of the signs between the factors.
        legend: (mark, text, left, baseline).
        caption: The first line's baseline.
        height: Of the whole stage.
    """

    places: dict[int, Place]
    signs: tuple[tuple[str, float, float], ...]
    legend: tuple[tuple[str, str, int, int], ...]
    caption: int
    height: int


def stage_of(scene: Scene, states: list[State]) -> Stage:
    """Return the arrangement with the most legible cells, then the fewest rows of factors.

    Args:
        scene: Its `factors` and `result` say what is shown.
        states: Those that will be drawn: room is kept for their words.
    """
    tail = _tail(scene, states)
    if scene.board is not None:
        plan = plan_board(scene, scene.board)
        legend, bottom = _legend(scene, plan.bottom + 6)
        return Stage(plan.places, plan.signs, legend, bottom + LINE, bottom + tail)
    needs = _needs(scene, states)
    parts = [_beside(scene, needs)] if len(scene.factors) > 1 else []
    parts += [_below(scene, needs, rows, tail) for rows in range(1, len(_factor_grids(scene)) + 1)]
    best = max(parts, key=lambda part: (part.legible, -part.bottom))
    legend, bottom = _legend(scene, best.bottom + 6)
    return Stage(best.places, tuple(best.signs), legend, bottom + LINE, bottom + tail)


def too_large(scene: Scene) -> str | None:
    """Return why a scene cannot be drawn, in one sentence, or None if it can.

    The larger side of a grid is bounded too: 480 pixels must hold it.
    """
    grids = [scene.grids[at] for at in {*_factor_grids(scene), *scene.results}]
    cells = sum(grid.shape[0] * grid.shape[1] for grid in grids)
    longest = max(max(shown_shape(grid)) for grid in grids)
    if cells <= MOST_CELLS and longest <= ROOM // 3:
        return None
    return (
        f"{cells:,} cells with a longest side of {longest} are too many for a picture: at most "
        f"{MOST_CELLS:,} with sides of {ROOM // 3} are drawn. CSV and NPZ hold its numbers."
    )


def shown_shape(grid: Grid) -> tuple[int, int]:
    """Return the (rows, cols) a grid is drawn with: one column, row after row, if it says so."""
    rows, cols = grid.shape
    return (rows * cols, 1) if grid.column else (rows, cols)


class _Draft:
    """An arrangement while it is made."""

    def __init__(self) -> None:
        self.places: dict[int, Place] = {}
        self.signs: list[tuple[str, float, float]] = []
        self.bottom = MARGIN
        self.cuts_words = False

    @property
    def legible(self) -> int:
        """The smallest cell as far as it matters, less what headings cut short are worth."""
        smallest = min(place.cell for place in self.places.values())
        return min(LEGIBLE, smallest) - (CUT_WORDS if self.cuts_words else 0)

    def add_row(
        self, scene: Scene, items: list[int | str], needs: dict[int, float], highest: float
    ) -> None:
        """Set grids and signs side by side below what is there."""
        grids = [item for item in items if isinstance(item, int)]
        cell = _row_cell(scene, items, needs, highest)
        widths = {at: shown_shape(scene.grids[at])[1] * cell for at in grids}
        spare = ROOM - sum(widths.values()) - _signs_width(items)
        short = {at: max(0.0, needs[at] - widths[at]) for at in grids}
        share = min(1.0, spare / (sum(short.values()) or 1))
        self.cuts_words |= share < 1
        left, top = float(MARGIN), self.bottom + HEAD
        middle = top + cell * min(shown_shape(scene.grids[at])[0] for at in grids) / 2
        for item in items:
            if isinstance(item, str):
                self.signs.append((item, left + _signs_width([item]) / 2, middle))
                left += _signs_width([item])
                continue
            slot = widths[item] + share * short[item]
            wide = int(slot) if item != items[-1] else round(MARGIN + ROOM - left)
            self.places[item] = Place(round(left), top, cell, wide)
            left += slot
        self.bottom = top + cell * max(shown_shape(scene.grids[at])[0] for at in grids)


def _row_cell(scene: Scene, items: list[int | str], needs: dict[int, float], highest: float) -> int:
    """The largest cell with which a row fits; its headings fit too if that costs little."""
    grids = [item for item in items if isinstance(item, int)]
    room = ROOM - _signs_width(items)
    cols = sum(shown_shape(scene.grids[at])[1] for at in grids)
    rows = max(shown_shape(scene.grids[at])[0] for at in grids)
    cap = LARGEST_RESULT if items == [scene.result] else LARGEST_CELL
    largest = max(2, int(min(cap, room / cols, highest / rows)))
    for cell in range(largest, LEGIBLE - 1, -1):
        if sum(max(needs[at], shown_shape(scene.grids[at])[1] * cell) for at in grids) <= room:
            return cell
    return largest


def _signs_width(items: list[int | str]) -> float:
    return sum(text_width(item, SIGN) + 14 for item in items if isinstance(item, str))


def _beside(scene: Scene, needs: dict[int, float]) -> _Draft:
    """Factors and result in one row."""
    draft = _Draft()
    last = scene.factors[-1]
    items = [*scene.factors, *([] if last == "→" else [scene.arrow]), scene.result]
    draft.add_row(scene, items, needs, 560 if scene.grids[scene.result].column else 400)
    return draft


def _below(scene: Scene, needs: dict[int, float], rows: int, tail: int) -> _Draft:
    """Factors in rows, the result below them."""
    draft = _Draft()
    for items in _split(scene, rows):
        draft.add_row(scene, items, needs, 230)
        draft.bottom += GAP
    left = HIGHEST - draft.bottom - HEAD - tail - 2 * LINE
    draft.add_row(scene, [scene.result], needs, max(left, 160))
    return draft


def _split(scene: Scene, rows: int) -> Iterator[list[int | str]]:
    """The factors in that many rows; a sign stays with the grid before it."""
    groups: list[list[int | str]] = []
    for item in scene.factors:
        if isinstance(item, str) and groups:
            groups[-1].append(item)
        else:
            groups.append([item])
    count = len(groups)
    for row in range(rows):
        # Later rows are the fuller ones: the first factor is the largest as a rule.
        part = groups[count * row // rows : count * (row + 1) // rows]
        yield [item for group in part for item in group]


def _factor_grids(scene: Scene) -> list[int]:
    return [item for item in scene.factors if isinstance(item, int)]


def _needs(scene: Scene, states: list[State]) -> dict[int, float]:
    """How wide each grid's heading gets."""
    needs = {}
    for at in {*_factor_grids(scene), scene.result}:
        pairs = {heading(scene, scene.grids[at], state) for state in states}
        widest = max(max(text_width(a, TITLE), text_width(b, SMALL)) for a, b in pairs)
        needs[at] = widest + 8
    return needs


def _tail(scene: Scene, states: list[State]) -> int:
    """The height of the caption and of the bar below it."""
    lines = max(len(caption_lines(*caption(scene, state))) for state in states)
    return lines * LINE + 20


def caption_lines(label: str, sentence: str) -> list[str]:
    """Return a caption's lines; the first follows its bold label."""
    return wrapped(sentence, TEXT, ROOM, first=text_width(label, TEXT) + 8)


def _legend(scene: Scene, top: int) -> tuple[tuple[tuple[str, str, int, int], ...], int]:
    """The legend's entries, and the bottom of them."""
    entries = []
    left, baseline = MARGIN, top + 14
    for mark, text in scene.legend:
        width = 18 + round(text_width(text, SMALL)) + 14
        if left > MARGIN and left + width > WIDTH:
            left, baseline = MARGIN, baseline + LINE
        entries.append((mark, text, left, baseline))
        left += width
    return tuple(entries), baseline + 4 if entries else top
