"""One transposed convolution read in three ways, step by step in step: scatter, gather, matrix.

A walk is what a step goes through. By input cell, every step adds one input cell's share to each
reading's output; by output cell, every step finishes one output cell of each. After any number of
steps the outputs of all readings hold the same numbers, each computed in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from tconv_core import Geometry, Trace, WindowTrace, convolution_matrix, trace_gather
from tconv_core.arrays import FloatArray
from tconv_ui.formulas import times
from tconv_ui.payload import Array
from tconv_ui.scene import Channel, Grid, Links, Readings, Scene
from tconv_ui.scenes import JUMP_HINT, PIN_HINT, scatter_scene

READINGS = ("Scatter", "Gather", "Matrix")
BY_INPUT, BY_OUTPUT = WALKS = ("By input cell", "By output cell")
MOST_ENTRIES = 2**18
"""Of a matrix that is shown: 4,096 output cells from 64 input cells."""
MOST_TARGETS = 4096
"""Output cells walked one by one."""
MOST_SYMBOLS = 4
"""Cells along a side of an input whose cells have letters."""
TOLERANCE = 1e-12

_HINT = "Hover over an output cell to see where it comes from; click to see its sum."


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """What the scenes of one layer are made from, computed once.

    Attributes:
        trace: The stamps.
        gather: The windows of the flipped kernel.
        matrix: (H' · W', H · W), the matrix Cᵀ; None where it is too large to show.
    """

    trace: Trace
    gather: WindowTrace
    matrix: FloatArray | None

    @property
    def geometry(self) -> Geometry:
        """The layer's geometry."""
        return self.trace.geometry

    @property
    def outputs(self) -> dict[str, FloatArray]:
        """(H', W') by reading, each computed in its own way."""
        found = {"Scatter": self.trace.output, "Gather": self.gather.output}
        if self.matrix is not None:
            product = self.matrix @ self.trace.input.ravel()
            found["Matrix"] = product.reshape(self.geometry.output_shape)
        return found

    @property
    def difference(self) -> float:
        """The largest difference between two readings' outputs, in shares of the largest output.

        Outputs below 1 count as they are.
        """
        outputs = np.stack(list(self.outputs.values()))
        return float(np.ptp(outputs, axis=0).max() / max(1.0, np.abs(outputs).max()))


def lay_out(trace: Trace) -> Layout:
    """Return a layer's trace with the same layer gathered, and its matrix where it can be shown.

    >>> from tconv_core import trace_scatter
    >>> geometry = Geometry.from_torch((1, 2), (1, 2))
    >>> layout = lay_out(trace_scatter([[1.0, 2.0]], [[1.0, 1.0]], geometry))
    >>> layout.outputs["Matrix"], layout.difference
    (array([[1., 3., 2.]]), 0.0)
    """
    geometry = trace.geometry
    fits = _entries(geometry) <= MOST_ENTRIES
    matrix = convolution_matrix(trace.kernel, geometry).T if fits else None
    return Layout(trace, trace_gather(trace.input, trace.kernel, geometry), matrix)


def equality(layout: Layout) -> tuple[str, str]:
    """Return whether the readings' outputs are the same numbers, and how far they lie apart."""
    names = " = ".join(name.lower() for name in layout.outputs)
    found = scientific(layout.difference)
    if layout.difference <= TOLERANCE:
        return f"Equal to {scientific(TOLERANCE)}", f"{names}; largest difference {found}"
    return f"Not equal to {scientific(TOLERANCE)}", f"{names} only to {found}"


def scientific(value: float) -> str:
    """Return a small number as people write it.

    >>> scientific(1e-12), scientific(4.44e-16), scientific(0.0)
    ('1e−12', '4.4e−16', '0')
    """
    if value == 0:
        return "0"
    digits, exponent = f"{value:.1e}".split("e")
    return f"{digits.removesuffix('.0')}e{int(exponent)}".replace("-", "−")


def left_out(geometry: Geometry, names: Sequence[str], walk: str, *, symbols: bool) -> list[str]:
    """Return a sentence for each thing asked for that a layer of this size cannot show."""
    targets, sources = _cells(geometry.output_shape), _cells(geometry.input_shape)
    found = []
    if "Matrix" in names and _entries(geometry) > MOST_ENTRIES:
        found.append(
            f"The matrix is left out: {targets:,} output cells × {sources:,} input cells are "
            f"{targets * sources:,} entries, and up to {MOST_ENTRIES:,} can be told apart here."
        )
    if walk == BY_OUTPUT and targets > MOST_TARGETS:
        found.append(
            f"The walk goes by input cell: {targets:,} output cells are too many to visit one by "
            f"one, {MOST_TARGETS:,} are the most."
        )
    if symbols and not _lettered(geometry):
        found.append(
            f"Numbers are shown: letters are for inputs up to {MOST_SYMBOLS} × {MOST_SYMBOLS}, "
            f"this one is {times(geometry.input_shape)}."
        )
    return found


