"""The numbers the field guide's words are filled with, each computed for a layer."""

from __future__ import annotations

import numpy as np

from tconv_core import (
    Geometry,
    conv_input_sizes,
    convolution_matrix,
    overlap_count,
    phase_sums,
    trace_conv,
    trace_gather,
)
from tconv_ui.field_guide.chapter import Numbers, sizes, stamp_start
from tconv_ui.layer.checkerboard import FLAT, amount_of, percent
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.cures import Cure, cures
from tconv_ui.layer.formulas import (
    clean_padding_words,
    output_padding_words,
    overlap_verdict,
    torch_settings,
)
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.page_link import PageLink
from tconv_ui.layer.round_trip import round_trip
from tconv_ui.wording import counted, times


def basic_numbers(layer: Layer) -> Numbers:
    """Sizes and settings."""
    return sizes(layer.geometry)


def zero_numbers(layer: Layer) -> Numbers:
    """What inserting zeros adds."""
    trace = trace_gather(np.ones_like(layer.input), layer.kernel, layer.geometry)
    cells, real = trace.padded.size, np.count_nonzero(trace.padded)
    return {
        **sizes(layer.geometry),
        "gap": str(layer.geometry.rows.stride - 1),
        "cells": str(cells),
        "added": str(cells - real),
    }


def matrix_numbers(layer: Layer) -> Numbers:
    """The matrix's size, and how much of it is zero."""
    matrix = convolution_matrix(np.ones_like(layer.kernel), layer.geometry)
    return {
        **sizes(layer.geometry),
        "shape": times((matrix.shape[1], matrix.shape[0])),
        "inputs": str(matrix.shape[0]),
        "outputs": str(matrix.shape[1]),
        "zeros": percent(float(np.mean(matrix == 0))),
    }


def size_numbers(layer: Layer) -> Numbers:
    """Where the last stamp begins and ends."""
    axis = layer.geometry.rows
    last = axis.input_size - 1
    return {
        **sizes(layer.geometry),
        "last": f"x[{last}]",
        "start": str(stamp_start(axis, last)),
    }


def output_padding_numbers(layer: Layer) -> Numbers:
    """Which sizes collide, and what the cells added hold."""
    axis = layer.geometry.rows
    extra = torch_settings(axis)[1]
    shared = conv_input_sizes(axis)
    return {
        **sizes(layer.geometry),
        "lengths": " and ".join(map(str, shared)),
        "extra": counted(extra, "cell"),
        "added": output_padding_words(axis) or "nothing",
    }


def checkerboard_numbers(layer: Layer) -> Numbers:
    """The counts, and how uneven a flat input becomes."""
    verdict = overlap_verdict(layer.geometry)
    amount = amount_of(layer.kernel, layer.geometry)
    sums = phase_sums(layer.kernel, layer.geometry.stride)
    return {
        **sizes(layer.geometry),
        "reason": verdict.reason,
        "phases": str(sums.size),
        "amount": "an unknown share" if amount is None else percent(amount),
        "most": str(overlap_count(layer.geometry).max()),
    }


def edge_numbers(layer: Layer) -> Numbers:
    """Which border cells are short, and the crop that removes them."""
    geometry = layer.geometry
    return {
        **sizes(geometry),
        "border": overlap_verdict(geometry.uncropped).edges,
        "remedy": clean_padding_words(geometry.cols),
    }


def flat_cures(layer: Layer) -> tuple[Cure, tuple[Cure, ...], tuple[Cure, ...]]:
    """Return the layer itself, the cures that keep a constant, and those that do not."""
    own, *others = cures(layer.kernel, layer.geometry)
    kept = tuple(each for each in others if each.amount is not None and each.amount <= FLAT)
    return own, kept, tuple(each for each in others if each not in kept)


def cure_numbers(layer: Layer) -> Numbers:
    """How many cures work on this layer, and how bad it is without."""
    own, kept, failed = flat_cures(layer)
    return {
        **sizes(layer.geometry),
        "amount": "an unknown share" if own.amount is None else percent(own.amount),
        "kept": str(len(kept)),
        "tried": str(len(kept) + len(failed)),
        "failed": ", ".join(f"“{each.name.lower()}”" for each in failed) or "none",
    }


def products(layer: Layer) -> dict[str, int]:
    """Return how many products each way to the same size multiplies, one channel in and out.

    Stamping is input cells times taps. The others are counted from traces: the windows of the
    zero-inserted input, and those of a convolution that keeps the size of an enlarged input.
    """
    geometry, kernel = layer.geometry, layer.kernel
    gathered = trace_gather(np.ones_like(layer.input), np.ones_like(kernel), geometry)
    slid = sum(step.terms.size for step in gathered.steps)
    real = sum(int(np.count_nonzero(step.terms)) for step in gathered.steps)
    rows, cols = geometry.stride
    n, m = geometry.input_shape
    large = np.zeros((n * rows + kernel.shape[0] - 1, m * cols + kernel.shape[1] - 1))
    resized = trace_conv(large, kernel)
    return {
        "stamping": layer.input.size * kernel.size,
        "zeros inserted": slid,
        "of these with a real cell": real,
        "enlarged first": sum(step.terms.size for step in resized.steps),
    }


def cost_numbers(layer: Layer) -> Numbers:
    """The products of each way, as people write them."""
    counted = products(layer)
    wasted = 1 - counted["of these with a real cell"] / counted["zeros inserted"]
    return {
        **sizes(layer.geometry),
        "stamping": f"{counted['stamping']:,}",
        "inserted": f"{counted['zeros inserted']:,}",
        "wasted": percent(wasted),
        "enlarged": f"{counted['enlarged first']:,}",
    }


NETWORKS = {
    "U-Net": PageLink("step_by_step", LayerChoice.of(size=4, kernel=2, padding=0)),
    "DCGAN": PageLink("step_by_step", LayerChoice.of(size=4, kernel=4)),
}
FCN = Geometry.from_torch(7, 64, stride=32)
"""The last layer of FCN-32s, before its crop."""


def network_numbers(layer: Layer) -> Numbers:
    """What the layers of known networks make of their inputs."""
    unet, dcgan = (NETWORKS[name].choice.layer.geometry for name in ("U-Net", "DCGAN"))
    return {
        **sizes(layer.geometry),
        **{f"unet_{name}": value for name, value in sizes(unet).items()},
        **{f"dcgan_{name}": value for name, value in sizes(dcgan).items()},
        **{f"fcn_{name}": value for name, value in sizes(FCN).items()},
    }


def back_numbers(layer: Layer) -> Numbers:
    """What a convolution makes of the input, and how much of it its transpose brings back."""
    trip = round_trip(layer)
    return {
        **sizes(layer.geometry),
        "made": times((trip.there.shape[0], trip.there.shape[1])),
        "changed": str(int(np.count_nonzero(~np.isclose(trip.difference, 0)))),
        "total": str(trip.difference.size),
    }
