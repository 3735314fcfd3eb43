"""The matrix and the polyphase reading against the teaching loop."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import (
    Axis,
    Geometry,
    GeometryError,
    conv_transpose2d,
    convolution_matrix,
    polyphase,
    trace_gather,
    trace_scatter,
    transpose_conv,
)
from tconv_core.operators.convolution import convolve
from tests.core.strategies import any_axes, arrays, geometries


def dilated(kernel: np.ndarray, geometry: Geometry) -> np.ndarray:
    """Return the kernel with the zeros that dilation inserts written out."""
    spread = np.zeros((geometry.rows.effective_kernel, geometry.cols.effective_kernel))
    spread[:: geometry.rows.dilation, :: geometry.cols.dilation] = kernel
    return spread


def from_phases(x: np.ndarray, kernel: np.ndarray, geometry: Geometry) -> np.ndarray:
    """Return the output put together from stride-1 transposed convolutions with sub-kernels."""
    stride = geometry.stride
    full = np.zeros(geometry.full_shape)
    for r, row in enumerate(polyphase(dilated(kernel, geometry), stride)):
        for c, part in enumerate(row):
            if part.size:
                phase = conv_transpose2d(x[np.newaxis], part[np.newaxis, np.newaxis])[0]
                full[r :: stride[0], c :: stride[1]] = phase
    axes = (geometry.rows, geometry.cols)
    padded = np.pad(full, [(max(-axis.crop[0], 0), max(-axis.crop[1], 0)) for axis in axes])
    return padded[geometry.rows.output_slice, geometry.cols.output_slice]


@given(st.data(), geometries(any_axes(4)))
def test_four_readings_of_one_result(data: st.DataObject, geometry: Geometry) -> None:
    x = data.draw(arrays(*geometry.input_shape))
    kernel = data.draw(arrays(*geometry.kernel_shape))
    scatter = trace_scatter(x, kernel, geometry).output
    matrix = convolution_matrix(kernel, geometry)
    readings = {
        "gather": trace_gather(x, kernel, geometry).output,
        "matrix": (matrix.T @ x.ravel()).reshape(geometry.output_shape),
        "phases": from_phases(x, kernel, geometry),
        "fast": transpose_conv(x[np.newaxis], kernel[np.newaxis, np.newaxis], geometry)[0],
    }
    for name, reading in readings.items():
        np.testing.assert_allclose(reading, scatter, rtol=1e-12, atol=1e-12, err_msg=name)


@given(st.data(), geometries(any_axes(4)))
def test_the_matrix_is_that_of_the_ordinary_convolution(
    data: st.DataObject, geometry: Geometry
) -> None:
    y = data.draw(arrays(1, 1, *geometry.output_shape))
    kernel = data.draw(arrays(*geometry.kernel_shape))
    product = convolution_matrix(kernel, geometry) @ y.ravel()
    convolved = convolve(y, kernel[np.newaxis, np.newaxis], geometry)
    np.testing.assert_allclose(product, convolved.ravel(), rtol=1e-12, atol=1e-12)


def test_a_matrix_too_large_to_show_is_refused_with_a_size_that_works() -> None:
    kernel = np.ones((4, 4))
    geometry = Geometry.from_torch(64, 4, stride=2, padding=1)
    with pytest.raises(GeometryError) as caught:
        convolution_matrix(kernel, geometry)
    assert str(caught.value) == (
        "the matrix from 64 × 64 to 128 × 128 cells has 67,108,864 entries, at most 1,048,576 are "
        "built: use about 22 × 22 input cells."
    )
    smaller = Geometry.from_torch(22, 4, stride=2, padding=1)
    assert convolution_matrix(kernel, smaller).shape == (22 * 22, 44 * 44)


def test_a_kernel_that_disagrees_with_the_geometry_is_refused() -> None:
    with pytest.raises(ValueError, match=r"kernel has shape \(2, 2\), the geometry says \(3, 3\)"):
        convolution_matrix(np.ones((2, 2)), Geometry.from_torch(3, 3))


def test_sub_kernels_hold_every_tap_once_and_may_be_empty() -> None:
    kernel = np.arange(6.0).reshape(2, 3)
    parts = polyphase(kernel, (3, 2))
    assert [[part.shape for part in row] for row in parts] == [
        [(1, 2), (1, 1)],
        [(1, 2), (1, 1)],
        [(0, 2), (0, 1)],
    ]
    assert sorted(tap for row in parts for part in row for tap in part.flat) == list(range(6))
    with pytest.raises(ValueError, match="read-only"):
        parts[0][0][0, 0] = 1
    with pytest.raises(GeometryError, match=r"stride must be .* got 0"):
        polyphase(kernel, 0)


def test_the_matrix_of_one_axis() -> None:
    geometry = Geometry(Axis(1, 1), Axis.from_torch(2, 3, stride=2, padding=1))
    np.testing.assert_array_equal(
        convolution_matrix([[1.0, 2, 3]], geometry), [[2, 3, 0], [0, 1, 2]]
    )
