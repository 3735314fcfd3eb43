"""Enlargements beside each other: what a panel shows, how close it comes, and where to look."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tconv_core import Geometry, GeometryError, avg_pool2d, fit_interior, psnr, ssim
from tconv_ui.pictures.arrays import Picture
from tconv_ui.upsample.frames import Frame, layer_frame
from tconv_ui.upsample.levels import planes_of, show
from tconv_ui.upsample.methods import METHODS, enlarge
from tconv_ui.upsample.weights import Kernel, Planes, Settings

MODES = ("Enlarge", "Restore")
CONTRAST = 8
"""How many times a difference, or a flat patch's pattern, is made larger than it is."""
PATCH = 8
"""The side of the patch looked for by `flattest`, in input pixels."""
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)  # ITU-R BT.601


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What is to be enlarged.

    Attributes:
        planes: (3, h, w) float32.
        truth: (3, H, W) float32, what it was reduced from; None where nothing is known.
    """

    planes: Planes
    truth: Planes | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """(h, w) of what is enlarged."""
        return self.planes.shape[1], self.planes.shape[2]


@dataclass(frozen=True, slots=True)
class Score:
    """How close a result comes to the original, away from the borders: PSNR in dB, and SSIM."""

    psnr: float
    ssim: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One method's result.

    Attributes:
        name: The method's.
        picture: (H', W', 3) uint8; one black pixel where the method refused.
        shift: Where its first pixel lies, see `Enlarged`.
        outside: The share of values that lay outside 0 to 255.
        low, high: The least and the largest value.
        score: Only where the original is known.
        kernel, geometry: Of the transposed convolution, if it was one.
        problem: Why there is no picture, in a sentence.
    """

    name: str
    picture: Picture
    shift: tuple[int, int] = (0, 0)
    outside: float = 0.0
    low: float = 0.0
    high: float = 0.0
    score: Score | None = None
    kernel: Kernel | None = None
    geometry: Geometry | None = None
    problem: str | None = None


