"""How PyTorch and Keras spell a geometry, and what is left to cut or add where they cannot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, GeometryError


def keras_spelling(geometry: Geometry) -> tuple[str, tuple[int, int] | None] | None:
    """Return (padding, output_padding) if Keras can say the crop in its words, else None."""
    extras: list[tuple[int, int] | None] = [None]
    extras += list(np.ndindex(*geometry.stride))
    for padding in ("valid", "same"):
        for extra in extras:
            try:
                said = Geometry.from_keras(
                    geometry.input_shape,
                    geometry.kernel_shape,
                    strides=geometry.stride,
                    padding=padding,
                    output_padding=extra,
                    dilation_rate=geometry.dilation,
                )
            except GeometryError:
                continue
            if said == geometry and (padding == "valid" or _same_runs(geometry)):
                return padding, extra
    return None


def _same_runs(geometry: Geometry) -> bool:
    """Whether TensorFlow computes "same": a convolution of the output must give back the input.

    With an even kernel, stride 1 and output_padding 0 Keras promises a size for which it does not,
    and TensorFlow stops.
    """
    axes = geometry.axes
    return all(-(-axis.output_size // axis.stride) == axis.input_size for axis in axes)


def torch_pads(axes: tuple[Axis, Axis]) -> list[tuple[int, ...]]:
    """Return the sides to add to the full output, then those to cut, which may reach into them."""
    (top, bottom), (left, right) = (axis.crop for axis in axes)
    sides = (-left, -right, -top, -bottom)
    both = [tuple(max(side, 0) for side in sides), tuple(min(side, 0) for side in sides)]
    return [each for each in both if any(each)]


def keras_cuts(axes: tuple[Axis, Axis]) -> list[str]:
    """Return the lines that make the output from what "valid" gives: n · stride cells at least."""
    cuts = []
    for axis in axes:
        begin, end = axis.crop
        cuts.append((begin, end + max(axis.stride - axis.effective_kernel, 0)))
    crop = tuple((max(begin, 0), max(end, 0)) for begin, end in cuts)
    zeros = tuple((max(-begin, 0), max(-end, 0)) for begin, end in cuts)
    lines = []
    if np.any(zeros):  # first: a cut may reach into them
        lines.append(f"y = keras.layers.ZeroPadding2D({zeros})(y)")
    if np.any(crop):
        lines.append(f"y = keras.layers.Cropping2D({crop})(y)")
    return lines


def spread(weight: NDArray[np.float64], dilation: tuple[int, int]) -> NDArray[np.float64]:
    """Return kernels, (..., kH, kW), with their dilation written as zeros between the taps.

    >>> spread(np.array([[1.0, 2.0]]), (1, 2)).tolist()
    [[1.0, 0.0, 2.0]]
    """
    sides = [d * (k - 1) + 1 for k, d in zip(weight.shape[-2:], dilation, strict=True)]
    wide = np.zeros((*weight.shape[:-2], *sides))
    wide[..., :: dilation[0], :: dilation[1]] = weight
    return wide


def undilated(geometry: Geometry) -> Geometry:
    """Return the geometry of the kernel that `spread` makes."""
    sides = (replace(axis, kernel_size=axis.effective_kernel, dilation=1) for axis in geometry.axes)
    return Geometry(*sides)
