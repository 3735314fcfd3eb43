"""A convolution and its transpose after it: the shape comes back, the values do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tconv_core import Geometry, conv2d, conv_transpose2d
from tconv_ui.layer.cells import Cells
from tconv_ui.layer.layer import Layer
from tconv_ui.wording import short_number

PROBE_SEED = 0
SAME = 1e-9
"""A difference below this is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class RoundTrip:
    """There and back with one set of settings.

    Attributes:
        geometry: That of the way back.
        there: (H', W'), the convolution of the input.
        back: (H, W), its transposed convolution, of the input's shape.
        difference: (H, W), back minus the input.
        forward, backward: ⟨Cx, y⟩ and ⟨x, Cᵀy⟩ for the input x and a grid y of whole numbers.
    """

    geometry: Geometry
    there: Cells
    back: Cells
    difference: Cells
    forward: float
    backward: float


def round_trip(layer: Layer) -> RoundTrip:
    """Return the layer's input convolved, and the transposed convolution of that.

    Raises:
        GeometryError: The kernel does not fit into the padded input.
    """
    stride, dilation = layer.geometry.stride, layer.geometry.dilation
    geometry = layer.windows(dilation)
    x, weight = layer.input[np.newaxis], layer.kernel[np.newaxis, np.newaxis]
    there = conv2d(x, weight, stride=stride, padding=layer.padding, dilation=dilation)
    y = np.random.default_rng(PROBE_SEED).integers(-3, 4, there.shape).astype(np.float64)
    back, returned = (
        conv_transpose2d(
            each,
            weight,
            stride=stride,
            padding=layer.padding,
            output_padding=_spare(geometry),
            dilation=dilation,
        )
        for each in (there, y)
    )
    return RoundTrip(
        geometry=geometry,
        there=there[0].astype(np.float64),
        back=back[0].astype(np.float64),
        difference=(back - x)[0].astype(np.float64),
        forward=float(np.vdot(there, y)),
        backward=float(np.vdot(x, returned)),
    )


def returned_words(trip: RoundTrip) -> str:
    """Return what a convolution and its transpose bring back: the shape, and rarely the values.

    >>> from tconv_ui.layer.presets import PRESETS
    >>> returned_words(round_trip(PRESETS["3×3, stride 2"].choice.layer))
    '**The shape comes back; the values do not**, by up to 3.5.'
    """
    far = float(np.abs(trip.difference).max())
    if far <= SAME:
        return "**The shape comes back**, and with this kernel and this input the values too."
    return f"**The shape comes back; the values do not**, by up to {short_number(far)}."


def _spare(geometry: Geometry) -> tuple[int, int]:
    """Return (rows, cols) of the output_padding that brings the input's size back."""
    rows, cols = (axis.crop[0] - axis.crop[1] for axis in geometry.axes)
    return rows, cols
