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
    centre_of,
    flat_response,
    he_weights,
    lightened,
    pattern_share,
    periods,
    resize_convolution,
    run,
    shuffled,
)
from tconv_core.network.network import Shape
from tconv_ui.decoder.text import Plan, TextError, read_plan, write_plan
from tconv_ui.decoder.words import SHOWN_SIDE, bytes_words, count_words, shape_words

BUDGET = Load(seconds=0.5, size=200 * 2**20)
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
        maps: The first channels of every layer's output, the middle of them where they are large.
    """

    network: Network
    input: Maps
    maps: tuple[Maps, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """What every layer makes of a constant.

    Attributes:
        overlap: (H, W) per layer: taps that reach a cell, 1 on average.
        response: (H, W) per layer: the channel that varies most, fed ones, with the seeded weights.
        overlap_share: How uneven that is at the centre.
        response_share: How uneven the seeded network's response to a constant is there, None
            where it is all zeros.
    """

    overlap: tuple[Maps, ...]
    response: tuple[Maps, ...]
    overlap_share: tuple[float | None, ...]
    response_share: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class NetworkCure:
    """What leaves less of a pattern: another network, other first weights, or both.

    Attributes:
        network: The network itself where it has no strided transposed convolution.
        icnr: Whether its weights are drawn for pixel shuffles.
        rebuilt: Whether the network is another.
    """

    network: Network
    icnr: bool
    rebuilt: bool


def affordable(network: Network) -> Network | None:
    """Return the network, a lighter one, or None where nothing legal fits the budget."""
    return lightened(network, BUDGET)


def result_of(network: Network, feed: Feed, seed: int, *, icnr: bool = False) -> Result:
    """Run a network on what feed makes, with seeded weights."""
    x = feed(network.input_shape)
    maps = run(network, x, he_weights(network, seed, icnr=icnr))
    return Result(network, x[:KEPT].copy(), tuple(each[:KEPT].astype(np.float32) for each in maps))


def pattern_of(network: Network, seed: int, *, icnr: bool = False) -> Pattern:
    """Return the overlap and the response to a constant after every layer."""
    repeats = periods(network)
    overlap = flat_response(network)
    ones = np.ones(network.input_shape, np.float32)
    response = run(network, ones, he_weights(network, seed, icnr=icnr))
    return Pattern(
        tuple(_kept(each[np.newaxis])[0] for each in overlap),
        tuple(
            _kept(_unevenest(each, period))[0]
            for each, period in zip(response, repeats, strict=True)
        ),
        tuple(
            pattern_share(each[np.newaxis], period)
            for each, period in zip(overlap, repeats, strict=True)
        ),
        tuple(pattern_share(each, period) for each, period in zip(response, repeats, strict=True)),
    )


def cured(network: Network) -> NetworkCure | None:
    """Return the cure of the network's pattern; None where none applies, or it is too long.

    Upsampling and a convolution stand in for strided transposed convolutions, and the filters that
    a pixel shuffle lays side by side begin equal.
    """
    strided = any(spec.kind == "tconv" and spec.stride > 1 for spec in network.layers)
    icnr = bool(shuffled(network))
    if not (strided or icnr):
        return None
    try:
        found = resize_convolution(network)
        # Read back, it is within the page's bounds.
        found = read_plan(write_plan(Plan(found.input_shape, found.layers))).network()
    except (GeometryError, TextError):
        return None
    return NetworkCure(found, icnr, strided)


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


def _kept(maps: NDArray[np.floating]) -> Maps:
    """Return what is kept of (C, H, W) maps: the first channels, the middle of large ones."""
    top, left = (max(size - SHOWN_SIDE, 0) // 2 for size in maps.shape[1:])
    part = maps[:KEPT, top : top + SHOWN_SIDE, left : left + SHOWN_SIDE]
    return part.astype(np.float32, copy=True)


def _unevenest(maps: NDArray[np.floating], period: int) -> NDArray[np.floating]:
    """Return the channel that varies most at its centre, (1, H, W); the strongest where none does.

    The strongest of all would often be one that a skip has brought along, flat beside the pattern.
    """
    centre = centre_of(maps, period)
    spread, level = centre.std(axis=(1, 2)), np.abs(centre).mean(axis=(1, 2))
    at = int((spread if spread.max() > 1e-6 * level.max() else level).argmax())
    return maps[at : at + 1]
