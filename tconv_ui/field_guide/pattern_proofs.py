"""Computations that settle what is often said of the checkerboard and of what removes it."""

from __future__ import annotations

import numpy as np

from tconv_core import (
    GeometryError,
    conv2d,
    even_out,
    kernels,
    pixel_shuffle,
    trace_gather,
    trace_scatter,
)
from tconv_ui.field_guide.figures import Panel
from tconv_ui.field_guide.proofs import Proof
from tconv_ui.layer.checkerboard import (
    FLAT,
    amount_of,
    constant_response,
    percent,
)
from tconv_ui.layer.layer import Layer
from tconv_ui.wording import short_number


def prove_fractional(layer: Layer) -> Proof:
    """Put a flat input through the reading that inserts zeros."""
    ones = np.ones_like(layer.input)
    response = trace_gather(ones, layer.kernel, layer.geometry).output
    amount = amount_of(layer.kernel, layer.geometry)
    stamped = constant_response(layer.kernel, layer.geometry)
    return Proof(
        np.allclose(response, stamped) and amount is not None and amount > FLAT,
        {"amount": "nothing" if amount is None else percent(amount)},
        (Panel("Flat input", ones, "input"), Panel("→ Output", response, "output")),
    )


def prove_shuffle(layer: Layer, seed: int = 0) -> Proof:
    """Shuffle a flat input, with random filters and with the same at equal sums."""
    r = layer.geometry.rows.stride
    size = layer.geometry.kernel_shape
    ones = np.ones((1, 4 + size[0], 4 + size[1]))
    random = kernels.he((1, r * r), size, seed=seed).transpose(1, 0, 2, 3)
    sums = random.sum(axis=(1, 2, 3), keepdims=True)
    equal = random + (sums.mean() - sums) / random[0].size
    made = [
        np.asarray(pixel_shuffle(conv2d(ones, w), r)[0], float)[:6, :6] for w in (random, equal)
    ]
    spread = [float(np.ptp(each)) for each in made]
    return Proof(
        spread[0] > FLAT >= spread[1],
        {"random": short_number(spread[0]), "equal": short_number(spread[1])},
        (Panel("Random filters", made[0], "output"), Panel("Equal sums", made[1], "output")),
    )


def prove_mixing(layer: Layer) -> Proof:
    """Mix a channel with another by a 1×1 convolution, and with one whose pattern is opposite."""
    other = kernels.bilinear(layer.geometry.kernel_shape) + layer.kernel
    channels = [constant_response(each, layer.geometry) for each in (layer.kernel, other)]
    mixed = conv2d(np.stack(channels), np.array([[[[0.5]], [[0.5]]]]))[0]
    mean = (layer.kernel + other) / 2
    amounts = [amount_of(each, layer.geometry) for each in (layer.kernel, mean)]
    before, after = (0.0 if each is None else each for each in amounts)
    cancelled = _cancelled(layer)
    ones = np.ones_like(layer.input)
    same = np.allclose(mixed, trace_scatter(ones, mean, layer.geometry).output)
    return Proof(
        same and min(before, after) > FLAT and cancelled is not None and cancelled <= FLAT,
        {
            "before": percent(before),
            "after": percent(after),
            "cancelled": "an unknown share" if cancelled is None else percent(cancelled),
        },
        (
            Panel("A channel", channels[0], "output"),
            Panel("→ Mixed", np.asarray(mixed, float), "output"),
        ),
    )


def _cancelled(layer: Layer) -> float | None:
    """How uneven the mean of two channels is whose phase sums are opposite around one level."""
    geometry, kernel = layer.geometry, layer.kernel
    try:
        level = even_out(kernel, geometry.stride, dilation=geometry.dilation)
    except GeometryError:
        return None
    pair = [constant_response(each, geometry) for each in (kernel, 2 * level - kernel)]
    mixed = conv2d(np.stack(pair), np.full((1, 2, 1, 1), 0.5))[0]
    if not np.allclose(mixed, constant_response(level, geometry)):
        return None
    return amount_of(level, geometry)
