"""Ways of enlarging a picture by the stride: a name each, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tconv_core import (
    Geometry,
    GeometryError,
    conv2d,
    fit_geometry,
    fit_kernel,
    kernels,
    max_pool2d,
    max_unpool2d,
    pixel_shuffle,
    transpose_conv,
    upsample_bilinear,
    upsample_nearest,
)
from tconv_core.arrays import FloatArray
from tconv_ui.upsample.frames import landing
from tconv_ui.upsample.weights import Enlarged, Kernel, Planes, Settings, levelled, weights_of

Run = Callable[[Planes, Settings, Planes | None], Enlarged]


@dataclass(frozen=True, slots=True)
class Method:
    """A way of enlarging.

    Attributes:
        run: What does it.
        about: One sentence on it.
        needs: The settings it looks at, beside the stride.
        in_layer: Whether the layer's geometry decides which output cells there are.
    """

    run: Run
    about: str
    needs: tuple[str, ...] = ()
    in_layer: bool = False


def enlarge(name: str, planes: Planes, settings: Settings, truth: Planes | None = None) -> Enlarged:
    """Return what the method of this name makes of a picture.

    Args:
        name: One of METHODS.
        planes: (C, h, w) float32.
        settings: The stride, and what the method needs beside it.
        truth: (C, H, W) float32, the picture that planes was reduced from, if it was.

    Raises:
        GeometryError: The method cannot be used with these settings, or on this picture.

    >>> layer = Geometry.from_torch(3, 2, stride=2)
    >>> grey = np.full((3, 4, 4), 9, np.float32)
    >>> enlarge("Pillow Lanczos", grey, Settings(layer, np.ones((2, 2)))).values.shape
    (3, 8, 8)
    """
    return METHODS[name].run(planes, settings, truth)


def relevant(name: str, settings: Settings) -> Settings:
    """Return the settings with all that the method does not look at set to one fixed value.

    Two settings that differ only there give the same picture: this is what to remember it by.
    The reach stays, as it says where scores are taken.

    >>> layer = Geometry.from_torch(3, 4, stride=2, padding=1)
    >>> relevant("Pillow Lanczos", Settings(layer, np.ones((4, 4)))).layer.kernel_shape
    (2, 2)
    """
    needs, stride = METHODS[name].needs, settings.stride
    plain = Settings(Geometry.from_torch(1, stride, stride=stride), np.ones(stride))
    return replace(plain, **{need: getattr(settings, need) for need in ("reach", *needs)})


def _stamped(planes: Planes, kernel: Kernel, geometry: Geometry) -> Enlarged:
    weight = np.broadcast_to(kernel.astype(np.float32), (len(planes), 1, *kernel.shape))
    values = transpose_conv(planes, weight, geometry, groups=len(planes))
    return Enlarged(values, landing(geometry), kernel, geometry)


def _in_layer(name: str) -> Run:
    """A kernel used in the layer's own geometry."""

    def run(planes: Planes, settings: Settings, _truth: Planes | None) -> Enlarged:
        geometry = settings.layer.with_input((planes.shape[1], planes.shape[2]))
        return _stamped(planes, weights_of(name, settings), geometry)

    return run


def _centred(name: str) -> Run:
    """A kernel of a size of its own, that makes n cells n · s."""

    def run(planes: Planes, settings: Settings, _truth: Planes | None) -> Enlarged:
        kernel = weights_of(name, settings)
        shape = (planes.shape[1], planes.shape[2])
        size = (kernel.shape[0], kernel.shape[1])
        geometry = Geometry.from_keras(shape, size, strides=settings.stride, padding="same")
        return _stamped(planes, kernel, geometry)

    return run


def _fitted(planes: Planes, settings: Settings, truth: Planes | None) -> Enlarged:
    size, stride = settings.fitted_size, settings.one_stride
    picture = planes if truth is None else truth
    kernel = fit_kernel(picture.astype(np.float64), stride, size)
    geometry = fit_geometry((planes.shape[1], planes.shape[2]), stride, size)
    return _stamped(planes, kernel, geometry)


def _then_convolution(resize: Callable[[Planes, tuple[int, int]], FloatArray]) -> Run:
    """Interpolation, then the layer's kernel as an ordinary convolution of the same size."""

    def run(planes: Planes, settings: Settings, _truth: Planes | None) -> Enlarged:
        total = settings.kernel.sum()
        scaled = settings.keep and abs(total) > 1e-9
        kernel = settings.kernel / (total if scaled else 1.0)
        layer = settings.layer
        dilation = layer.dilation
        values = _convolved(
            resize(planes, settings.stride).astype(np.float32, copy=False),
            kernel[np.newaxis],
            dilation,
        )
        return Enlarged(values[:, 0], kernel=kernel)

    return run


