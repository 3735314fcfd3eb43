"""The fast paths: whole arrays at a time, with PyTorch's layouts and meaning."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tconv_core.arrays import FloatArray, as_float
from tconv_core.geometry import Geometry, Pair


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
) -> FloatArray:
    """Return the transposed convolution of x with weight for any geometry.

    Arguments, result and errors are those of `conv_transpose2d`, with the spatial settings given
    as one `Geometry`, so that crops no PyTorch setting can spell are computed too.

    >>> from tconv_core.geometry import Axis
    >>> geometry = Geometry(Axis(1, 1), Axis(2, 3, stride=2, crop=(0, 1)))
    >>> transpose_conv([[[1, 2]]], [[[[1, 2, 3]]]], geometry)
    array([[[1., 2., 5., 4.]]], dtype=float32)
    """
    x = as_float("x", x, 3, 4)
    weight = as_float("weight", weight, 4)
    batch = x if x.ndim == 4 else x[np.newaxis]
    n, c_in = batch.shape[:2]
    c_out = weight.shape[1] * groups
    _check_shapes(batch, weight, geometry, groups)
    offset = None if bias is None else as_float("bias", bias, 1)
    if offset is not None and offset.shape != (c_out,):
        raise ValueError(f"bias has shape {offset.shape}, the layer has {c_out} output channels.")

    dtype = np.result_type(x, weight) if offset is None else np.result_type(x, weight, offset)
    full = np.zeros((n, groups, weight.shape[1], *geometry.uncropped.output_shape), dtype)
    grouped = batch.reshape(n, groups, c_in // groups, *geometry.input_shape)
    taps = weight.reshape(groups, c_in // groups, *weight.shape[1:])
    rows, cols = geometry.rows, geometry.cols
    top, left = (max(-axis.crop[0], 0) for axis in (rows, cols))
    for u in range(rows.kernel_size):
        landing_rows = slice(top + u * rows.dilation, None, rows.stride)
        for v in range(cols.kernel_size):
            landing_cols = slice(left + v * cols.dilation, None, cols.stride)
            landing = full[..., landing_rows, landing_cols]
            landing[..., : rows.input_size, : cols.input_size] += np.einsum(
                "ngchw,gco->ngohw", grouped, taps[..., u, v], optimize=True
            )
    output = full[..., rows.output_slice, cols.output_slice].reshape(
        n, c_out, *geometry.output_shape
    )
    if offset is not None:
        output += offset[:, np.newaxis, np.newaxis]
    return output if x.ndim == 4 else output[0]


def _check_shapes(batch: FloatArray, weight: FloatArray, geometry: Geometry, groups: int) -> None:
    c_in = batch.shape[1]
    if weight.shape[0] != c_in:
        raise ValueError(
            f"weight has {weight.shape[0]} input channels (its first axis), x has {c_in}."
        )
    if groups < 1 or c_in % groups:
        raise ValueError(f"groups {groups} must divide the {c_in} input channels.")
    for name, shape, wanted in (
        ("x", batch.shape[-2:], geometry.input_shape),
        ("weight", weight.shape[-2:], geometry.kernel_shape),
    ):
        if shape != wanted:
            raise ValueError(f"{name} is {shape[0]} × {shape[1]}, the geometry says {wanted}.")
