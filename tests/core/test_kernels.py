"""Named kernels."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import (
    GeometryError,
    conv2d,
    conv_transpose2d,
    kernels,
    phase_sums,
    pixel_shuffle,
    upsample_nearest,
)

NAMED = [
    kernels.ones,
    kernels.box,
    kernels.bilinear,
    kernels.gaussian,
    kernels.random,
    kernels.identity,
]


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
    with pytest.raises(GeometryError, match=r"sigma must be a number above 0, got 0"):
        kernels.gaussian(3, sigma=0)


def test_random_follows_its_seed() -> None:
    assert (kernels.random(3, seed=5) == kernels.random(3, seed=5)).all()
    assert (kernels.random(3, seed=5) != kernels.random(3, seed=6)).any()


def test_identity_copies_the_input_into_place() -> None:
    x = np.arange(6.0).reshape(1, 2, 3)
    output = conv_transpose2d(x, kernels.identity(3)[np.newaxis, np.newaxis], padding=1)
    np.testing.assert_array_equal(output, x)


INTERPOLATING = [
    kernels.bicubic,
    kernels.lanczos,
    lambda stride: kernels.lanczos(stride, lobes=2),
    lambda stride: kernels.bilinear(2 * stride - stride % 2),
]


def enlarge(plane: np.ndarray, kernel: np.ndarray, stride: int) -> np.ndarray:
    """Return the plane enlarged by stride, cell centres aligned."""
    padding = (kernel.shape[0] - stride) // 2
    weight = kernel[np.newaxis, np.newaxis]
    return conv_transpose2d(plane[np.newaxis], weight, stride=stride, padding=padding)[0]


@pytest.mark.parametrize("kernel", INTERPOLATING)
@pytest.mark.parametrize("stride", range(1, 6))
def test_interpolation_keeps_size_constant_and_symmetry(kernel, stride: int) -> None:
    weights = kernel(stride)
    assert weights.shape[0] >= stride
    np.testing.assert_allclose(weights, weights[::-1, ::-1], atol=1e-12)
    np.testing.assert_allclose(phase_sums(weights, stride), 1, atol=1e-12)
    assert enlarge(np.ones((9, 9)), weights, stride).shape == (9 * stride, 9 * stride)


@pytest.mark.parametrize("kernel", INTERPOLATING)
@pytest.mark.parametrize("stride", [3, 5])
def test_odd_strides_keep_the_cells_themselves(kernel, stride: int) -> None:
    plane = np.random.default_rng(0).random((9, 8))
    large = enlarge(plane, kernel(stride), stride)
    np.testing.assert_allclose(large[stride // 2 :: stride, stride // 2 :: stride], plane)


@pytest.mark.parametrize("stride", range(1, 6))
def test_bicubic_reproduces_a_parabola(stride: int) -> None:
    centre = (np.arange(14 * stride) + 0.5) / stride - 0.5
    plane = np.arange(14.0) ** 2 + np.arange(14.0)[:, np.newaxis]
    expected = centre**2 + centre[:, np.newaxis]
    inside = slice(3 * stride, -3 * stride)
    np.testing.assert_allclose(
        enlarge(plane, kernels.bicubic(stride), stride)[inside, inside], expected[inside, inside]
    )


def test_strides_may_differ_and_must_be_positive() -> None:
    assert kernels.bicubic((2, 3)).shape == (8, 11)
    assert kernels.lanczos((1, 2)).shape == (5, 12)
    with pytest.raises(GeometryError, match=r"stride must be .* got 0"):
        kernels.bicubic(0)
    with pytest.raises(GeometryError, match=r"lobes must be .* got 0"):
        kernels.lanczos(2, lobes=0)


def test_he_keeps_the_variance_of_rectified_inputs() -> None:
    x = np.maximum(np.random.default_rng(1).standard_normal((128, 20, 20)), 0)
    # Half of a normal variable's second moment is left after rectification.
    output = conv_transpose2d(x, kernels.he((128, 16), 4, stride=2), stride=2)
    assert output[:, 4:-4, 4:-4].var() == pytest.approx(1, rel=0.1)
    assert (kernels.he((2, 3), 4, seed=1) == kernels.he((2, 3), 4, seed=1)).all()
    assert (kernels.he((2, 3), 4, seed=1) != kernels.he((2, 3), 4, seed=2)).all()
    with pytest.raises(GeometryError, match=r"channels must be .* got 0"):
        kernels.he((0, 3), 4)


def test_icnr_starts_as_nearest_enlargement() -> None:
    x = np.random.default_rng(0).random((3, 6, 5))
    weights = kernels.icnr((3, 2), 3, 2, seed=4)
    shuffled = pixel_shuffle(conv2d(x, weights, padding=1), 2)
    expected = upsample_nearest(conv2d(x, weights[::4], padding=1), 2)
    np.testing.assert_allclose(shuffled, expected, rtol=1e-12, atol=1e-12)
    plain = kernels.he((3, 8), 3, seed=4).transpose(1, 0, 2, 3)
    assert not np.allclose(pixel_shuffle(conv2d(x, plain, padding=1), 2), expected)