def make_readings(
    layout: Layout, names: Sequence[str], walk: str, *, symbols: bool = False
) -> Readings:
    """Return the scenes of the readings named, as far as they can be shown.

    What `left_out` says is left out; where nothing is left, the stamps are shown.
    """
    geometry = layout.geometry
    by_output = walk == BY_OUTPUT and _cells(geometry.output_shape) <= MOST_TARGETS
    shown = [name for name in READINGS if name in names and name in layout.outputs]
    makers = _BY_OUTPUT if by_output else _BY_INPUT
    scenes = tuple(makers[name](layout) for name in shown or READINGS[:1])
    links = Links(
        layout.trace.input,
        layout.trace.kernel,
        _landings(geometry),
        _spacing(geometry),
        geometry.output_shape,
        "target" if by_output else "source",
    )
    return Readings(scenes, links, symbols and _lettered(geometry))


# Scatter ------------------------------------------------------------------------------------


def _scatter_by_input(layout: Layout) -> Scene:
    return scatter_scene(layout.trace)


def _scatter_by_output(layout: Layout) -> Scene:
    """The stamps that reach an output cell, cell by cell."""
    geometry = layout.geometry
    scene = scatter_scene(layout.trace)
    x, kernel, _, output = scene.grids
    targets = _raster(geometry.output_shape)
    crop = np.maximum([geometry.rows.crop[0], geometry.cols.crop[0]], 0)
    return replace(
        scene,
        grids=(replace(x, action=None, hint=""), kernel, output),
        channels=(_write("cell", 2, targets + crop, layout.trace.output),),
        factors=(0, "×", 1),
        result=2,
        flight=_NO_FLIGHT,
        terms=(),
        captions=(
            "{cell.name} = {cell.value}: the stamps that reach this cell add up.",
            "{cell.name} = 0: no stamp reaches this cell.",
        ),
        caption_of_step=_unreached(layout),
        opening="Press play: each output cell takes what the stamps put there.",
        hint=_HINT,
        outlines=True,
    )


class _Heading(NamedTuple):
    name: str
    title: str
    lead: str


# Gather -------------------------------------------------------------------------------------


def _gather_by_input(layout: Layout) -> Scene:
    """The padded grid fills up, and so do the outputs whose windows hold the new cell."""
    geometry, trace = layout.geometry, layout.trace
    places = _places(geometry)
    padded, kernel, output = _gather_grids(layout)
    empty = np.where(_padded_ids(layout) > 0, np.nan, 0.0)
    stamps = np.stack([step.stamp for step in trace.steps])
    inside = ((places >= 0) & (places < padded.shape)).all(axis=1)
    return Scene(
        grids=(replace(padded, values=empty, action="jump", hint=JUMP_HINT), kernel, output),
        channels=(
            _write("source", 0, places, trace.input),
            Channel(
                "landing",
                2,
                geometry.kernel_shape,
                "add",
                _landings(geometry),
                _spacing(geometry),
                stamps,
            ),
        ),
        factors=(0, "×", 1),
        result=2,
        flight=_NO_FLIGHT,
        terms=(),
        captions=(
            "{source.name} = {source.value} takes its place among the zeros, and every window "
            "that holds it grows by its share.",
            "{source.name} lies outside the padded grid: padding crops all it could reach.",
        ),
        caption_of_step=np.where(inside, 0, 1),
        opening="Press play: the kernel turns, then the input takes its place among zeros.",
        hint=_HINT,
        legend=_gather_legend(layout),
        name=_GATHER.name,
        title=_GATHER.title,
        lead=_GATHER.lead,
    )


