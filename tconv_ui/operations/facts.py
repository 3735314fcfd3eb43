"""What an operation does with the layer; here, those with weights to learn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tconv_core import Geometry, overlap_count
from tconv_ui.layer.cells import Shape
from tconv_ui.layer.formulas import cells_cropped
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import conv_geometry, dilated_geometry
from tconv_ui.wording import counted

Numbers = Mapping[str, int]
"""What a formula's letters stand for along one axis: n, k, s, p, d, r, and m for a pooled size."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What an operation does with one layer.

    Attributes:
        input_shape, output_shape: (H, W), before and after.
        numbers: The letters of the formula along rows and along columns.
        parameters: Learnable weights, without a bias.
        multiply_adds: Weights times cells, those on padding counted too.
        other_work: What it does instead of multiplying, in words, or nothing.
        lost: What the output no longer tells.
        note: What has to be said about these settings, or nothing.
    """

    input_shape: Shape
    output_shape: Shape
    numbers: tuple[Numbers, Numbers]
    parameters: int
    multiply_adds: int
    lost: str
    other_work: str = ""
    note: str = ""


def letters(layer: Layer) -> tuple[dict[str, int], dict[str, int]]:
    """Return what the formulas' letters stand for along rows and along columns."""
    rows, cols = (
        {
            "n": axis.input_size,
            "k": axis.kernel_size,
            "s": axis.stride,
            "p": axis.crop[0],
            "d": axis.dilation,
            "r": axis.crop[0] - axis.crop[1],
        }
        for axis in layer.geometry.axes
    )
    return rows, cols


def conv_facts(layer: Layer) -> Facts:
    """Return what an ordinary convolution does."""
    return _sliding_facts(layer, conv_geometry(layer))


def dilated_facts(layer: Layer) -> Facts:
    """Return what a dilated convolution does."""
    geometry = dilated_geometry(layer)
    raised = any(axis.dilation == 1 for axis in layer.geometry.axes)
    note = "Dilation 1 would not spread the taps: 2 is used here. " if raised else ""
    spans = (geometry.rows.effective_kernel, geometry.cols.effective_kernel)
    note += f"{counted(layer.kernel.size, 'tap')} as before, over {spans[0]} × {spans[1]} cells."
    return _sliding_facts(layer, geometry, note)


def _sliding_facts(layer: Layer, geometry: Geometry, note: str = "") -> Facts:
    cells, taps = cell_count(geometry.input_shape), layer.kernel.size
    rows, cols = letters(layer)
    rows["d"], cols["d"] = geometry.dilation
    if cells < layer.input.size:
        lost = (
            f"{layer.input.size} values become {counted(cells, 'sum')}, so many inputs give the "
            "same output."
        )
    elif taps == 1 and layer.kernel.any():
        lost = "Nothing of what it reads: each value is scaled."
    else:
        lost = f"The single values: each cell is a sum of up to {taps} of them."
    return Facts(
        input_shape=geometry.output_shape,
        output_shape=geometry.input_shape,
        numbers=(rows, cols),
        parameters=taps,
        multiply_adds=cells * taps,
        lost=lost + unread_words(geometry),
        note=note,
    )


def transposed_facts(layer: Layer) -> Facts:
    """Return what the layer itself does."""
    geometry = layer.geometry
    full, lost = cell_count(geometry.full_shape), cells_cropped(geometry)
    cropped = f" {lost} of {full} cells of the full output are cropped." if lost else ""
    return Facts(
        input_shape=geometry.input_shape,
        output_shape=geometry.output_shape,
        numbers=letters(layer),
        parameters=layer.kernel.size,
        multiply_adds=layer.input.size * layer.kernel.size,
        lost=f"After a convolution the shape comes back, in general not the values.{cropped}",
    )


def unread_cells(geometry: Geometry) -> int:
    """Return how many input cells no window of a convolution or a pooling reads."""
    return int((overlap_count(geometry) == 0).sum())


def unread_words(geometry: Geometry) -> str:
    """Return how many cells no window reads, as a sentence, or nothing."""
    unread = unread_cells(geometry)
    verb = "is" if unread == 1 else "are"
    return f" {unread} of {cell_count(geometry.output_shape)} {verb} never read." if unread else ""


def cell_count(shape: Shape) -> int:
    """Return how many cells a grid has."""
    return shape[0] * shape[1]
