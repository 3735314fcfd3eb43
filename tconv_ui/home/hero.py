"""The scene that plays on the home page: the visitor's own layer, or a small one in its place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tconv_core import trace_scatter
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.presets import PRESETS
from tconv_ui.player.scatter import scatter_scene
from tconv_ui.player.scene import Scene
from tconv_ui.wording import times

MOST_FACTOR, MOST_OUTPUT = 4, 19
"""Cells along a side of the input or the kernel, and of the output, whose numbers can be read."""


def is_legible(layer: Layer) -> bool:
    """Whether the layer's numbers can be read on the small stage.

    >>> [is_legible(PRESETS[label].choice.layer) for label in ("DCGAN 4×4", "FCN 8×8")]
    [True, False]
    """
    factors = (*layer.geometry.input_shape, *layer.geometry.kernel_shape)
    whole = layer.geometry.uncropped.output_shape
    return max(factors) <= MOST_FACTOR and max(whole) <= MOST_OUTPUT


def hero_layer(layer: Layer) -> Layer:
    """Return the layer to play: this one, or the first preset's where it is too large to read."""
    return layer if is_legible(layer) else next(iter(PRESETS.values())).choice.layer


def hero_scene(layer: Layer) -> Scene:
    """Return the stamps of a layer on its full output, told in few words.

    What padding crops away stays out of the picture: it is said beside it.
    """
    whole = layer.geometry.uncropped
    crop = "" if whole == layer.geometry else ", before padding crops it"
    trace = trace_scatter(layer.input, layer.kernel, whole)
    scene = scatter_scene(trace)
    x, kernel, stamp, output = (replace(grid, action=None, hint="") for grid in scene.grids)
    return replace(
        scene,
        grids=(
            x,
            kernel,
            replace(stamp, title="Stamp", subtitle="{source.value} × kernel"),
            replace(output, subtitle=f"{times(whole.output_shape)}{crop}"),
        ),
        captions=(
            "{source.value} scales the kernel; its stamp lands and adds up.",
            "0 scales the kernel to zeros; this stamp adds nothing.",
        ),
        caption_of_step=np.array([int(step.value == 0) for step in trace.steps]),
        opening="Each input cell scales the kernel and stamps it on the output.",
        hint="",
        legend=(),
    )
