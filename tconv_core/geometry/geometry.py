"""The rows and columns of an image: one `Axis` each, in each framework's spelling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from tconv_core.geometry.axis import Axis
from tconv_core.geometry.checks import (
    GeometryError,
    Pair,
    as_pair,
    as_pairs,
    numbers_of,
    on_both_axes,
)

_NONE = (None, None)


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
        return cls(
            *on_both_axes(
                Axis.from_torch,
                **as_pairs(n=input_shape, k=kernel_shape, stride=stride, dilation=dilation),
                **as_pairs(padding=padding, output_padding=output_padding),
            )
        )

    @classmethod
    def from_keras(
        cls,
        input_shape: Pair,
        kernel_shape: Pair,
        *,
        strides: Pair = 1,
        padding: str = "valid",
        output_padding: Pair | None = None,
        dilation_rate: Pair = 1,
    ) -> Self:
        """Return the geometry of Keras's `Conv2DTranspose`; padding is one word for both axes.

        Raises:
            GeometryError: Keras refuses the settings of an axis, or strides on one together with a
                dilation on the other.

        Source:
            keras.layers.Conv2DTranspose (3.15 on TensorFlow), see `Axis.from_keras`.

        >>> Geometry.from_keras((3, 4), 3, strides=2, padding="same").output_shape
        (6, 8)
        """
        extra = _NONE if output_padding is None else as_pair("output_padding", output_padding)
        strides, rates = as_pair("strides", strides), as_pair("dilation_rate", dilation_rate)
        axes = on_both_axes(
            Axis.from_keras,
            **as_pairs(n=input_shape, k=kernel_shape, strides=strides, dilation_rate=rates),
            padding=(padding, padding),
            output_padding=extra,
        )
        if max(strides) > 1 and max(rates) > 1:
            raise GeometryError(
                f"strides {strides} cannot be combined with dilation_rate {rates} in Keras, not "
                "even on different axes: use strides 1 or dilation_rate 1."
            )
        return cls(*axes)

    @classmethod
    def from_onnx(
        cls,
        input_shape: Pair,
        kernel_shape: Pair,
        *,
        strides: Pair = 1,
        pads: tuple[int, int, int, int] | None = None,
        auto_pad: str = "NOTSET",
        output_shape: Pair | None = None,
        output_padding: Pair = 0,
        dilations: Pair = 1,
    ) -> Self:
        """Return the geometry of ONNX's `ConvTranspose`; pads are (top, left, bottom, right).

        Raises:
            GeometryError: ONNX Runtime refuses the settings of an axis, or would ignore one.

        Source:
            ONNX ConvTranspose as ONNX Runtime 1.31 reads it, see `Axis.from_onnx`.

        >>> Geometry.from_onnx((3, 4), 3, strides=2, pads=(0, 0, 1, 1)).output_shape
        (6, 8)
        """
        sides: tuple[object, object] = _NONE
        if pads is not None:
            top, left, bottom, right = numbers_of("pads", pads, "top", "left", "bottom", "right")
            sides = ((top, bottom), (left, right))
        shape = _NONE if output_shape is None else as_pair("output_shape", output_shape)
        return cls(
            *on_both_axes(
                Axis.from_onnx,
                **as_pairs(n=input_shape, k=kernel_shape, strides=strides, dilations=dilations),
                **as_pairs(output_padding=output_padding),
                pads=sides,
                auto_pad=(auto_pad, auto_pad),
                output_shape=shape,
            )
        )

    @classmethod
    def from_conv(
        cls,
        input_shape: Pair,
        kernel_shape: Pair,
        *,
        stride: Pair = 1,
        padding: Pair = 0,
        dilation: Pair = 1,
    ) -> Self:
        """Return the geometry of which PyTorch's `Conv2d` of input_shape is the adjoint.

        Raises:
            GeometryError: A setting is out of range, or the kernel does not fit into the input.

        Source:
            torch.nn.Conv2d (PyTorch 2.13), see `Axis.from_conv`.

        >>> geometry = Geometry.from_conv((6, 8), 3, stride=2, padding=1)
        >>> geometry.input_shape, geometry.output_shape
        ((3, 4), (6, 8))
        """
        return cls(
            *on_both_axes(
                Axis.from_conv,
                m=as_pair("input shape", input_shape),
                k=as_pair("kernel shape", kernel_shape),
                **as_pairs(stride=stride, padding=padding, dilation=dilation),
            )
        )

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
    def axes(self) -> tuple[Axis, Axis]:
        """Rows and columns, to be gone through."""
        return self.rows, self.cols

    @property
    def stride(self) -> tuple[int, int]:
        """(rows, cols) of the stride."""
        return self.rows.stride, self.cols.stride

    @property
    def dilation(self) -> tuple[int, int]:
        """(rows, cols) of the dilation."""
        return self.rows.dilation, self.cols.dilation

    @property
    def padding(self) -> tuple[int, int] | None:
        """(rows, cols) of PyTorch's padding; None where PyTorch cannot spell this crop.

        >>> Geometry(Axis(3, 3, crop=(1, 1)), Axis(3, 3, crop=(1, 2))).padding is None
        True
        """
        rows, cols = (axis.torch_padding for axis in self.axes)
        return rows and cols and (rows[0], cols[0])

    @property
    def output_padding(self) -> tuple[int, int] | None:
        """(rows, cols) of PyTorch's output_padding; None where PyTorch cannot spell this crop."""
        rows, cols = (axis.torch_padding for axis in self.axes)
        return rows and cols and (rows[1], cols[1])

    @property
    def uncropped(self) -> Self:
        """The same geometry with nothing cut away."""
        return type(self)(self.rows.uncropped, self.cols.uncropped)

    def with_input(self, shape: Pair) -> Self:
        """Return the same layer on an input of (H, W): all but the input's size stays.

        Raises:
            GeometryError: The crop leaves no cell of so small an input.

        >>> Geometry.from_torch(3, 4, stride=2, padding=1).with_input((5, 6)).output_shape
        (10, 12)
        """
        if self.padding is None:
            sizes = zip(self.axes, as_pair("input shape", shape), strict=True)
            return type(self)(*(replace(axis, input_size=size) for axis, size in sizes))
        return self.from_torch(
            shape,
            self.kernel_shape,
            stride=self.stride,
            padding=self.padding,
            output_padding=self.output_padding or 0,
            dilation=self.dilation,
        )
