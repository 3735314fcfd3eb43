"""What a change of a layer's settings does besides what it is made for."""

from __future__ import annotations

import numpy as np

from tconv_core.evenness.overlap import axis_overlap, phase_count
from tconv_core.geometry.axis import Axis
from tconv_core.network.spec import SIDES, LayerSpec


def makes_holes(before: LayerSpec, after: LayerSpec) -> bool:
    """Whether a change leaves cells between stamps that no stamp reaches, where none were.

    >>> layer = LayerSpec("tconv", filters=1, kernel=2, stride=2)
    >>> makes_holes(layer, LayerSpec("tconv", filters=1, kernel=2, stride=2, dilation=2))
    True
    """
    return after.kind == "tconv" and not _phases(after).all() and bool(_phases(before).all())


def harm_words(before: LayerSpec, after: LayerSpec, fed: tuple[int, int]) -> str:
    """Return what a change harms, or nothing.

    Args:
        before, after: The layer, which has a kernel or not.
        fed: (H, W) of what it is fed after the change.

    >>> up = LayerSpec("tconv", filters=1, kernel=2, stride=2)
    >>> harm_words(up, LayerSpec("tconv", filters=1, kernel=2, stride=2, output_padding=1), (3, 3))
    'the last row and the last column hold only the bias'
    """
    found = []
    if before.merge != after.merge:
        found.append("the border of the skip is lost")
    if after.kind == "tconv":
        found += _stamp_harm(before, after, fed)
    elif after.kernel != before.kernel or _set(after) != _set(before):
        if after.padding >= _span(after) > 0 and before.padding < _span(before):
            found.append("the output's border sees nothing but padding")
        if after.stride > _span(after) > 0 and before.stride <= _span(before):
            found.append("cells between its windows are never read")
    return " and ".join(found)


def _stamp_harm(before: LayerSpec, after: LayerSpec, fed: tuple[int, int]) -> list[str]:
    found = []
    axes = [after.axis(n, side) for side, n in enumerate(fed)]
    empty = [int(np.argmax(axis_overlap(axis)[::-1] > 0)) for axis in axes]
    if any(empty) and after.extra != before.extra:
        ends = [
            f"the last {side.removesuffix('s')}" if count == 1 else f"the last {count} {side}"
            for side, count in zip(SIDES, empty, strict=True)
            if count
        ]
        found.append(f"{' and '.join(ends)} hold{'s' * (empty in ([0, 1], [1, 0]))} only the bias")
    if after.padding >= _span(after) and before.padding < _span(before):
        found.append("the stamps of the outermost cells are cropped away")
    if np.ptp(_phases(after)) > 0 == np.ptp(_phases(before)):
        found.append("the overlap becomes uneven")
    return found


def _set(spec: LayerSpec) -> tuple[int, int, int]:
    return spec.stride, spec.padding, spec.dilation


def _span(spec: LayerSpec) -> int:
    return Axis(1, spec.kernel, dilation=spec.dilation).effective_kernel


def _phases(spec: LayerSpec) -> np.ndarray:
    return phase_count(Axis(1, spec.kernel, spec.stride, spec.dilation))
