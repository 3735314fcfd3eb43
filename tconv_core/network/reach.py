"""Which cells reach which: what an output cell looks back on, and what an input cell reaches."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tconv_core.network.network import Network
from tconv_core.network.spec import LayerSpec

Mask = NDArray[np.bool_]


def receptive_field(network: Network, cell: tuple[int, int], layers: int | None = None) -> Mask:
    """Return which input cells reach one cell of the output of the first `layers` layers, (H, W).

    Args:
        network: The layers.
        cell: (y, x) in the output.
        layers: How many layers to look back through; all of them if left out.

    Source:
        Traced tap by tap; its growth from layer to layer is that of Araujo et al. 2019,
        doi 10.23915/distill.00021.

    >>> layer = LayerSpec("tconv", filters=1, kernel=4, stride=2, padding=1)
    >>> receptive_field(Network((1, 4, 4), (layer,)), (3, 3))[:3, :3].astype(int)
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
        # Only the cells asked for are traced back: mostly few of many.
        asked_rows, asked_cols = (np.flatnonzero(asked.any(axis=axis)) for axis in (1, 0))
        rows = axis_reach(spec, height, 0)[asked_rows].astype(np.float32)
        cols = axis_reach(spec, width, 1)[asked_cols].astype(np.float32)
        wanted[number - 1] += rows.T @ asked[np.ix_(asked_rows, asked_cols)] @ cols > 0
        if spec.skip is not None:
            whole = sizes[spec.skip]
            top, left = ((a - b) // 2 for a, b in zip(whole, asked.shape, strict=True))
            cut = (slice(top, top + asked.shape[0]), slice(left, left + asked.shape[1]))
            wanted[spec.skip][cut] += asked
    return wanted[0] > 0


def projective_field(network: Network, cell: tuple[int, int]) -> Mask:
    """Return which cells of the output one cell of the input reaches, (H', W').

    Args:
        network: The layers.
        cell: (y, x) in the input.

    Source:
        Traced tap by tap; Lehky & Sejnowski 1988, doi 10.1038/333452a0, for the name.

    >>> layer = LayerSpec("tconv", filters=1, kernel=2, stride=2)
    >>> projective_field(Network((1, 2, 2), (layer,)), (0, 1)).astype(int)
    array([[0, 0, 1, 1],
           [0, 0, 1, 1],
           [0, 0, 0, 0],
           [0, 0, 0, 0]])
    """
    reached = [np.zeros(network.input_shape[1:], np.float32)]
    reached[0][cell] = 1
    for spec in network.layers:
        height, width = reached[-1].shape
        rows, cols = (axis_reach(spec, n, side) for side, n in enumerate((height, width)))
        made = rows.astype(np.float32) @ reached[-1] @ cols.T.astype(np.float32) > 0
        if spec.skip is not None:
            whole = reached[spec.skip]
            top, left = ((a - b) // 2 for a, b in zip(whole.shape, made.shape, strict=True))
            made |= whole[top : top + made.shape[0], left : left + made.shape[1]] > 0
        reached.append(made.astype(np.float32))
    return reached[-1] > 0


def field_shape(field: Mask) -> tuple[int, int]:
    """Return how many rows and columns the cells of a field span, first to last, both counted.

    >>> field_shape(np.array([[False, True, False, True]]))
    (1, 3)
    """
    rows, cols = (np.asarray(field.any(axis=axis)) for axis in (1, 0))
    return _span(rows), _span(cols)


def largest_fields(network: Network) -> tuple[tuple[int, int], ...]:
    """Return how many rows and columns of the input a cell of each layer sees at most.

    >>> layer = LayerSpec("tconv", filters=1, kernel=3, stride=2)
    >>> largest_fields(Network((1, 4, 4), (layer, layer)))
    ((2, 2), (2, 2))
    """
    spans = zip(_spans(network, 0), _spans(network, 1), strict=True)
    return tuple(both if all(both) else (0, 0) for both in spans)


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


def _spans(network: Network, side: int) -> list[int]:
    """Return how many input cells of one axis a cell of each layer spans at most."""
    size = network.input_shape[side + 1]
    first, last = [np.arange(size)], [np.arange(size)]
    for spec in network.layers:
        reached = axis_reach(spec, len(first[-1]), side)
        # A cell that nothing reaches begins past the last input cell and ends before the first.
        begins = np.where(reached, first[-1], size).min(axis=1)
        ends = np.where(reached, last[-1], -1).max(axis=1)
        if spec.skip is not None:
            cut = (len(first[spec.skip]) - len(begins)) // 2
            begins = np.minimum(begins, first[spec.skip][cut : cut + len(begins)])
            ends = np.maximum(ends, last[spec.skip][cut : cut + len(ends)])
        first.append(begins)
        last.append(ends)
    pairs = zip(first[1:], last[1:], strict=True)
    return [max(int((ends - begins).max()) + 1, 0) for begins, ends in pairs]


def _span(cells: Mask) -> int:
    """Return how many cells lie from the first that is set to the last, both counted."""
    found = np.flatnonzero(cells)
    return int(found[-1] - found[0] + 1) if found.size else 0
