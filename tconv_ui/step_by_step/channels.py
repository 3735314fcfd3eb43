"""A layer given more channels: further inputs, kernels and biases, made from the layer's own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tconv_core import ChannelTrace, Geometry, trace_channels
from tconv_ui.layer.cells import KERNELS, RANDOM, Cells
from tconv_ui.layer.layer import Layer
from tconv_ui.wording import times

MOST_CHANNELS = 3
LARGEST_INPUT, LARGEST_KERNEL, LARGEST_FULL = 6, 5, 15
"""Cells along a side: with three times three channels, more could not be read."""
BIASES = (1.0, -1.0, 0.5)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many channels a visitor asks for, and whether a bias is added."""

    ins: int = 1
    outs: int = 1
    bias: bool = False

    @property
    def plain(self) -> bool:
        """Whether this is the layer without channels."""
        return self == PLAIN


PLAIN = Wanted()
"""One channel in, one out, and no bias."""


def refusal(geometry: Geometry) -> str | None:
    """Return why a layer is shown without channels, in one sentence, or None if it need not be."""
    for what, shape, most in (
        ("an input", geometry.input_shape, LARGEST_INPUT),
        ("a kernel", geometry.kernel_shape, LARGEST_KERNEL),
        ("a full output", geometry.uncropped.output_shape, LARGEST_FULL),
    ):
        if max(shape) > most:
            return (
                f"One channel without a bias is shown: with more, {what} of {times(shape)} could "
                f"not be read; up to {times((most, most))} can."
            )
    return None


def add_channels(layer: Layer, wanted: Wanted) -> ChannelTrace:
    """Return the trace of a layer with channels; input 0 and kernel w[0,0] are the layer's own.

    >>> from tconv_ui.layer.presets import PRESETS
    >>> trace = add_channels(PRESETS["3×3, stride 2"].choice.layer, Wanted(2, 3, bias=True))
    >>> trace.weight.shape, trace.bias
    ((2, 3, 3, 3), array([ 1. , -1. ,  0.5]))
    """
    x = np.stack(_mirrored(layer.input)[: wanted.ins])
    shape = layer.geometry.kernel_shape
    weight = np.array(
        [
            [KERNELS[RANDOM](shape, _seed(c, o)) for o in range(wanted.outs)]
            for c in range(wanted.ins)
        ]
    )
    weight[0, 0] = layer.kernel
    bias = BIASES[: wanted.outs] if wanted.bias else None
    return trace_channels(x, weight, layer.geometry, bias)


def described(wanted: Wanted) -> str:
    """Return where the numbers of further channels come from."""
    told = []
    if wanted.ins > 1:
        told.append("Input 1 is input 0 mirrored left to right")
    if wanted.ins > 2:
        told[-1] += ", input 2 is it upside down"
    if wanted.ins * wanted.outs > 1:
        told.append(
            "w[c,o] leads from input c to output o: w[0,0] is the layer's kernel, the others are "
            "random numbers, seed 3c + o"
        )
    if wanted.bias:
        values = ", ".join(f"{value:g}" for value in BIASES[: wanted.outs]).replace("-", "−")
        told.append(f"The bias is {values}")
    shape = f"({wanted.ins}, {wanted.outs}, kH, kW)"
    return ". ".join([*told, f"PyTorch's weight has the shape {shape}"]) + "."


def _mirrored(x: Cells) -> tuple[Cells, Cells, Cells]:
    return x, x[:, ::-1], x[::-1]


def _seed(c: int, o: int) -> int:
    return MOST_CHANNELS * c + o
