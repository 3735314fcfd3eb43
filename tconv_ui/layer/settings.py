"""A layer's settings as they are asked for, before any framework has accepted them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tconv_core import Axis, Geometry

Shape = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a visitor asks of a layer as (rows, cols), legal anywhere or not.

    An `output_padding` of 0 is left out unless it is `written`: Keras takes it for something else.
    """

    size: Shape
    kernel: Shape
    stride: Shape = (1, 1)
    padding: Shape = (0, 0)
    output_padding: Shape = (0, 0)
    dilation: Shape = (1, 1)
    output_padding_written: bool = False

    @classmethod
    def from_pairs(cls, pairs: Mapping[str, Shape]) -> Settings:
        """Return the settings that the sidebar's sliders hold, by their names."""
        return cls(
            pairs["size"],
            pairs["kernel"],
            pairs["stride"],
            pairs["padding"],
            pairs["output_padding"],
            pairs["dilation"],
        )

    @property
    def linked(self) -> bool:
        """Whether rows and columns are asked for the same."""
        pairs = (self.size, self.kernel, self.stride, self.padding, self.output_padding)
        return all(rows == cols for rows, cols in (*pairs, self.dilation))

    @property
    def keras_output_padding(self) -> Shape | None:
        """Keras's `output_padding`, None where it is left out.

        >>> Settings((3, 3), (3, 3)).keras_output_padding is None
        True
        """
        written = any(self.output_padding) or self.output_padding_written
        return self.output_padding if written else None

    @property
    def full(self) -> Geometry:
        """The full output, which every framework crops."""
        rows, cols = (
            Axis(self.size[axis], self.kernel[axis], self.stride[axis], self.dilation[axis])
            for axis in (0, 1)
        )
        return Geometry(rows, cols)
