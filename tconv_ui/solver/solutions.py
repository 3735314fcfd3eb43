"""Which layers take one size to another: filtered, judged, priced, and why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import lru_cache

import numpy as np

from tconv_core import Axis, Geometry, Solution, phase_count, solve, unevenness
from tconv_ui.layer.checkerboard import FLAT
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.settings import SETTINGS
from tconv_ui.wording import counted, listed

LARGEST_INPUT, LARGEST_TARGET, LARGEST_KERNEL, LARGEST_STRIDE = 512, 1024, 64, 32
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """Which layers are asked for."""

    max_kernel: int = 16
    divisible: bool = False
    no_output_padding: bool = False
    no_holes: bool = True
    whole_input: bool = True

    @property
    def max_stride(self) -> int:
        """The largest stride searched."""
        bounded = self.no_holes or self.divisible
        return min(LARGEST_STRIDE, self.max_kernel) if bounded else LARGEST_STRIDE

    def admit(self, solution: Solution) -> bool:
        """Whether a solution is asked for.

        >>> Limits(divisible=True).admit(Solution(3, 2, 1, 0))
        False
        """
        k, s = solution.kernel_size, solution.stride
        return (
            k <= self.max_kernel
            and not (self.divisible and k % s)
            and not (self.no_output_padding and solution.output_padding)
            and not (self.no_holes and k < s)
            and not (self.whole_input and solution.padding >= k)
        )


def find(n: int, target: int, limits: Limits) -> tuple[Solution, ...]:
    """Return the layers asked for that take n cells to target cells, the usual ones first.

    >>> find(7, 14, Limits())[0]
    Solution(kernel_size=2, stride=2, padding=0, output_padding=0)
    """
    every = solve(n, target, max_kernel=limits.max_kernel, max_stride=limits.max_stride)
    return tuple(filter(limits.admit, every))


def label(solution: Solution) -> str:
    """Return a solution in words.

    >>> label(Solution(4, 2, 1, 0))
    'kernel 4, stride 2, padding 1'
    """
    words = f"kernel {solution.kernel_size}, stride {solution.stride}, padding {solution.padding}"
    extra = solution.output_padding
    return f"{words}, output_padding {extra}" if extra else words


def shared_layer(
    rows: Sequence[Solution], cols: Sequence[Solution]
) -> tuple[Solution, Solution] | None:
    """Return the first layer that does both axes, as one `ConvTranspose2d` can be told.

    Its kernel and stride are the same on both. Best is one setting for both, then one with an
    output_padding for each axis, then one with a padding for each too.

    >>> both_label(*shared_layer(find(3, 6, Limits()), find(3, 5, Limits())))
    'kernel 3, stride 2, padding 1, output_padding (1, 0)'
    """
    for same in (
        lambda each: each,
        lambda each: (each.kernel_size, each.stride, each.padding),
        lambda each: (each.kernel_size, each.stride),
    ):
        others = {same(each): each for each in reversed(cols)}
        found = next((each for each in rows if same(each) in others), None)
        if found is not None:
            return found, others[same(found)]
    return None


def both_label(rows: Solution, cols: Solution) -> str:
    """Return a layer of both axes in words, each setting as (rows, columns) where they differ.

    >>> both_label(Solution(3, 2, 1, 1), Solution(3, 2, 1, 0))
    'kernel 3, stride 2, padding 1, output_padding (1, 0)'
    """
    pairs = zip(astuple(rows), astuple(cols), strict=True)
    kernel, stride, padding, extra = (a if a == b else (a, b) for a, b in pairs)
    words = f"kernel {kernel}, stride {stride}, padding {padding}"
    return f"{words}, output_padding {extra}" if extra else words


# The table ----------------------------------------------------------------------------------


def table(
    found: tuple[Solution, ...], n: int, target: int, *, square: bool
) -> dict[str, list[object]]:
    """Return the columns of a table of solutions.

    Args:
        found: The solutions shown.
        n, target: Cells before and after.
        square: Whether both axes have these settings, so that costs are those of a plane.
    """
    power = 2 if square else 1
    return {
        "Kernel": [each.kernel_size for each in found],
        "Stride": [each.stride for each in found],
        "Padding": [each.padding for each in found],
        "Output padding": [each.output_padding for each in found],
        "Count": [count_verdict(each) for each in found],
        "Checkerboard of ones": [ones_verdict(each, power) for each in found],
        "Multiply-adds per cell": [
            round((n * each.kernel_size / target) ** power, 2) for each in found
        ],
        "Weights per filter": [each.kernel_size**power for each in found],
    }


def count_verdict(solution: Solution) -> str:
    """Return whether every interior cell gets equally many stamps.

    >>> count_verdict(Solution(4, 2, 1, 0)), count_verdict(Solution(3, 2, 1, 0))
    ('even', 'uneven')
    """
    counts = phase_count(solution.axis(solution.padding + 2))
    if counts.min() == 0:
        return "holes"
    return "even" if counts.min() == counts.max() else "uneven"


def ones_verdict(solution: Solution, power: int) -> str:
    """Return the unevenness of a kernel of ones, in per cent of its level; power 2 for a plane."""
    amount = _ones_unevenness(solution.kernel_size, solution.stride, power)
    return "none" if amount <= FLAT else f"{amount:.0%}".replace("%", " %")


@lru_cache(maxsize=4096)
def _ones_unevenness(k: int, s: int, power: int) -> float:
    if power == 1:
        return unevenness(np.ones((1, k)), (1, s))
    return unevenness(np.ones((k, k)), s)


# One choice ---------------------------------------------------------------------------------


def chosen_geometry(pairs: tuple[Solution, Solution], sizes: tuple[int, int]) -> Geometry:
    """Return the geometry of a choice for the rows and one for the columns."""
    rows, cols = (each.axis(n) for each, n in zip(pairs, sizes, strict=True))
    return Geometry(rows, cols)


def cost_words(geometry: Geometry) -> str:
    """Return what a layer costs for each input channel and filter.

    >>> cost_words(Geometry.from_torch(7, 4, stride=2, padding=1))
    'per input channel and filter: 16 weights and 784 multiply-adds, 4 for each output cell'
    """
    weights = int(np.prod(geometry.kernel_shape))
    total = weights * int(np.prod(geometry.input_shape))
    each = total / int(np.prod(geometry.output_shape))
    return (
        f"per input channel and filter: {counted(weights, 'weight')} and "
        f"{counted(total, 'multiply-add')}, {each:.3g} for each output cell"
    )


def origins_words(axis: Axis, sizes: range) -> str:
    """Return which sizes the convolution of the same settings takes to the input's size.

    >>> origins_words(Axis.from_torch(7, 4, stride=2, padding=1), range(14, 16))
    'The convolution of these settings makes 7 of 14 or 15. `output_padding` says which comes back.'
    """
    choice = " `output_padding` says which comes back." if len(sizes) > 1 else ""
    numbers = [str(size) for size in sizes]
    words = f"{numbers[0]} to {numbers[-1]}" if len(numbers) > 4 else listed(numbers, "or")
    return f"The convolution of these settings makes {axis.input_size} of {words}.{choice}"


def on_fewer_cells(choice: LayerChoice) -> tuple[LayerChoice, str]:
    """Return a choice with an input no larger than the sliders reach, and what that replaces.

    >>> smaller, words = on_fewer_cells(LayerChoice.of(64, 4))
    >>> smaller.size, words
    ((16, 16), '16 cells instead of 64')
    """
    most = SETTINGS[0].high
    rows, cols = choice.size
    larger = [str(side) for side in (choice.size if not choice.linked else (rows,)) if side > most]
    words = f"{most} cells instead of {' and '.join(larger)}" if larger else ""
    return replace(choice, size=(min(rows, most), min(cols, most))), words
