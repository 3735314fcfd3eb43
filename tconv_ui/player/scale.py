"""The end of a scene's colour scale: the largest number it shows at any step."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tconv_ui.player.scene import Channel, Scene


def scale_limit(scene: Scene) -> float:
    """Return the largest magnitude a scene shows anywhere."""
    given = [grid.values for grid in scene.grids if grid.values is not None]
    largest = [_most(values) for values in given]
    added: dict[int, list[Channel]] = {}
    for channel in scene.channels:
        if channel.patches is None:
            continue
        largest.append(_most(channel.patches))
        if channel.mode == "add":
            added.setdefault(channel.grid, []).append(channel)
    largest += [_most_added(channels, scene.grids[at].shape) for at, channels in added.items()]
    return max(largest)


def _most(values: NDArray[Any]) -> float:
    known = values[np.isfinite(values)]
    return float(np.abs(known).max()) if known.size else 0.0


def _most_added(channels: list[Channel], shape: tuple[int, int]) -> float:
    """The largest running sum of what channels add to one grid."""
    corners = np.concatenate([channel.corners for channel in channels])
    reach = np.max([(np.array(c.shape) - 1) * c.spacing + 1 for c in channels], axis=0)
    margin = np.maximum(0, -corners.min(axis=0))
    total = np.zeros(np.maximum(shape, corners.max(axis=0) + reach) + margin)
    shown = np.zeros_like(total, bool)
    shown[margin[0] : margin[0] + shape[0], margin[1] : margin[1] + shape[1]] = True
    most = 0.0
    for step in range(len(channels[0].corners)):
        for channel in channels:
            assert channel.patches is not None
            corner, patch = channel.corners[step] + margin, channel.patches[step]
            window = tuple(
                slice(int(first), int(first) + (size - 1) * gap + 1, max(gap, 1))
                for first, size, gap in zip(corner, channel.shape, channel.spacing, strict=True)
            )
            landing = total[window]  # a view: what is added here is added there
            landing += patch if landing.shape == patch.shape else patch.sum()
            most = max(most, float(np.abs(landing).max(where=shown[window], initial=0.0)))
    return most
