"""Operations that enlarge without weights: scenes of the player, from the core's traces."""

from __future__ import annotations

import numpy as np

from tconv_core import (
    trace_max_unpool,
    trace_pixel_shuffle,
    trace_upsample_bilinear,
    trace_upsample_nearest,
)
from tconv_ui.layer.cells import Shape
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import phase_channels, pooled, shuffle_factor
from tconv_ui.operations.scene_parts import (
    blocks,
    bound,
    corner,
    max_windows,
    output,
    padded_input,
    padding_legend,
    taps,
)
from tconv_ui.player.scene import Array, Channel, Grid, Scene
from tconv_ui.wording import times


def max_unpooling_scene(layer: Layer) -> Scene:
    """Return the scene of max pooling and the way back."""
    windows = max_windows(layer)
    maxima, indices = pooled(layer)
    trace = trace_max_unpool(
        maxima,
        indices,
        windows.trace.geometry.kernel_shape,
        layer.geometry.stride,
        layer.padding,
        output_size=layer.geometry.input_shape,
    )
    places = np.array([corner(step.output_window) for step in trace.steps])
    shape = windows.trace.geometry.kernel_shape
    return Scene(
        grids=(
            padded_input(layer, windows.padded),
            Grid("stamp", "Pooled", "and the index kept", "m", maxima.shape, idle="Pooled"),
            output(trace.output.shape, action="jump"),
        ),
        channels=(
            Channel("window", 0, shape, "read", windows.corners),
            Channel("found", 0, (1, 1), "read", windows.corners + windows.winners),
            Channel("pooled", 1, (1, 1), "set", windows.targets, patches=windows.maxima),
            Channel("target", 2, (1, 1), "read", places, quiet=True),
            Channel("landing", 2, (1, 1), "set", places, patches=blocks(trace.steps)),
        ),
        factors=(0, "→", 1),
        result=2,
        flight=("pooled", "landing"),
        terms=(),
        captions=("{found.name} = {found.value} won its window, so it goes back: {landing.name}.",),
        caption_of_step=np.zeros(len(places)),
        opening="Press play: each window keeps its maximum and its index, then puts it back.",
        hint="Click an output cell to go to its step.",
        legend=(*padding_legend(layer, "it never wins"), ("hole", "stays zero")),
    )


def nearest_scene(layer: Layer) -> Scene:
    """Return the scene of repeating each cell."""
    factor = layer.geometry.stride
    bound(layer.geometry.input_shape)
    trace = trace_upsample_nearest(layer.input, factor)
    sources = np.array([step.source for step in trace.steps])
    source = Channel("source", 0, (1, 1), "read", sources)
    shape = layer.geometry.input_shape
    grid = Grid("input", "Input", times(shape), "x", shape, layer.input, None, (0, 0))
    return _block_scene(
        blocks(trace.steps),
        np.array([corner(step.output_window) for step in trace.steps]),
        trace.output.shape,
        grid=grid,
        reads=(source,),
        block=Grid("stamp", "Block", "copies", "", factor, idle="Block"),
        terms=(("source", "first"),),
        caption="{source.name} = {source.value} fills {landing.rows}, {landing.cols}.",
        opening="Press play: each input cell becomes a block of copies.",
    )


