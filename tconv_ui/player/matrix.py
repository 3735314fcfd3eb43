"""The matrix reading: y = Cᵀ x, its columns the stamps and its rows the windows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tconv_core import convolution_matrix
from tconv_ui.player.layouts import (
    HOVER_HINT,
    NO_FLIGHT,
    Layout,
    add_stamps,
    count,
    output_grid,
    raster,
    write_cell,
)
from tconv_ui.player.scatter import JUMP_HINT
from tconv_ui.player.scene import Channel, Grid, Scene
from tconv_ui.wording import times


def matrix_by_input(layout: Layout) -> Scene:
    """Each input cell times its column is added to y: the column is the stamp, written out."""
    geometry = layout.geometry
    sources = raster(geometry.input_shape)
    columns = np.stack([np.zeros(len(sources), int), np.arange(len(sources))], axis=1)
    return replace(
        _matrix_scene(layout),
        channels=(
            Channel("source", 1, (1, 1), "read", sources),
            Channel("column", 0, (count(geometry.output_shape), 1), "read", columns, hue="input"),
            add_stamps("landing", 2, layout.trace),
        ),
        captions=(
            "{column.cols} of Cᵀ, times {source.name} = {source.value}, is added to y: the column "
            "is the stamp written out.",
        ),
        caption_of_step=np.zeros(len(sources), int),
        opening="Press play: each input cell scales its column of Cᵀ, and y adds them up.",
    )


def matrix_by_output(layout: Layout) -> Scene:
    """Each row of the matrix times x is one output cell."""
    geometry = layout.geometry
    targets = raster(geometry.output_shape)
    rows = np.stack([np.arange(len(targets)), np.zeros(len(targets), int)], axis=1)
    scene = _matrix_scene(layout)
    cells, x, y = scene.grids
    return replace(
        scene,
        grids=(cells, replace(x, action=None, hint=""), y),
        channels=(
            Channel("row", 0, (1, count(geometry.input_shape)), "read", rows, hue="output"),
            write_cell("cell", 2, targets, layout.outputs["Matrix"]),
        ),
        captions=("{row.rows} of Cᵀ, times x, is {cell.name} = {cell.value}.",),
        caption_of_step=np.zeros(len(targets), int),
        opening="Press play: each row of Cᵀ, times x, is one output cell.",
    )


def _matrix_scene(layout: Layout) -> Scene:
    """What both walks share."""
    geometry, matrix = layout.geometry, layout.matrix
    assert matrix is not None
    taps = np.arange(1.0, count(geometry.kernel_shape) + 1).reshape(geometry.kernel_shape)
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
            _input_column(layout, shape[1]),
            replace(output_grid(geometry), title="y", subtitle=f"{shape[0]} × 1", column=True),
        ),
        channels=(),
        factors=(0, "×", 1),
        result=2,
        flight=NO_FLIGHT,
        terms=(),
        captions=(),
        caption_of_step=np.zeros(0, int),
        opening="",
        hint=HOVER_HINT,
        name="matrix",
        title="Matrix",
        lead="y = Cᵀx: each column is a stamp",
        arrow="=",
    )


def _input_column(layout: Layout, cells: int) -> Grid:
    return Grid(
        "input",
        "x",
        f"{cells} × 1",
        "x",
        layout.geometry.input_shape,
        layout.trace.input,
        action="jump",
        hint=JUMP_HINT,
        family="source",
        column=True,
    )
