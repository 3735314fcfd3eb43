"""One transposed convolution read in three ways, step by step in step: scatter, gather, matrix.

A walk is what a step goes through. By input cell, every step adds one input cell's share to each
reading's output; by output cell, every step finishes one output cell of each. After any number of
steps the outputs of all readings hold the same numbers, each computed in its own way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tconv_core import Geometry
from tconv_core.arrays import FloatArray
from tconv_ui.player.gather import gather_by_input, gather_by_output
from tconv_ui.player.layouts import (
    HOVER_HINT,
    MOST_ENTRIES,
    NO_FLIGHT,
    Layout,
    count,
    difference_of,
    entries_of,
    landings,
    raster,
    spacing_of,
    unreached,
    write_cell,
)
from tconv_ui.player.matrix import matrix_by_input, matrix_by_output
from tconv_ui.player.scatter import scatter_scene
from tconv_ui.player.scene import Links, Readings, Scene
from tconv_ui.wording import times

READINGS = ("Scatter", "Gather", "Matrix")
BY_INPUT, BY_OUTPUT = WALKS = ("By input cell", "By output cell")
MOST_TARGETS = 4096
"""Output cells walked one by one."""
MOST_SYMBOLS = 4
"""Cells along a side of an input whose cells have letters."""
TOLERANCE = 1e-12


def equality(outputs: Mapping[str, FloatArray]) -> tuple[str, str]:
    """Return whether the readings' outputs are the same numbers, and how far they lie apart."""
    names, difference = " = ".join(name.lower() for name in outputs), difference_of(outputs)
    found = scientific(difference)
    if difference <= TOLERANCE:
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
    targets, sources = count(geometry.output_shape), count(geometry.input_shape)
    found = []
    if "Matrix" in names and entries_of(geometry) > MOST_ENTRIES:
        found.append(
            f"The matrix is left out: {targets:,} output cells × {sources:,} input cells are "
            f"{targets * sources:,} entries, and up to {MOST_ENTRIES:,} can be told apart here."
        )
    if walk == BY_OUTPUT and targets > MOST_TARGETS:
        found.append(
            f"The walk goes by input cell: {targets:,} output cells are too many to visit one by "
            f"one, {MOST_TARGETS:,} are the most."
        )
    if symbols and not is_lettered(geometry):
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
    by_output = walk == BY_OUTPUT and count(geometry.output_shape) <= MOST_TARGETS
    shown = [name for name in READINGS if name in names]
    if "Matrix" in shown and layout.matrix is None:
        shown.remove("Matrix")
    makers = _BY_OUTPUT if by_output else _BY_INPUT
    scenes = tuple(makers[name](layout) for name in shown or READINGS[:1])
    links = Links(
        layout.trace.input,
        layout.trace.kernel,
        landings(geometry),
        spacing_of(geometry),
        geometry.output_shape,
        "target" if by_output else "source",
    )
    return Readings(scenes, links, symbols and is_lettered(geometry))


# Scatter ------------------------------------------------------------------------------------


def scatter_by_input(layout: Layout) -> Scene:
    return scatter_scene(layout.trace)


def scatter_by_output(layout: Layout) -> Scene:
    """The stamps that reach an output cell, cell by cell."""
    geometry = layout.geometry
    scene = scatter_scene(layout.trace)
    x, kernel, _, output = scene.grids
    targets = raster(geometry.output_shape)
    crop = np.maximum([geometry.rows.crop[0], geometry.cols.crop[0]], 0)
    return replace(
        scene,
        grids=(replace(x, action=None, hint=""), kernel, output),
        channels=(write_cell("cell", 2, targets + crop, layout.trace.output),),
        factors=(0, "×", 1),
        result=2,
        flight=NO_FLIGHT,
        terms=(),
        captions=(
            "{cell.name} = {cell.value}: the stamps that reach this cell add up.",
            "{cell.name} = 0: no stamp reaches this cell.",
        ),
        caption_of_step=unreached(layout),
        opening="Press play: each output cell takes what the stamps put there.",
        hint=HOVER_HINT,
        outlines=True,
    )


def is_lettered(geometry: Geometry) -> bool:
    return max(geometry.input_shape) <= MOST_SYMBOLS


_BY_INPUT = {
    "Scatter": scatter_by_input,
    "Gather": gather_by_input,
    "Matrix": matrix_by_input,
}
_BY_OUTPUT = {
    "Scatter": scatter_by_output,
    "Gather": gather_by_output,
    "Matrix": matrix_by_output,
}
