"""The fitted kernel: known answers, the least squares it solves, and its borders."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import (
    GeometryError,
    avg_pool2d,
    axis_deficit,
    box_reduce,
    fit_geometry,
    fit_kernel,
    kernels,
    transpose_conv,
    unevenness,
)


def smooth_picture(height: int, width: int) -> np.ndarray:
    """Return three channels of noise with the falling spectrum of photographs."""
    rng = np.random.default_rng(0)
    waves = np.fft.fft2(rng.standard_normal((3, height, width)))
    rows, cols = np.fft.fftfreq(height)[:, np.newaxis], np.fft.fftfreq(width)
    return np.fft.ifft2(waves / (0.02 + np.hypot(rows, cols))).real


def rebuilt(picture: np.ndarray, kernel: np.ndarray, stride: int) -> np.ndarray:
    """Return the picture reduced by boxes and enlarged with the kernel."""
    reduced = box_reduce(picture, stride)
    geometry = fit_geometry(reduced.shape[1:], stride, kernel.shape[0])
    weight = np.repeat(kernel[np.newaxis, np.newaxis], len(picture), axis=0)
    return transpose_conv(reduced, weight, geometry, groups=len(picture))


@pytest.mark.parametrize(("stride", "size"), [(1, 3), (2, 2), (2, 4), (2, 5), (3, 4), (3, 7)])
def test_solves_the_least_squares_problem(stride: int, size: int) -> None:
    picture = smooth_picture(12 * stride, 11 * stride)
    kernel = fit_kernel(picture, stride, size)
    # The oracle: one dense system over all interior cells, built from one-hot kernels.
    columns = []
    for u, v in np.ndindex(size, size):
        one = np.zeros((size, size))
        one[u, v] = 1
        columns.append(rebuilt(picture, one, stride))
    # Blocks of stride cells none of which misses a stamp for want of input.
    geometry = fit_geometry((12, 11), stride, size)
    inside: list[slice] = [slice(None)]
    for axis in (geometry.rows, geometry.cols):
        begin, end = (-(-cells // stride) * stride for cells in axis_deficit(axis))
        inside.append(slice(begin, axis.output_size - end))
    system = np.stack([column[tuple(inside)].ravel() for column in columns], axis=1)
    best = np.linalg.lstsq(system, picture[tuple(inside)].ravel())[0]
    np.testing.assert_allclose(kernel.ravel(), best, rtol=1e-8, atol=1e-8)


def test_blocks_give_the_blocks_kernel_back() -> None:
    picture = np.kron(np.random.default_rng(3).random((1, 20, 20)), np.ones((2, 2)))
    np.testing.assert_allclose(fit_kernel(picture, 2, 2), np.ones((2, 2)), atol=1e-9)
    wider = np.pad(np.ones((2, 2)), 1)
    np.testing.assert_allclose(fit_kernel(picture, 2, 4), wider, atol=1e-9)


def test_larger_kernels_rebuild_better_than_named_ones_and_stay_even() -> None:
    picture = smooth_picture(96, 96)
    inside = (slice(None), slice(16, -16), slice(16, -16))

    def error(kernel: np.ndarray) -> float:
        return float(np.mean((rebuilt(picture, kernel, 2) - picture)[inside] ** 2))

    fitted = [error(fit_kernel(picture, 2, k)) for k in (2, 4, 8, 12)]
    assert fitted == sorted(fitted, reverse=True)
    assert fitted[2] < error(kernels.bicubic(2)) < error(kernels.ones(2))
    assert unevenness(fit_kernel(picture, 2, 8), 2) < 0.02


def test_channels_share_one_kernel_and_a_flat_picture_has_one_too() -> None:
    picture = smooth_picture(40, 40)
    assert fit_kernel(picture[0], 2, 4).shape == (4, 4)
    flat = fit_kernel(np.full((30, 30), 0.5), 2, 4)
    np.testing.assert_allclose(rebuilt(np.full((1, 30, 30), 0.5), flat, 2)[0, 4:-4, 4:-4], 0.5)


def test_box_reduction_is_average_pooling_without_the_rest() -> None:
    x = np.random.default_rng(0).random((2, 7, 9))
    np.testing.assert_allclose(box_reduce(x, 3), avg_pool2d(x, 3))
    assert box_reduce(x[0], 2).shape == (3, 4)


def test_what_has_no_answer_is_refused_in_words() -> None:
    with pytest.raises(GeometryError, match="kernel size 2 leaves 1 of 3 phases without a tap"):
        fit_kernel(np.ones((30, 30)), 3, 2)
    with pytest.raises(GeometryError, match=r"image of 6 × 6 has no interior .* at least 10 × 10"):
        fit_kernel(np.ones((6, 6)), 2, 8)
    assert fit_kernel(np.ones((10, 10)), 2, 8).shape == (8, 8)
    with pytest.raises(GeometryError, match="stride 4 is larger than the image, 3 × 9"):
        box_reduce(np.ones((3, 9)), 4)
    with pytest.raises(ValueError, match="image must have 2 or 3 dimensions"):
        fit_kernel(np.ones(9), 2, 4)
