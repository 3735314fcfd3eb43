"""Why no layer takes one size to another, and the nearest sizes for which one does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tconv_core import Solution
from tconv_ui.solver.solutions import LARGEST_INPUT, LARGEST_KERNEL, LARGEST_TARGET, Limits, find
from tconv_ui.wording import counted


@dataclass(frozen=True, slots=True)
class Nearest:
    """Why no layer does it, and what is nearest.

    Attributes:
        reason: In a sentence.
        targets: The nearest sizes below and above, as far as there are any.
        input_size: The nearest input that reaches the target.
        max_kernel: The least larger limit of the kernel within which a layer does it.
    """

    reason: str
    targets: tuple[int, ...]
    input_size: int | None
    max_kernel: int | None


def why_none(n: int, target: int, limits: Limits) -> Nearest:
    """Return why no layer asked for takes n to target, and the nearest sizes for which one does.

    >>> why_none(2, 40, Limits(max_kernel=8)).targets
    (23,)
    """
    candidates = _Candidates(limits)
    longest = candidates.longest(n)
    if target > longest:
        reason = (
            f"Within these limits, with strides to {limits.max_stride}, {counted(n, 'cell')} "
            f"reach{'' if n > 1 else 'es'} {longest} at most, without padding."
        )
    elif limits.whole_input and find(n, target, replace(limits, whole_input=False)):
        reason = (
            "Every full output that would do is so long that the padding cuts whole stamps of the "
            "outermost input cells away."
        )
    else:
        reason = (
            "Padding cuts two cells at a time, and every full output within these limits is "
            f"shorter than {target} or longer by an odd number."
        )
    below = next((size for size in range(target - 1, 0, -1) if candidates.holds(n, size)), None)
    above = next(
        (size for size in range(target + 1, LARGEST_TARGET + 1) if candidates.holds(n, size)), None
    )
    inputs = (size for step in range(1, LARGEST_INPUT) for size in (n + step, n - step))
    nearest = next(
        (size for size in inputs if 1 <= size <= LARGEST_INPUT and candidates.holds(size, target)),
        None,
    )
    kernels = range(limits.max_kernel + 1, LARGEST_KERNEL + 1)
    wider = (k for k in kernels if _Candidates(replace(limits, max_kernel=k)).holds(n, target))
    targets = tuple(size for size in (below, above) if size)
    return Nearest(reason, targets, nearest, next(wider, None))


class _Candidates:
    """All kernels, strides and output paddings that limits allow, as arrays."""

    def __init__(self, limits: Limits) -> None:
        self.whole_input = limits.whole_input
        combos = np.array(list(_combinations(limits)), np.int64).reshape(-1, 3)
        self.k, self.s, self.extra = combos.T

    def full(self, n: int) -> NDArray[np.int64]:
        return np.asarray((n - 1) * self.s + self.k + self.extra, np.int64)

    def longest(self, n: int) -> int:
        return int(self.full(n).max())

    def holds(self, n: int, target: int) -> bool:
        """Whether some padding takes n cells to target cells."""
        surplus = self.full(n) - target
        fits = (surplus >= 0) & (surplus % 2 == 0)
        if self.whole_input:
            fits &= surplus // 2 < self.k
        return bool(fits.any())


def _combinations(limits: Limits) -> Iterator[tuple[int, int, int]]:
    for s in range(1, limits.max_stride + 1):
        for k in range(1, limits.max_kernel + 1):
            for extra in range(s):
                if limits.admit(Solution(k, s, 0, extra)):
                    yield k, s, extra