def _convolved(
    planes: Planes, filters: Kernel, dilation: tuple[int, int] = (1, 1)
) -> NDArray[np.float32]:
    """Return every plane under every filter, (C, F, H, W), the border cells repeated outwards."""
    spans = [d * (k - 1) for k, d in zip(filters.shape[1:], dilation, strict=True)]
    margins = [(0, 0), *((span // 2, span - span // 2) for span in spans)]
    padded = np.pad(planes, margins, mode="edge")[:, np.newaxis]
    weight = filters[:, np.newaxis].astype(np.float32)
    return np.asarray(conv2d(padded, weight, dilation=dilation), dtype=np.float32)


def _shuffled(draw: Callable[[int, int], Kernel]) -> Run:
    """Stride² filters of 3 × 3, one for each phase of the output."""

    def run(planes: Planes, settings: Settings, _truth: Planes | None) -> Enlarged:
        stride = settings.one_stride
        filters = draw(stride, settings.seed)
        if settings.keep:
            filters = levelled(filters, len(filters))
        phases = _convolved(planes, filters)
        return Enlarged(np.asarray(pixel_shuffle(phases, stride)[:, 0], dtype=np.float32))

    return run


def _random_filters(stride: int, seed: int) -> Kernel:
    return np.asarray(kernels.he((1, stride**2), 3, seed=seed)[0])


def _icnr_filters(stride: int, seed: int) -> Kernel:
    return kernels.icnr((1, 1), 3, stride, seed=seed)[:, 0]


def _nails(planes: Planes, settings: Settings, _truth: Planes | None) -> Enlarged:
    kernel = kernels.identity(settings.stride)
    shape = (planes.shape[1], planes.shape[2])
    geometry = Geometry.from_torch(shape, settings.stride, stride=settings.stride)
    return _stamped(planes, kernel, geometry)


def _unpooled(_planes: Planes, settings: Settings, truth: Planes | None) -> Enlarged:
    if truth is None:
        raise GeometryError(
            "Max unpooling puts values back where a pooling found them: choose Restore."
        )
    rows, cols = settings.stride
    whole = truth[:, : truth.shape[1] // rows * rows, : truth.shape[2] // cols * cols]
    pooled, places = max_pool2d(whole, settings.stride, return_indices=True)
    return Enlarged(np.asarray(max_unpool2d(pooled, places, settings.stride), dtype=np.float32))


def _pillow(resampling: Image.Resampling) -> Run:
    """Pillow's own enlargement, of unrounded values."""

    def run(planes: Planes, settings: Settings, _truth: Planes | None) -> Enlarged:
        rows, cols = settings.stride
        size = (planes.shape[2] * cols, planes.shape[1] * rows)
        resized = [Image.fromarray(plane).resize(size, resampling) for plane in planes]
        return Enlarged(np.stack([np.asarray(image) for image in resized]))

    return run


_SIDEBAR = ("layer", "kernel", "keep")
_DRAWN = ("keep", "seed")
METHODS: dict[str, Method] = {
    "Sidebar kernel": Method(
        _in_layer("Sidebar kernel"), "The layer's transposed convolution.", _SIDEBAR, True
    ),
    "Evened-out kernel": Method(
        _in_layer("Evened-out kernel"),
        "The layer's kernel, changed as little as ends the checkerboard.",
        _SIDEBAR,
        True,
    ),
    "Random weights": Method(
        _in_layer("Random weights"),
        "He's weights in the layer: before training.",
        ("layer", *_DRAWN),
        True,
    ),
    "Fitted kernel": Method(_fitted, "Least squares on this picture."),
    "Bilinear weights": Method(_centred("Bilinear weights"), "A transposed convolution, FCN's."),
    "Bicubic weights": Method(_centred("Bicubic weights"), "A transposed convolution, Keys's."),
    "Nearest then convolution": Method(
        _then_convolution(upsample_nearest),
        "Resized, then the layer's kernel; the border is repeated.",
        _SIDEBAR,
    ),
    "Bilinear then convolution": Method(
        _then_convolution(upsample_bilinear),
        "Resized, then the layer's kernel; the border is repeated.",
        _SIDEBAR,
    ),
    "Pixel shuffle random": Method(
        _shuffled(_random_filters), "He's 3 × 3 filters, interleaved.", _DRAWN
    ),
    "Pixel shuffle ICNR": Method(
        _shuffled(_icnr_filters), "3 × 3 filters that begin equal, interleaved.", _DRAWN
    ),
    "Zero insertion": Method(_nails, "A bed of nails: no kernel has spread it yet."),
    "Max unpooling": Method(_unpooled, "Of max pooling instead of the box."),
    "Pillow nearest": Method(_pillow(Image.Resampling.NEAREST), "For reference."),
    "Pillow bilinear": Method(_pillow(Image.Resampling.BILINEAR), "For reference."),
    "Pillow bicubic": Method(_pillow(Image.Resampling.BICUBIC), "For reference."),
    "Pillow Lanczos": Method(_pillow(Image.Resampling.LANCZOS), "For reference."),
}
