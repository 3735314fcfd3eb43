"""A crop keeps exactly the rectangle it names."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_ui.upsample.crop import Crop, crop_of, cropped, fit_inside, shade_outside

PICTURE = np.random.default_rng(0).integers(3, 256, (40, 80, 3), dtype=np.uint8)
edges = st.floats(-1, 2, allow_nan=False)


@given(st.integers(0, 29), st.integers(10, 40), st.integers(0, 59), st.integers(20, 80))
def test_a_rectangle_is_kept_to_the_pixel(top: int, tall: int, left: int, wide: int) -> None:
    bottom, right = min(top + tall, 40), min(left + wide, 80)
    crop = crop_of((bottom / 40, top / 40), (left / 80, right / 80), 0.1)
    np.testing.assert_array_equal(cropped(PICTURE, crop), PICTURE[top:bottom, left:right])


@given(edges, edges, edges, edges)
def test_any_box_keeps_at_least_the_least(a: float, b: float, c: float, d: float) -> None:
    crop = crop_of((a, b), (c, d), 0.25)
    assert all(0.25 <= share <= 1 for share in crop.shares)
    assert all(0 <= place <= 1 for place in crop.centre)
    kept = cropped(PICTURE, crop)
    assert kept.shape[0] >= 10
    assert kept.shape[1] >= 20


def test_what_is_cut_away_is_shaded() -> None:
    crop = Crop((0.5, 0.25), (1.0, 0.0))
    shaded = shade_outside(PICTURE, crop)
    np.testing.assert_array_equal(shaded[20:, :20], PICTURE[20:, :20])
    np.testing.assert_array_equal(shaded[:20], PICTURE[:20] // 3)
    np.testing.assert_array_equal(shaded[:, 20:], PICTURE[:, 20:] // 3)
    assert Crop().whole
    assert not crop.whole


@pytest.mark.parametrize(("longest", "shape"), [(80, (40, 80)), (200, (40, 80)), (20, (10, 20))])
def test_a_picture_is_reduced_but_never_enlarged(longest: int, shape: tuple[int, int]) -> None:
    assert fit_inside(PICTURE, longest).shape[:2] == shape
