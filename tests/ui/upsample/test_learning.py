"""Gradient descent reaches what least squares computes."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import (
    GeometryError,
    box_reduce,
    fit_geometry,
    fit_interior,
    normal_equations,
    transpose_conv,
)
from tconv_ui.pictures.samples import FOLDER
from tconv_ui.pictures.uploads import load_image
from tconv_ui.upsample.learning import MOST, Learning, decibels
from tconv_ui.upsample.levels import planes_of

SAMPLES = sorted(FOLDER.glob("*.png"))


def planes(index: int) -> np.ndarray:
    assert len(SAMPLES) == 4
    return planes_of(load_image(SAMPLES[index].read_bytes()))


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize("stride", [2, 3])
def test_two_hundred_iterations_almost_reach_least_squares(index: int, stride: int) -> None:
    descent = Learning.start(planes(index), stride, 2 * stride)
    first = decibels(descent.losses[0])
    descent.advance(MOST)
    assert descent.done
    assert len(descent.losses) == MOST + 1
    assert min(descent.losses) >= descent.floor * (1 - 1e-9)
    assert decibels(descent.losses[-1]) > decibels(descent.floor) - 0.25
    assert decibels(descent.losses[-1]) > first + 8
    assert max(descent.losses) == descent.losses[0]
    assert np.abs(descent.kernel - descent.best).max() < 0.25


def test_the_pace_does_not_change_the_path() -> None:
    one, other = (Learning.start(planes(0), 2, 4, seed=3) for _ in range(2))
    one.advance(60)
    for _ in range(12):
        other.advance(5)
    np.testing.assert_array_equal(one.kernel, other.kernel)
    assert one.losses == other.losses
    one.advance(1000)
    assert one.iteration == MOST


def test_the_seed_is_the_start() -> None:
    kernels = [Learning.start(planes(0), 2, 4, seed=seed).kernel for seed in (1, 1, 2)]
    np.testing.assert_array_equal(kernels[0], kernels[1])
    assert (kernels[0] != kernels[2]).any()


def test_a_black_picture_teaches_nothing() -> None:
    with pytest.raises(GeometryError, match="black picture teaches nothing"):
        Learning.start(np.zeros((3, 20, 20), np.float32), 2, 4)


@pytest.mark.parametrize(("stride", "size"), [(2, 4), (2, 5), (3, 7)])
def test_the_loss_and_its_slope_are_those_of_the_restored_picture(stride: int, size: int) -> None:
    picture = planes(0).astype(np.float64)[:, : 20 * stride, : 22 * stride]
    problem = normal_equations(picture, stride, size)
    kernel = np.random.default_rng(0).standard_normal((size, size))

    def error(w: np.ndarray) -> float:
        geometry = fit_geometry((20, 22), stride, size)
        weight = np.repeat(w[np.newaxis, np.newaxis], 3, axis=0)
        made = transpose_conv(box_reduce(picture, stride), weight, geometry, groups=3)
        rows, cols = fit_interior((20, 22), stride, size)
        return float(np.mean((made - picture)[:, rows, cols] ** 2))

    assert problem.loss(kernel) == pytest.approx(error(kernel), rel=1e-9)
    step = np.zeros_like(kernel)
    step[1, 2] = 1e-4
    slope = (error(kernel + step) - error(kernel - step)) / 2e-4
    assert problem.gradient(kernel)[1, 2] == pytest.approx(slope, rel=1e-6)
