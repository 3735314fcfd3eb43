"""The scatter reading: each input cell scales the kernel, and its stamp lands on the output."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tconv_core import ChannelStep, Geometry, Step, Trace, overlap_count, trace_scatter
from tconv_ui.layer.formulas import size_phrase, torch_settings
from tconv_ui.player.scene import Channel, Grid, Scene
from tconv_ui.wording import times

JUMP_HINT = "Arrow keys choose a cell, Enter jumps to its step."
PIN_HINT = "Arrow keys choose a cell, Enter pins it and shows its sum."


def scatter_scene(trace: Trace) -> Scene:
    """Return the scene of the stamps of a transposed convolution, on the uncropped output."""
    geometry = trace.geometry
    stamps = np.stack([step.stamp for step in trace.steps])
    sources = np.array([step.source for step in trace.steps])
    landings = np.array([landing_corner(geometry, step) for step in trace.steps])
    origin = np.zeros_like(sources)
    kernel_shape = geometry.kernel_shape
    spacing = geometry.dilation
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
        legend=tuple(legend_of(geometry)),
        name="scatter",
        title="Scatter",
        lead="each input cell stamps the kernel",
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


def output_frame(geometry: Geometry) -> tuple[int, int, int, int]:
    """Return (row, col, rows, cols) of the output on the uncropped one."""
    rows, cols = geometry.axes
    return (
        rows.output_slice.start,
        cols.output_slice.start,
        rows.output_size,
        cols.output_size,
    )


def output_tint(geometry: Geometry) -> tuple[int, int]:
    """Return how many of the output's last rows and columns output_padding added."""
    return torch_settings(geometry.rows)[1], torch_settings(geometry.cols)[1]


def _scatter_grids(trace: Trace) -> tuple[Grid, ...]:
    geometry = trace.geometry
    return (
        Grid(
            "input",
            "Input",
            times(geometry.input_shape),
            "x",
            geometry.input_shape,
            trace.input,
            action="jump",
            hint=JUMP_HINT,
            family="source",
        ),
        Grid(
            "kernel",
            "Kernel",
            times(geometry.kernel_shape),
            "w",
            geometry.kernel_shape,
            trace.kernel,
            family="tap",
        ),
        Grid(
            "stamp",
            "Stamp {source.value} · w",
            "w scaled by {source.name}",
            "s",
            geometry.kernel_shape,
            idle="Stamp",
            family="product",
        ),
        _uncropped_grid(geometry),
    )


def _uncropped_grid(geometry: Geometry) -> Grid:
    """The full output, with a frame around what is kept of it."""
    return Grid(
        "output",
        "Output",
        size_phrase(geometry),
        "y",
        geometry.uncropped.output_shape,
        frame=output_frame(geometry),
        tint=output_tint(geometry),
        action="pin",
        hint=PIN_HINT,
        family="target",
    )


def legend_of(geometry: Geometry) -> list[tuple[str, str]]:
    """Return what the marks on the output mean."""
    axes = geometry.axes
    marks = []
    if any(cut > 0 for axis in axes for cut in axis.crop):
        marks += [("frame", "the output"), ("cropped", "cropped away by padding")]
    if any(torch_settings(axis)[1] for axis in axes):
        marks.append(("tint", "added by output_padding"))
    if (overlap_count(geometry.uncropped) == 0).any():
        marks.append(("hole", "hole: no stamp reaches it"))
    return marks


def landing_corner(geometry: Geometry, step: Step | ChannelStep) -> tuple[int, int]:
    """Return the cell of the uncropped output on which a stamp's first tap lands."""
    shift = [max(-axis.crop[0], 0) for axis in geometry.axes]
    rows, cols = step.full_window
    return rows.start + shift[0], cols.start + shift[1]
