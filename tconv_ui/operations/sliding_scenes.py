"""Operations that slide a window: scenes of the player, from the core's traces."""

from __future__ import annotations

import numpy as np

from tconv_core import WindowTrace, trace_avg_pool, trace_conv
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import conv_geometry, dilated_geometry, pooled_geometry
from tconv_ui.operations.scene_parts import (
    bound,
    corner,
    max_windows,
    output,
    padded_input,
    padding_legend,
    taps,
)
from tconv_ui.player.scene import Channel, Grid, Scene
from tconv_ui.wording import times


def convolution_scene(layer: Layer) -> Scene:
    """Return the scene of an ordinary convolution."""
    bound(conv_geometry(layer).input_shape)
    settings = {"stride": layer.geometry.stride, "padding": layer.padding}
    return _products_scene(trace_conv(layer.input, layer.kernel, **settings), layer, "Kernel")


def dilated_scene(layer: Layer) -> Scene:
    """Return the scene of a dilated convolution."""
    geometry = dilated_geometry(layer)
    bound(geometry.input_shape)
    trace = trace_conv(
        layer.input,
        layer.kernel,
        stride=layer.geometry.stride,
        padding=layer.padding,
        dilation=geometry.dilation,
    )
    return _products_scene(trace, layer, "Kernel")


def average_pooling_scene(layer: Layer) -> Scene:
    """Return the scene of average pooling."""
    geometry = pooled_geometry(layer)
    bound(geometry.input_shape)
    settings = (geometry.kernel_shape, layer.geometry.stride, layer.padding)
    return _products_scene(trace_avg_pool(layer.input, *settings), layer, "Weights")


def _products_scene(trace: WindowTrace, layer: Layer, weights: str) -> Scene:
    """Return the scene of a sliding window whose products merge into one output cell."""
    assert trace.kernel is not None
    kernel_shape = trace.geometry.kernel_shape
    spacing = trace.geometry.dilation
    windows = np.array([corner(step.padded_window) for step in trace.steps])
    targets = np.array([step.target for step in trace.steps])
    products = np.stack([step.terms for step in trace.steps])
    still = np.zeros_like(windows)
    where = " of the padded input" if any(layer.padding) else ""
    return Scene(
        grids=(
            padded_input(layer, trace.padded),
            Grid("kernel", weights, times(kernel_shape), "w", kernel_shape, trace.kernel),
            Grid("stamp", "Products", "added up", "", kernel_shape, idle="Products"),
            output(trace.output.shape, action="pin"),
        ),
        channels=(
            Channel("window", 0, kernel_shape, "read", windows, spacing, quiet=spacing != (1, 1)),
            *(taps(windows, kernel_shape, spacing) if spacing != (1, 1) else ()),
            Channel("kernel", 1, kernel_shape, "read", still, quiet=True),
            Channel("products", 2, kernel_shape, "set", still, patches=products),
            Channel("landing", 3, kernel_shape, "add", targets, (0, 0), products),
        ),
        factors=(0, "×", 1, "=", 2),
        result=3,
        flight=("products", "landing"),
        terms=(("window", "same"), ("kernel", "same")),
        captions=(
            f"The window covers {{window.rows}}, {{window.cols}}{where}; its products add up to "
            "{landing.name}.",
        ),
        caption_of_step=np.zeros(len(trace.steps)),
        opening="Press play: the window slides, and its products add up to one output cell.",
        hint="Click an output cell to see the sum that makes it.",
        legend=padding_legend(layer, "zeros"),
    )


def max_pooling_scene(layer: Layer) -> Scene:
    """Return the scene of max pooling."""
    windows = max_windows(layer)
    shape = windows.trace.geometry.kernel_shape
    still = np.zeros_like(windows.targets)
    return Scene(
        grids=(
            padded_input(layer, windows.padded),
            Grid("stamp", "Window", "its largest wins", "", shape, idle="Window"),
            output(windows.trace.output.shape, action="jump"),
        ),
        channels=(
            Channel("window", 0, shape, "read", windows.corners),
            Channel("found", 0, (1, 1), "read", windows.corners + windows.winners),
            Channel("copy", 1, shape, "set", still, patches=windows.contents),
            Channel("winner", 1, (1, 1), "set", windows.winners, patches=windows.maxima),
            Channel("target", 2, (1, 1), "read", windows.targets, quiet=True),
            Channel("landing", 2, (1, 1), "set", windows.targets, patches=windows.maxima),
        ),
        factors=(0, "→", 1),
        result=2,
        flight=("winner", "landing"),
        terms=(),
        captions=(
            "{found.name} = {found.value} is the largest of its window, and becomes "
            "{landing.name}.",
        ),
        caption_of_step=np.zeros(len(windows.targets)),
        opening="Press play: the largest value of each window becomes one output cell.",
        hint="Click an output cell to go to its step.",
        legend=padding_legend(layer, "it never wins"),
    )
