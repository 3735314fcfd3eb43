"""The true condition for a checkerboard, in words and numbers, and the cures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Axis, Geometry, kernels, phase_sums, unevenness
from tconv_ui.overlap.checkerboard import (
    FLAT,
    constant_response,
    deviation,
    judge,
    percent,
    response_caption,
    unevenness_map,
)
from tconv_ui.overlap.cures import cures
from tconv_ui.overlap.stacks import stack_patterns
from tests.core.strategies import arrays

RAMP = np.array([[1.0, 2, 3, 4]])
RAMP_LAYER = Geometry.from_torch((1, 6), (1, 4), stride=(1, 2))
layers = st.builds(
    lambda k, s, d: Geometry(Axis(9, k, s, d), Axis(9, k, s, d)),
    st.integers(1, 5),
    st.integers(1, 4),
    st.integers(1, 2),
)


def test_the_two_counterexamples_get_the_two_verdicts() -> None:
    flat = judge(Geometry.from_torch(3, 3, stride=2, padding=1), kernels.bilinear(3))
    assert flat.headline == "Uneven count, flat response: no checkerboard."
    assert "Yet all 4 phases sum to 1." in flat.reason
    board = judge(RAMP_LAYER, RAMP)
    assert board.headline == ("Even count, but the phases sum to 4 and 6: checkerboard of 20 %.")
    assert board.checkerboard == pytest.approx(0.2)


def test_kernels_that_cancel_have_no_level() -> None:
    judgement = judge(Geometry.from_torch(4, 2, stride=2), np.array([[1.0, -1], [1, -1]]))
    assert judgement.checkerboard is None
    assert "the phase sums cancel" in judgement.headline


@given(st.data(), layers)
def test_the_verdict_is_what_a_constant_shows(data: st.DataObject, geometry: Geometry) -> None:
    kernel = data.draw(arrays(*geometry.kernel_shape))
    judgement = judge(geometry, kernel)
    response = constant_response(kernel, geometry)
    reach = geometry.rows.effective_kernel
    middle = response[reach - 1 : -(reach - 1) or None, reach - 1 : -(reach - 1) or None]
    if judgement.checkerboard is None or middle.shape[0] < geometry.rows.stride:
        return
    assert (judgement.checkerboard <= FLAT) == bool(np.ptp(middle) <= 1e-9)
    assert ("no checkerboard" in judgement.headline) == (judgement.checkerboard <= FLAT)


@given(st.data(), layers)
def test_deviation_is_counted_from_the_interiors_level(
    data: st.DataObject, geometry: Geometry
) -> None:
    kernel = data.draw(arrays(*geometry.kernel_shape))
    response = constant_response(kernel, geometry)
    share = deviation(response, kernel, geometry)
    if share is None:
        return
    level = phase_sums(kernel, geometry.rows.stride, dilation=geometry.rows.dilation).mean()
    np.testing.assert_allclose(share * abs(level) + level, response, atol=1e-9)


def test_captions_name_the_ends() -> None:
    geometry = Geometry.from_torch(4, 3, stride=2)
    values = constant_response(kernels.ones(3), geometry)
    share = deviation(values, kernels.ones(3), geometry)
    assert "from −56 % to +78 %" in response_caption(share, geometry)
    assert "no level" in response_caption(None, geometry)
    flat = response_caption(np.zeros(geometry.output_shape), geometry)
    assert flat == "Every cell of the output lies at one level."


@pytest.mark.parametrize(
    ("share", "text"), [(0.2, "20 %"), (0.0, "0 %"), (1.732, "173 %"), (0.0412, "4.1 %")]
)
def test_percent(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(("k", "s"), [(3, 2), (4, 2), (2, 2), (5, 3), (9, 5), (3, 1)])
def test_cures_do_what_they_promise(k: int, s: int) -> None:
    kernel = np.abs(kernels.random(k, seed=4)) + 0.1
    geometry = Geometry.from_torch(4, k, stride=s)
    found = {cure.name: cure for cure in cures(kernel, geometry)}
    this = found["This layer"]
    assert this.amount == pytest.approx(unevenness(kernel, s), abs=1e-9)
    flat = [name for name, cure in found.items() if (cure.amount or 0) <= 1e-7]
    assert {"Evened out", "Nearest, then convolution", "Pixel shuffle, ICNR"} <= set(flat)
    assert "Bilinear, then convolution" in flat
    assert any(name.startswith("Bilinear ") and "×" in name for name in flat)
    if s > 1:
        assert this.amount
        assert found["Pixel shuffle, random"].amount
        assert found["Divided by the count"].amount
    for cure in found.values():
        assert cure.pattern.shape == this.pattern.shape


def test_dividing_by_the_count_repairs_a_kernel_of_ones_only() -> None:
    geometry = Geometry.from_torch(4, 3, stride=2)
    ones = {cure.name: cure.amount for cure in cures(kernels.ones(3), geometry)}
    other = {cure.name: cure.amount for cure in cures(kernels.bilinear(3), geometry)}
    assert ones["Divided by the count"] == pytest.approx(0)
    assert other["Divided by the count"] == pytest.approx(unevenness([[1, 0.5], [0.5, 0.25]], 2))


def test_holes_cannot_be_evened_out_and_rectangles_are_not_shuffled() -> None:
    holes = {c.name: c.amount for c in cures(kernels.ones(1), Geometry.from_torch(4, 1, stride=2))}
    assert holes["Evened out"] is None
    apart = cures(RAMP, RAMP_LAYER)
    assert not any("shuffle" in cure.name for cure in apart)


def test_the_map_is_the_unevenness_of_each_kernel() -> None:
    amounts = unevenness_map(kernels.ones, range(1, 10), range(1, 6))
    for (row, col), amount in np.ndenumerate(amounts):
        k, s = row + 1, col + 1
        if k < s:
            assert np.isnan(amount)
        else:
            assert amount == pytest.approx(unevenness(kernels.ones(k), s))
            assert (amount <= FLAT) == (k % s == 0)


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
