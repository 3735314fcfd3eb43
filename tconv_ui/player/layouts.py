"""One layer computed in three ways, and what the scenes of its readings have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tconv_core import Geometry, Trace, WindowTrace, convolution_matrix, trace_gather
from tconv_core.arrays import FloatArray
from tconv_ui.player.scatter import PIN_HINT
from tconv_ui.player.scene import Array, Channel, Grid
from tconv_ui.wording import times

MOST_ENTRIES = 2**18
"""Of a matrix that is shown: 4,096 output cells from 64 input cells."""
HOVER_HINT = "Hover over an output cell to see where it comes from; click to see its sum."
NO_FLIGHT = ("", "")


@dataclass(frozen=True, eq=False)
class Layout:
    """What the scenes of one layer are made from, each computed once and when it is first needed.

    Attributes:
        trace: The stamps.

    >>> from tconv_core import trace_scatter
    >>> geometry = Geometry.from_torch((1, 2), (1, 2))
    >>> layout = Layout(trace_scatter([[1.0, 2.0]], [[1.0, 1.0]], geometry))
    >>> layout.outputs["Matrix"], difference_of(layout.outputs)
    (array([[1., 3., 2.]]), 0.0)
    """

    trace: Trace

    @cached_property
    def gather(self) -> WindowTrace:
        """The windows of the flipped kernel."""
        return trace_gather(self.trace.input, self.trace.kernel, self.geometry)

    @cached_property
    def matrix(self) -> FloatArray | None:
        """(H' · W', H · W), the matrix Cᵀ; None where it is too large to show."""
        if entries_of(self.geometry) > MOST_ENTRIES:
            return None
        return convolution_matrix(self.trace.kernel, self.geometry).T

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


def difference_of(outputs: Mapping[str, FloatArray]) -> float:
    """Return the largest difference between two readings' outputs, in shares of the largest output.

    Outputs below 1 count as they are.
    """
    stacked = np.stack(list(outputs.values()))
    return float(np.ptp(stacked, axis=0).max() / max(1.0, np.abs(stacked).max()))


def output_grid(geometry: Geometry) -> Grid:
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


def write_cell(name: str, grid: int, corners: Array, values: FloatArray) -> Channel:
    """Set one cell a step."""
    return Channel(name, grid, (1, 1), "set", corners, patches=values.reshape(-1, 1, 1))


def add_stamps(name: str, grid: int, trace: Trace) -> Channel:
    """Add one stamp a step."""
    geometry = trace.geometry
    stamps = np.stack([step.stamp for step in trace.steps])
    corners, spacing = landings(geometry), spacing_of(geometry)
    return Channel(name, grid, geometry.kernel_shape, "add", corners, spacing, stamps)


def raster(shape: tuple[int, int]) -> Array:
    """(cells, 2): (row, col) in reading order."""
    return np.stack(np.unravel_index(np.arange(count(shape)), shape), axis=1)


def landings(geometry: Geometry) -> Array:
    """(H · W, 2): the output cell on which each stamp's first tap lands; it may lie outside."""
    axes = geometry.axes
    strides, cuts = [axis.stride for axis in axes], [axis.crop[0] for axis in axes]
    return np.asarray(raster(geometry.input_shape) * strides - cuts)


def places_of(geometry: Geometry) -> Array:
    """(H · W, 2): where each input cell stands on the padded grid; it may lie outside."""
    reach = [axis.effective_kernel - 1 for axis in geometry.axes]
    return np.asarray(landings(geometry) + reach)


def spacing_of(geometry: Geometry) -> tuple[int, int]:
    return geometry.dilation


def unreached(layout: Layout) -> Array:
    """(H' · W',): 1 for each output cell that no stamp reaches."""
    return np.array([int(step.kept.size == 0) for step in layout.gather.steps])


def count(shape: Iterable[int]) -> int:
    return int(np.prod(tuple(shape)))


def entries_of(geometry: Geometry) -> int:
    return count(geometry.input_shape) * count(geometry.output_shape)