def _gather_by_output(layout: Layout) -> Scene:
    """The flipped kernel slides over the padded grid."""
    geometry, steps = layout.geometry, layout.gather.steps
    padded, kernel, output = _gather_grids(layout)
    targets = _raster(geometry.output_shape)
    shape, origin = geometry.kernel_shape, np.zeros_like(targets)
    products = Grid(
        "stamp", "Products", "cell by cell", "p", shape, idle="Products", family="product"
    )
    terms = np.stack([step.terms for step in steps])
    return Scene(
        grids=(padded, kernel, products, output),
        channels=(
            Channel("window", 0, shape, "read", targets, _spacing(geometry), hue="stamp"),
            Channel("kernel", 1, shape, "read", origin, quiet=True),
            Channel("products", 2, shape, "set", origin, patches=terms),
            _write("cell", 3, targets, layout.gather.output),
        ),
        factors=(0, "×", 1, "=", 2),
        result=3,
        flight=("products", "cell"),
        terms=(("window", "same"), ("kernel", "same")),
        captions=(
            "The flipped kernel lies on {window.rows}, {window.cols} of the padded grid; the "
            "products add up to {cell.name} = {cell.value}.",
            "The flipped kernel lies on {window.rows}, {window.cols} of the padded grid and "
            "meets zeros only: {cell.name} = 0.",
        ),
        caption_of_step=_unreached(layout),
        opening="Press play: the kernel turns, then slides over the input between its zeros.",
        hint=_HINT,
        legend=_gather_legend(layout),
        name=_GATHER.name,
        title=_GATHER.title,
        lead=_GATHER.lead,
    )


def _gather_grids(layout: Layout) -> tuple[Grid, Grid, Grid]:
    geometry, gather = layout.geometry, layout.gather
    assert gather.kernel is not None
    taps = np.arange(1, gather.kernel.size + 1).reshape(gather.kernel.shape)
    shape = (gather.padded.shape[0], gather.padded.shape[1])
    padded = Grid(
        "input",
        "Input among zeros",
        f"{times(geometry.input_shape)} spread to {times(shape)}",
        "z",
        shape,
        gather.padded,
        family="source",
        ids=_padded_ids(layout),
    )
    kernel = Grid(
        "kernel",
        "Flipped kernel",
        "w turned by 180°",
        "w",
        geometry.kernel_shape,
        gather.kernel,
        idle="Kernel",
        family="tap",
        ids=taps[::-1, ::-1],
        turns=True,
    )
    return padded, kernel, _output(geometry)


def _gather_legend(layout: Layout) -> tuple[tuple[str, str], ...]:
    ids = _padded_ids(layout)
    marks = (("inserted", "inserted zero", 0), ("padding", "padding, K − 1 − p wide", -1))
    return tuple((mark, text) for mark, text, number in marks if (ids == number).any())


def _padded_ids(layout: Layout) -> Array:
    """(rows, cols) of the padded grid: numbers of the input cells, 0 inserted, -1 padding."""
    geometry = layout.geometry
    shape = layout.gather.padded.shape
    places = _places(geometry)
    ids = np.full(shape, -1)
    first, last = np.maximum(places[0], 0), np.minimum(places[-1] + 1, shape)
    ids[first[0] : max(first[0], last[0]), first[1] : max(first[1], last[1])] = 0
    for number, (row, col) in enumerate(places, start=1):
        if 0 <= row < shape[0] and 0 <= col < shape[1]:
            ids[row, col] = number
    return ids


# Matrix -------------------------------------------------------------------------------------


def _matrix_by_input(layout: Layout) -> Scene:
    """Each input cell times its column is added to y: the column is the stamp, written out."""
    geometry, trace = layout.geometry, layout.trace
    sources = _raster(geometry.input_shape)
    columns = np.stack([np.zeros(len(sources), int), np.arange(len(sources))], axis=1)
    stamps = np.stack([step.stamp for step in trace.steps])
    return replace(
        _matrix_scene(layout),
        channels=(
            Channel("source", 1, (1, 1), "read", sources),
            Channel("column", 0, (_cells(geometry.output_shape), 1), "read", columns, hue="input"),
            Channel(
                "landing",
                2,
                geometry.kernel_shape,
                "add",
                _landings(geometry),
                _spacing(geometry),
                stamps,
            ),
        ),
        captions=(
            "{column.cols} of Cᵀ, times {source.name} = {source.value}, is added to y: the column "
            "is the stamp written out.",
        ),
        caption_of_step=np.zeros(len(sources), int),
        opening="Press play: each input cell scales its column of Cᵀ, and y adds them up.",
    )