def pixel_shuffle_scene(layer: Layer) -> Scene:
    """Return the scene of shuffling a sub-pixel convolution's channels."""
    r = shuffle_factor(layer)
    bound(layer.geometry.input_shape)
    channels = phase_channels(layer)
    trace = trace_pixel_shuffle(channels, r)
    positions = np.array([step.source for step in trace.steps])
    height, width = channels.shape[1:]
    spacing = (height + 1, width + 1)
    shape = (r * spacing[0] - 1, r * spacing[1] - 1)
    laid_out = np.full(shape, np.nan)
    for (a, b), channel in zip(np.ndindex(r, r), channels, strict=True):
        top, left = a * spacing[0], b * spacing[1]
        laid_out[top : top + height, left : left + width] = channel
    names = "1 channel" if r == 1 else f"{r * r} channels"
    return _block_scene(
        blocks(trace.steps),
        np.array([corner(step.output_window) for step in trace.steps]),
        trace.output.shape,
        grid=Grid("input", names, f"of {times((height, width))}", "c", shape, laid_out),
        reads=(
            Channel("channels", 0, (r, r), "read", positions, spacing, quiet=True),
            *taps(positions, (r, r), spacing),
        ),
        block=Grid("stamp", "Block", "one of each", "", (r, r), idle="Block"),
        terms=(("channels", "same"),),
        caption=f"The {names} meet: their values at {{tap0_0.rows}}, {{tap0_0.cols}} fill "
        "{landing.rows}, {landing.cols}."
        if r > 1
        else "With one channel, the value at {tap0_0.rows}, {tap0_0.cols} stays where it is.",
        opening="Press play: at each place, one value of each channel makes a block.",
    )


def _block_scene(
    patches: Array,
    corners: Array,
    output_shape: Shape,
    *,
    grid: Grid,
    reads: tuple[Channel, ...],
    block: Grid,
    terms: tuple[tuple[str, str], ...],
    caption: str,
    opening: str,
) -> Scene:
    """Return the scene of values that move to the output in blocks laid side by side."""
    still = np.zeros_like(corners)
    return Scene(
        grids=(grid, block, output(output_shape, action="pin")),
        channels=(
            *reads,
            Channel("block", 1, block.shape, "set", still, patches=patches),
            Channel("landing", 2, block.shape, "add", corners, patches=patches),
        ),
        factors=(0, "→", 1),
        result=2,
        flight=("block", "landing"),
        terms=terms,
        captions=(caption,),
        caption_of_step=np.zeros(len(corners)),
        opening=opening,
        hint="Click an output cell to see where its value comes from.",
    )


def bilinear_scene(layer: Layer) -> Scene:
    """Return the scene of bilinear interpolation."""
    (height, width), (rows, cols) = layer.geometry.input_shape, layer.geometry.stride
    bound((height * rows, width * cols), "stride")
    trace = trace_upsample_bilinear(layer.input, (rows, cols))
    windows = np.array([corner(step.padded_window) for step in trace.steps])
    targets = np.array([step.target for step in trace.steps])
    products = np.stack([step.terms for step in trace.steps])
    weights = np.stack([step.weights for step in trace.steps])
    still, four = np.zeros_like(windows), (2, 2)
    return Scene(
        grids=_bilinear_grids(trace.padded, trace.output.shape),
        channels=(
            Channel("window", 0, four, "read", windows),
            Channel("weights", 1, four, "set", still, patches=weights),
            Channel("products", 2, four, "set", still, patches=products),
            Channel("target", 3, (1, 1), "read", targets, quiet=True),
            Channel("landing", 3, four, "add", targets, (0, 0), products),
        ),
        factors=(0, "×", 1, "=", 2),
        result=3,
        flight=("products", "landing"),
        terms=(),
        captions=("{landing.name} is the mean of the framed cells, the nearest counting most.",),
        caption_of_step=np.zeros(len(targets)),
        opening="Press play: each output cell is a mean of its four nearest input cells.",
        hint="Click an output cell to go to its step.",
        legend=(("cropped", "the border, repeated"),),
    )


def _bilinear_grids(padded: Array, output_shape: Shape) -> tuple[Grid, ...]:
    """Return the input in its repeated border, the weights, the products, and the output."""
    height, width = (size - 2 for size in padded.shape)
    return (
        Grid(
            "input",
            "Input",
            f"{times((height, width))}, border repeated",
            "x",
            (height + 2, width + 2),
            padded,
            frame=(1, 1, height, width),
            outside="border",
        ),
        Grid("kernel", "Nearness", "sums to 1", "w", (2, 2), idle="Nearness"),
        Grid("stamp", "Products", "added up", "", (2, 2), idle="Products"),
        output(output_shape, action="jump"),
    )
