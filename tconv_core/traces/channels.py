"""Transposed convolution with channels, one input position at a time: plain and slow on purpose.

At each position every input channel scales its kernel for every filter; a filter's stamp is the sum
over the input channels. `operators.transpose_conv` computes the same numbers fast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tconv_core.arrays import FloatArray, as_float, frozen
from tconv_core.geometry.geometry import Geometry


@dataclass(frozen=True, slots=True, eq=False)
class ChannelStep:
    """What one input position does to every filter's output.

    Attributes:
        source: (i, j) of the position.
        values: (C_in,), its value in each input channel.
        scaled: (C_in, C_out, kH, kW), each kernel times its input channel's value.
        stamps: (C_out, kH, kW), the scaled kernels added up over the input channels.
        full_window: The cells of the full output the stamps land on, as (rows, cols) slices.
        kept: (C_out, rows, cols), what of the stamps survives the crop; empty if nothing does.
        output_window: The cells of the outputs that `kept` lands on.
    """

    source: tuple[int, int]
    values: FloatArray
    scaled: FloatArray
    stamps: FloatArray
    full_window: tuple[slice, slice]
    kept: FloatArray
    output_window: tuple[slice, slice]


@dataclass(frozen=True, slots=True, eq=False)
class ChannelTrace:
    """All steps of a transposed convolution with channels. Arrays are read-only.

    Attributes:
        geometry: The same for all channels.
        input: (C_in, H, W).
        weight: (C_in, C_out, kH, kW).
        bias: (C_out,), or None.
        steps: One for each input position, in reading order.
        output: (C_out, H', W'): the steps added up, then each filter's bias in every cell.
    """

    geometry: Geometry
    input: FloatArray
    weight: FloatArray
    bias: FloatArray | None
    steps: tuple[ChannelStep, ...]
    output: FloatArray


def trace_channels(
    x: ArrayLike, weight: ArrayLike, geometry: Geometry, bias: ArrayLike | None = None
) -> ChannelTrace:
    """Return the stamps of a transposed convolution with channels, one step per input position.

    Args:
        x: (C_in, H, W), the input.
        weight: (C_in, C_out, kH, kW).
        geometry: Its input and kernel shapes must be those of x and weight.
        bias: (C_out,), added to every output cell after the last step.

    Raises:
        ValueError: A shape disagrees with the geometry or another one, or an element is not finite.

    Source:
        torch.nn.ConvTranspose2d (PyTorch 2.13), for the layout of weight and bias.

    >>> geometry = Geometry.from_torch((1, 1), (1, 2))
    >>> trace = trace_channels([[[2.0]], [[3.0]]], [[[[1.0, 0.0]]], [[[1.0, 1.0]]]], geometry, [10])
    >>> trace.steps[0].stamps
    array([[[5., 3.]]])
    >>> trace.output
    array([[[15., 13.]]])
    """
    x, weight = as_float("x", x, 3), as_float("weight", weight, 4)
    _check(x, weight, geometry)
    x, weight = frozen(x.copy()), frozen(weight.copy())
    outs = weight.shape[1]
    output = np.zeros((outs, *geometry.output_shape), np.result_type(x, weight))
    steps = []
    for i in range(x.shape[1]):
        for j in range(x.shape[2]):
            step = _stamps(x, weight, geometry, i, j)
            output[:, *step.output_window] += step.kept
            steps.append(step)
    offset = None
    if bias is not None:
        offset = as_float("bias", bias, 1)
        if offset.shape != (outs,):
            raise ValueError(f"bias has shape {offset.shape}, the layer has {outs} filters.")
        offset = frozen(offset.copy())
        output = output + offset[:, np.newaxis, np.newaxis]
    return ChannelTrace(geometry, x, weight, offset, tuple(steps), frozen(output))


def _stamps(x: FloatArray, weight: FloatArray, geometry: Geometry, i: int, j: int) -> ChannelStep:
    rows, cols = geometry.axes
    values = frozen(x[:, i, j])
    scaled = np.zeros_like(weight, np.result_type(x, weight))
    stamps = np.zeros(weight.shape[1:], scaled.dtype)
    for c, value in enumerate(values):
        for o in range(weight.shape[1]):
            scaled[c, o] = value * weight[c, o]
            stamps[o] += scaled[c, o]
    stamps = frozen(stamps)
    return ChannelStep(
        source=(i, j),
        values=values,
        scaled=frozen(scaled),
        stamps=stamps,
        full_window=(rows.full_slice(i), cols.full_slice(j)),
        kept=stamps[:, rows.kept_taps(i), cols.kept_taps(j)],
        output_window=(rows.kept_slice(i), cols.kept_slice(j)),
    )


def _check(x: FloatArray, weight: FloatArray, geometry: Geometry) -> None:
    if x.shape[0] != weight.shape[0]:
        raise ValueError(
            f"x has {x.shape[0]} channels and weight is for {weight.shape[0]}: its shape is "
            "(C_in, C_out, kH, kW)."
        )
    for name, shape, said in (
        ("x", x.shape[1:], geometry.input_shape),
        ("weight", weight.shape[2:], geometry.kernel_shape),
    ):
        if shape != said:
            raise ValueError(f"{name} has rows and columns {shape}, the geometry says {said}.")
