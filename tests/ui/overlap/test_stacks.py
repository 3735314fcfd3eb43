"""Layers in a row: what compounds, what dampens, and where the spectrum peaks."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import Geometry, kernels, phase_sums, stack_kernel, unevenness
from tconv_ui.overlap.stacks import stack_patterns


def test_stacks_compound_and_a_last_layer_dampens() -> None:
    geometry = Geometry.from_torch(4, 3, stride=2)
    patterns = stack_patterns(kernels.ones(3), geometry, 3, smooth=True)
    assert patterns is not None
    amounts = [pattern.amount for pattern in patterns]
    assert [pattern.name for pattern in patterns] == [
        "1 layer",
        "2 layers",
        "3 layers",
        "3 layers, then stride 1",
    ]
    assert amounts[0] < amounts[1] < amounts[2]
    assert amounts[3] < amounts[2]
    assert amounts[0] == pytest.approx(unevenness(kernels.ones(3), 2))


@pytest.mark.parametrize("stride", [2, 3, 5])
def test_the_spectrum_peaks_at_multiples_of_one_over_the_stride(stride: int) -> None:
    geometry = Geometry.from_torch(4, stride + 1, stride=stride)
    (pattern,) = stack_patterns(kernels.ones(stride + 1), geometry, 1, smooth=False) or ()
    frequency = np.linspace(0, 0.5, pattern.spectrum.size)
    high = frequency[np.nan_to_num(pattern.spectrum) > 1e-9]
    assert high.size
    np.testing.assert_allclose(high * stride, np.round(high * stride), atol=1e-9)


@pytest.mark.parametrize(("stride", "depth", "size"), [(2, 4, 3), (3, 3, 4), (4, 3, 5), (5, 2, 6)])
def test_a_deep_stack_has_its_periods_own_harmonics_and_nothing_between(
    stride: int, depth: int, size: int
) -> None:
    geometry = Geometry.from_torch(4, size, stride=stride)
    patterns = stack_patterns(kernels.ones(size), geometry, depth, smooth=True) or ()
    period = stride**depth
    for name, pattern in zip(("deep", "smooth"), patterns[-2:], strict=True):
        layers = [(kernels.ones(size), geometry)] * depth
        last = [(kernels.bilinear(3), Geometry.from_torch(3, 3))]
        stamp, _ = stack_kernel(layers + (last if name == "smooth" else []))
        sums = phase_sums(stamp, period)
        cells = np.arange(period)
        for harmonic in range(1, period // 2 + 1):
            wave = np.exp(-2j * np.pi * cells * harmonic / period)
            wanted = np.abs((sums / sums.mean()) @ wave).mean() / period
            found = pattern.spectrum[round(2 * (pattern.spectrum.size - 1) * harmonic / period)]
            assert found == pytest.approx(wanted)
        frequency = np.linspace(0, 0.5, pattern.spectrum.size) * period
        between = np.abs(frequency - np.round(frequency)) > 1e-6
        assert not pattern.spectrum[between].any()


def test_the_spectrum_of_three_layers_by_hand() -> None:
    """One layer 5 at stride 4 makes 2 1 1 1 of ones along an axis."""
    geometry = Geometry.from_torch(4, 5, stride=4)
    *_, pattern = stack_patterns(kernels.ones(5), geometry, 3, smooth=False) or ()
    peaks = pattern.spectrum[:: 2 * (pattern.spectrum.size - 1) // 64]
    assert peaks[1:3] == pytest.approx([0.169, 0.093], abs=5e-4)


def test_a_stack_that_cancels_has_no_pattern() -> None:
    kernel = np.array([[1.0, -1], [1, -1]])
    assert stack_patterns(kernel, Geometry.from_torch(4, 2, stride=2), 2, smooth=False) is None