def make_task(picture: Picture, stride: tuple[int, int], mode: str) -> Task:
    """Return the picture itself to be enlarged, or reduced by the stride to be restored.

    Raises:
        GeometryError: The picture is smaller than the stride.

    >>> make_task(np.zeros((5, 6, 3), np.uint8), (2, 2), "Restore").shape
    (2, 3)
    """
    planes = planes_of(picture)
    if mode == "Enlarge":
        return Task(planes)
    rows, cols = (size // s * s for size, s in zip(picture.shape[:2], stride, strict=True))
    if not rows or not cols:
        raise GeometryError(
            f"a picture of {picture.shape[0]} × {picture.shape[1]} cannot be reduced by {stride}."
        )
    truth = np.ascontiguousarray(planes[:, :rows, :cols])
    return Task(np.asarray(avg_pool2d(truth, stride), dtype=np.float32), truth)


def make_panel(name: str, task: Task, settings: Settings, *, normalise: bool = False) -> Panel:
    """Return what a method makes of the task; a refusal is a panel with its sentence.

    >>> task = make_task(np.full((8, 8, 3), 9, np.uint8), (2, 2), "Enlarge")
    >>> settings = Settings(Geometry.from_torch(3, 2, stride=2), np.ones((2, 2)))
    >>> make_panel("Sidebar kernel", task, settings).picture.shape
    (16, 16, 3)
    """
    try:
        made = enlarge(name, task.planes, settings, task.truth)
    except GeometryError as error:
        return Panel(name, np.zeros((1, 1, 3), np.uint8), problem=_sentence(str(error)))
    shown = show(made.values, normalise=normalise)
    score = None if task.truth is None else measure(made.values, made.shift, task, settings)
    return Panel(
        name,
        shown.picture,
        made.shift,
        shown.outside,
        shown.low,
        shown.high,
        score,
        made.kernel,
        made.geometry,
    )


def measure(values: Planes, shift: tuple[int, int], task: Task, settings: Settings) -> Score | None:
    """Return how close unrounded values come to the truth, in the part no border has touched.

    That part is the interior of the fitted kernel, so that it is the same for every method; it is
    the whole picture if that has no interior. None where values reach none of it.
    """
    assert task.truth is not None
    rows, cols = interior(task, settings)
    spans = [
        slice(max(part.start, at), min(part.stop, at + size))
        for part, at, size in zip((rows, cols), shift, values.shape[1:], strict=True)
    ]
    if any(span.start >= span.stop for span in spans):
        return None
    own = [slice(span.start - at, span.stop - at) for span, at in zip(spans, shift, strict=True)]
    ours, original = values[:, own[0], own[1]], task.truth[:, spans[0], spans[1]]
    similar = None
    if min(ours.shape[1:]) >= 11:
        similar = ssim(luma(ours), luma(original), data_range=255)
    return Score(psnr(ours, original, data_range=255), similar)


def interior(task: Task, settings: Settings) -> tuple[slice, slice]:
    """Return the rows and columns of the truth that scores are taken over."""
    assert task.truth is not None
    try:
        return fit_interior(task.shape, settings.one_stride, settings.fitted_size)
    except GeometryError:
        return slice(0, task.truth.shape[1]), slice(0, task.truth.shape[2])


def frame_of(names: list[str], task: Task, settings: Settings) -> Frame:
    """Return the part of the plane to show: the layer's output where it is among the names.

    Raises:
        GeometryError: That layer leaves no pixel of a picture this small.
    """
    if any(METHODS[name].in_layer for name in names):
        try:
            return layer_frame(task.shape, settings.layer)
        except GeometryError as error:
            hint = "Choose a larger picture or less padding."
            raise GeometryError(f"{error} {hint}") from None
    rows, cols = (size * s for size, s in zip(task.shape, settings.stride, strict=True))
    return Frame(0, 0, rows, cols)


def luma(planes: Planes) -> NDArray[np.float32]:
    """Return the brightness of (3, H, W) planes, (H, W), by ITU-R BT.601.

    >>> luma(np.ones((3, 1, 1), np.float32)).tolist()
    [[1.0]]
    """
    return np.asarray(np.tensordot(_LUMA, planes, 1), dtype=np.float32)


def difference(picture: Picture, reference: Picture) -> Picture:
    """Return 128 plus CONTRAST times what a picture has more than a reference of its size.

    Where one of them has an alpha of 0 the difference is transparent.

    >>> one, two = np.full((1, 1, 3), 12, np.uint8), np.full((1, 1, 3), 10, np.uint8)
    >>> difference(one, two).tolist()
    [[[144, 144, 144]]]
    """
    gap = picture[..., :3].astype(np.int16) - reference[..., :3]
    shown = np.clip(128 + CONTRAST * gap, 0, 255).astype(np.uint8)
    covers = [part[..., 3:] for part in (picture, reference) if part.shape[2] == 4]
    return np.dstack([shown, np.minimum.reduce(covers)]) if covers else shown


def flattest(task: Task, stride: tuple[int, int]) -> Frame:
    """Return where the enlarged picture ought to be flattest: the patch of least variance.

    Patches whose mean is nearly black or white come last: a pattern there would be clipped.

    >>> grey = np.full((40, 40, 3), 90, np.uint8)
    >>> grey[:20] = np.random.default_rng(0).integers(80, 100, (20, 40, 1))
    >>> flattest(make_task(grey, (2, 2), "Enlarge"), (2, 2)).top >= 40
    True
    """
    side = min(PATCH, *task.shape)
    planes = task.planes.astype(np.float64)
    mean = _means(planes, side)
    spread = (_means(planes**2, side) - mean**2).sum(axis=0)
    extreme = (mean.min(axis=0) < 24) | (mean.max(axis=0) > 231)
    margin = 4 if min(task.shape) >= PATCH + 8 else 0
    spread = np.where(extreme, spread + 1e6, spread)[
        margin : spread.shape[0] - margin, margin : spread.shape[1] - margin
    ]
    y, x = np.unravel_index(np.argmin(spread.round(6)), spread.shape)
    corner = (int(y) + margin, int(x) + margin)
    return Frame(corner[0] * stride[0], corner[1] * stride[1], side * stride[0], side * stride[1])


def stretched(picture: Picture) -> tuple[Picture, float]:
    """Return a patch with its departures from its own mean made CONTRAST times larger, on 128.

    The second number is the root mean square departure, in levels.

    >>> patch = np.uint8([[[10] * 3, [12] * 3]])
    >>> stretched(patch)[0][0, :, 0].tolist(), stretched(patch)[1]
    ([120, 136], 1.0)
    """
    levels = picture[..., :3].astype(np.float64)
    gap = levels - levels.mean(axis=(0, 1))
    shown = np.clip(np.rint(128 + CONTRAST * gap), 0, 255).astype(np.uint8)
    return shown, float(np.sqrt(np.mean(gap**2)))


def _means(planes: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Return the mean of every side × side window of (C, H, W)."""
    sums = np.pad(planes, ((0, 0), (1, 0), (1, 0))).cumsum(axis=1).cumsum(axis=2)
    tall = sums[:, side:] - sums[:, :-side]
    return np.asarray((tall[:, :, side:] - tall[:, :, :-side]) / side**2)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
