"""What the poolings, and unpooling after one, do with the layer."""

from __future__ import annotations

import numpy as np

from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import pooled, pooled_geometry
from tconv_ui.operations.facts import Facts, cell_count, letters, unread_cells, unread_words
from tconv_ui.wording import counted


def max_pool_facts(layer: Layer) -> Facts:
    """Return what max pooling does."""
    geometry = pooled_geometry(layer)
    cells = cell_count(geometry.input_shape)
    beaten = _beaten(layer) - unread_cells(geometry)
    comparisons = cells * (layer.kernel.size - 1)
    return Facts(
        input_shape=geometry.output_shape,
        output_shape=geometry.input_shape,
        numbers=letters(layer),
        parameters=0,
        multiply_adds=0,
        other_work=counted(comparisons, "comparison"),
        lost=(
            f"{beaten} of {layer.input.size} values, those under the maximum. Which cell won is "
            "remembered only by its index."
            if beaten
            else "Nothing of what it reads: each value is the largest of a window."
        )
        + unread_words(geometry),
    )


def avg_pool_facts(layer: Layer) -> Facts:
    """Return what average pooling does."""
    geometry = pooled_geometry(layer)
    cells = cell_count(geometry.input_shape)
    return Facts(
        input_shape=geometry.output_shape,
        output_shape=geometry.input_shape,
        numbers=letters(layer),
        parameters=0,
        multiply_adds=cells * layer.kernel.size,
        lost=(
            "How the values lay in each window: "
            f"{layer.input.size} become {counted(cells, 'mean')}."
            if layer.kernel.size > 1
            else "Nothing of what it reads: the mean of one value is that value."
        )
        + unread_words(geometry),
        note=f"Conv2D with every weight 1/{layer.kernel.size}; padding counts as zeros.",
    )


def unpool_facts(layer: Layer) -> Facts:
    """Return what max-unpooling does, after max pooling with the same settings."""
    geometry = pooled_geometry(layer)
    lost = _beaten(layer)
    numbers = letters(layer)
    for each, axis in zip(numbers, geometry.axes, strict=True):
        each["m"] = axis.input_size
        each["r"] = axis.crop[0] - axis.crop[1]
    return Facts(
        input_shape=geometry.input_shape,
        output_shape=geometry.output_shape,
        numbers=numbers,
        parameters=0,
        multiply_adds=0,
        other_work=counted(cell_count(geometry.input_shape), "value") + " moved",
        lost=(
            f"All but the maxima: {lost} of {layer.input.size} cells stay zero."
            if lost
            else "Nothing: every value is the largest of a window."
        ),
        note="The input is max pooled first, with the same settings; each maximum then goes back "
        "to its index. The remainder r is what output_size adds.",
    )


def _beaten(layer: Layer) -> int:
    """How many input cells are the largest of no window."""
    return layer.input.size - np.unique(pooled(layer)[1]).size
