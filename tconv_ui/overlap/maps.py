"""The Overlap page's maps and verdict, as the bytes its component draws."""

from __future__ import annotations

from typing import Any

import numpy as np

from tconv_core import Axis, Geometry, axis_overlap
from tconv_ui.layer.checkerboard import FLAT, constant_response
from tconv_ui.layer.formulas import overlap_verdict
from tconv_ui.layer.layer import Layer
from tconv_ui.overlap.judgement import deviation, judge, response_caption
from tconv_ui.player.buffers import Buffers
from tconv_ui.player.payload import headed
from tconv_ui.wording import times

MOST_EXPLAINED = 40
"""The longest side, in cells, at which a cell is told the input cells that reach it."""


def overlap_maps(layer: Layer) -> bytes:
    """Return the count and the response of a layer on its full output, with the verdict.

    Source:
        Odena, Dumoulin & Olah 2016, "Deconvolution and Checkerboard Artifacts", for the count;
        Sugawara, Shiota & Kiya 2018, arXiv 1806.02658, for the response.
    """
    geometry = layer.geometry
    buffers = Buffers()
    judgement = judge(geometry, layer.kernel)
    overlap = overlap_verdict(geometry)
    flat = judgement.checkerboard is not None and judgement.checkerboard <= FLAT
    header = {
        "verdict": {
            "flat": flat,
            "headline": judgement.headline,
            "reason": f"{judgement.reason} {overlap.edges}",
        },
        "maps": [
            _count_map(geometry, buffers),
            _response_map(layer, buffers),
        ],
    }
    return headed({**header, "buffers": buffers.index}) + b"".join(buffers.parts)


def _count_map(geometry: Geometry, buffers: Buffers) -> dict[str, Any]:
    whole = geometry.uncropped
    rows, cols = (axis_overlap(axis) for axis in whole.axes)
    counts = np.outer(rows, cols)
    explained = max(counts.shape) <= MOST_EXPLAINED
    return {
        **_grid(geometry),
        "title": "Count",
        "subtitle": f"stamps per cell, {times(geometry.output_shape)}",
        "note": "Bars: the stamps per row and per column. A cell's count is their product.",
        "scale": "count",
        "limit": max(int(counts.max()), 1),
        "values": buffers.add("counts", counts),
        "bars": [buffers.add("row-counts", rows), buffers.add("column-counts", cols)],
        "sources": [_reaching(axis) for axis in whole.axes] if explained else None,
    }


def _response_map(layer: Layer, buffers: Buffers) -> dict[str, Any]:
    """The cells' numbers, coloured by how far they lie from the interior's level."""
    geometry = layer.geometry
    values = constant_response(layer.kernel, geometry.uncropped)
    share = deviation(values, layer.kernel, geometry)
    shades = np.zeros_like(values) if share is None else share
    interior = shades[geometry.rows.output_slice, geometry.cols.output_slice]
    return {
        **_grid(geometry),
        "title": "Response",
        "subtitle": "to an input of ones, with this kernel",
        "note": response_caption(share, geometry),
        "scale": "signed",
        "limit": max(float(np.abs(interior).max()), 0.01),
        "values": buffers.add("response", values),
        "shades": buffers.add("deviation", shades),
        "level": share is not None,
    }


def _grid(geometry: Geometry) -> dict[str, Any]:
    """The full output's size, and the frame of the output in it."""
    rows, cols = geometry.uncropped.output_shape
    top, left = geometry.rows.output_slice.start, geometry.cols.output_slice.start
    height, width = geometry.output_shape
    frame = {"row": top, "col": left, "rows": height, "cols": width}
    return {"rows": rows, "cols": cols, "frame": frame}


def _reaching(axis: Axis) -> list[str]:
    """For each output cell of an axis the input cells whose stamps touch it."""
    found: list[list[str]] = [[] for _ in range(axis.output_size)]
    for i in range(axis.input_size):
        for o in range(axis.output_size)[axis.kept_slice(i)]:
            found[o].append(str(i))
    return [", ".join(each) or "none" for each in found]
