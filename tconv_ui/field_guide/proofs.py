"""Computations that settle what is often said of transposed convolution.

Each says whether what it found on a layer bears the correction out: on some layers it does not,
and the tests show where.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tconv_core import (
    conv2d,
    conv_transpose2d,
    convolution_matrix,
    trace_gather,
    trace_scatter,
    transpose_conv,
)
from tconv_ui.field_guide.figures import Panel
from tconv_ui.layer.cells import resize_cells
from tconv_ui.layer.checkerboard import Matrix
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.round_trip import round_trip
from tconv_ui.wording import short_number, times


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """What a computation found.

    Attributes:
        holds: Whether it bears the correction out.
        numbers: What fills the row's sentence.
        panels: The grids that show it.
    """

    holds: bool
    numbers: Mapping[str, str]
    panels: tuple[Panel, ...]


def _stamped(layer: Layer) -> Matrix:
    weight = layer.kernel[np.newaxis, np.newaxis]
    return np.asarray(transpose_conv(layer.input[np.newaxis], weight, layer.geometry)[0], float)


def prove_inverse(layer: Layer) -> Proof:
    """Convolve an image and bring it back."""
    trip = round_trip(layer)
    far = float(np.abs(trip.difference).max())
    adjoint = trip.forward != 0 and np.isclose(trip.forward, trip.backward)
    back = layer.input.shape == trip.back.shape and not np.allclose(trip.difference, 0)
    return Proof(
        bool(adjoint) and back,
        {"shape": times((trip.back.shape[0], trip.back.shape[1])), "far": short_number(far)},
        (
            Panel("Image", layer.input, "input"),
            Panel("→ Convolved", trip.there, "output"),
            Panel("→ Transposed", trip.back, "output"),
        ),
    )


def prove_matrix(layer: Layer) -> Proof:
    """Multiply by Cᵀ, after C has proved to be the convolution's matrix."""
    geometry, weight = layer.geometry, layer.kernel[np.newaxis, np.newaxis]
    padding = (geometry.rows.crop[0], geometry.cols.crop[0])
    matrix = convolution_matrix(layer.kernel, geometry)
    image = resize_cells(layer.input, geometry.output_shape)
    convolved = conv2d(image[np.newaxis], weight, stride=geometry.stride, padding=padding)[0]
    same = np.allclose((matrix @ image.ravel()).reshape(convolved.shape), convolved)
    product = (matrix.T @ layer.input.ravel()).reshape(geometry.output_shape)
    stamped = _stamped(layer)
    return Proof(
        same and np.allclose(product, stamped),
        {
            "shape": times((matrix.shape[0], matrix.shape[1])),
            "gap": short_number(float(np.abs(product - stamped).max())),
        },
        (Panel("Cᵀ x", product, "output"), Panel("Stamped", stamped, "output")),
    )


def prove_true_convolution(layer: Layer) -> Proof:
    """Stamp a row, convolve it, and correlate it."""
    x, w, stride = layer.input[0], layer.kernel[0], layer.geometry.cols.stride
    stuffed = np.zeros((x.size - 1) * stride + 1)
    stuffed[::stride] = x
    convolved, correlated = np.convolve(stuffed, w), np.correlate(stuffed, w, "full")
    row = Layer(layer.geometry, layer.input[:1], layer.kernel[:1])
    weight = row.kernel[np.newaxis, np.newaxis]
    stamped = conv_transpose2d(row.input[np.newaxis], weight, stride=(1, stride))[0, 0]
    return Proof(
        np.allclose(stamped, convolved) and not np.allclose(stamped, correlated),
        {"apart": str(int(np.count_nonzero(~np.isclose(correlated, stamped))))},
        (Panel("Stamped / convolved / correlated", np.stack([stamped, convolved, correlated])),),
    )


