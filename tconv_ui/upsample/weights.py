"""What an enlargement depends on and gives, and the kernels known before a picture is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tconv_core import Geometry, GeometryError, even_out, kernels
from tconv_ui.pictures.arrays import brightness_gain

Planes = NDArray[np.float32]
Kernel = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """What decides how a picture is enlarged.

    Attributes:
        layer: The layer's geometry, whatever its input size.
        kernel: (kH, kW), the layer's.
        keep: Whether weights are made to keep a flat picture's level on average.
        reach: The fitted kernel's size, in strides.
        seed: Of random weights.
    """

    layer: Geometry
    kernel: Kernel
    keep: bool = True
    reach: int = 4
    seed: int = 0

    @property
    def stride(self) -> tuple[int, int]:
        """How many times as tall and as wide a picture becomes."""
        return self.layer.stride

    @property
    def one_stride(self) -> int:
        """The stride of both axes.

        Raises:
            GeometryError: They differ.
        """
        if self.stride[0] != self.stride[1]:
            raise GeometryError(
                f"This method has one stride for both axes, the layer has {self.stride}: "
                "link rows and columns."
            )
        return self.stride[0]

    @property
    def fitted_size(self) -> int:
        """k of the fitted kernel."""
        return self.reach * self.one_stride


@dataclass(frozen=True, slots=True, eq=False)
class Enlarged:
    """What a method made of a picture.

    Attributes:
        values: (C, H', W') float32, neither rounded nor clipped.
        shift: The (row, column) of values[:, 0, 0] where input pixel (i, j) is the block of
            stride × stride cells that begins at (i · s, j · s).
        kernel: (kH, kW), the weights that did it, if one kernel did.
        geometry: That of the transposed convolution, if it was one.
    """

    values: Planes
    shift: tuple[int, int] = (0, 0)
    kernel: Kernel | None = None
    geometry: Geometry | None = None


def weights_of(name: str, settings: Settings) -> Kernel:
    """Return the kernel of a method that draws or computes it before it sees a picture.

    Raises:
        GeometryError: It cannot be made with these settings.

    >>> layer = Geometry.from_torch(3, 4, stride=2, padding=1)
    >>> weights_of("Bilinear weights", Settings(layer, np.ones((4, 4))))[0].tolist()
    [0.0625, 0.1875, 0.1875, 0.0625]
    """
    return _WEIGHTS[name](settings)


def _sidebar_weights(settings: Settings) -> Kernel:
    gain = brightness_gain(settings.kernel, settings.layer) if settings.keep else 1.0
    return settings.kernel / (gain or 1.0)


def _evened_weights(settings: Settings) -> Kernel:
    layer = settings.layer
    dilation = layer.dilation
    kernel = even_out(settings.kernel, settings.stride, dilation=dilation)
    return _sidebar_weights(replace(settings, kernel=kernel))


def _bilinear_weights(settings: Settings) -> Kernel:
    rows, cols = (2 * s - s % 2 for s in settings.stride)
    return kernels.bilinear((rows, cols))


def _bicubic_weights(settings: Settings) -> Kernel:
    return kernels.bicubic(settings.stride)


def _random_weights(settings: Settings) -> Kernel:
    shape = settings.layer.kernel_shape
    drawn = kernels.he((1, 1), shape, stride=settings.stride, seed=settings.seed)[0, 0]
    rows, cols = settings.stride
    return levelled(drawn, rows * cols) if settings.keep else drawn


def levelled(weights: Kernel, total: float) -> Kernel:
    """Shift all weights alike so that they sum to total; random ones must not be scaled for it."""
    return np.asarray(weights + (total - weights.sum()) / weights.size)


_WEIGHTS: dict[str, Callable[[Settings], Kernel]] = {
    "Sidebar kernel": _sidebar_weights,
    "Evened-out kernel": _evened_weights,
    "Random weights": _random_weights,
    "Bilinear weights": _bilinear_weights,
    "Bicubic weights": _bicubic_weights,
}
