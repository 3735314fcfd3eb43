"""What the page shows of a picture: a window of it, as a PNG."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image

from tconv_ui.pictures import SHOWN, full_png, shown_png, window

Picture = NDArray[np.uint8]
PICTURES = st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from([3, 4]))


@settings(deadline=None)
@given(
    st.tuples(st.integers(1, 90), st.integers(1, 90)),
    st.sampled_from([1, 2, 4, 8, 16]),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_window_is_a_whole_part_of_the_picture(
    shape: tuple[int, int], zoom: int, centre: tuple[float, float]
) -> None:
    rows, cols = np.indices(shape, np.uint8)
    picture = np.dstack([rows, cols, rows])
    part = window(picture, zoom, centre)
    assert part.shape == (*(max(1, side // zoom) for side in shape), 3)
    top, left = part[0, 0, :2]
    bottom, right = int(top) + part.shape[0], int(left) + part.shape[1]
    np.testing.assert_array_equal(part, picture[top:bottom, left:right])
    for place, first, side, length in zip(centre, (top, left), shape, part.shape, strict=False):
        assert abs(int(first) - place * (side - length)) <= 0.5


def test_a_window_reaches_every_corner() -> None:
    picture = np.arange(64, dtype=np.uint8).reshape(8, 8)[..., np.newaxis]
    corners = {(y, x): window(picture, 4, (y, x)) for y in (0.0, 1.0) for x in (0.0, 1.0)}
    assert {part.shape for part in corners.values()} == {(2, 2, 1)}
    assert corners[0.0, 0.0][0, 0, 0] == 0
    assert corners[0.0, 1.0][0, -1, 0] == 7
    assert corners[1.0, 0.0][-1, 0, 0] == 56
    assert corners[1.0, 1.0][-1, -1, 0] == 63


def read_png(data: bytes) -> Picture:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    with Image.open(BytesIO(data)) as image:
        return np.array(image)


@settings(deadline=None)
@given(hnp.arrays(np.uint8, PICTURES))
def test_a_png_holds_every_pixel(picture: Picture) -> None:
    np.testing.assert_array_equal(read_png(full_png(picture)), picture)
    np.testing.assert_array_equal(read_png(shown_png(picture)), picture)


@pytest.mark.parametrize(
    ("shape", "shown"),
    [
        ((SHOWN, 40), (SHOWN, 40)),
        ((SHOWN + 1, 40), (451, 20)),
        ((40, 2 * SHOWN), (20, SHOWN)),
        ((2 * SHOWN + 1, 31), (601, 11)),
    ],
)
def test_a_large_picture_is_averaged_down(shape: tuple[int, int], shown: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (*shape, 3), dtype=np.uint8)
    small = read_png(shown_png(noise))
    assert small.shape == (*shown, 3)
    assert max(small.shape) <= SHOWN
    factor = -(-max(shape) // SHOWN)
    block = noise[:factor, :factor].reshape(-1, 3).mean(axis=0)
    np.testing.assert_allclose(small[0, 0], block, atol=1)
    np.testing.assert_array_equal(read_png(full_png(noise)), noise)
