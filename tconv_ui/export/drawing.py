"""A scene's steps as Pillow images: the picture the player shows, at rest."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from tconv_ui.export.lettering import draw_text, shortened, text_width
from tconv_ui.export.measures import LINE, MARGIN, ROOM, SIGN, SMALL, TEXT, TITLE, WIDTH
from tconv_ui.export.stage import caption_lines, shown_shape, stage_of
from tconv_ui.export.tiles import Look, draw_frame, fitted, is_cropped, is_tinted, shade_of, tile
from tconv_ui.player.replay import State, holes, largest_number, state_after, step_count, window
from tconv_ui.player.scene import Scene
from tconv_ui.player.words import caption, heading
from tconv_ui.theme import Theme
from tconv_ui.wording import listed


class Drawing:
    """Draws the states of one scene; what two of them share is drawn once.

    Args:
        scene: Any number of grids; those its factors and result name are drawn.
        theme: The colours.
        shown: The states that will be drawn: the stage keeps room for their words.
        scale: Pixels to a logical pixel; the width is 480 of those.
    """

    def __init__(self, scene: Scene, theme: Theme, shown: list[State], scale: int = 1) -> None:
        self.scene, self.theme, self.scale = scene, theme, scale
        self.stage = stage_of(scene, shown)
        self.size = (WIDTH * scale, self.stage.height * scale)
        self._limit = largest_number(scene)
        self._holes = {at: holes(scene, at) for at in scene.results}
        self._ground = Image.new("RGB", self.size, theme.page)
        self._drawn: dict[int, State] = {}
        self._draw_still()

    def frame(self, state: State, *, finished: bool = False) -> Image.Image:
        """Return the picture of a state; the finished one marks no step."""
        for at in self.stage.places:
            self._update(at, state)
        image = self._ground.copy()
        self._draw_headings(image, state)
        if not finished:
            self._draw_windows(image, state)
        for at in self.stage.places:
            grid = self.scene.grids[at]
            if grid.frame is not None and shown_shape(grid) == grid.shape:
                dash = (5.0 * self.scale, 3.5 * self.scale)
                box = self._box(at, *grid.frame)
                self._frame(image, at, box, grid.role, thick=1.8, dash=dash)
        self._draw_caption(image, state, finished)
        return image

    def look(self, at: int, state: State, row: int, col: int) -> Look:
        """Return what a cell of a grid looks like, its number as it is written there."""
        grid, cell = self.scene.grids[at], self.stage.places[at].cell * self.scale
        shade, text, size = None, "", 0.0
        hole = at in self._holes and bool(self._holes[at][row, col])
        if state.reached[at][row, col]:
            value = float(state.values[at][row, col])
            shade = shade_of(value, self._limit)
            text, size = fitted(value, cell, self.scale)
        faint = grid.ids is not None and bool(grid.ids[row, col] <= 0)
        cropped, tinted = is_cropped(grid, row, col), is_tinted(grid, row, col)
        return Look(shade, text, size, cropped, tinted, hole, faint)

    # Parts ------------------------------------------------------------------------------------

    def _update(self, at: int, state: State) -> None:
        """Draw the cells of a grid that changed since it was drawn last."""
        before, cell = self._drawn.get(at), self.stage.places[at].cell * self.scale
        changed = np.full(state.values[at].shape, before is None)
        if before is not None:
            changed = (state.values[at] != before.values[at]) & state.reached[at]
            changed |= state.reached[at] != before.reached[at]
        for row, col in np.argwhere(changed).tolist():
            left, top, _, _ = self._box(at, row, col)
            look = self.look(at, state, row, col)
            self._ground.paste(tile(look, cell, self.scale, self.theme), (left, top))
        self._drawn[at] = state

    def _draw_still(self) -> None:
        """Draw what stays: the signs between the factors, and the legend."""
        for sign, x, y in self.stage.signs:
            left = x - text_width(sign, SIGN) / 2
            self._write(self._ground, (left, y + 7), sign, SIGN, self.theme.soft)
        for mark, text, left, baseline in self.stage.legend:
            swatch = _swatch(mark, self.scale, self.theme)
            corner = (left * self.scale, (baseline - 10) * self.scale)
            self._ground.paste(swatch, corner)
            self._write(self._ground, (left + 18, baseline), text, SMALL, self.theme.soft)

    def _draw_headings(self, image: Image.Image, state: State) -> None:
        for at, place in self.stage.places.items():
            grid = self.scene.grids[at]
            title, subtitle = heading(self.scene, grid, state)
            title = shortened(title, TITLE, place.slot)
            subtitle = shortened(subtitle, SMALL, place.slot)
            hue = getattr(self.theme, grid.role)
            baseline = place.top - (22 if grid.subtitle else 8)
            self._write(image, (place.left, baseline), title, TITLE, hue, bold=True)
            self._write(image, (place.left, place.top - 8), subtitle, SMALL, self.theme.soft)

    def _draw_windows(self, image: Image.Image, state: State) -> None:
        """Frame what the last step read and wrote; what flies keeps the stamp's hue."""
        board = self.scene.board
        flights = (self.scene.flight,) if board is None else board.flights
        flying = {name for flight in flights for name in flight}
        for channel in self.scene.channels:
            if state.done == 0 or channel.quiet or channel.grid not in self.stage.places:
                continue
            grid = self.scene.grids[channel.grid]
            hue = channel.hue or grid.role
            role = "stamp" if channel.name in flying else hue
            row, col, rows, cols = window(self.scene, channel, state.done - 1)
            if rows <= 0 or cols <= 0:  # outside its grid
                continue
            if shown_shape(grid) == grid.shape:
                self._frame(
                    image, channel.grid, self._box(channel.grid, row, col, rows, cols), role
                )
                continue
            for y, x in np.ndindex(rows, cols):
                self._frame(image, channel.grid, self._box(channel.grid, row + y, col + x), role)

    def _draw_caption(self, image: Image.Image, state: State, finished: bool) -> None:
        label, sentence = caption(self.scene, state)
        if finished:
            titles = [
                heading(self.scene, self.scene.grids[at], state)[0] for at in self.scene.results
            ]
            said = listed(titles)
            label, sentence = "Done.", f"{said} after all {step_count(self.scene)} steps."
        y = self.stage.caption
        self._write(image, (MARGIN, y), label, TEXT, self.theme.ink, bold=True)
        left = MARGIN + text_width(label, TEXT) + 8
        for line in caption_lines(label, sentence):
            self._write(image, (left, y), line, TEXT, self.theme.ink)
            left, y = MARGIN, y + LINE
        self._draw_bar(image, state.done / max(1, step_count(self.scene)))

    def _draw_bar(self, image: Image.Image, share: float) -> None:
        """How far the animation has come, along the bottom."""
        scale, bottom = self.scale, self.size[1] - 8 * self.scale
        pen = ImageDraw.Draw(image)
        left, right = MARGIN * scale, (MARGIN + ROOM) * scale
        pen.rectangle((left, bottom, right - 1, bottom + 2 * scale), self.theme.line)
        done = left + round(share * (right - left))
        if done > left:
            pen.rectangle((left, bottom, done - 1, bottom + 2 * scale), self.theme.input)

    def _box(
        self, at: int, row: int, col: int, rows: int = 1, cols: int = 1
    ) -> tuple[int, int, int, int]:
        """The pixels (left, top, right, bottom) of a block of cells."""
        place, grid = self.stage.places[at], self.scene.grids[at]
        if shown_shape(grid) != grid.shape:  # one column, row after row
            row, col = row * grid.shape[1] + col, 0
        cell = place.cell * self.scale
        left, top = place.left * self.scale + col * cell, place.top * self.scale + row * cell
        return left, top, left + cols * cell, top + rows * cell

    def _frame(
        self,
        image: Image.Image,
        at: int,
        box: tuple[int, int, int, int],
        role: str,
        *,
        thick: float = 2.6,
        dash: tuple[float, float] | None = None,
    ) -> None:
        cell = self.stage.places[at].cell
        draw_frame(
            image,
            box,
            getattr(self.theme, role),
            thick=thick * (0.6 if cell < 10 else 1.0) * self.scale,
            radius=(5 if cell >= 20 else 2) * self.scale,
            dash=dash,
        )

    def _write(
        self,
        image: Image.Image,
        at: tuple[float, float],
        text: str,
        size: float,
        colour: str,
        *,
        bold: bool = False,
    ) -> None:
        corner = (at[0] * self.scale, at[1] * self.scale)
        draw_text(image, corner, text, size * self.scale, colour, bold=bold)


def picture(scene: Scene, done: int, theme: Theme, scale: int = 1) -> Image.Image:
    """Return the picture of a scene after that many steps.

    Raises:
        ValueError: The scene has fewer steps, or done is negative.
    """
    state = state_after(scene, done)
    return Drawing(scene, theme, [state], scale).frame(state)


@lru_cache(32)
def _swatch(mark: str, scale: int, theme: Theme) -> Image.Image:
    """What a mark of the legend looks like, 12 logical pixels a side."""
    side = 12 * scale
    if mark == "frame":
        image = Image.new("RGB", (side, side), theme.page)
        edge = scale
        box = (edge, edge, side - edge, side - edge)
        dash = (3.0 * scale, 2.0 * scale)
        draw_frame(image, box, theme.output, thick=1.4 * scale, radius=2 * scale, dash=dash)
        return image
    look = Look(
        0 if mark == "tint" else None,
        cropped=mark in ("cropped", "padding"),
        faint=mark in ("inserted", "padding"),
        tinted=mark == "tint",
        hole=mark == "hole",
    )
    return tile(look, side, scale, theme)
