"""A convolution and its transpose after it: the shape comes back, the values do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tconv_core import Axis, Geometry, conv2d, conv_input_sizes, conv_transpose2d
from tconv_ui.cells import Cells
from tconv_ui.layer import Layer
from tconv_ui.operations.layers import axes_of, padding_of, strides_of, windows_of

PROBE_SEED = 0


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
    rows, cols = (axis.dilation for axis in axes_of(layer))
    geometry = windows_of(layer, (rows, cols))
    x, weight = layer.input[np.newaxis], layer.kernel[np.newaxis, np.newaxis]
    there = conv2d(
        x, weight, stride=strides_of(layer), padding=padding_of(layer), dilation=(rows, cols)
    )
    y = np.random.default_rng(PROBE_SEED).integers(-3, 4, there.shape).astype(np.float64)
    back, returned = (
        conv_transpose2d(
            each,
            weight,
            stride=strides_of(layer),
            padding=padding_of(layer),
            output_padding=_spare(geometry),
            dilation=(rows, cols),
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


def _spare(geometry: Geometry) -> tuple[int, int]:
    """Return (rows, cols) of the output_padding that brings the input's size back."""
    rows, cols = (axis.crop[0] - axis.crop[1] for axis in (geometry.rows, geometry.cols))
    return rows, cols


def spare_cells(axis: Axis) -> dict[int, int]:
    """Return the input sizes that share this one's output size, with their output_padding.

    Args:
        axis: Of the way back; its `output_size` is the input's.

    >>> spare_cells(Axis.from_conv(6, 3, stride=2, padding=1))
    {5: 0, 6: 1}
    """
    smallest = axis.full_size - 2 * axis.crop[0]
    return {size: size - smallest for size in conv_input_sizes(axis)}


def sizes_around(axis: Axis) -> list[tuple[int, int]]:
    """Return (input size, output size) of the convolution for the colliding sizes and two beside.

    >>> sizes_around(Axis.from_conv(6, 3, stride=2, padding=1))
    [(3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (8, 4)]
    """
    group, padding = conv_input_sizes(axis), axis.crop[0]
    least = max(1, axis.effective_kernel - 2 * padding)
    beside = min(axis.stride, 2)
    sizes = range(max(least, group.start - beside), group.stop + beside)
    return [(m, (m + 2 * padding - axis.effective_kernel) // axis.stride + 1) for m in sizes]


def collision_sentence(axis: Axis) -> str:
    """Return which input sizes share this one's output size, and what tells them apart.

    >>> collision_sentence(Axis.from_conv(6, 3, stride=2, padding=1))
    'Input sizes 5 and 6 both become 3: output_padding chooses which comes back, here 1 for 6.'
    """
    group, size = spare_cells(axis), axis.output_size
    if len(group) == 1:
        return f"Only input size {size} becomes {axis.input_size}: there is nothing to choose."
    *rest, last = map(str, group)
    both = "both" if len(group) == 2 else "all"
    return (
        f"Input sizes {', '.join(rest)} and {last} {both} become {axis.input_size}: output_padding "
        f"chooses which comes back, here {group[size]} for {size}."
    )
