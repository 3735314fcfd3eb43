"""What enlarging without weights does with the layer."""

from __future__ import annotations

import numpy as np

from tconv_core import upsample_bilinear
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import shuffle_factor
from tconv_ui.operations.facts import Facts, letters
from tconv_ui.wording import counted, short_number, times


def nearest_facts(layer: Layer) -> Facts:
    """Return what repeating does."""
    rows, cols = layer.geometry.stride
    copies = counted(rows * cols, "cell")
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
    after = float(np.abs(upsample_bilinear(layer.input[np.newaxis], layer.geometry.stride)).max())
    rows, cols = layer.geometry.stride
    if rows == cols == 1:
        lost = "Nothing: at factor 1 each cell keeps its value."
    elif after >= before * (1 - 1e-9):
        lost = "No peak; the cells between are guessed, no detail is added."
    else:
        peaks = f"from {short_number(before)} to {short_number(after)}"
        lost = f"Peaks: the largest magnitude falls {peaks}."
    return _scaling_facts(
        layer,
        multiply_adds=4 * layer.input.size * rows * cols,
        lost=lost,
        note="The stride is taken for its factor; the border is repeated.",
    )


def shuffle_facts(layer: Layer) -> Facts:
    """Return what a pixel shuffle does with the channels of a sub-pixel convolution."""
    r = shuffle_factor(layer)
    work = counted(layer.input.size * layer.kernel.size, "multiply-add")
    return _scaling_facts(
        layer,
        multiply_adds=0,
        other_work=f"{counted(layer.input.size * r * r, 'value')} moved",
        lost="Nothing: every value only moves.",
        note=f"A sub-pixel convolution makes its {counted(r * r, 'channel')}: the input convolved "
        f"with each phase of the kernel ({counted(layer.kernel.size, 'weight')}, {work}). "
        f"{_shuffled_words(layer)}",
    )


def _shuffled_words(layer: Layer) -> str:
    """How far the shuffled channels are the transposed convolution: where both have cells."""
    made, output = _scaled_shape(layer), layer.geometry.output_shape
    if made == output:
        return "Shuffled, they are the transposed convolution."
    rows, cols = (min(sides) for sides in zip(made, output, strict=True))
    return (
        f"Shuffled, they make {times(made)} cells; the first {times((rows, cols))} are those of "
        f"the transposed convolution, which makes {times(output)}."
    )


def _scaled_shape(layer: Layer) -> tuple[int, int]:
    (height, width), (rows, cols) = layer.geometry.input_shape, layer.geometry.stride
    return height * rows, width * cols


def _scaling_facts(
    layer: Layer, *, multiply_adds: int, lost: str, note: str, other_work: str = ""
) -> Facts:
    return Facts(
        input_shape=layer.geometry.input_shape,
        output_shape=_scaled_shape(layer),
        numbers=letters(layer),
        parameters=0,
        multiply_adds=multiply_adds,
        other_work=other_work,
        lost=lost,
        note=note,
    )