def _matrix_by_output(layout: Layout) -> Scene:
    """Each row of the matrix times x is one output cell."""
    geometry = layout.geometry
    targets = _raster(geometry.output_shape)
    rows = np.stack([np.arange(len(targets)), np.zeros(len(targets), int)], axis=1)
    scene = _matrix_scene(layout)
    cells, x, y = scene.grids
    return replace(
        scene,
        grids=(cells, replace(x, action=None, hint=""), y),
        channels=(
            Channel("row", 0, (1, _cells(geometry.input_shape)), "read", rows, hue="output"),
            _write("cell", 2, targets, layout.outputs["Matrix"]),
        ),
        captions=("{row.rows} of Cᵀ, times x, is {cell.name} = {cell.value}.",),
        caption_of_step=np.zeros(len(targets), int),
        opening="Press play: each row of Cᵀ, times x, is one output cell.",
    )


def _matrix_scene(layout: Layout) -> Scene:
    """What both walks share."""
    geometry, matrix = layout.geometry, layout.matrix
    assert matrix is not None
    taps = np.arange(1.0, _cells(geometry.kernel_shape) + 1).reshape(geometry.kernel_shape)
    shape = (matrix.shape[0], matrix.shape[1])
    return Scene(
        grids=(
            Grid(
                "kernel",
                "Cᵀ",
                times(shape),
                "Cᵀ",
                shape,
                matrix,
                family="entry",
                ids=convolution_matrix(taps, geometry).T.astype(int),
            ),
            Grid(
                "input",
                "x",
                f"{shape[1]} × 1",
                "x",
                geometry.input_shape,
                layout.trace.input,
                action="jump",
                hint=JUMP_HINT,
                family="source",
                column=True,
            ),
            replace(_output(geometry), title="y", subtitle=f"{shape[0]} × 1", column=True),
        ),
        channels=(),
        factors=(0, "×", 1),
        result=2,
        flight=_NO_FLIGHT,
        terms=(),
        captions=(),
        caption_of_step=np.zeros(0, int),
        opening="",
        hint=_HINT,
        name="matrix",
        title="Matrix",
        lead="y = Cᵀx: each column is a stamp",
        arrow="=",
    )


# Shared -------------------------------------------------------------------------------------

_NO_FLIGHT = ("", "")
_GATHER = _Heading("gather", "Gather", "zeros inserted, the flipped kernel slides")


def _output(geometry: Geometry) -> Grid:
    shape = geometry.output_shape
    return Grid(
        "output",
        "Output",
        times(shape),
        "y",
        shape,
        action="pin",
        hint=PIN_HINT,
        family="target",
    )


def _write(name: str, grid: int, corners: Array, values: FloatArray) -> Channel:
    """Set one cell a step."""
    return Channel(name, grid, (1, 1), "set", corners, patches=values.reshape(-1, 1, 1))


def _raster(shape: tuple[int, int]) -> Array:
    """(cells, 2): (row, col) in reading order."""
    return np.stack(np.unravel_index(np.arange(_cells(shape)), shape), axis=1)


def _landings(geometry: Geometry) -> Array:
    """(H · W, 2): the output cell on which each stamp's first tap lands; it may lie outside."""
    axes = (geometry.rows, geometry.cols)
    strides, cuts = [axis.stride for axis in axes], [axis.crop[0] for axis in axes]
    return np.asarray(_raster(geometry.input_shape) * strides - cuts)


def _places(geometry: Geometry) -> Array:
    """(H · W, 2): where each input cell stands on the padded grid; it may lie outside."""
    reach = [axis.effective_kernel - 1 for axis in (geometry.rows, geometry.cols)]
    return np.asarray(_landings(geometry) + reach)


def _spacing(geometry: Geometry) -> tuple[int, int]:
    return geometry.rows.dilation, geometry.cols.dilation


def _unreached(layout: Layout) -> Array:
    """(H' · W',): 1 for each output cell that no stamp reaches."""
    return np.array([int(step.kept.size == 0) for step in layout.gather.steps])


def _cells(shape: Iterable[int]) -> int:
    return int(np.prod(tuple(shape)))


def _entries(geometry: Geometry) -> int:
    return _cells(geometry.input_shape) * _cells(geometry.output_shape)


def _lettered(geometry: Geometry) -> bool:
    return max(geometry.input_shape) <= MOST_SYMBOLS


_BY_INPUT = {
    "Scatter": _scatter_by_input,
    "Gather": _gather_by_input,
    "Matrix": _matrix_by_input,
}
_BY_OUTPUT = {
    "Scatter": _scatter_by_output,
    "Gather": _gather_by_output,
    "Matrix": _matrix_by_output,
}
