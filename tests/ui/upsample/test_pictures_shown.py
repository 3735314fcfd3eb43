"""What the page shows of a picture: a window of it, as a PNG."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image

from tconv_ui.upsample.pictures import SHOWN, Frame, full_png, place, shown_png, zoomed

Picture = NDArray[np.uint8]
PICTURES = st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from([3, 4]))


@given(
    st.tuples(st.integers(1, 90), st.integers(1, 90)),
    st.sampled_from([1, 2, 4, 8, 16]),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_zoomed_frame_is_a_whole_part_of_it(
    shape: tuple[int, int], zoom: int, centre: tuple[float, float]
) -> None:
    frame = Frame(-3, 5, *shape)
    part = zoomed(frame, zoom, centre)
    assert (part.height, part.width) == tuple(max(1, side // zoom) for side in shape)
    for place_, first, begin, side, length in (
        (centre[0], part.top, frame.top, frame.height, part.height),
        (centre[1], part.left, frame.left, frame.width, part.width),
    ):
        assert begin <= first <= begin + side - length
        assert abs(first - begin - place_ * (side - length)) <= 0.5


def test_a_zoomed_frame_reaches_every_corner() -> None:
    corners = {(y, x): zoomed(Frame(0, 0, 8, 8), 4, (y, x)) for y in (0, 1) for x in (0, 1)}
    assert {(part.top, part.left) for part in corners.values()} == {(0, 0), (0, 6), (6, 0), (6, 6)}
    assert corners[0, 1] == Frame(0, 6, 2, 2)


@given(
    hnp.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3))),
    st.tuples(st.integers(-12, 12), st.integers(-12, 12)),
    st.builds(Frame, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 9), st.integers(1, 9)),
)
def test_placing_shows_what_reaches_the_frame(
    picture: Picture, shift: tuple[int, int], frame: Frame
) -> None:
    placed = place(picture, shift, frame)
    assert placed.shape[:2] == (frame.height, frame.width)
    for y, x in np.ndindex(frame.height, frame.width):
        own = (y + frame.top - shift[0], x + frame.left - shift[1])
        covered = all(0 <= at < size for at, size in zip(own, picture.shape, strict=False))
        if covered:
            np.testing.assert_array_equal(placed[y, x, :3], picture[own])
        assert covered if placed.shape[2] == 3 else placed[y, x, 3] == 255 * covered


def read_png(data: bytes) -> Picture:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    with Image.open(BytesIO(data)) as image:
        return np.array(image)


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
