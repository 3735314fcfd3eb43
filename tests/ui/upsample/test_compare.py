"""Panels: what they show, how they are scored, and where they are looked at."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import Geometry, psnr
from tconv_ui.upsample.compare import (
    PATCH,
    difference,
    flattest,
    frame_of,
    interior,
    make_panel,
    make_task,
    stretched,
)
from tconv_ui.upsample.frames import Frame
from tconv_ui.upsample.levels import show
from tconv_ui.upsample.weights import Settings
from tests.ui.upsample.test_methods import noise

LAYER = Geometry.from_torch(3, 3, stride=2, padding=1)
SETTINGS = Settings(LAYER, np.ones((3, 3)))


def test_a_perfect_result_scores_without_limit() -> None:
    blocks = np.repeat(np.repeat(noise(20, 20), 2, axis=0), 2, axis=1)
    panel = make_panel("Pillow nearest", make_task(blocks, (2, 2), "Restore"), SETTINGS)
    assert panel.score is not None
    assert panel.score.psnr == float("inf")
    assert panel.score.ssim == pytest.approx(1)
    np.testing.assert_array_equal(panel.picture, blocks)


def test_scores_are_of_the_interior_in_the_plane_of_blocks() -> None:
    task = make_task(noise(40, 44), (2, 2), "Restore")
    assert task.truth is not None
    panel = make_panel("Sidebar kernel", task, SETTINGS)
    assert panel.shift == (1, 1)
    assert panel.score is not None
    rows, cols = interior(task, SETTINGS)
    assert (rows, cols) == (slice(4, 36), slice(4, 40))
    ours = panel.picture[rows.start - 1 : rows.stop - 1, cols.start - 1 : cols.stop - 1]
    theirs = np.moveaxis(task.truth, 0, -1)[rows, cols]
    # Ones make whole multiples of a quarter: rounding moves the score a little.
    assert panel.score.psnr == pytest.approx(psnr(ours, theirs, data_range=255), abs=0.2)


def test_a_result_that_reaches_no_interior_has_no_score() -> None:
    layer = Geometry.from_torch(40, 3, stride=2, padding=12)
    task = make_task(noise(30, 30), (2, 2), "Restore")
    panel = make_panel("Sidebar kernel", task, Settings(layer, np.ones((3, 3)), reach=6))
    assert panel.picture.shape == (7, 7, 3)
    assert panel.score is not None
    assert panel.score.ssim is None


def test_a_refusal_is_a_panel() -> None:
    task = make_task(noise(8, 8), (2, 2), "Enlarge")
    panel = make_panel("Max unpooling", task, SETTINGS)
    assert panel.problem == (
        "Max unpooling puts values back where a pooling found them: choose Restore."
    )


def test_out_of_range_values_are_clipped_or_normalised() -> None:
    values = np.array([[[-10, 0, 255, 400]]] * 3, np.float32)
    clipped = show(values)
    assert clipped.picture[0, :, 0].tolist() == [0, 0, 255, 255]
    assert clipped.outside == 0.5
    spread = show(values, normalise=True)
    assert spread.picture[0, :, 0].tolist() == [0, 6, 165, 255]
    assert (spread.low, spread.high) == (-10, 400)
    flat = show(np.zeros((3, 2, 2), np.float32), normalise=True)
    assert not flat.picture.any()


def test_the_frame_is_the_layer_s_only_where_the_layer_is_shown() -> None:
    task = make_task(noise(6, 8), (2, 2), "Enlarge")
    assert frame_of(["Pillow nearest", "Fitted kernel"], task, SETTINGS) == Frame(0, 0, 12, 16)
    assert frame_of(["Pillow nearest", "Sidebar kernel"], task, SETTINGS) == Frame(1, 1, 11, 15)


def test_differences_are_eight_times_and_leave_out_what_is_missing() -> None:
    one = np.full((1, 3, 3), 100, np.uint8)
    two = one.copy()
    two[0, :, 0] = [99, 120, 80]
    assert difference(one, two)[0, :, 0].tolist() == [136, 0, 255]
    covered = np.dstack([two, np.array([[255, 0, 255]], np.uint8)])
    assert difference(one, covered)[0, :, 3].tolist() == [255, 0, 255]


def test_the_flattest_patch_is_found_and_stretched() -> None:
    picture = noise(60, 50)
    picture[30:48, 20:40] = (90, 120, 60)
    picture[:20, :20] = 255
    found = flattest(make_task(picture, (3, 3), "Enlarge"), (3, 3))
    assert (found.height, found.width) == (3 * PATCH, 3 * PATCH)
    assert 90 <= found.top <= 144 - 3 * PATCH
    assert 60 <= found.left <= 120 - 3 * PATCH
    flat, pattern = stretched(picture[32:40, 22:30])
    assert pattern == 0
    assert (flat == 128).all()


@pytest.mark.parametrize("shape", [(1, 1), (3, 40), (15, 15)])
def test_a_small_picture_has_a_flattest_patch(shape: tuple[int, int]) -> None:
    found = flattest(make_task(noise(*shape), (2, 2), "Enlarge"), (2, 2))
    assert found.height == 2 * min(PATCH, *shape)
    assert found.top + found.height <= 2 * shape[0]
    assert found.left + found.width <= 2 * shape[1]
