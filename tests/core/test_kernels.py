"""Named kernels."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import GeometryError, conv_transpose2d, kernels

NAMED = [kernels.ones, kernels.bilinear, kernels.gaussian, kernels.random, kernels.identity]


@pytest.mark.parametrize("kernel", NAMED, ids=lambda kernel: kernel.__name__)
@pytest.mark.parametrize("size", range(1, 10))
def test_shape_and_precision(kernel, size: int) -> None:
    assert kernel((size, 3)).shape == (size, 3)
    assert kernel(size).shape == (size, size)
    assert kernel(size).dtype == np.float64
    assert np.isfinite(kernel(size)).all()


@pytest.mark.parametrize("kernel", NAMED, ids=lambda kernel: kernel.__name__)
def test_empty_shapes_are_refused(kernel) -> None:
    with pytest.raises(GeometryError, match="0 × 3 holds no tap"):
        kernel((0, 3))


@pytest.mark.parametrize("stride", range(1, 6))
def test_bilinear_keeps_a_constant(stride: int) -> None:
    size = 2 * stride - stride % 2
    output = conv_transpose2d(
        np.ones((1, 6, 6)), kernels.bilinear(size)[np.newaxis, np.newaxis], stride=stride
    )
    np.testing.assert_allclose(output[0, size:-size, size:-size], 1, atol=1e-12)


def test_bilinear_values() -> None:
    np.testing.assert_array_equal(kernels.bilinear(3)[1], [0.5, 1, 0.5])
    np.testing.assert_array_equal(kernels.bilinear((1, 4))[0], [0.25, 0.75, 0.75, 0.25])


def test_gaussian_sums_to_one_and_refuses_a_width_of_zero() -> None:
    for size in range(1, 10):
        assert kernels.gaussian(size).sum() == pytest.approx(1)
    with pytest.raises(GeometryError, match=r"sigma must be above 0, got 0"):
        kernels.gaussian(3, sigma=0)


def test_random_follows_its_seed() -> None:
    assert (kernels.random(3, seed=5) == kernels.random(3, seed=5)).all()
    assert (kernels.random(3, seed=5) != kernels.random(3, seed=6)).any()


def test_identity_copies_the_input_into_place() -> None:
    x = np.arange(6.0).reshape(1, 2, 3)
    output = conv_transpose2d(x, kernels.identity(3)[np.newaxis, np.newaxis], padding=1)
    np.testing.assert_array_equal(output, x)
