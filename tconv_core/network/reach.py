"""Which input cells reach an output cell: the field one cell of the result looks back on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tconv_core.network.network import Network
from tconv_core.network.spec import LayerSpec

Mask = NDArray[np.bool_]


class Field(NamedTuple):
    """The input's rows (H,) and columns (W,) that reach a cell."""

    rows: Mask
    cols: Mask

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns they span, first to last, both counted."""
        return _span(self.rows), _span(self.cols)


def projective_field(network: Network, cell: tuple[int, int], layers: int | None = None) -> Field:
    """Return the input cells that reach one cell of the output of the first `layers` layers.

    Where skips join paths of different reach, a row counts when any path reads it.

    Args:
        network: The layers.
        cell: (y, x) in the output.
        layers: How many layers to look back through; all of them if left out.

    Source:
        Traced backwards tap by tap; the chain rule of reach is that of Araujo et al. 2019,
        doi 10.23915/distill.00021.

    >>> layer = LayerSpec("tconv", filters=1, kernel=4, stride=2, padding=1)
    >>> projective_field(Network((1, 4, 4), (layer,)), (3, 3)).shape
    (2, 2)
    """
    depth = len(network.layers) if layers is None else layers
    rows, cols = (_traced(network, cell[side], side, depth) for side in (0, 1))
    return Field(rows, cols)


def axis_reach(spec: LayerSpec, n: int, side: int) -> Mask:
    """Return which of n input cells reach which output cell along one axis, (output, n).

    >>> axis_reach(LayerSpec("nearest", stride=2), 2, 0).astype(int).tolist()
    [[1, 0], [1, 0], [0, 1], [0, 1]]
    """
    size = spec.output_size(n, side)
    reached = np.zeros((size, n), np.bool_)
    if spec.kind in ("nearest", "shuffle"):
        reached[np.arange(size), np.arange(size) // spec.stride] = True
    elif spec.kind == "bilinear":
        place = np.clip((np.arange(size) + 0.5) / spec.stride - 0.5, 0, n - 1)
        for cells in (np.floor(place), np.ceil(place)):
            reached[np.arange(size), cells.astype(np.intp)] = True
    else:
        axis = spec.axis(n, side)
        stamps = reached.T if spec.kind == "tconv" else reached
        for i in range(axis.input_size):
            stamps[i, axis.kept_slice(i)] = True
    return reached


def _traced(network: Network, cell: int, side: int, depth: int) -> Mask:
    """Follow one axis back from the last layer to the input, through every skip."""
    sizes = [network.input_shape[side + 1], *(shape[side + 1] for shape in network.shapes)]
    wanted = [np.zeros(size, np.bool_) for size in sizes]
    wanted[depth][cell] = True
    for number in range(depth, 0, -1):
        spec = network.layers[number - 1]
        wanted[number - 1] |= wanted[number] @ axis_reach(spec, sizes[number - 1], side)
        if spec.skip is not None:
            begin = (sizes[spec.skip] - sizes[number]) // 2
            wanted[spec.skip][begin : begin + sizes[number]] |= wanted[number]
    return wanted[0]


def _span(mask: Mask) -> int:
    cells = np.flatnonzero(mask)
    return int(cells[-1] - cells[0] + 1) if cells.size else 0
