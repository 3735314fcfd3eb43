"""Grids and channels that the scenes of several operations share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tconv_core import GeometryError, PlaceStep, WindowTrace, trace_max_pool
from tconv_ui.layer.cells import Shape
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import pooled_geometry
from tconv_ui.player.scene import Array, Channel, Grid
from tconv_ui.wording import times

MOST_STEPS = 400
"""As many as a player holds without its numbers weighing more than a page."""
HINTS = {
    "pin": "Arrow keys choose a cell, Enter pins it and shows its sum.",
    "jump": "Arrow keys choose a cell, Enter jumps to its step.",
}


@dataclass(frozen=True, slots=True, eq=False)
class MaxWindows:
    """Max pooling as arrays, one entry a step; padding is NaN, which the player leaves blank."""

    trace: WindowTrace
    padded: Array
    corners: Array
    contents: Array
    winners: Array
    maxima: Array
    targets: Array


def max_windows(layer: Layer) -> MaxWindows:
    """Return max pooling of the layer's input."""
    geometry = pooled_geometry(layer)
    bound(geometry.input_shape)
    settings = (geometry.kernel_shape, layer.geometry.stride, layer.padding)
    trace = trace_max_pool(layer.input, *settings)
    return MaxWindows(
        trace=trace,
        padded=blank(trace.padded),
        corners=np.array([corner(step.padded_window) for step in trace.steps]),
        contents=np.stack([blank(step.terms) for step in trace.steps]),
        winners=np.array(
            [np.unravel_index(step.terms.argmax(), step.terms.shape) for step in trace.steps]
        ),
        maxima=np.array([step.value for step in trace.steps]).reshape(-1, 1, 1),
        targets=np.array([step.target for step in trace.steps]),
    )


def bound(shape: Shape, smaller: str = "") -> None:
    """Refuse more steps than a player holds."""
    steps = shape[0] * shape[1]
    if steps > MOST_STEPS:
        help_ = f"a smaller input or {smaller}" if smaller else "a smaller input or a larger stride"
        raise GeometryError(
            f"{times(shape)} cells would be {steps:,} steps, and {MOST_STEPS} are played at most: "
            f"use {help_}."
        )


def padded_input(layer: Layer, padded: Array) -> Grid:
    """Return the input with its padding around it, outside a frame."""
    height, width = layer.geometry.input_shape
    rows, cols = layer.padding
    padding = f", padding {rows}" if rows == cols else f", padding ({rows}, {cols})"
    return Grid(
        "input",
        "Input",
        times((height, width)) + (padding if rows or cols else ""),
        "x",
        (padded.shape[0], padded.shape[1]),
        padded,
        frame=(rows, cols, height, width) if rows or cols else None,
        outside="pad",
    )


def output(shape: tuple[int, ...], action: Literal["jump", "pin"]) -> Grid:
    """Return the grid that the steps fill."""
    rows, cols = shape
    return Grid(
        "output",
        "Output",
        times((rows, cols)),
        "y",
        (rows, cols),
        frame=(0, 0, rows, cols),
        action=action,
        hint=HINTS[action],
    )


def taps(corners: Array, shape: Shape, spacing: Shape) -> Iterable[Channel]:
    """Yield a read of one cell for each cell of a spread window, so that each is framed."""
    for tap in np.ndindex(*shape):
        place = corners + np.multiply(tap, spacing)
        yield Channel(f"tap{tap[0]}_{tap[1]}", 0, (1, 1), "read", place)


def padding_legend(layer: Layer, meaning: str) -> tuple[tuple[str, str], ...]:
    """Return what the hatching says, where the input is padded."""
    return (("cropped", f"padding of the input: {meaning}"),) if any(layer.padding) else ()


def corner(window: tuple[slice, slice]) -> tuple[int, int]:
    """Return the first cell of a window."""
    return window[0].start, window[1].start


def blocks(steps: Iterable[PlaceStep]) -> Array:
    """Return what each step places: (steps, rows, cols)."""
    return np.stack([step.block for step in steps])


def blank(values: Array) -> Array:
    """Return values with NaN for minus infinity."""
    return np.where(np.isfinite(values), values, np.nan)
