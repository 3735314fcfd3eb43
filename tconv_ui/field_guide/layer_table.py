"""What the layers around transposed convolution do to the shape, each run on one example."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tconv_core import (
    avg_pool2d,
    conv2d,
    conv_transpose2d,
    kernels,
    max_pool2d,
    max_unpool2d,
    pixel_shuffle,
    upsample_nearest,
)

Planes = NDArray[np.floating]
EXAMPLE = (4, 8, 8)
"""Channels, rows and columns of the input that every layer is run on."""
OUT_CHANNELS = 6


@dataclass(frozen=True, slots=True)
class LayerKind:
    """A layer: its name in Keras, its settings, what it does, and the rule of its size.

    Attributes:
        name: Of the layer.
        settings: By the letters of the rule.
        does: In a few words.
        rule: The output's side, in the letters of settings and n, the input's side.
        weights: Shape of the weights; empty where nothing is learned.
        run: The layer.
    """

    name: str
    settings: Mapping[str, int]
    does: str
    rule: str
    weights: tuple[int, ...]
    run: Callable[[Planes, Planes], Planes]

    @property
    def learned(self) -> int:
        """How many numbers training sets: the weights, and a bias per output channel."""
        return int(np.prod(self.weights)) + OUT_CHANNELS if self.weights else 0

    def output_shape(self) -> tuple[int, ...]:
        """Run the layer on the example; return (channels, rows, columns)."""
        weights = kernels.random((1, max(int(np.prod(self.weights)), 1)))
        return self.run(np.ones(EXAMPLE), weights.reshape(self.weights or (-1,))).shape


def _unpooled(x: Planes, _weights: Planes) -> Planes:
    large = upsample_nearest(x, 2)
    values, places = max_pool2d(large, 2, return_indices=True)
    return max_unpool2d(values, places, 2)


_C = EXAMPLE[0]
KINDS = (
    LayerKind(
        "Conv2D",
        {"k": 3, "s": 1, "p": 1},
        "weighs and sums a window",
        "⌊(n + 2·p − k) / s⌋ + 1",
        (OUT_CHANNELS, _C, 3, 3),
        lambda x, w: conv2d(x, w, padding=1),
    ),
    LayerKind(
        "Conv2D, strided",
        {"k": 3, "s": 2, "p": 1},
        "skips windows",
        "⌊(n + 2·p − k) / s⌋ + 1",
        (OUT_CHANNELS, _C, 3, 3),
        lambda x, w: conv2d(x, w, stride=2, padding=1),
    ),
    LayerKind(
        "Conv2D, dilated",
        {"k": 3, "s": 1, "p": 2, "d": 2},
        "spreads its taps",
        "⌊(n + 2·p − d·(k − 1) − 1) / s⌋ + 1",
        (OUT_CHANNELS, _C, 3, 3),
        lambda x, w: conv2d(x, w, padding=2, dilation=2),
    ),
    LayerKind(
        "MaxPooling2D",
        {"k": 2, "s": 2},
        "keeps the largest of a window",
        "⌊(n − k) / s⌋ + 1",
        (),
        lambda x, _: max_pool2d(x, 2),
    ),
    LayerKind(
        "AveragePooling2D",
        {"k": 2, "s": 2},
        "averages a window",
        "⌊(n − k) / s⌋ + 1",
        (),
        lambda x, _: avg_pool2d(x, 2),
    ),
    LayerKind(
        "Conv2DTranspose",
        {"k": 4, "s": 2, "p": 1},
        "stamps the kernel",
        "(n − 1)·s − 2·p + k",
        (_C, OUT_CHANNELS, 4, 4),
        lambda x, w: conv_transpose2d(x, w, stride=2, padding=1),
    ),
    LayerKind(
        "UpSampling2D",
        {"s": 2},
        "repeats or blends cells",
        "n·s",
        (),
        lambda x, _: upsample_nearest(x, 2),
    ),
    LayerKind(
        "Max unpooling",
        {"k": 2, "s": 2},
        "puts maxima back, zeros elsewhere",
        "(n − 1)·s + k",
        (),
        _unpooled,
    ),
    LayerKind(
        "Pixel shuffle",
        {"s": 2},
        "lays channels out as pixels",
        "n·s",
        (),
        lambda x, _: pixel_shuffle(x, 2),
    ),
)


def table() -> dict[str, list[str]]:
    """Return the rows for the screen, a list per column."""
    example = _shape(EXAMPLE)
    return {
        "Layer": [
            f"**{kind.name}**  \n{kind.does}; "
            + ", ".join(f"{letter}\u00a0=\u00a0{value}" for letter, value in kind.settings.items())
            for kind in KINDS
        ],
        f"From {example}": [_shape(kind.output_shape()) for kind in KINDS],
        "Output side": [kind.rule.replace(" ", "\u00a0") for kind in KINDS],
        "Learned": [f"{kind.learned:,}" for kind in KINDS],
    }


def _shape(shape: tuple[int, ...]) -> str:
    return "\u00a0×\u00a0".join(map(str, shape))
