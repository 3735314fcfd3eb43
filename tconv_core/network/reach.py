"""Which input cells reach an output cell: the field one cell of the result looks back on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tconv_core.network.network import Network
from tconv_core.network.spec import LayerSpec

Mask = NDArray[np.bool_]


def projective_field(network: Network, cell: tuple[int, int], layers: int | None = None) -> Mask:
    """Return which input cells reach one cell of the output of the first `layers` layers, (H, W).

    Args:
        network: The layers.
        cell: (y, x) in the output.
        layers: How many layers to look back through; all of them if left out.

    Source:
        Traced tap by tap; its growth from layer to layer is that of Araujo et al. 2019,
        doi 10.23915/distill.00021.

    >>> layer = LayerSpec("tconv", filters=1, kernel=4, stride=2, padding=1)
    >>> projective_field(Network((1, 4, 4), (layer,)), (3, 3))[:3, :3].astype(int)
    array([[0, 0, 0],
           [0, 1, 1],
           [0, 1, 1]])
    """
    depth = len(network.layers) if layers is None else layers
    sizes = [shape[1:] for shape in (network.input_shape, *network.shapes)]
    wanted = [np.zeros(size, np.float32) for size in sizes]
    wanted[depth][cell] = 1
    for number in range(depth, 0, -1):
        spec, asked = network.layers[number - 1], wanted[number]
        height, width = sizes[number - 1]
        rows, cols = axis_reach(spec, height, 0), axis_reach(spec, width, 1)
        wanted[number - 1] += rows.T.astype(np.float32) @ asked @ cols.astype(np.float32) > 0
        if spec.skip is not None:
            whole = sizes[spec.skip]
            top, left = ((a - b) // 2 for a, b in zip(whole, asked.shape, strict=True))
            cut = (slice(top, top + asked.shape[0]), slice(left, left + asked.shape[1]))
            wanted[spec.skip][cut] += asked
    return wanted[0] > 0


def field_shape(field: Mask) -> tuple[int, int]:
    """Return how many rows and columns the cells of a field span, first to last, both counted.

    >>> field_shape(np.array([[False, True, False, True]]))
    (1, 3)
    """
    rows, cols = (np.asarray(field.any(axis=axis)) for axis in (1, 0))
    return _widest(rows[np.newaxis]), _widest(cols[np.newaxis])


def largest_fields(network: Network) -> tuple[tuple[int, int], ...]:
    """Return how many rows and columns of the input a cell of each layer sees at most.

    >>> layer = LayerSpec("tconv", filters=1, kernel=3, stride=2)
    >>> largest_fields(Network((1, 4, 4), (layer, layer)))
    ((2, 2), (2, 2))
    """
    rows, cols = ([_widest(each) for each in _reaches(network, side)[1:]] for side in (0, 1))
    return tuple(zip(rows, cols, strict=True))


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


def _reaches(network: Network, side: int) -> list[Mask]:
    """Return which input cells reach which cell along one axis: for the input, then each layer."""
    found: list[Mask] = [np.eye(network.input_shape[side + 1], dtype=np.bool_)]
    for spec in network.layers:
        step = axis_reach(spec, len(found[-1]), side).astype(np.float32)
        reached = step @ found[-1].astype(np.float32) > 0
        if spec.skip is not None:
            begin = (len(found[spec.skip]) - len(reached)) // 2
            reached |= found[spec.skip][begin : begin + len(reached)]
        found.append(reached)
    return found


def _widest(reached: Mask) -> int:
    """Return the longest span, first to last, of any row of a mask."""
    first, last = reached.argmax(axis=1), reached.shape[1] - 1 - reached[:, ::-1].argmax(axis=1)
    return int(np.where(reached.any(axis=1), last - first + 1, 0).max())
