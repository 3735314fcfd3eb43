"""The true condition for a checkerboard, in words and numbers."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Axis, Geometry, kernels, phase_count, phase_sums, unevenness
from tconv_ui.layer.checkerboard import FLAT, constant_response
from tconv_ui.overlap.judgement import (
    deviation,
    judge,
    phase_blocks,
    response_caption,
    tap_words,
    unevenness_map,
)
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


def test_the_map_is_the_unevenness_of_each_kernel() -> None:
    amounts = unevenness_map(kernels.ones, range(1, 10), range(1, 6), (1, 1))
    for (row, col), amount in np.ndenumerate(amounts):
        k, s = row + 1, col + 1
        if k < s:
            assert np.isnan(amount)
        else:
            assert amount == pytest.approx(unevenness(kernels.ones(k), s))
            assert (amount <= FLAT) == (k % s == 0)


ORDINALS = ["single", "second", "third", "fourth", "fifth"]


@pytest.mark.parametrize("dilation", [(2, 2), (3, 3), (1, 2), (3, 1)])
def test_the_map_and_the_phases_are_those_of_the_layers_dilation(dilation: tuple[int, int]) -> None:
    amounts = unevenness_map(kernels.ones, range(1, 6), range(1, 6), dilation)
    for (row, col), amount in np.ndenumerate(amounts):
        k, s = row + 1, col + 1
        geometry = Geometry.from_torch(4, k, stride=s, dilation=dilation)
        axes = (geometry.rows, geometry.cols)
        if any(0 in phase_count(axis) for axis in axes):
            assert np.isnan(amount)
        else:
            assert amount == pytest.approx(unevenness(kernels.ones(k), s, dilation=dilation))
        drawn = [
            [block.sum() for block in line] for line in phase_blocks(kernels.random(k), geometry)
        ]
        np.testing.assert_allclose(drawn, phase_sums(kernels.random(k), s, dilation=dilation))
        told = re.findall("|".join(ORDINALS), tap_words(geometry)) or ORDINALS[:1]
        steps = [ORDINALS.index(each) + 1 for each in told]
        for axis, step in zip(axes, steps * (3 - len(steps)), strict=True):
            phases = np.arange(30) * axis.dilation % s
            met = [np.flatnonzero(phases == phase) for phase in set(phases)]
            assert all((np.diff(taps) == step).all() for taps in met)
