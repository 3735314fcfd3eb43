"""Execution of a network: seeded weights in, every layer's feature maps out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core import kernels
from tconv_core.arrays import FloatArray, as_float
from tconv_core.network.network import Network
from tconv_core.network.spec import LEARNED, LayerSpec
from tconv_core.operators import (
    avg_pool2d,
    conv2d,
    conv_transpose2d,
    max_pool2d,
    pixel_shuffle,
    relu,
    sigmoid,
    upsample_bilinear,
    upsample_nearest,
)

Weights = tuple[NDArray[np.float32] | None, ...]
"""One weight per layer in PyTorch's layout, None where there is nothing to learn."""


def he_weights(network: Network, seed: int = 0, *, icnr: bool = False) -> Weights:
    """Return normal weights that keep the variance of rectified maps, the same for the same seed.

    Biases are not drawn: He's initialisation begins with zeros.

    Args:
        network: The layers.
        seed: The same seed gives the same weights.
        icnr: Whether the filters that a pixel shuffle lays side by side begin equal.

    Source:
        He et al. 2015, arXiv 1502.01852; Aitken et al. 2017, arXiv 1707.02937; see `kernels.he`
        and `kernels.icnr`.

    >>> network = Network((3, 8, 8), (LayerSpec("conv", filters=4, kernel=3),))
    >>> [weight.shape for weight in he_weights(network)]
    [(4, 3, 3, 3)]
    """
    found: list[NDArray[np.float32] | None] = []
    equal = shuffled(network) if icnr else {}
    for index, spec in enumerate(network.layers):
        shape, drawn_with = spec.weight_shape(network.fed(index)[0]), 1000 * index + seed
        if shape is None:
            found.append(None)
        elif index in equal:
            ends = (shape[1], shape[0] // equal[index] ** 2)
            drawn = kernels.icnr(ends, spec.kernel, equal[index], seed=drawn_with)
            found.append(drawn.astype(np.float32))
        elif spec.kind == "tconv":
            ends = (shape[0], shape[1])
            drawn = kernels.he(ends, spec.kernel, stride=spec.stride, seed=drawn_with)
            found.append(drawn.astype(np.float32))
        else:
            drawn = kernels.he((shape[1], shape[0]), spec.kernel, seed=drawn_with)
            found.append(np.ascontiguousarray(drawn.transpose(1, 0, 2, 3), np.float32))
    return tuple(found)


def shuffled(network: Network) -> dict[int, int]:
    """Return the factor of the pixel shuffle that follows, by the index of each such convolution.

    >>> layers = (LayerSpec("conv", filters=4), LayerSpec("shuffle", stride=2))
    >>> shuffled(Network((1, 8, 8), layers))
    {0: 2}
    """
    pairs = enumerate(pairwise(network.layers))
    return {
        index: after.stride
        for index, (before, after) in pairs
        if before.kind == "conv" and before.skip is None and after.kind == "shuffle"
    }


def run(
    network: Network, x: ArrayLike, weights: Sequence[ArrayLike | None]
) -> tuple[FloatArray, ...]:
    """Return every layer's feature maps, (C, H, W) each, its skip joined.

    Args:
        network: The layers.
        x: Of the network's input shape.
        weights: One per layer in PyTorch's layout, None for a layer that learns nothing.

    Raises:
        ValueError: x or a weight has another shape, or an element is not finite.

    >>> network = Network((1, 1, 2), (LayerSpec("nearest", stride=2, skip=None),))
    >>> run(network, [[[1, 2]]], [None])[0].tolist()
    [[[1.0, 1.0, 2.0, 2.0], [1.0, 1.0, 2.0, 2.0]]]
    """
    start = as_float("x", x, 3)
    if start.shape != network.input_shape:
        raise ValueError(f"x has shape {start.shape}, the network is fed {network.input_shape}.")
    if len(weights) != len(network.layers):
        raise ValueError(f"{len(network.layers)} layers need as many weights, got {len(weights)}.")
    maps = [start]
    for index, (spec, weight) in enumerate(zip(network.layers, weights, strict=True)):
        wanted = spec.weight_shape(network.fed(index)[0])
        shape = None if weight is None else np.shape(weight)
        if shape != wanted:
            raise ValueError(f"layer {index + 1} needs a weight of shape {wanted}, got {shape}.")
        made = _activated(spec, _applied(spec, maps[-1], weight))
        maps.append(made if spec.skip is None else _merged(spec, made, maps[spec.skip]))
    return tuple(maps[1:])


def flat_response(network: Network) -> tuple[FloatArray, ...]:
    """Return what ones become when all taps are equal: the overlap after each layer, (H, W) each.

    Every kernel is of ones, divided by how many of its taps reach a cell on average, so that 1 is
    an even overlap; activations are left out and skips averaged.

    Source:
        Odena et al. 2016, doi 10.23915/distill.00003, on how stacked layers compound the pattern.

    >>> layer = LayerSpec("tconv", filters=1, kernel=1, stride=2)
    >>> flat_response(Network((1, 1, 2), (layer,)))[0].tolist()
    [[4.0, 0.0, 4.0]]
    """
    x: FloatArray = np.ones((1, *network.input_shape[1:]))
    maps = [x]
    for spec in network.layers:
        plain = replace(spec, activation="none")
        made: FloatArray
        if spec.filters:
            plain = replace(plain, filters=1)
            reached = spec.kernel**2 / (spec.stride**2 if spec.kind == "tconv" else 1)
            made = _applied(plain, maps[-1], np.full((1, 1, spec.kernel, spec.kernel), 1 / reached))
        elif spec.kind == "shuffle":
            made = upsample_nearest(maps[-1], spec.stride)
        else:
            made = _applied(plain, maps[-1], None)
        if spec.skip is not None:
            made = (made + _cut(maps[spec.skip], made.shape)) / 2
        maps.append(made)
    return tuple(each[0] for each in maps[1:])


def _applied(spec: LayerSpec, x: FloatArray, weight: ArrayLike | None) -> FloatArray:
    common = {"stride": spec.stride, "padding": spec.padding}
    if spec.kind in LEARNED:
        assert weight is not None
        if spec.kind == "conv":
            return conv2d(x, weight, **common, dilation=spec.dilation)
        return conv_transpose2d(
            x, weight, output_padding=spec.extra, dilation=spec.dilation, **common
        )
    if spec.kind in ("maxpool", "avgpool"):
        pool = max_pool2d if spec.kind == "maxpool" else avg_pool2d
        return pool(x, spec.kernel, **common)
    enlarge = {"nearest": upsample_nearest, "bilinear": upsample_bilinear, "shuffle": pixel_shuffle}
    return enlarge[spec.kind](x, spec.stride)


def _activated(spec: LayerSpec, x: FloatArray) -> FloatArray:
    match spec.activation:
        case "relu":
            return relu(x)
        case "sigmoid":
            return sigmoid(x)
        case "tanh":
            return np.tanh(x)
        case "none":
            return x


def _merged(spec: LayerSpec, made: FloatArray, other: FloatArray) -> FloatArray:
    if spec.merge == "add":
        summed: FloatArray = made + other
        return summed
    joined: FloatArray = np.concatenate([made, _cut(other, made.shape)])
    return joined


def _cut(other: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    """Cut (C, H, W) maps around their centre to the (H, W) of shape."""
    top, left = ((have - want) // 2 for have, want in zip(other.shape[1:], shape[1:], strict=True))
    return other[:, top : top + shape[1], left : left + shape[2]]
