"""Metrics against scikit-image, and spectra of known patterns."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from tconv_core import GeometryError, psnr, spectrum, ssim, upsample_nearest

RNG = np.random.default_rng(0)
CLEAN = RNG.random((3, 33, 40))
NOISY = np.clip(CLEAN + 0.1 * RNG.standard_normal(CLEAN.shape), 0, 1)
GAUSSIAN: dict[str, Any] = {
    "gaussian_weights": True,
    "sigma": 1.5,
    "use_sample_covariance": False,
    "channel_axis": 0,
}


@pytest.mark.parametrize("scale", [1.0, 255.0])
def test_equals_scikit_image(scale: float) -> None:
    first, second = scale * NOISY, scale * CLEAN
    expected = structural_similarity(first, second, data_range=scale, **GAUSSIAN)
    assert ssim(first, second, data_range=scale) == pytest.approx(expected, abs=1e-6)
    one = structural_similarity(first[:1], second[:1], data_range=scale, **GAUSSIAN)
    assert ssim(first[0], second[0], data_range=scale) == pytest.approx(one, abs=1e-6)
    expected = peak_signal_noise_ratio(second, first, data_range=scale)
    assert psnr(first, second, data_range=scale) == pytest.approx(expected, abs=1e-6)


def test_equal_pictures_are_perfect() -> None:
    assert psnr(CLEAN, CLEAN) == float("inf")
    assert ssim(CLEAN, CLEAN) == 1


@pytest.mark.parametrize("stride", [(2, 2), (3, 2), (4, 4), (1, 5)])
def test_a_tiled_pattern_has_nothing_outside_its_peaks(stride: tuple[int, int]) -> None:
    board = np.tile(RNG.random(stride), (6, 7))
    result = spectrum(board, stride)
    height, width = board.shape
    assert len(result.peaks) == stride[0] * stride[1] - 1
    rest = result.magnitude.copy()
    for peak in result.peaks:
        rows, cols = (k - size // 2 for k, size in zip(peak.index, board.shape, strict=True))
        assert (rows / height, cols / width) == pytest.approx(peak.frequency)
        assert peak.magnitude == result.magnitude[peak.index]
        rest[peak.index] = 0
    assert rest[height // 2, width // 2] == pytest.approx(board.mean())
    rest[height // 2, width // 2] = 0
    assert rest.max() < 1e-12
    assert max(peak.magnitude for peak in result.peaks) > 1e-3


def test_a_size_that_the_stride_does_not_divide_gives_the_nearest_cells() -> None:
    result = spectrum(np.ones((10, 11)), 3)
    assert [peak.index for peak in result.peaks[:3]] == [(2, 1), (2, 5), (2, 9)]
    assert all(-0.5 <= f < 0.5 for peak in result.peaks for f in peak.frequency)


def test_a_picture_without_the_pattern_has_small_peaks() -> None:
    smooth = np.add.outer(np.hanning(32), np.hanning(32))
    holes = np.zeros((64, 64))
    holes[::2, ::2] = smooth
    blocky = upsample_nearest(smooth[np.newaxis], 2)[0]
    strongest = [max(p.magnitude for p in spectrum(image, 2).peaks) for image in (holes, blocky)]
    assert strongest[0] > 100 * strongest[1]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: psnr(CLEAN, CLEAN[:2]), ValueError, "image has shape .* reference has"),
        (
            lambda: psnr(CLEAN, CLEAN, data_range=0),
            ValueError,
            "data_range must be a number",
        ),
        (lambda: ssim(CLEAN[0, 0], CLEAN[0, 0]), ValueError, "2 or 3 dimensions"),
        (lambda: ssim(CLEAN[:, :9], NOISY[:, :9]), GeometryError, "11 cells does not fit into 9"),
        (lambda: spectrum(CLEAN[0], 0), GeometryError, "stride must be .* got 0"),
        (lambda: spectrum(CLEAN[0], 34), GeometryError, "stride .* larger than the picture"),
        (lambda: spectrum(CLEAN, 2), ValueError, "image must have 2 dimensions"),
    ],
)
def test_bad_arguments_are_refused_in_words(call: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        call()
