"""Transposed convolution of whole arrays, in PyTorch's layouts: the settings, or a geometry."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import FloatArray, as_float, as_real, require_finite, round_to_bytes
from tconv_core.geometry.checks import Pair, whole
from tconv_core.geometry.geometry import Geometry
from tconv_core.operators.layers import add_stamps
from tconv_core.operators.planes import stamp_planes


def conv_transpose2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    output_padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> FloatArray:
    """Return the transposed convolution of x with weight, as PyTorch's function of this name does.

    Args:
        x: (C_in, H, W) or (N, C_in, H, W).
        weight: (C_in, C_out / groups, kH, kW).
        bias: (C_out,), added last.
        stride, padding, output_padding, dilation: Whole numbers, or (rows, cols).
        groups: Input and output channels are split into this many independent groups.

    Returns:
        (C_out, H', W') or (N, C_out, H', W'); float64 if an argument is, else float32.

    Raises:
        GeometryError: The settings describe no output; see `Axis.from_torch`.
        ValueError: Shapes or groups do not fit each other, or an element is not finite.
        TypeError: An array does not hold real numbers.

    Source:
        torch.nn.functional.conv_transpose2d (PyTorch 2.13).

    >>> conv_transpose2d([[[1, 2]]], [[[[1, 1]]]])
    array([[[1., 3., 2.]]], dtype=float32)
    """
    x = as_float("x", x, 3, 4)
    weight = as_float("weight", weight, 4)
    geometry = Geometry.from_torch(
        (x.shape[-2], x.shape[-1]),
        (weight.shape[-2], weight.shape[-1]),
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
    )
    return transpose_conv(x, weight, geometry, bias=bias, groups=groups)


def transpose_conv(
    x: ArrayLike,
    weight: ArrayLike,
    geometry: Geometry,
    *,
    bias: ArrayLike | None = None,
    groups: int = 1,
    out: NDArray[Any] | None = None,
) -> NDArray[Any]:
    """Return the transposed convolution of x with weight for any geometry.

    Arguments, result and errors are those of `conv_transpose2d`, with the spatial settings given
    as one `Geometry`, so that crops no PyTorch setting can spell are computed too.

    Args:
        out: Where to write the result, of its shape, and of its dtype or uint8: then values are
            rounded and clipped to 0..255, as a picture needs them.

    >>> from tconv_core.geometry.geometry import Axis
    >>> geometry = Geometry(Axis(1, 1), Axis(2, 3, stride=2, crop=(0, 1)))
    >>> transpose_conv([[[1, 2]]], [[[[1, 2, 3]]]], geometry)
    array([[[1., 2., 5., 4.]]], dtype=float32)
    """
    x, taps = as_float("x", x, 3, 4), as_real("weight", weight, 4)
    offset = None if bias is None else as_float("bias", bias, 1)
    batch = x if x.ndim == 4 else x[np.newaxis]
    _check_shapes(batch, taps, geometry, groups)
    c_out = taps.shape[1] * groups
    if offset is not None and offset.shape != (c_out,):
        raise ValueError(f"bias has shape {offset.shape}, the layer has {c_out} output channels.")
    dtype = np.result_type(x, taps) if offset is None else np.result_type(x, taps, offset)
    batch, taps = batch.astype(dtype, copy=False), taps.astype(dtype, copy=False)
    output = _output((*x.shape[:-3], c_out, *geometry.output_shape), dtype, out)
    if output.dtype != dtype and (offset is not None or len(taps) > groups):
        values = transpose_conv(x, taps, geometry, bias=offset, groups=groups)
        round_to_bytes(values)
        np.copyto(output, values, casting="unsafe")
        return output
    _stamp(output.reshape(len(batch), c_out, *geometry.output_shape), batch, taps, geometry, groups)
    if offset is not None:
        output += offset[:, np.newaxis, np.newaxis]
    return output


def _stamp(
    output: NDArray[Any], batch: FloatArray, weight: FloatArray, geometry: Geometry, groups: int
) -> None:
    """Write the layer without its bias: plane by plane where no channels mix, else by groups."""
    per_group = len(weight) // groups
    if per_group == 1:
        require_finite("weight", weight)
        kernels = weight.reshape(-1, *geometry.kernel_shape)
        for image, result in zip(batch, output, strict=True):
            stamp_planes(result, image, kernels, geometry)
        return
    for image, result in zip(batch, output, strict=True):
        for group in range(groups):
            inputs = slice(group * per_group, (group + 1) * per_group)
            outputs = slice(group * weight.shape[1], (group + 1) * weight.shape[1])
            add_stamps(result[outputs], image[inputs], weight[inputs], geometry)


def _output(shape: tuple[int, ...], dtype: np.dtype[Any], out: NDArray[Any] | None) -> NDArray[Any]:
    if out is None:
        return np.empty(shape, dtype)
    if out.shape != shape:
        raise ValueError(f"out has shape {out.shape}, the result has {shape}.")
    if out.dtype not in (dtype, np.uint8):
        raise TypeError(f"out has dtype {out.dtype}, it must be {dtype} or uint8.")
    if not out.flags.c_contiguous:
        raise ValueError("out must be contiguous: pass an array of its own, not a slice.")
    return out


def _check_shapes(batch: FloatArray, weight: FloatArray, geometry: Geometry, groups: int) -> None:
    c_in = batch.shape[1]
    if weight.shape[0] != c_in:
        raise ValueError(
            f"weight has {weight.shape[0]} input channels (its first axis), x has {c_in}."
        )
    if c_in % whole("groups", groups, at_least=1):
        raise ValueError(f"groups {groups} must divide the {c_in} input channels.")
    for name, shape, wanted in (
        ("x", batch.shape[-2:], geometry.input_shape),
        ("weight", weight.shape[-2:], geometry.kernel_shape),
    ):
        if shape != wanted:
            raise ValueError(f"{name} is {shape[0]} × {shape[1]}, the geometry says {wanted}.")
