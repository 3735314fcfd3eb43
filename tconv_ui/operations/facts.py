"""What an operation does with the sidebar's layer: shapes, costs and losses, all computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tconv_core import Geometry, overlap_count, upsample_bilinear
from tconv_ui.cells import Shape
from tconv_ui.figures import short
from tconv_ui.layer import Layer
from tconv_ui.operations.layers import (
    axes_of,
    conv_geometry,
    dilated_geometry,
    pooled,
    pooled_geometry,
    shuffle_factor,
    strides_of,
)

Numbers = Mapping[str, int]
"""What a formula's letters stand for along one axis: n, k, s, p, d, r, and m for a pooled size."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an operation does with one layer.

    Attributes:
        input_shape, output_shape: (H, W), before and after.
        numbers: The letters of the formula along rows and along columns.
        parameters: Learnable weights, without a bias.
        multiply_adds: Weights times cells, those on padding counted too.
        other_work: What it does instead of multiplying, in words, or nothing.
        lost: What the output no longer tells.
        note: What has to be said about these settings, or nothing.
    """

    input_shape: Shape
    output_shape: Shape
    numbers: tuple[Numbers, Numbers]
    parameters: int
    multiply_adds: int
    lost: str
    other_work: str = ""
    note: str = ""


def _letters(layer: Layer) -> tuple[dict[str, int], dict[str, int]]:
    rows, cols = (
        {
            "n": axis.input_size,
            "k": axis.kernel_size,
            "s": axis.stride,
            "p": axis.crop[0],
            "d": axis.dilation,
            "r": axis.crop[0] - axis.crop[1],
        }
        for axis in axes_of(layer)
    )
    return rows, cols


# What each does with a layer ------------------------------------------------------------------


def conv_facts(layer: Layer) -> Facts:
    """Return what an ordinary convolution does."""
    return _sliding_facts(layer, conv_geometry(layer))


def dilated_facts(layer: Layer) -> Facts:
    """Return what a dilated convolution does."""
    geometry = dilated_geometry(layer)
    raised = any(axis.dilation == 1 for axis in axes_of(layer))
    note = "With dilation 1 it would be Conv2D: 2 is used here. " if raised else ""
    spans = (geometry.rows.effective_kernel, geometry.cols.effective_kernel)
    note += f"{_many(layer.kernel.size, 'tap')} as before, over {spans[0]} × {spans[1]} cells."
    return _sliding_facts(layer, geometry, note)


def _sliding_facts(layer: Layer, geometry: Geometry, note: str = "") -> Facts:
    cells, taps = _count(geometry.input_shape), layer.kernel.size
    rows, cols = _letters(layer)
    rows["d"], cols["d"] = geometry.rows.dilation, geometry.cols.dilation
    fewer = cells < layer.input.size
    return Facts(
        input_shape=geometry.output_shape,
        output_shape=geometry.input_shape,
        numbers=(rows, cols),
        parameters=taps,
        multiply_adds=cells * taps,
        lost=(
            f"{layer.input.size} values become {_many(cells, 'sum')}, so many inputs give the "
            "same output."
            if fewer
            else f"The single values: each cell is a sum of up to {taps} of them."
        )
        + _unread(geometry),
        note=note,
    )


def transposed_facts(layer: Layer) -> Facts:
    """Return what the layer itself does."""
    geometry = layer.geometry
    full, kept = _count(geometry.full_shape), _count(geometry.output_shape)
    cropped = f" {full - kept} of {full} cells of the full output are cropped." * (kept < full)
    return Facts(
        input_shape=geometry.input_shape,
        output_shape=geometry.output_shape,
        numbers=_letters(layer),
        parameters=layer.kernel.size,
        multiply_adds=layer.input.size * layer.kernel.size,
        lost=f"After a convolution only the shape comes back, not the values.{cropped}",
    )


def max_pool_facts(layer: Layer) -> Facts:
    """Return what max pooling does."""
    geometry = pooled_geometry(layer)
    cells = _count(geometry.input_shape)
    lost = layer.input.size - np.unique(pooled(layer)[1]).size
    comparisons = cells * (layer.kernel.size - 1)
    return Facts(
        input_shape=geometry.output_shape,
        output_shape=geometry.input_shape,
        numbers=_letters(layer),
        parameters=0,
        multiply_adds=0,
        other_work=_many(comparisons, "comparison"),
        lost=(
            f"{lost} of {layer.input.size} values, those under the maximum. Which cell won is "
            "remembered only by its index."
            if lost
            else "Nothing: every value is the largest of a window."
        ),
    )


def avg_pool_facts(layer: Layer) -> Facts:
    """Return what average pooling does."""
    geometry = pooled_geometry(layer)
    cells = _count(geometry.input_shape)
    return Facts(
        input_shape=geometry.output_shape,
        output_shape=geometry.input_shape,
        numbers=_letters(layer),
        parameters=0,
        multiply_adds=cells * layer.kernel.size,
        lost=(
            f"How the values lay in each window: {layer.input.size} become {_many(cells, 'mean')}."
            if layer.kernel.size > 1
            else "Nothing of what it reads: the mean of one value is that value."
        )
        + _unread(geometry),
        note=f"Conv2D with every weight 1/{layer.kernel.size}; padding counts as zeros.",
    )


def unpool_facts(layer: Layer) -> Facts:
    """Return what max-unpooling does, after max pooling with the same settings."""
    geometry = pooled_geometry(layer)
    lost = layer.input.size - np.unique(pooled(layer)[1]).size
    numbers = _letters(layer)
    for letters, axis in zip(numbers, (geometry.rows, geometry.cols), strict=True):
        letters["m"] = axis.input_size
        letters["r"] = axis.crop[0] - axis.crop[1]
    return Facts(
        input_shape=geometry.input_shape,
        output_shape=geometry.output_shape,
        numbers=numbers,
        parameters=0,
        multiply_adds=0,
        other_work=_many(_count(geometry.input_shape), "value") + " moved",
        lost=(
            f"All but the maxima: {lost} of {layer.input.size} cells stay zero."
            if lost
            else "Nothing: every value is the largest of a window."
        ),
        note="The input is max pooled first, with the same settings; each maximum then goes back "
        "to its index. The remainder r is what output_size adds.",
    )


def nearest_facts(layer: Layer) -> Facts:
    """Return what repeating does."""
    rows, cols = strides_of(layer)
    copies = _many(rows * cols, "cell")
    return _scaling_facts(
        layer,
        multiply_adds=0,
        other_work=f"each value written to {copies}",
        lost="Nothing, and nothing is gained: each value is a block.",
        note="The stride is taken for its factor.",
    )


def bilinear_facts(layer: Layer) -> Facts:
    """Return what bilinear interpolation does."""
    before = float(np.abs(layer.input).max())
    after = float(np.abs(upsample_bilinear(layer.input[np.newaxis], strides_of(layer))).max())
    kept = after >= before * (1 - 1e-9)
    rows, cols = strides_of(layer)
    return _scaling_facts(
        layer,
        multiply_adds=4 * layer.input.size * rows * cols,
        lost=(
            "No peak; the cells between are guessed, no detail is added."
            if kept
            else f"Peaks: the largest magnitude falls from {short(before)} to {short(after)}."
        ),
        note="The stride is taken for its factor; the border is repeated.",
    )


def shuffle_facts(layer: Layer) -> Facts:
    """Return what a pixel shuffle does with the channels of a sub-pixel convolution."""
    r = shuffle_factor(layer)
    return _scaling_facts(
        layer,
        multiply_adds=0,
        other_work=f"{_many(layer.input.size * r * r, 'value')} moved",
        lost="Nothing: every value only moves.",
        note=f"A sub-pixel convolution makes its {_many(r * r, 'channel')}: the input convolved "
        f"with each phase of the kernel ({_many(layer.kernel.size, 'weight')}, "
        f"{_many(layer.input.size * layer.kernel.size, 'multiply-add')}). Shuffled, they are the "
        "transposed convolution.",
    )


def _scaling_facts(
    layer: Layer, *, multiply_adds: int, lost: str, note: str, other_work: str = ""
) -> Facts:
    (height, width), (rows, cols) = layer.geometry.input_shape, strides_of(layer)
    return Facts(
        input_shape=(height, width),
        output_shape=(height * rows, width * cols),
        numbers=_letters(layer),
        parameters=0,
        multiply_adds=multiply_adds,
        other_work=other_work,
        lost=lost,
        note=note,
    )


def _unread(geometry: Geometry) -> str:
    """Say how many cells no window reads."""
    unread = int((overlap_count(geometry) == 0).sum())
    verb = "is" if unread == 1 else "are"
    return f" {unread} of {_count(geometry.output_shape)} {verb} never read." if unread else ""


def _count(shape: Shape) -> int:
    return shape[0] * shape[1]


def _many(count: int, name: str) -> str:
    """Return a count with its noun.

    >>> _many(1, "sum"), _many(4, "sum")
    ('1 sum', '4 sums')
    """
    return f"{count:,} {name}" + ("" if count == 1 else "s")
