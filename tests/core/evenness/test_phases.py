"""Phase sums: what a constant becomes, and the nearest kernel that keeps it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tconv_core import GeometryError, conv_transpose2d, even_out, kernels, phase_sums, unevenness
from tests.core.strategies import arrays

SETTINGS = st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(1, 4), st.integers(1, 4))


def interior(kernel: np.ndarray, stride: tuple[int, int], dilation: tuple[int, int]) -> np.ndarray:
    """Return one period of the response to ones, from a phase-aligned place away from borders."""
    x = np.ones((1, 40, 40))
    full = conv_transpose2d(x, kernel[np.newaxis, np.newaxis], stride=stride, dilation=dilation)[0]
    rows, cols = (20 * s for s in stride)
    return full[rows : rows + stride[0], cols : cols + stride[1]]


@given(st.data(), SETTINGS, st.integers(1, 3))
def test_the_interior_of_a_constant_repeats_the_phase_sums(
    data: st.DataObject, settings: tuple[int, int, int, int], dilation: int
) -> None:
    kernel = data.draw(arrays(*settings[:2]))
    stride, dilations = settings[2:], (dilation, 1)
    np.testing.assert_allclose(
        interior(kernel, stride, dilations), phase_sums(kernel, stride, dilation=dilations)
    )


@given(st.data(), SETTINGS)
def test_a_constant_stays_constant_exactly_when_the_sums_agree(
    data: st.DataObject, settings: tuple[int, int, int, int]
) -> None:
    kernel, stride = data.draw(arrays(*settings[:2])), settings[2:]
    assume(kernel.sum() != 0)
    rounding = 1e-12  # of sums that are equal, in shares of their mean
    even = np.ptp(interior(kernel, stride, (1, 1))) == 0
    assert even == (unevenness(kernel, stride) < rounding)


@given(st.data(), SETTINGS)
def test_even_out_is_even_and_the_nearest_such_kernel(
    data: st.DataObject, settings: tuple[int, int, int, int]
) -> None:
    kernel, stride = data.draw(arrays(*settings[:2])), settings[2:]
    assume(kernel.shape[0] >= stride[0] and kernel.shape[1] >= stride[1])
    evened = even_out(kernel, stride)
    sums = phase_sums(evened, stride)
    scale = max(1.0, float(np.abs(evened).sum()))
    assert np.ptp(sums) <= 1e-12 * scale
    if abs(sums.mean()) > 1e-2 * scale:
        assert unevenness(evened, stride) <= 1e-12
    # The nearest kernel that obeys linear equations is the pseudo-inverse's.
    taps = np.zeros((stride[0] * stride[1], kernel.size))
    for index, (u, v) in enumerate(np.ndindex(*kernel.shape)):
        taps[(u % stride[0]) * stride[1] + v % stride[1], index] = 1
    differences = taps[1:] - taps[0]
    change = -np.linalg.pinv(differences) @ (differences @ kernel.ravel())
    np.testing.assert_allclose(evened.ravel(), kernel.ravel() + change, atol=1e-9 * scale)


def test_uneven_counts_can_be_flat_and_even_counts_can_alternate() -> None:
    assert unevenness(kernels.bilinear(3), 2) == 0
    np.testing.assert_array_equal(phase_sums([[1, 2, 3, 4]], (1, 2)), [[4, 6]])
    assert unevenness(kernels.ones(3), 2) == pytest.approx(np.std([4, 2, 2, 1]) / 2.25)


def test_the_given_kernel_is_left_alone() -> None:
    kernel = np.array([[1.0, 2, 3, 4]])
    even_out(kernel, (1, 2))
    np.testing.assert_array_equal(kernel, [[1, 2, 3, 4]])


@pytest.mark.parametrize("kernel", [np.zeros((3, 3)), [[1.0, -1.0]], [[0.1, 0.2, -0.3]]])
def test_unevenness_of_a_kernel_without_a_level_is_refused(kernel: list) -> None:
    with pytest.raises(GeometryError, match="phase sums of this kernel average to zero"):
        unevenness(kernel, (1, 2))


def test_a_phase_without_a_tap_cannot_be_evened() -> None:
    with pytest.raises(GeometryError) as caught:
        even_out(np.ones((2, 3)), 3)
    assert str(caught.value) == (
        "3 of the 9 phases get no tap of this 2 × 3 kernel: use a kernel of at least 3 × 3."
    )
    with pytest.raises(GeometryError, match=r"shares no factor with the stride \(2, 2\)"):
        even_out(np.ones((4, 4)), 2, dilation=2)


def test_bad_strides_and_kernels_are_refused() -> None:
    with pytest.raises(GeometryError, match="stride must be a whole number of at least 1, got 0"):
        phase_sums(np.ones((2, 2)), 0)
    with pytest.raises(ValueError, match="kernel must have 2 dimensions"):
        phase_sums(np.ones(2), 1)
