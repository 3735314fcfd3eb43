"""The ordinary convolution of deep learning, of which the transposed one is the adjoint."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tconv_core.arrays import FloatArray, as_float
from tconv_core.geometry.checks import Pair, whole
from tconv_core.geometry.geometry import Geometry
from tconv_core.operators.taps import tap_cells


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> FloatArray:
    """Return the cross-correlation of x with weight, as PyTorch's function of this name does.

    Args:
        x: (C_in, H, W) or (N, C_in, H, W).
        weight: (C_out, C_in / groups, kH, kW).
        bias: (C_out,), added last.
        stride, padding, dilation: Whole numbers, or (rows, cols).
        groups: Input and output channels are split into this many independent groups.

    Returns:
        (C_out, H', W') or (N, C_out, H', W'); float64 if an argument is, else float32.

    Raises:
        GeometryError: The settings describe no output; see `Axis.from_conv`.
        ValueError: Shapes or groups do not fit each other, or an element is not finite.
        TypeError: An array does not hold real numbers.

    Source:
        torch.nn.functional.conv2d (PyTorch 2.13).

    >>> conv2d([[[1, 2, 4]]], [[[[1, 10]]]])
    array([[[21., 42.]]], dtype=float32)
    """
    x, weight = as_float("x", x, 3, 4), as_float("weight", weight, 4)
    offset = None if bias is None else as_float("bias", bias, 1)
    batch = x if x.ndim == 4 else x[np.newaxis]
    _check_channels(batch, weight, offset, groups)
    geometry = Geometry.from_conv(
        (x.shape[-2], x.shape[-1]),
        (weight.shape[-2], weight.shape[-1]),
        stride=stride,
        padding=padding,
        dilation=dilation,
    )
    output = convolve(batch, weight, geometry, groups)
    if offset is not None:
        output = output + offset[:, np.newaxis, np.newaxis]
    return output if x.ndim == 4 else output[0]


def convolve(
    batch: FloatArray, weight: FloatArray, geometry: Geometry, groups: int = 1
) -> FloatArray:
    """Return the adjoint of a transposed convolution of any geometry: output cells to input cells.

    Args:
        batch: (N, C_in, H, W), of the geometry's output shape.
        weight: (C_out, C_in / groups, kH, kW), the same array `transpose_conv` takes.

    Returns:
        (N, C_out, H', W'), of the geometry's input shape.

    Source:
        Dumoulin & Visin 2016, arXiv 1603.07285, chapter 4.

    >>> geometry = Geometry.from_conv((1, 3), (1, 2))
    >>> convolve(np.array([[[[1.0, 2, 4]]]]), np.array([[[[1.0, 10]]]]), geometry)
    array([[[[21., 42.]]]])
    """
    n, c_in = batch.shape[:2]
    c_out = weight.shape[0]
    grouped = batch.reshape(n, groups, c_in // groups, *batch.shape[2:])
    taps = weight.reshape(groups, c_out // groups, *weight.shape[1:])
    shape = (n, groups, c_out // groups, *geometry.input_shape)
    output = np.zeros(shape, np.result_type(batch, weight))
    cells = tap_cells(grouped, geometry)
    for (u, v), (window, met) in zip(np.ndindex(*geometry.kernel_shape), cells, strict=True):
        output[met] += np.einsum("goc,ngchw->ngohw", taps[..., u, v], window, optimize=True)
    return output.reshape(n, c_out, *geometry.input_shape)


def _check_channels(
    batch: FloatArray, weight: FloatArray, bias: FloatArray | None, groups: int
) -> None:
    c_in, c_out = batch.shape[1], weight.shape[0]
    if c_in % whole("groups", groups, at_least=1) or c_out % groups:
        raise ValueError(
            f"groups {groups} must divide the {c_in} input and the {c_out} output channels."
        )
    if weight.shape[1] * groups != c_in:
        raise ValueError(
            f"weight takes {weight.shape[1] * groups} input channels (its second axis times the "
            f"groups), x has {c_in}."
        )
    if bias is not None and bias.shape != (c_out,):
        raise ValueError(f"bias has shape {bias.shape}, the layer has {c_out} output channels.")
