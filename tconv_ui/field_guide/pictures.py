"""The pictures of the field guide's chapters, each drawn for a layer."""

from __future__ import annotations

from functools import partial

import numpy as np

from tconv_core import convolution_matrix, trace_gather, trace_scatter, upsample_nearest
from tconv_ui.field_guide.chapter import Picture
from tconv_ui.field_guide.facts import flat_cures, products
from tconv_ui.field_guide.figures import Panel, bars_figure, matrix_figure, stamps_figure
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.round_trip import round_trip
from tconv_ui.player.scatter import count_scene, scatter_scene


def enlarged(layer: Layer) -> Picture:
    """The input, copied and stamped."""
    stamped = trace_scatter(layer.input, layer.kernel, layer.geometry).output
    copied = upsample_nearest(layer.input[np.newaxis], layer.geometry.stride)[0]
    return (
        Panel("Input", layer.input, "input"),
        Panel("Copied", copied),
        Panel("Stamped", stamped, "output"),
    )


def convolved(layer: Layer) -> Picture:
    """A convolution of the layer's input, with its stride and padding."""
    return (
        Panel("Input", layer.input, "input"),
        Panel("× Kernel", layer.kernel, "kernel"),
        Panel("= Output", round_trip(layer).there, "output"),
    )


def played(layer: Layer) -> Picture:
    """The stamps, played."""
    return scatter_scene(trace_scatter(layer.input, layer.kernel, layer.geometry))


def gathered(layer: Layer) -> Picture:
    """The layer read as a convolution of zeros inserted."""
    trace = trace_gather(layer.input, layer.kernel, layer.geometry)
    assert trace.kernel is not None
    return (
        Panel("Zeros inserted", trace.padded, "input"),
        Panel("× Flipped", trace.kernel, "kernel"),
        Panel("= Output", trace.output, "output"),
    )


def as_matrix(layer: Layer) -> Picture:
    """The matrix of the convolution, and its transpose."""
    return partial(matrix_figure, convolution_matrix(layer.kernel, layer.geometry))


def along(layer: Layer) -> Picture:
    """The stamps along a row."""
    return partial(stamps_figure, layer.geometry.cols)


def counted(layer: Layer) -> Picture:
    """The overlap count, played."""
    return count_scene(layer.geometry)


def cured(layer: Layer) -> Picture:
    """How far the layer and its cures stray from a flat input, each around its mean."""
    own, kept, _ = flat_cures(layer)
    shown = [own, *kept[:2]]
    return tuple(Panel(each.name, each.pattern[:4, :4] - 1) for each in shown)


def costs(layer: Layer) -> Picture:
    """Products by each way."""
    return partial(
        bars_figure, [(name.capitalize(), count) for name, count in products(layer).items()]
    )


def returned(layer: Layer) -> Picture:
    """The input, convolved and brought back."""
    trip = round_trip(layer)
    return (
        Panel("Image", layer.input, "input"),
        Panel("→ Convolved", trip.there, "output"),
        Panel("→ Brought back", trip.back, "output"),
    )
