"""A picture and its output laid over each other, and a window of them."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from tconv_core import Geometry, kernels
from tconv_ui.pictures.arrays import Picture
from tconv_ui.upsample.frames import Frame, place, zoomed
from tests.ui.small_pictures import LAYERS, align_input, for_picture, pictures, upsample


@given(pictures(), LAYERS)
def test_the_input_is_drawn_as_large_as_the_output(picture: Picture, layer: Geometry) -> None:
    geometry = for_picture(picture, layer)
    aligned = align_input(picture, layer)
    assert aligned.shape == (*geometry.output_shape, 4)
    assert aligned.dtype == np.uint8
    assert set(np.unique(aligned[..., 3])) <= {0, 255}


def centre_of(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    assert mask.any()
    return np.argwhere(mask).mean(axis=0)


@given(st.data(), LAYERS)
def test_each_block_lies_under_its_own_stamp(data: st.DataObject, layer: Geometry) -> None:
    side = 9
    i, j = data.draw(st.tuples(*[st.integers(0, side - 1)] * 2))
    picture = np.zeros((side, side, 3), np.uint8)
    picture[i, j] = 1
    geometry = for_picture(picture, layer)
    for axis, at in ((geometry.rows, i), (geometry.cols, j)):
        taps = axis.kept_taps(at)
        assume(taps.stop - taps.start == axis.kernel_size)
    stamp = upsample(picture, kernels.ones(layer.kernel_shape), layer).picture[..., 0] == 1
    aligned = align_input(picture, layer)
    block = (aligned[..., 0] == 1) & (aligned[..., 3] == 255)
    whole = np.sum(block) == layer.rows.stride * layer.cols.stride
    assume(whole)
    assert (np.abs(centre_of(stamp) - centre_of(block)) < 1).all()


def test_pixels_become_blocks_of_the_stride() -> None:
    picture = np.arange(1, 7, dtype=np.uint8).reshape(2, 3)[..., np.newaxis].repeat(3, axis=2)
    aligned = align_input(picture, Geometry.from_torch(2, 4, stride=2, padding=1))
    np.testing.assert_array_equal(
        aligned[..., 0], picture[..., 0].repeat(2, axis=0).repeat(2, axis=1)
    )
    assert (aligned[..., 3] == 255).all()


def test_what_no_block_covers_is_transparent() -> None:
    picture = np.full((2, 2, 3), 7, np.uint8)
    alpha = align_input(picture, Geometry.from_torch(2, 6, stride=2))[..., 3]
    np.testing.assert_array_equal(np.flatnonzero(alpha.any(axis=0)), [2, 3, 4, 5])
    np.testing.assert_array_equal(np.flatnonzero(alpha.any(axis=1)), [2, 3, 4, 5])


# A window ------------------------------------------------------------------------------------


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
