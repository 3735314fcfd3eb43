"""The pictures of the field guide's chapters, each drawn for a layer."""

from __future__ import annotations

from functools import partial

import numpy as np

from tconv_core import convolution_matrix, trace_conv, trace_gather, trace_scatter, upsample_nearest
from tconv_ui.cells import INPUTS
from tconv_ui.field_guide.chapter import Picture
from tconv_ui.field_guide.facts import flat_cures, products, there_and_back
from tconv_ui.field_guide.figures import Panel, bars_figure, matrix_figure, stamps_figure
from tconv_ui.layer import Layer
from tconv_ui.overlap.checkerboard import strides
from tconv_ui.scenes.scatter import count_scene, scatter_scene


def enlarged(layer: Layer) -> Picture:
    """The input, copied and stamped."""
    stamped = trace_scatter(layer.input, layer.kernel, layer.geometry).output
    copied = upsample_nearest(layer.input[np.newaxis], strides(layer.geometry))[0]
    return (
        Panel("Input", layer.input, "input"),
        Panel("Copied", copied),
        Panel("Stamped", stamped, "output"),
    )


def convolved(layer: Layer) -> Picture:
    """The convolution that the layer is the transpose of, on an input of example cells."""
    geometry = layer.geometry
    large = INPUTS["example"](geometry.output_shape, 0)
    padding = (geometry.rows.crop[0], geometry.cols.crop[0])
    trace = trace_conv(large, layer.kernel, stride=strides(geometry), padding=padding)
    return (
        Panel("Input", large, "input"),
        Panel("× Kernel", layer.kernel, "kernel"),
        Panel("= Output", trace.output, "output"),
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
    own, kept, failed = flat_cures(layer)
    shown = [own, *failed[:1], *kept[:1]]
    return tuple(Panel(each.name, each.pattern[:4, :4] - 1) for each in shown)


def costs(layer: Layer) -> Picture:
    """Products by each way."""
    return partial(
        bars_figure, [(name.capitalize(), count) for name, count in products(layer).items()]
    )


def returned(layer: Layer) -> Picture:
    """An image, convolved and brought back."""
    image, small, back = there_and_back(layer)
    return (
        Panel("Image", image, "input"),
        Panel("→ Convolved", small, "output"),
        Panel("→ Brought back", back, "output"),
    )