def prove_enlarges(layer: Layer) -> Proof:
    """Compare the sizes before and after."""
    output = _stamped(layer)
    before, after = layer.geometry.input_shape, (output.shape[0], output.shape[1])
    axis = layer.geometry.rows
    return Proof(
        all(large > small for large, small in zip(before, after, strict=True)),
        {
            "stride": str(axis.stride),
            "padding": str(axis.crop[0]),
            "before": times(before),
            "after": times(after),
        },
        (Panel("→ Input", layer.input, "input"), Panel("Output", output, "output")),
    )


def prove_padding(layer: Layer) -> Proof:
    """Compare the output with and without padding."""
    whole = _stamped(Layer(layer.geometry.uncropped, layer.input, layer.kernel))
    kept = trace_scatter(layer.input, layer.kernel, layer.geometry).output
    window = (layer.geometry.rows.output_slice, layer.geometry.cols.output_slice)
    return Proof(
        kept.size < whole.size and np.allclose(whole[window], kept),
        {
            "padding": str(layer.geometry.rows.crop[0]),
            "full": times(layer.geometry.full_shape),
            "kept": times(layer.geometry.output_shape),
        },
        (Panel("→ Without padding", whole, "output"), Panel("With padding", kept, "output")),
    )


def prove_kernel_size(layer: Layer) -> Proof:
    """Stamp a single one."""
    impulse = np.zeros_like(layer.input)
    impulse[tuple(size // 2 for size in impulse.shape)] = 1
    landed = _stamped(Layer(layer.geometry.uncropped, impulse, layer.kernel))
    rows, cols = (np.flatnonzero(landed.any(axis=axis)) for axis in (1, 0))
    found = landed[rows[:1].sum() : rows[-1:].sum() + 1, cols[:1].sum() : cols[-1:].sum() + 1]
    reach = (found.shape[0], found.shape[1])
    return Proof(
        found.shape == layer.kernel.shape and np.allclose(found, layer.kernel),
        {"kernel": times(layer.geometry.kernel_shape), "reach": times(reach)},
        (Panel("→ Kernel", layer.kernel, "kernel"), Panel("Lands as", found, "output")),
    )


def prove_two_readings(layer: Layer) -> Proof:
    """Stamp; then insert zeros, with and without the flip."""
    stamped = trace_scatter(layer.input, layer.kernel, layer.geometry).output
    gathered = trace_gather(layer.input, layer.kernel, layer.geometry).output
    unflipped = trace_gather(layer.input, layer.kernel[::-1, ::-1], layer.geometry).output
    wrong = int(np.count_nonzero(~np.isclose(unflipped, stamped)))
    return Proof(
        np.allclose(gathered, stamped) and wrong > 0,
        {"wrong": str(wrong), "cells": str(stamped.size)},
        (
            Panel("Stamped", stamped, "output"),
            Panel("= Zeros inserted", gathered, "output"),
            Panel("≠ Not flipped", unflipped, "output"),
        ),
    )


def prove_dilated(layer: Layer) -> Proof:
    """Count the products of a stamp, and the cells it reaches over."""
    stamp = np.zeros(layer.geometry.uncropped.output_shape)
    step = trace_scatter(np.ones_like(layer.input), layer.kernel, layer.geometry.uncropped).steps[0]
    stamp[step.full_window] = step.stamp
    axis = layer.geometry.rows
    taps, reach = int(np.count_nonzero(stamp)), axis.effective_kernel
    return Proof(
        taps == layer.kernel.size and reach > axis.kernel_size,
        {"taps": str(taps), "kernel": str(layer.kernel.size), "reach": times((reach, reach))},
        (
            Panel("Kernel", layer.kernel, "kernel"),
            Panel("→ Lands as", stamp[:reach, :reach], "output"),
        ),
    )


def prove_holes(layer: Layer) -> Proof:
    """Count the cells that no stamp reaches."""
    out = _stamped(Layer(layer.geometry, np.ones_like(layer.input), np.ones_like(layer.kernel)))
    holes = int(np.count_nonzero(out == 0))
    return Proof(
        4 * holes == 3 * out.size,
        {"holes": str(holes), "cells": str(out.size)},
        (Panel("→ Input", layer.input, "input"), Panel("Output", _stamped(layer), "output")),
    )
