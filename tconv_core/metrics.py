"""How close two pictures are, and what a checkerboard looks like in the spectrum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core.arrays import FloatArray, as_float, frozen
from tconv_core.geometry.checks import GeometryError, Pair, positive, positive_pair

SSIM_SIGMA = 1.5
SSIM_RADIUS = 5


def psnr(image: ArrayLike, reference: ArrayLike, *, data_range: float = 1.0) -> float:
    """Return the peak signal-to-noise ratio in decibels; infinite for equal pictures.

    Args:
        image, reference: Two pictures of one shape.
        data_range: The distance from black to white, above 0.

    Raises:
        TypeError, ValueError: A picture does not hold finite real numbers, the shapes differ, or
            data_range is not positive.

    Source:
        skimage.metrics.peak_signal_noise_ratio (scikit-image 0.26).

    >>> round(psnr([[0.0, 1.0]], [[0.1, 0.9]]), 6)
    20.0
    """
    first, second = _pair_of(image, reference, data_range)
    error = float(np.mean((first - second) ** 2))
    return float("inf") if error == 0 else float(10 * np.log10(data_range**2 / error))


def ssim(image: ArrayLike, reference: ArrayLike, *, data_range: float = 1.0) -> float:
    """Return the mean structural similarity, 1 for equal pictures.

    Windows are Gaussian, sigma 1.5, cut at 5 cells, and lie wholly inside the picture.

    Args:
        image, reference: (H, W) or (C, H, W), of one shape, at least 11 × 11; channels are
            averaged.
        data_range: The distance from black to white, above 0.

    Raises:
        GeometryError: A side is shorter than the window.
        TypeError, ValueError: A picture does not hold finite real numbers, has another rank, the
            shapes differ, or data_range is not positive.

    Source:
        Wang et al. 2004, doi 10.1109/TIP.2003.819861; skimage.metrics.structural_similarity with
        gaussian_weights=True, sigma=1.5, use_sample_covariance=False.

    >>> picture = np.arange(144.0).reshape(12, 12) / 143
    >>> ssim(picture, picture)
    1.0
    """
    x, y = _pair_of(image, reference, data_range, 2, 3)
    window = 2 * SSIM_RADIUS + 1
    if min(x.shape[-2:]) < window:
        raise GeometryError(
            f"SSIM's window of {window} cells does not fit into {x.shape[-2]} × {x.shape[-1]}: "
            f"use pictures of at least {window} × {window}."
        )
    mean_x, mean_y = _smooth(x), _smooth(y)
    var_x, var_y = _smooth(x * x) - mean_x**2, _smooth(y * y) - mean_y**2
    covariance = _smooth(x * y) - mean_x * mean_y
    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    likeness = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    scale = (mean_x**2 + mean_y**2 + c1) * (var_x + var_y + c2)
    return float((likeness / scale).mean())


@dataclass(frozen=True, slots=True)
class AliasPeak:
    """Where a pattern of the stride's period shows in a spectrum.

    Attributes:
        index: (row, column) in the spectrum's array.
        frequency: (rows, cols) in cycles per cell, from -0.5 up to 0.5.
        magnitude: The spectrum there, in units of the picture.
    """

    index: tuple[int, int]
    frequency: tuple[float, float]
    magnitude: float


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """The amplitudes of a picture's waves, read-only, (H, W); frequency 0 is at (H//2, W//2)."""

    magnitude: FloatArray
    peaks: tuple[AliasPeak, ...]


def spectrum(image: ArrayLike, stride: Pair) -> Spectrum:
    """Return the amplitude spectrum of a picture and its values where the stride's aliases lie.

    A checkerboard of a layer with stride s repeats every s cells, so it shows at multiples of 1/s
    cycles per cell and nowhere else. Cut the picture to a multiple of the stride: then the peaks
    fall on one cell each; otherwise the nearest cell is given.

    Args:
        image: (H, W).
        stride: A whole number of at least 1, or (rows, cols).

    Returns:
        The amplitudes, divided by H · W, and s_rows · s_cols - 1 peaks (frequency 0 left out).

    Raises:
        GeometryError: A stride is below 1, or larger than the picture.
        TypeError, ValueError: The image is no finite matrix.

    Source:
        Discrete Fourier transform; Frank et al. 2020, arXiv 2003.08685, for the grid of peaks.

    >>> board = spectrum([[1, 3, 1, 3]], (1, 2))
    >>> board.magnitude.tolist()
    [[1.0, 0.0, 2.0, 0.0]]
    >>> board.peaks
    (AliasPeak(index=(0, 0), frequency=(0.0, -0.5), magnitude=1.0),)
    """
    image, strides = as_float("image", image, 2), positive_pair("stride", stride)
    if strides[0] > image.shape[0] or strides[1] > image.shape[1]:
        raise GeometryError(
            f"stride {strides} is larger than the picture, {image.shape[0]} × {image.shape[1]}: "
            f"use at most {image.shape}."
        )
    magnitude = np.abs(np.fft.fftshift(np.fft.fft2(image))) / image.size
    places = [
        [((size // 2 + round(k * size / s)) % size, k / s) for k in range(-(s // 2), s - s // 2)]
        for size, s in zip(image.shape, strides, strict=True)
    ]
    peaks = tuple(
        AliasPeak((row, col), (row_frequency, col_frequency), float(magnitude[row, col]))
        for row, row_frequency in places[0]
        for col, col_frequency in places[1]
        if row_frequency or col_frequency
    )
    return Spectrum(frozen(magnitude), peaks)


def _pair_of(
    image: ArrayLike, reference: ArrayLike, data_range: float, *ranks: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    first, second = as_float("image", image, *ranks), as_float("reference", reference, *ranks)
    if first.shape != second.shape:
        raise ValueError(f"image has shape {first.shape}, reference has {second.shape}.")
    positive("data_range", data_range, "1 for values from 0 to 1")
    return first.astype(np.float64), second.astype(np.float64)


def _smooth(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weigh each window along rows, then along columns, where the whole window lies inside."""
    distance = np.arange(-SSIM_RADIUS, SSIM_RADIUS + 1)
    weights = np.exp(-0.5 * (distance / SSIM_SIGMA) ** 2)
    weights /= weights.sum()
    for axis in (-2, -1):
        length = x.shape[axis] - 2 * SSIM_RADIUS
        parts = [np.take(x, range(u, u + length), axis) * w for u, w in enumerate(weights)]
        x = np.sum(parts, axis=0)
    return x
