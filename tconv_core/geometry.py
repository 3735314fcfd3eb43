"""Where stamps land: the sizes of one axis, and of the two axes of an image.

Every framework's transposed convolution is described in one canonical form: compute the *full
output*, then crop it. `Axis` holds that form for one spatial axis, `Geometry` for both.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass, replace
from typing import Self

Pair = int | tuple[int, int]
"""One number for both axes, or (rows, cols)."""


class GeometryError(ValueError):
    """Settings that describe no output: one sentence with the numbers and what would work."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One spatial axis of a transposed convolution: the full output, then a crop.

    Args:
        input_size: Input cells, at least 1.
        kernel_size: Kernel taps, at least 1.
        stride: Output cells between the stamps of neighbouring input cells, at least 1.
        dilation: Output cells between neighbouring taps of one stamp, at least 1.
        crop: Cells cut from the begin and from the end of the full output. A negative cut
            appends cells that no stamp reaches.

    Raises:
        GeometryError: A size is not a positive whole number, or the crop leaves no cell.

    Source:
        Dumoulin & Visin 2016, arXiv 1603.07285, relationships 8-14.

    >>> axis = Axis(input_size=3, kernel_size=3, stride=2, crop=(1, 1))
    >>> axis.full_size, axis.output_size
    (7, 5)
    """

    input_size: int
    kernel_size: int
    stride: int = 1
    dilation: int = 1
    crop: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        for name in ("input_size", "kernel_size", "stride", "dilation"):
            object.__setattr__(self, name, _whole(name, getattr(self, name), at_least=1))
        begin, end = self.crop
        object.__setattr__(self, "crop", (_whole("crop", begin), _whole("crop", end)))
        if self.output_size < 1:
            raise GeometryError(
                f"crop {self.crop} cuts {sum(self.crop)} of the {self.full_size} cells of the full "
                f"output and leaves none: cut at most {self.full_size - 1}."
            )

    @classmethod
    def from_torch(
        cls,
        n: int,
        k: int,
        *,
        stride: int = 1,
        padding: int = 0,
        output_padding: int = 0,
        dilation: int = 1,
    ) -> Self:
        """Return the axis PyTorch's `ConvTranspose2d` computes for input size n and kernel size k.

        Raises:
            GeometryError: PyTorch refuses these settings; the sentence names what it accepts.

        Source:
            torch.nn.ConvTranspose2d (PyTorch 2.13): the full output loses `padding` cells at the
            begin and `padding - output_padding` at the end.

        >>> Axis.from_torch(4, 4, stride=2, padding=1).output_size
        8
        """
        uncropped = cls(n, k, stride, dilation)
        padding = _whole("padding", padding, at_least=0)
        output_padding = _whole("output_padding", output_padding, at_least=0)
        limit = max(stride, dilation)
        if output_padding >= limit:
            raise GeometryError(
                f"output_padding {output_padding} must be smaller than the stride {stride} or the "
                f"dilation {dilation}: use {_at_most(limit - 1)}."
            )
        full = uncropped.full_size
        if full - 2 * padding + output_padding < 1:
            raise GeometryError(
                f"padding {padding} crops {2 * padding - output_padding} of the {full} cells of "
                f"the full output and leaves none: "
                f"use {_at_most((full + output_padding - 1) // 2)}."
            )
        return replace(uncropped, crop=(padding, padding - output_padding))

    @property
    def effective_kernel(self) -> int:
        """Output cells from a stamp's first tap to its last, both counted."""
        return self.dilation * (self.kernel_size - 1) + 1

    @property
    def full_size(self) -> int:
        """Cells of the full output, before the crop."""
        return (self.input_size - 1) * self.stride + self.effective_kernel

    @property
    def output_size(self) -> int:
        """Cells of the output, after the crop."""
        return self.full_size - sum(self.crop)

    @property
    def uncropped(self) -> Self:
        """The same axis with nothing cut away; cells that a negative crop appends stay."""
        begin, end = self.crop
        return replace(self, crop=(min(begin, 0), min(end, 0)))

    @property
    def output_slice(self) -> slice:
        """Where the output lies among the cells of `uncropped`."""
        begin = max(self.crop[0], 0)
        return slice(begin, begin + self.output_size)

    def full_slice(self, i: int) -> slice:
        """Return the full output's cells that the stamp of input cell i covers, tap by tap.

        >>> Axis(3, 3, stride=2).full_slice(1)
        slice(2, 5, 1)
        """
        start = i * self.stride
        return slice(start, start + self.effective_kernel, self.dilation)

    def kept_taps(self, i: int) -> slice:
        """Return the taps of the stamp of input cell i that survive the crop.

        >>> Axis(3, 3, stride=2, crop=(1, 1)).kept_taps(0)
        slice(1, 3, None)
        """
        start = i * self.stride - self.crop[0]
        first = max(0, -(start // self.dilation))
        stop = min(self.kernel_size, -((start - self.output_size) // self.dilation))
        return slice(first, max(first, stop))

    def kept_slice(self, i: int) -> slice:
        """Return the output cells where the kept taps of input cell i land.

        >>> Axis(3, 3, stride=2, crop=(1, 1)).kept_slice(0)
        slice(0, 2, 1)
        """
        taps = self.kept_taps(i)
        if taps.start == taps.stop:
            return slice(0, 0, self.dilation)
        start = i * self.stride - self.crop[0]
        return slice(
            start + taps.start * self.dilation,
            start + (taps.stop - 1) * self.dilation + 1,
            self.dilation,
        )


@dataclass(frozen=True, slots=True)
class Geometry:
    """The rows and columns of a two-dimensional transposed convolution.

    >>> Geometry(Axis(3, 3, stride=2), Axis(4, 2)).output_shape
    (7, 5)
    """

    rows: Axis
    cols: Axis

    @classmethod
    def from_torch(
        cls,
        input_shape: Pair,
        kernel_shape: Pair,
        *,
        stride: Pair = 1,
        padding: Pair = 0,
        output_padding: Pair = 0,
        dilation: Pair = 1,
    ) -> Self:
        """Return the geometry of PyTorch's `ConvTranspose2d`; each setting an int or (rows, cols).

        Raises:
            GeometryError: PyTorch refuses the settings of an axis; the sentence says which axis
                where the two differ.

        Source:
            torch.nn.ConvTranspose2d (PyTorch 2.13), see `Axis.from_torch`.

        >>> Geometry.from_torch((3, 4), 3, stride=2, padding=1).output_shape
        (5, 7)
        """
        spelled = {
            "n": input_shape,
            "k": kernel_shape,
            "stride": stride,
            "padding": padding,
            "output_padding": output_padding,
            "dilation": dilation,
        }
        pairs = {name: as_pair(name, value) for name, value in spelled.items()}
        axes = []
        for index, side in enumerate(("Rows", "Columns")):
            try:
                axes.append(Axis.from_torch(**{name: pair[index] for name, pair in pairs.items()}))
            except GeometryError as error:
                if all(first == second for first, second in pairs.values()):
                    raise
                raise GeometryError(f"{side}: {error}") from None
        return cls(*axes)

    @property
    def input_shape(self) -> tuple[int, int]:
        """(H, W) of the input."""
        return self.rows.input_size, self.cols.input_size

    @property
    def kernel_shape(self) -> tuple[int, int]:
        """(kH, kW) of the kernel."""
        return self.rows.kernel_size, self.cols.kernel_size

    @property
    def full_shape(self) -> tuple[int, int]:
        """(H', W') of the full output, before the crop."""
        return self.rows.full_size, self.cols.full_size

    @property
    def output_shape(self) -> tuple[int, int]:
        """(H', W') of the output, after the crop."""
        return self.rows.output_size, self.cols.output_size

    @property
    def uncropped(self) -> Self:
        """The same geometry with nothing cut away."""
        return type(self)(self.rows.uncropped, self.cols.uncropped)


def as_pair(name: str, value: Pair) -> tuple[int, int]:
    """Return (rows, cols) from one number for both, or from two.

    Raises:
        GeometryError: The value is neither.

    >>> as_pair("stride", 2), as_pair("stride", (2, 1))
    ((2, 2), (2, 1))
    """
    if isinstance(value, tuple | list):
        if len(value) != 2:
            raise GeometryError(
                f"{name} has {len(value)} numbers: give one for both axes, or two as (rows, cols)."
            )
        return _whole(name, value[0]), _whole(name, value[1])
    return _whole(name, value), _whole(name, value)


def _at_most(number: int) -> str:
    return f"at most {number}" if number else "0"


def _whole(name: str, value: object, at_least: int | None = None) -> int:
    bound = "" if at_least is None else f" of at least {at_least}"
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise GeometryError(f"{name} must be a whole number{bound}, got {value!r}.") from None
    if at_least is not None and number < at_least:
        raise GeometryError(f"{name} must be a whole number{bound}, got {number}: use {at_least}.")
    return number
