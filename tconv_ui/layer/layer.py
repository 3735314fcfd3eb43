"""A layer with its numbers: what the pages show."""

from __future__ import annotations

from dataclasses import dataclass

from tconv_core import Geometry
from tconv_ui.layer.cells import Cells, Shape


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A geometry, and the input and the kernel that fit it."""

    geometry: Geometry
    input: Cells
    kernel: Cells

    @property
    def padding(self) -> Shape:
        """(rows, cols) cut from the begin, which is what a convolution is padded with."""
        rows, cols = self.geometry.axes
        return rows.crop[0], cols.crop[0]

    def windows(self, dilation: Shape) -> Geometry:
        """Return the geometry whose windows a convolution of this dilation reads.

        Raises:
            GeometryError: The kernel does not fit into the padded input.
        """
        return Geometry.from_conv(
            self.geometry.input_shape,
            self.geometry.kernel_shape,
            stride=self.geometry.stride,
            padding=self.padding,
            dilation=dilation,
        )
