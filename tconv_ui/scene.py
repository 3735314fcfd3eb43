"""A scene in the player's own terms: grids of numbers, and steps that read and write windows.

The player knows no convolution: every number it shows was computed by `tconv_core`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


_TYPES = {np.dtype("float32"): "f4", np.dtype("int16"): "i2", np.dtype("uint8"): "u1"}


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid on the stage.

    Attributes:
        role: Its hue: a role of the palette.
        title, subtitle: Text; `{channel.part}` is filled from the step in view.
        symbol: The letter its cells are called by, as in `y[1,2]`.
        shape: (rows, cols).
        values: (rows, cols), NaN where a cell is blank; or None when only steps write to it.
        frame: (row, col, rows, cols) of the cells that count; those outside are drawn as cropped.
        tint: How many of the frame's last rows and columns output_padding added.
        idle: The title before the first step.
        action: What a click on a cell does.
        hint: How to use the grid, for a screen reader.
        outside: What cells outside the frame are called by.
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
    """

    name: str
    grid: int
    shape: tuple[int, int]
    mode: Literal["read", "set", "add"]
    corners: Array
    spacing: tuple[int, int] = (1, 1)
    patches: Array | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the player needs for one animation.

    Attributes:
        grids, channels: See there.
        factors: Grid indices and signs, left to right; `result` is the grid they make.
        flight: The channels a stamp flies between.
        terms: How a cell's sum is spelled: (channel, "first" or "same" cell of its window).
        captions: Sentences, `{channel.part}` filled in; `caption_of_step` picks one per step.
        opening: The sentence before the first step.
        hint: The sentence under the factors while no cell is pinned.
        legend: (mark, text) pairs under the result.
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

    def encode(self, start: int | None = None, pin: tuple[int, int] | None = None) -> bytes:
        """Return the payload the player decodes.

        Args:
            start: Steps already done when the player opens; None leaves the choice to it.
            pin: (y, x) of the output cell pinned when it opens.
        """
        buffers = _Buffers()
        header = {
            "steps": len(self.caption_of_step),
            "limit": self._limit(),
            "grids": [_grid_header(grid, buffers) for grid in self.grids],
            "channels": [_channel_header(channel, buffers) for channel in self.channels],
            "layout": {"factors": self.factors, "result": self.result},
            "flight": dict(zip(("from", "to"), self.flight, strict=True)),
            "factors": [{"channel": channel, "at": at} for channel, at in self.terms],
            "captions": self.captions,
            "opening": self.opening,
            "hint": self.hint,
            "legend": [{"mark": mark, "text": text} for mark, text in self.legend],
            "pin": pin,
        }
        corners = np.stack([channel.corners for channel in self.channels], axis=1)
        buffers.add("positions", corners.astype(np.int16))
        buffers.add("captions", self.caption_of_step.astype(np.uint8))
        text = json.dumps({**header, "buffers": buffers.index}, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        sizes = np.array([0 if start is None else start + 1, len(text)], "<u4").tobytes()
        return sizes + text + b"".join(buffers.parts)

    def _limit(self) -> float:
        """The largest magnitude shown anywhere: the end of the colour scale."""
        largest = [np.nanmax(np.abs(grid.values)) for grid in self.grids if grid.values is not None]
        for channel in self.channels:
            if channel.patches is None:
                continue
            largest.append(np.nanmax(np.abs(channel.patches)))
            if channel.mode == "add":
                total = np.zeros(self.grids[channel.grid].shape)
                for corner, patch in zip(channel.corners, channel.patches, strict=True):
                    landing = total[_window(corner, channel)]
                    landing += patch if landing.shape == patch.shape else patch.sum()
                    largest.append(np.abs(landing).max())
        return float(max(largest)) or 1.0


def _window(corner: Array, channel: Channel) -> tuple[slice, slice]:
    rows, cols = (
        slice(int(start), int(start) + (size - 1) * gap + 1, max(gap, 1))
        for start, size, gap in zip(corner, channel.shape, channel.spacing, strict=True)
    )
    return rows, cols


class _Buffers:
    """Arrays laid end to end, each on an 8-byte boundary; the same array is stored once."""

    def __init__(self) -> None:
        self.index: dict[str, dict[str, Any]] = {}
        self.parts: list[bytes] = []
        self._size = 0
        self._stored: list[tuple[Array, str]] = []

    def add(self, name: str, array: Array) -> str:
        for stored_array, stored_name in self._stored:
            if stored_array is array:
                return stored_name
        self._stored.append((array, name))
        stored = array.astype(np.float32) if array.dtype.kind == "f" else array
        data = stored.tobytes()
        self.index[name] = {
            "type": _TYPES[stored.dtype],
            "offset": self._size,
            "length": stored.size,
        }
        padded = data + b"\0" * (-len(data) % 8)
        self.parts.append(padded)
        self._size += len(padded)
        return name


def _grid_header(grid: Grid, buffers: _Buffers) -> dict[str, Any]:
    names = ("row", "col", "rows", "cols")
    values = grid.values
    return {
        "role": grid.role,
        "title": grid.title,
        "subtitle": grid.subtitle,
        "symbol": grid.symbol,
        "rows": grid.shape[0],
        "cols": grid.shape[1],
        "values": None if values is None else buffers.add(f"grid-{grid.role}", values),
        "frame": None if grid.frame is None else dict(zip(names, grid.frame, strict=True)),
        "tint": dict(zip(("rows", "cols"), grid.tint, strict=True)) if any(grid.tint) else None,
        "idle": grid.idle,
        "action": grid.action,
        "hint": grid.hint,
        "outside": grid.outside,
    }


def _channel_header(channel: Channel, buffers: _Buffers) -> dict[str, Any]:
    patches = channel.patches
    return {
        "name": channel.name,
        "grid": channel.grid,
        "rows": channel.shape[0],
        "cols": channel.shape[1],
        "rowStep": channel.spacing[0],
        "colStep": channel.spacing[1],
        "mode": channel.mode,
        "values": None if patches is None else buffers.add(f"patches-{channel.name}", patches),
        "quiet": channel.quiet,
    }
