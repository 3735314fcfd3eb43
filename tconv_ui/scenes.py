"""What the player draws: grids of numbers, and steps that read and write windows of them.

A scene is told in the player's own terms, so the player knows no convolution: every number it
shows was computed by `tconv_core`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tconv_core import Geometry, Step, Trace, overlap_count, trace_scatter
from tconv_ui.formulas import size_phrase, times, torch_settings

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
        values: (rows, cols), or None when only steps write to it.
        frame: (row, col, rows, cols) of the cells that count; those outside are drawn as cropped.
        tint: How many of the frame's last rows and columns output_padding added.
        idle: The title before the first step.
        action: What a click on a cell does.
        hint: How to use the grid, for a screen reader.
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


@dataclass(frozen=True, slots=True)
class Channel:
    """A window that every step reads from, sets or adds to, on one grid.

    Attributes:
        name: What titles and captions call it.
        grid: Index of the grid.
        shape: (rows, cols) of the window, the same in every step.
        mode: What a step does there.
        spacing: (rows, cols) between neighbouring cells of the window.
        corners: (steps, 2), the first cell of the window in each step.
        patches: (steps, rows, cols), what is set or added.
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
        largest = [np.abs(grid.values).max() for grid in self.grids if grid.values is not None]
        for channel in self.channels:
            if channel.patches is None:
                continue
            largest.append(np.abs(channel.patches).max())
            if channel.mode == "add":
                total = np.zeros(self.grids[channel.grid].shape)
                for corner, patch in zip(channel.corners, channel.patches, strict=True):
                    landing = total[_window(corner, channel)]
                    landing += patch
                    largest.append(np.abs(landing).max())
        return float(max(largest)) or 1.0


def scatter_scene(trace: Trace) -> Scene:
    """Return the scene of the stamps of a transposed convolution, on the uncropped output."""
    geometry = trace.geometry
    stamps = np.stack([step.stamp for step in trace.steps])
    sources = np.array([step.source for step in trace.steps])
    landings = np.array([_landing_corner(geometry, step) for step in trace.steps])
    origin = np.zeros_like(sources)
    kernel_shape = geometry.kernel_shape
    spacing = (geometry.rows.dilation, geometry.cols.dilation)
    return Scene(
        grids=_scatter_grids(trace),
        channels=(
            Channel("source", 0, (1, 1), "read", sources),
            Channel("kernel", 1, kernel_shape, "read", origin, quiet=True),
            Channel("stamp", 2, kernel_shape, "set", origin, patches=stamps),
            Channel("landing", 3, kernel_shape, "add", landings, spacing, stamps),
        ),
        factors=(0, "×", 1, "=", 2),
        result=3,
        flight=("stamp", "landing"),
        terms=(("source", "first"), ("kernel", "same")),
        captions=_CAPTIONS,
        caption_of_step=np.array([_caption_index(step) for step in trace.steps]),
        opening="Press play: each input cell scales the kernel, and its stamp lands on the output.",
        hint="Click an input cell to see its stamp, an output cell to see the sum that makes it.",
        legend=tuple(_legend(geometry)),
    )


def count_scene(geometry: Geometry) -> Scene:
    """Return the scene of the overlap count: every stamp is a kernel of ones and adds 1."""
    ones = trace_scatter(np.ones(geometry.input_shape), np.ones(geometry.kernel_shape), geometry)
    scene = scatter_scene(ones)
    count = replace(scene.grids[scene.result], title="Overlap count")
    stamp = replace(scene.grids[2], title="One stamp", subtitle="adds 1 to each cell")
    return replace(
        scene,
        grids=(*scene.grids[:2], stamp, count),
        captions=tuple(_count_caption(text) for text in _CAPTIONS),
        hint="Click an output cell to see which input cells reach it.",
        opening="Press play: each input cell adds 1 wherever its stamp lands.",
    )


def _count_caption(text: str) -> str:
    return text.replace(" = {source.value} scales the kernel; the", ": its").replace(
        "adds to what is there", "adds 1 to each cell"
    )


_CAPTIONS = (
    "{source.name} = {source.value} scales the kernel; the stamp lands on {landing.rows}, "
    "{landing.cols} of the full output and adds to what is there.",
    "{source.name} = 0, so its stamp adds nothing to {landing.rows}, {landing.cols} "
    "of the full output.",
    "{source.name} = {source.value} scales the kernel; the stamp lands on {landing.rows}, "
    "{landing.cols} of the full output, and padding crops part of it away.",
    "{source.name} = {source.value} scales the kernel; the stamp lands on {landing.rows}, "
    "{landing.cols} of the full output, and padding crops all of it away.",
)


def _caption_index(step: Step) -> int:
    if step.value == 0:
        return 1
    if step.kept.size == step.stamp.size:
        return 0
    return 2 if step.kept.size else 3


def _scatter_grids(trace: Trace) -> tuple[Grid, ...]:
    geometry = trace.geometry
    rows, cols = geometry.rows, geometry.cols
    frame = (
        rows.output_slice.start,
        cols.output_slice.start,
        rows.output_size,
        cols.output_size,
    )
    jump = "Arrow keys choose a cell, Enter jumps to its step."
    pin = "Arrow keys choose a cell, Enter pins it and shows its sum."
    return (
        Grid(
            "input",
            "Input",
            times(geometry.input_shape),
            "x",
            geometry.input_shape,
            trace.input,
            action="jump",
            hint=jump,
        ),
        Grid(
            "kernel",
            "Kernel",
            times(geometry.kernel_shape),
            "w",
            geometry.kernel_shape,
            trace.kernel,
        ),
        Grid(
            "stamp",
            "Stamp {source.value} · w",
            "w scaled by {source.name}",
            "s",
            geometry.kernel_shape,
            idle="Stamp",
        ),
        Grid(
            "output",
            "Output",
            size_phrase(geometry),
            "y",
            geometry.uncropped.output_shape,
            frame=frame,
            tint=(torch_settings(rows)[1], torch_settings(cols)[1]),
            action="pin",
            hint=pin,
        ),
    )


def _legend(geometry: Geometry) -> list[tuple[str, str]]:
    axes = (geometry.rows, geometry.cols)
    marks = []
    if any(cut > 0 for axis in axes for cut in axis.crop):
        marks += [("frame", "the output"), ("cropped", "cropped away by padding")]
    if any(torch_settings(axis)[1] for axis in axes):
        marks.append(("tint", "added by output_padding"))
    if (overlap_count(geometry.uncropped) == 0).any():
        marks.append(("hole", "hole: no stamp reaches it"))
    return marks


def _landing_corner(geometry: Geometry, step: Step) -> tuple[int, int]:
    shift = [max(-axis.crop[0], 0) for axis in (geometry.rows, geometry.cols)]
    rows, cols = step.full_window
    return rows.start + shift[0], cols.start + shift[1]


def _window(corner: Array, channel: Channel) -> tuple[slice, slice]:
    rows, cols = (
        slice(int(start), int(start) + (size - 1) * gap + 1, gap)
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
