"""How much of a network's output is the pattern it makes by itself."""

from __future__ import annotations

from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray

from tconv_core.network.network import Network

Maps = NDArray[np.float32] | NDArray[np.float64]


def periods(network: Network) -> tuple[int, ...]:
    """Return after how many cells the pattern that each layer makes of a constant repeats.

    An enlargement by s multiplies the period by s; a stride keeps every s-th cell of the pattern.
    A skip brings its own period along.

    >>> from tconv_core.network.spec import LayerSpec
    >>> up, down = LayerSpec("nearest", stride=4), LayerSpec("maxpool", kernel=2, stride=2)
    >>> periods(Network((1, 4, 4), (down, up, down)))
    (1, 4, 2)
    """
    found = [1]
    for spec in network.layers:
        enlarges = spec.kind in ("tconv", "nearest", "bilinear", "shuffle")
        period = found[-1] * spec.stride if enlarges else found[-1] // gcd(found[-1], spec.stride)
        found.append(period if spec.skip is None else lcm(period, found[spec.skip]))
    return tuple(found[1:])


def centre_of(maps: Maps, period: int) -> NDArray[np.float64]:
    """Return the middle of maps, one period of their pattern a side, or all where they are smaller.

    Args:
        maps: (C, H, W).
        period: Cells after which the pattern repeats.

    >>> centre_of(np.arange(5.0).reshape(1, 1, 5), 2).tolist()
    [[[1.0, 2.0]]]
    """
    top, left = (max((size - period) // 2, 0) for size in maps.shape[1:])
    return maps[:, top : top + period, left : left + period].astype(np.float64)


def pattern_share(maps: Maps, period: int) -> float | None:
    """Return how far maps of a constant input are from constant at their centre.

    The root mean square deviation from each channel's mean over one period, divided by the root
    mean square of the values. None where all values are zero.

    Args:
        maps: (C, H, W), a network's response to a constant.
        period: After how many cells the pattern repeats.

    >>> pattern_share(np.array([[[1.0, 3.0, 1.0, 3.0]]]), 2)
    0.4472135954999579
    """
    centre = centre_of(maps, period)
    level = float(np.sqrt(np.mean(centre**2)))
    if level == 0:
        return None
    deviation = centre - centre.mean(axis=(1, 2), keepdims=True)
    return float(np.sqrt(np.mean(deviation**2))) / level
