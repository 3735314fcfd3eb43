"""A network run within the page's budget, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tconv_core import GeometryError
from tconv_core.network import (
    Load,
    Network,
    flat_response,
    he_weights,
    lightened,
    pattern_share,
    periods,
    resize_convolution,
    run,
)
from tconv_core.network.network import Shape
from tconv_ui.decoder_text import MOST_LAYERS, Plan
from tconv_ui.decoder_words import bytes_words, count_words, shape_words

BUDGET = Load(seconds=1.2, size=200 * 2**20)
"""What one run may take, estimated before it begins."""
KEPT = 6
"""Feature maps of a layer that are kept to be shown."""
Maps = NDArray[np.float32]
Feed = Callable[[Shape], Maps]
"""Makes the input of a (C, H, W)."""


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """What a network made of its input.

    Attributes:
        network: The network that was run, lighter than the one asked for where that was too much.
        input: The first channels it was fed.
        maps: The first channels of every layer's output.
    """

    network: Network
    input: Maps
    maps: tuple[Maps, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """What every layer makes of a constant.

    Attributes:
        overlap: (H, W) per layer: taps that reach a cell, 1 on average.
        response: (H, W) per layer: its strongest channel, fed ones, with the seeded weights.
        overlap_share: How uneven that is at the centre.
        response_share: How uneven the seeded network's response to a constant is there, None
            where it is all zeros.
    """

    overlap: tuple[Maps, ...]
    response: tuple[Maps, ...]
    overlap_share: tuple[float | None, ...]
    response_share: tuple[float | None, ...]


def affordable(network: Network) -> Network | None:
    """Return the network, a lighter one, or None where nothing legal fits the budget."""
    return lightened(network, BUDGET)


def result_of(network: Network, feed: Feed, seed: int) -> Result:
    """Run a network on what feed makes, with seeded weights."""
    x = feed(network.input_shape)
    maps = run(network, x, he_weights(network, seed))
    return Result(network, x[:KEPT].copy(), tuple(each[:KEPT].astype(np.float32) for each in maps))


def pattern_of(network: Network, seed: int) -> Pattern:
    """Return the overlap and the response to a constant after every layer."""
    repeats = periods(network)
    overlap = flat_response(network)
    ones = np.ones(network.input_shape, np.float32)
    response = run(network, ones, he_weights(network, seed))
    return Pattern(
        tuple(each.astype(np.float32) for each in overlap),
        tuple(each[np.abs(each).sum(axis=(1, 2)).argmax()].copy() for each in response),
        tuple(
            pattern_share(each[np.newaxis], period)
            for each, period in zip(overlap, repeats, strict=True)
        ),
        tuple(pattern_share(each, period) for each, period in zip(response, repeats, strict=True)),
    )


def cured(network: Network) -> Plan | None:
    """Return the resize-convolution version; None where there is none or it is too long."""
    if not any(spec.kind == "tconv" and spec.stride > 1 for spec in network.layers):
        return None
    try:
        found = resize_convolution(network)
    except GeometryError:
        return None
    if len(found.layers) > MOST_LAYERS:
        return None
    return Plan(found.input_shape, found.layers)


def lighter_words(asked: Network, shown: Network | None) -> str | None:
    """Return why the feature maps are not those of the network asked for, or None if they are."""
    if shown == asked:
        return None
    total = asked.total
    heavy = (
        f"{count_words(total.multiply_adds)} multiply-adds, {count_words(total.parameters)} "
        f"parameters and {bytes_words(total.activation_bytes)} of feature maps are too much to "
        f"run live"
    )
    if shown is None:
        return f"{heavy}: the feature maps are not computed."
    return f"{heavy}: shown is the same stack, lighter, on {shape_words(shown.input_shape)}" + (
        "." if _same_filters(asked, shown) else ", with fewer filters."
    )


def _same_filters(first: Network, second: Network) -> bool:
    return first.layers == second.layers
