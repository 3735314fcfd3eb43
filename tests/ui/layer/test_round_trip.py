"""There and back: the shape returns, the values do not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given

from tconv_core import Geometry, convolution_matrix
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.presets import PRESETS
from tconv_ui.layer.round_trip import returned_words, round_trip
from tests.ui.operations.cases import layers


@given(layers())
def test_the_way_back_is_the_transposed_matrix(layer: Layer) -> None:
    trip = round_trip(layer)
    matrix = convolution_matrix(layer.kernel, trip.geometry)
    there = matrix @ layer.input.ravel()
    np.testing.assert_allclose(trip.there.ravel(), there, atol=1e-7)
    np.testing.assert_allclose(trip.back.ravel(), matrix.T @ there, atol=1e-5)
    assert trip.back.shape == layer.input.shape
    np.testing.assert_allclose(trip.difference, trip.back - layer.input)
    assert trip.forward == pytest.approx(trip.backward, rel=1e-12, abs=1e-9)


@given(layers())
@example(Layer(Geometry.from_torch(2, 1), np.eye(2), np.ones((1, 1))))
def test_the_values_are_said_to_come_back_where_they_do(layer: Layer) -> None:
    trip = round_trip(layer)
    said = "values do not" not in returned_words(trip)
    assert said == np.allclose(trip.back, layer.input, rtol=0, atol=1e-9)


def test_the_values_do_not_come_back() -> None:
    trip = round_trip(PRESETS["3×3, stride 2"].choice.layer)
    assert np.abs(trip.difference).max() > 1
    assert trip.forward != 0
