"""One layer of a network, described before anything is computed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, get_args

from tconv_core.geometry.axis import Axis
from tconv_core.geometry.checks import GeometryError, as_pair, whole
from tconv_core.operators.pooling import pool_geometry

Kind = Literal["tconv", "conv", "nearest", "bilinear", "shuffle", "maxpool", "avgpool"]
Activation = Literal["none", "relu", "sigmoid", "tanh"]
Merge = Literal["concat", "crop", "add"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ACTIVATIONS: tuple[Activation, ...] = get_args(Activation)
MERGES: tuple[Merge, ...] = get_args(Merge)

SETTINGS: dict[Kind, tuple[str, ...]] = {
    "tconv": ("filters", "kernel", "stride", "padding", "output_padding", "dilation"),
    "conv": ("filters", "kernel", "stride", "padding", "dilation"),
    "nearest": ("stride",),
    "bilinear": ("stride",),
    "shuffle": ("stride",),
    "maxpool": ("kernel", "stride", "padding"),
    "avgpool": ("kernel", "stride", "padding"),
}
"""What each kind of layer has besides its activation and its skip."""
LEARNED: frozenset[Kind] = frozenset({"tconv", "conv"})
SIDES = ("rows", "columns")


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One layer: what it computes, what follows it, and which earlier map joins its output.

    Args:
        kind: Transposed convolution, convolution, nearest or bilinear upsampling, pixel shuffle,
            max or average pooling.
        filters: Output channels of a (transposed) convolution, at least 1; else left out.
        kernel, stride, padding, dilation: As in PyTorch, one number for both axes. The stride of
            an upsampling is its scale, that of a pixel shuffle its factor.
        output_padding: As in PyTorch, a number or (rows, cols); held as (rows, cols).
        activation: Applied element by element to what the layer makes.
        skip: The number of an earlier layer, from 1, whose output then joins this one's; 0 is the
            network's input, None is no skip.
        merge: How it joins: behind the channels ("concat"), behind them once cut around its centre
            to this layer's size ("crop"), or element by element ("add").

    Raises:
        GeometryError: A setting is out of range, or one that this kind of layer does not have.

    Source:
        torch.nn (PyTorch 2.13); Ronneberger et al. 2015, arXiv 1505.04597, for cropped skips.

    >>> LayerSpec("tconv", filters=64, kernel=4, stride=2, padding=1).axis(8, 0).output_size
    16
    """

    kind: Kind
    filters: int = 0
    kernel: int = 1
    stride: int = 1
    padding: int = 0
    output_padding: int | tuple[int, int] = (0, 0)
    dilation: int = 1
    activation: Activation = "none"
    skip: int | None = None
    merge: Merge = "concat"

    def __post_init__(self) -> None:
        for name, options in (("kind", KINDS), ("activation", ACTIVATIONS), ("merge", MERGES)):
            if getattr(self, name) not in options:
                raise GeometryError(
                    f"{name} must be one of {', '.join(options)}, got {getattr(self, name)!r}."
                )
        object.__setattr__(self, "output_padding", as_pair("output_padding", self.output_padding))
        least = {"kernel": 1, "stride": 1, "padding": 0, "dilation": 1}
        least["filters"] = 1 if self.kind in LEARNED else 0
        for name, bound in least.items():
            whole(name, getattr(self, name), at_least=bound)
        for each in fields(self):
            foreign = each.name in SETTINGS["tconv"] and each.name not in SETTINGS[self.kind]
            if foreign and getattr(self, each.name) != each.default:
                raise GeometryError(
                    f"a {self.kind} layer has no {each.name}: leave it out, got "
                    f"{getattr(self, each.name)}."
                )
        if self.skip is not None:
            whole("skip", self.skip, at_least=0)

    @property
    def extra(self) -> tuple[int, int]:
        """The output_padding of (rows, cols)."""
        return as_pair("output_padding", self.output_padding)

    def axis(self, n: int, side: int) -> Axis:
        """Return the axis of a layer with a kernel, for an input of n cells.

        For a convolution or a pooling it is the axis of the adjoint, see `Axis.from_conv`.

        Args:
            n: Cells of the layer's input along the axis.
            side: 0 for rows, 1 for columns.

        Raises:
            GeometryError: The settings describe no output of n cells.
        """
        if self.kind == "tconv":
            return Axis.from_torch(
                n,
                self.kernel,
                stride=self.stride,
                padding=self.padding,
                output_padding=self.extra[side],
                dilation=self.dilation,
            )
        if self.kind == "conv":
            return Axis.from_conv(
                n, self.kernel, stride=self.stride, padding=self.padding, dilation=self.dilation
            )
        return pool_geometry((n, n), self.kernel, self.stride, self.padding).rows

    def output_size(self, n: int, side: int) -> int:
        """Return how many cells the layer makes of n along rows (side 0) or columns (1).

        Raises:
            GeometryError: It makes none.

        >>> LayerSpec("maxpool", kernel=2, stride=2).output_size(45, 0)
        22
        """
        if self.kind in ("nearest", "bilinear", "shuffle"):
            return n * self.stride
        axis = self.axis(n, side)
        return axis.output_size if self.kind == "tconv" else axis.input_size

    def output_channels(self, channels: int) -> int:
        """Return how many channels the layer makes, before a skip joins.

        Raises:
            GeometryError: A pixel shuffle's factor squared does not divide the channels.

        >>> LayerSpec("shuffle", stride=2).output_channels(12)
        3
        """
        if self.kind in LEARNED:
            return self.filters
        if self.kind != "shuffle":
            return channels
        square = self.stride**2
        if channels % square:
            raise GeometryError(
                f"{channels} channels cannot be shuffled by {self.stride}: use a multiple of "
                f"{square}, such as {max(round(channels / square), 1) * square}."
            )
        return channels // square

    def weight_shape(self, channels: int) -> tuple[int, int, int, int] | None:
        """Return the shape of the layer's weight in PyTorch's layout, None if it learns nothing.

        >>> LayerSpec("conv", filters=8, kernel=3).weight_shape(4)
        (8, 4, 3, 3)
        """
        if self.kind not in LEARNED:
            return None
        ends = (channels, self.filters) if self.kind == "tconv" else (self.filters, channels)
        return (*ends, self.kernel, self.kernel)
