"""Named kernels. A shape is one number for a square kernel, or (rows, cols)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tconv_core.geometry.checks import GeometryError, Pair, as_pair, positive, positive_pair, whole

Kernel = NDArray[np.float64]


def ones(shape: Pair) -> Kernel:
    """Return a kernel of ones, (kH, kW): the output then counts the overlap.

    >>> ones(2)
    array([[1., 1.],
           [1., 1.]])
    """
    return _separable(shape, np.ones)


def bilinear(shape: Pair) -> Kernel:
    """Return the tent weights of bilinear enlargement, (kH, kW), rising to the centre.

    With stride s, a kernel of size 2s - s % 2 interpolates linearly.

    Source:
        Long, Shelhamer & Darrell 2015, arXiv 1411.4038 (FCN), section 3.3.

    >>> bilinear((1, 4))
    array([[0.25, 0.75, 0.75, 0.25]])
    """
    return _separable(shape, _tent)


def box(shape: Pair) -> Kernel:
    """Return equal weights, (kH, kW), that sum to 1: the mean of a window.

    >>> box((1, 4))
    array([[0.25, 0.25, 0.25, 0.25]])
    """
    weights = ones(shape)
    return np.asarray(weights / weights.size)


def bicubic(stride: Pair, sharpness: float = -0.5) -> Kernel:
    """Return Keys's cubic weights for enlargement by stride, (4s - s % 2) on each side.

    Used with stride s and padding (k - s) / 2 they enlarge n cells to n · s, cell centres aligned.

    Args:
        stride: A whole number of at least 1, or (rows, cols).
        sharpness: The slope of the curve at distance 1; -0.5 reproduces quadratics, and is
            Pillow's choice; PyTorch's is -0.75.

    Raises:
        GeometryError: A stride is below 1.

    Source:
        Keys 1981, doi 10.1109/TASSP.1981.1163711.

    >>> bicubic((1, 2))[1].round(4).tolist()
    [-0.0234, -0.0703, 0.2266, 0.8672, 0.8672, 0.2266, -0.0703, -0.0234]
    """

    def cubic(distance: Kernel) -> Kernel:
        near = ((sharpness + 2) * distance - (sharpness + 3)) * distance**2 + 1
        far = sharpness * (((distance - 5) * distance + 8) * distance - 4)
        return np.asarray(np.where(distance <= 1, near, np.where(distance < 2, far, 0)))

    return _interpolating(stride, 2, cubic)


def lanczos(stride: Pair, lobes: int = 3) -> Kernel:
    """Return windowed-sinc weights for enlargement by stride, (2 · lobes · s - s % 2) on each side.

    Used like `bicubic`; each phase is scaled to sum to 1, so that a constant stays constant.

    Raises:
        GeometryError: A stride or the number of lobes is below 1.

    Source:
        Duchon 1979, doi 10.1175/1520-0450(1979)018<1016:LFIOAT>2.0.CO;2.

    >>> lanczos((1, 2), lobes=1)[0].round(4).tolist()
    [0.1, 0.9, 0.9, 0.1]
    """
    lobes = whole("lobes", lobes, at_least=1)
    return _interpolating(stride, lobes, lambda t: np.asarray(np.sinc(t) * np.sinc(t / lobes)))


def gaussian(shape: Pair, sigma: float | None = None) -> Kernel:
    """Return a sampled Gaussian, (kH, kW), that sums to 1.

    Sigma is in cells and defaults to a quarter of each side.

    Raises:
        GeometryError: sigma is not positive.

    >>> float(gaussian(5, sigma=1.0).sum().round(12))
    1.0
    """
    if sigma is not None:
        positive("sigma", sigma, "a quarter of the kernel size")

    def bell(size: int) -> Kernel:
        squared = (np.arange(size) - (size - 1) / 2) ** 2
        width = sigma or size / 4
        with np.errstate(over="ignore"):  # from the largest weight down, which no width makes 0
            weights = np.exp(-0.5 * ((squared - squared.min()) / width / width))
        return np.asarray(weights / weights.sum())

    return _separable(shape, bell)


def random(shape: Pair, seed: int = 0) -> Kernel:
    """Return standard normal weights, (kH, kW), the same for the same shape and seed.

    >>> bool((random(3, seed=1) == random(3, seed=1)).all())
    True
    """
    return np.random.default_rng(seed).standard_normal(_checked(shape))


def he(channels: tuple[int, int], shape: Pair, *, stride: Pair = 1, seed: int = 0) -> Kernel:
    """Return a layer's normal weights that keep the variance of rectified inputs.

    Each output cell of a transposed convolution is a sum of C_in · kH · kW / (s_rows · s_cols)
    terms on average, so the variance is 2 over that.

    Args:
        channels: (C_in, C_out).
        shape: One number for a square kernel, or (rows, cols).
        stride: That of the layer.
        seed: The same seed gives the same weights.

    Returns:
        (C_in, C_out, kH, kW).

    Raises:
        GeometryError: A number is below 1.

    Source:
        He et al. 2015, arXiv 1502.01852, section 2.2, with the fan-in of a transposed convolution.

    >>> he((64, 3), 4, stride=2).shape
    (64, 3, 4, 4)
    """
    c_in, c_out = positive_pair("channels", channels)
    (rows, cols), (tall, wide) = _checked(shape), positive_pair("stride", stride)
    deviation = np.sqrt(2 * tall * wide / (c_in * rows * cols))
    weights = np.random.default_rng(seed).standard_normal((c_in, c_out, rows, cols))
    return np.asarray(deviation * weights)


def icnr(channels: tuple[int, int], shape: Pair, upscale_factor: int, *, seed: int = 0) -> Kernel:
    """Return `conv2d` weights for a sub-pixel convolution that starts without a checkerboard.

    The r² filters that `pixel_shuffle` lays side by side are equal, so at first the layer is a
    convolution followed by nearest-neighbour enlargement.

    Args:
        channels: (C_in, C_out), C_out counted after the shuffle.
        shape: One number for a square kernel, or (rows, cols).
        upscale_factor: r, at least 1.
        seed: The same seed gives the same weights.

    Returns:
        (C_out · r², C_in, kH, kW), of He's variance.

    Raises:
        GeometryError: A number is below 1.

    Source:
        Aitken et al. 2017, arXiv 1707.02937.

    >>> weights = icnr((3, 1), 3, 2)
    >>> weights.shape, bool((weights[0] == weights[3]).all())
    ((4, 3, 3, 3), True)
    """
    c_in, c_out = positive_pair("channels", channels)
    r = whole("upscale_factor", upscale_factor, at_least=1)
    filters = he((c_in, c_out), shape, seed=seed).transpose(1, 0, 2, 3)
    return np.repeat(filters, r * r, axis=0)


def identity(shape: Pair) -> Kernel:
    """Return a single 1 at the centre, (kH, kW); at the upper left of the centre in even sizes.

    >>> identity((1, 3))
    array([[0., 1., 0.]])
    """
    return _separable(shape, lambda size: np.eye(1, size, (size - 1) // 2)[0])


def _tent(size: int) -> Kernel:
    half = (size + 1) // 2
    centre = half - 1 if size % 2 else half - 0.5
    return np.asarray(1 - np.abs(np.arange(size) - centre) / half)


def _interpolating(stride: Pair, radius: int, curve: Callable[[Kernel], Kernel]) -> Kernel:
    """Sample a curve of support ±radius; each phase is scaled to sum to 1."""

    def profile(s: int) -> Kernel:
        size = 2 * radius * s - s % 2
        weights = curve(np.abs(np.arange(size) - (size - 1) / 2) / s)
        phases = np.arange(size) % s
        return np.asarray(weights / np.bincount(phases, weights)[phases])

    rows, cols = positive_pair("stride", stride)
    return np.outer(profile(rows), profile(cols))


def _separable(shape: Pair, profile: Callable[[int], Kernel]) -> Kernel:
    rows, cols = _checked(shape)
    return np.outer(profile(rows), profile(cols))


def _checked(shape: Pair) -> tuple[int, int]:
    rows, cols = as_pair("kernel shape", shape)
    if rows < 1 or cols < 1:
        raise GeometryError(f"kernel shape {rows} × {cols} holds no tap: use at least 1 × 1.")
    return rows, cols
