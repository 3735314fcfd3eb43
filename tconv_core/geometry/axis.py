"""Where stamps land along one spatial axis.

Every framework's transposed convolution is described in one canonical form: compute the *full
output*, then crop it. `Axis` holds that form for one axis, `geometry.Geometry` for both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from tconv_core.geometry.checks import GeometryError, numbers_of, whole
from tconv_core.geometry.frameworks import full_output, keras_crop, onnx_crop, torch_crop


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
            object.__setattr__(self, name, whole(name, getattr(self, name), at_least=1))
        begin, end = numbers_of("crop", self.crop, "begin", "end")
        object.__setattr__(self, "crop", (whole("crop", begin), whole("crop", end)))
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
        axis = cls(n, k, stride, dilation)
        return replace(axis, crop=torch_crop(axis.numbers, padding, output_padding))

    @classmethod
    def from_keras(
        cls,
        n: int,
        k: int,
        *,
        strides: int = 1,
        padding: str = "valid",
        output_padding: int | None = None,
        dilation_rate: int = 1,
    ) -> Self:
        """Return the axis Keras's `Conv2DTranspose` computes; its "same" may cut unevenly.

        Raises:
            GeometryError: Keras refuses these settings; the sentence names what it accepts.

        Source:
            keras.layers.Conv2DTranspose (3.15 on TensorFlow), see `frameworks.keras_crop`.

        >>> Axis.from_keras(3, 3, strides=2, padding="same").crop
        (0, 1)
        """
        axis = cls(n, k, strides, dilation_rate)
        return replace(axis, crop=keras_crop(axis.numbers, padding, output_padding))

    @classmethod
    def from_onnx(
        cls,
        n: int,
        k: int,
        *,
        strides: int = 1,
        pads: tuple[int, int] | None = None,
        auto_pad: str = "NOTSET",
        output_shape: int | None = None,
        output_padding: int = 0,
        dilations: int = 1,
    ) -> Self:
        """Return the axis ONNX's `ConvTranspose` computes; pads are (begin, end).

        Raises:
            GeometryError: ONNX Runtime refuses these settings or would ignore one of them; the
                sentence names what it accepts.

        Source:
            ONNX ConvTranspose as ONNX Runtime 1.31 reads it, see `frameworks.onnx_crop`.

        >>> Axis.from_onnx(3, 3, strides=2, output_shape=6).crop
        (1, 0)
        """
        axis = cls(n, k, strides, dilations)
        crop = onnx_crop(axis.numbers, pads, auto_pad, output_shape, output_padding)
        return replace(axis, crop=crop)

    @classmethod
    def from_conv(
        cls, m: int, k: int, *, stride: int = 1, padding: int = 0, dilation: int = 1
    ) -> Self:
        """Return the axis of which the convolution of m cells is the adjoint.

        Its `output_size` is m, its `input_size` is what that convolution makes of m cells, and the
        stamp of its cell i lands exactly on the window that the convolution reads for cell i.

        Raises:
            GeometryError: A setting is out of range, or the kernel does not fit into the input.

        Source:
            torch.nn.Conv2d (PyTorch 2.13); Dumoulin & Visin 2016, arXiv 1603.07285, chapter 4.

        >>> Axis.from_conv(6, 3, stride=2, padding=1).input_size
        3
        """
        one = cls(1, k, stride, dilation)
        m, padding = whole("input_size", m, at_least=1), whole("padding", padding, at_least=0)
        room, span = m + 2 * padding, one.effective_kernel
        if span > room:
            raise GeometryError(
                f"a kernel that spans {span} cells does not fit into {m} cells padded by {padding} "
                f"on each side: use a padding of at least {(span - m + 1) // 2}."
            )
        axis = replace(one, input_size=(room - span) // stride + 1)
        return replace(axis, crop=(padding, axis.full_size - padding - m))

    @property
    def numbers(self) -> tuple[int, int, int, int]:
        """Input size, kernel size, stride and dilation."""
        return self.input_size, self.kernel_size, self.stride, self.dilation

    @property
    def effective_kernel(self) -> int:
        """Output cells from a stamp's first tap to its last, both counted."""
        return self.dilation * (self.kernel_size - 1) + 1

    @property
    def full_size(self) -> int:
        """Cells of the full output, before the crop."""
        return full_output(*self.numbers)

    @property
    def output_size(self) -> int:
        """Cells of the output, after the crop."""
        return self.full_size - sum(self.crop)

    @property
    def torch_padding(self) -> tuple[int, int] | None:
        """(padding, output_padding) that spell the crop in PyTorch; None where none do.

        >>> Axis(3, 3, stride=2, crop=(1, 0)).torch_padding, Axis(3, 3, crop=(0, 1)).torch_padding
        ((1, 1), None)
        """
        padding, output_padding = self.crop[0], self.crop[0] - self.crop[1]
        legal = padding >= 0 and 0 <= output_padding < max(self.stride, self.dilation)
        return (padding, output_padding) if legal else None

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
