"""Layers in a row: what compounds, what dampens, and where the spectrum peaks."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import Geometry, kernels, unevenness
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


def test_a_stack_that_cancels_has_no_pattern() -> None:
    kernel = np.array([[1.0, -1], [1, -1]])
    assert stack_patterns(kernel, Geometry.from_torch(4, 2, stride=2), 2, smooth=False) is None
