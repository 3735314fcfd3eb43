"""The gather reading: zeros inserted between the input cells, and the flipped kernel slides.

At stride 1, with a padding of K − 1, there are none: what is said of zeros follows the grid.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tconv_core import Geometry
from tconv_ui.player.layouts import (
    HOVER_HINT,
    NO_FLIGHT,
    Layout,
    add_stamps,
    output_grid,
    places_of,
    raster,
    spacing_of,
    unreached,
    write_cell,
)
from tconv_ui.player.scatter import JUMP_HINT
from tconv_ui.player.scene import Array, Channel, Grid, Scene
from tconv_ui.wording import times

_NAME, _TITLE = "gather", "Gather"


def gather_by_input(layout: Layout) -> Scene:
    """The padded grid fills up, and so do the outputs whose windows hold the new cell."""
    geometry, trace = layout.geometry, layout.trace
    places = places_of(geometry)
    padded, kernel, output = _gather_grids(layout)
    empty = np.where(_padded_ids(layout) > 0, np.nan, 0.0)
    inside = ((places >= 0) & (places < padded.shape)).all(axis=1)
    return Scene(
        grids=(replace(padded, values=empty, action="jump", hint=JUMP_HINT), kernel, output),
        channels=(
            write_cell("source", 0, places, trace.input),
            add_stamps("landing", 2, trace),
        ),
        factors=(0, "×", 1),
        result=2,
        flight=NO_FLIGHT,
        terms=(),
        captions=(
            "{source.name} = {source.value} takes its place on the padded grid, and every window "
            "that holds it grows by its share.",
            "{source.name} lies outside the padded grid: padding crops all it could reach.",
        ),
        caption_of_step=np.where(inside, 0, 1),
        opening="Press play: the kernel turns, then the input takes its place on the padded grid.",
        hint=HOVER_HINT,
        legend=_gather_legend(layout),
        name=_NAME,
        title=_TITLE,
        lead=_lead(layout),
    )


def gather_by_output(layout: Layout) -> Scene:
    """The flipped kernel slides over the padded grid."""
    geometry, steps = layout.geometry, layout.gather.steps
    padded, kernel, output = _gather_grids(layout)
    targets = raster(geometry.output_shape)
    shape, origin = geometry.kernel_shape, np.zeros_like(targets)
    products = Grid(
        "stamp", "Products", "cell by cell", "p", shape, idle="Products", family="product"
    )
    terms = np.stack([step.terms for step in steps])
    return Scene(
        grids=(padded, kernel, products, output),
        channels=(
            Channel("window", 0, shape, "read", targets, spacing_of(geometry), hue="stamp"),
            Channel("kernel", 1, shape, "read", origin, quiet=True),
            Channel("products", 2, shape, "set", origin, patches=terms),
            write_cell("cell", 3, targets, layout.gather.output),
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
        caption_of_step=unreached(layout),
        opening="Press play: the kernel turns, then slides over the padded grid.",
        hint=HOVER_HINT,
        legend=_gather_legend(layout),
        name=_NAME,
        title=_TITLE,
        lead=_lead(layout),
    )


def _gather_grids(layout: Layout) -> tuple[Grid, Grid, Grid]:
    geometry, gather = layout.geometry, layout.gather
    assert gather.kernel is not None
    taps = np.arange(1, gather.kernel.size + 1).reshape(gather.kernel.shape)
    shape = (gather.padded.shape[0], gather.padded.shape[1])
    padded = Grid(
        "input",
        "Padded grid",
        f"{times(shape)} from {times(geometry.input_shape)}",
        "z",
        shape,
        gather.padded,
        family="source",
        ids=_padded_ids(layout),
        origin=geometry.input_shape[1],
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
    return padded, kernel, output_grid(geometry)


def _lead(layout: Layout) -> str:
    inserted = (_padded_ids(layout) == 0).any()
    return f"{'zeros inserted, ' if inserted else ''}the flipped kernel slides"


def _gather_legend(layout: Layout) -> tuple[tuple[str, str], ...]:
    ids = _padded_ids(layout)
    marks = (
        ("inserted", "inserted zero", 0),
        ("padding", f"padding, {padding_words(layout.geometry)}", -1),
    )
    return tuple((mark, text) for mark, text, number in marks if (ids == number).any())


def padding_words(geometry: Geometry) -> str:
    """Return how wide the zeros around the spread input are: K − 1 less what the crop takes.

    >>> padding_words(Geometry.from_torch(3, 3, stride=2, padding=1, output_padding=1))
    '1 wide above and left, 2 below and right'
    """
    (top, bottom), (left, right) = (
        [
            min(
                max(axis.effective_kernel - 1 - cut, 0),
                axis.output_size + axis.effective_kernel - 1,
            )
            for cut in axis.crop
        ]
        for axis in geometry.axes
    )
    if (top, bottom) != (left, right):
        return f"{top} wide above, {bottom} below, {left} left, {right} right"
    if top == bottom:
        return f"{top} wide"
    return f"{top} wide above and left, {bottom} below and right"


def _padded_ids(layout: Layout) -> Array:
    """(rows, cols) of the padded grid: numbers of the input cells, 0 inserted, -1 padding."""
    geometry = layout.geometry
    shape = layout.gather.padded.shape
    places = places_of(geometry)
    ids = np.full(shape, -1)
    first, last = np.maximum(places[0], 0), np.minimum(places[-1] + 1, shape)
    ids[first[0] : max(first[0], last[0]), first[1] : max(first[1], last[1])] = 0
    for number, (row, col) in enumerate(places, start=1):
        if 0 <= row < shape[0] and 0 <= col < shape[1]:
            ids[row, col] = number
    return ids
