"""Grids of numbers as text, named inputs, named kernels."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tconv_core import kernels
from tconv_ui.wording import quoted

Cells = NDArray[np.float64]
Shape = tuple[int, int]
Maker = Callable[[Shape, int], Cells]
"""Makes the cells of a shape from a seed."""

EXAMPLE = ((1, 2, 0), (3, 4, -1), (-2, 1, 2))
WORKED_INPUT = ((0, 64, 128), (48, 192, 144), (142, 226, 168))
WORKED_KERNEL = ((-1, 0, -2), (0.5, 4.5, -1.5), (1.5, 2, -3))
POOLING_INPUT = ((1, 2), (2, 1), (0, 1), (0, 1))
LARGEST = 1e6
LONGEST_TEXT = 4000


_PRINTED = re.compile(
    r"(?:<tf\.\w+:.*numpy=\s*)?(?:[a-z_]\w*\s*=\s*)?(?:[a-z_]\w*\.)*(?:[a-z_]\w*)?"
    r"\(\s*(\[.*\])\s*(?:,[^\[\]]*)?\)>?",
    re.IGNORECASE | re.DOTALL,
)
"""An array as code or as a framework prints it: a name, brackets, and what follows them."""


class CellsError(ValueError):
    """Text that is no grid of numbers: one sentence saying where and what."""


def parse_number(text: str, place: str) -> float:
    """Return the finite number a cell's text spells; a comma or a real minus sign is fine.

    Raises:
        CellsError: It spells none, or one beyond a million.

    >>> parse_number("−1,5", "row 0, column 2")
    -1.5
    """
    try:
        value = float(text.strip().replace("−", "-").replace(",", "."))
    except ValueError:
        shown = quoted(text) if text.strip() else "an empty cell"
        raise CellsError(f"{place}: {shown} is not a number; type one such as 1.5.") from None
    if not math.isfinite(value):
        raise CellsError(f"{place}: {quoted(text)} is not a finite number; type one such as 1.5.")
    if abs(value) > LARGEST:
        raise CellsError(f"{place}: {quoted(text)} is too large; use at most {LARGEST:,.0f}.")
    return value


def parse_cells(text: str, limit: int) -> Cells:
    """Return the grid that text spells: rows by semicolon or line, cells by space or comma.

    Brackets are ignored, so a list pasted from Python is read too, and so is what NumPy, PyTorch or
    TensorFlow print: `tensor([[4., 2.]], dtype=torch.float64)`.

    Raises:
        CellsError: A cell is no number, rows differ in length, or a side is longer than limit.

    >>> parse_cells("1 2; 3 4", limit=16)
    array([[1., 2.],
           [3., 4.]])
    >>> parse_cells("[[1, 2], [3, 4]]", limit=16).shape
    (2, 2)
    """
    if len(text) > LONGEST_TEXT:
        raise CellsError(f"The text has {len(text):,} characters: use at most {LONGEST_TEXT:,}.")
    if printed := _PRINTED.fullmatch(text.strip()):
        text = printed[1]
    if "..." in text:
        raise CellsError("The dots stand for numbers left out: print the array in full.")
    lines = re.split(r"[;\n]|\]\s*,|\](?=\s*\[)", text)
    rows = [re.split(r"[\s,]+", line.strip("[] ,\t\r")) for line in lines if line.strip("[] ,\t\r")]
    if not rows:
        raise CellsError("There is no number: write rows like 1 2; 3 4.")
    lengths = sorted({len(row) for row in rows})
    if len(lengths) > 1:
        raise CellsError(
            f"The rows have {lengths[0]} to {lengths[-1]} cells: give every row the same number."
        )
    if max(len(rows), lengths[0]) > limit:
        raise CellsError(f"{len(rows)} × {lengths[0]} cells are too many: use {limit} a side.")
    return np.array(
        [
            [parse_number(cell, f"Row {i}, column {j}") for j, cell in enumerate(row)]
            for i, row in enumerate(rows)
        ]
    )


def format_cells(cells: ArrayLike) -> str:
    """Return the text `parse_cells` reads back to the same numbers.

    >>> format_cells([[1.0, 0.5], [-2.0, 0.0]])
    '1 0.5; -2 0'
    """
    return "; ".join(" ".join(map(format_cell, row)) for row in np.asarray(cells, np.float64))


def format_cell(value: float) -> str:
    """Return the shortest text that reads back to the same number.

    >>> format_cell(2.0), format_cell(0.1)
    ('2', '0.1')
    """
    return repr(float(value)).removesuffix(".0")


def resize_cells(cells: ArrayLike, shape: Shape) -> Cells:
    """Return cells cut to shape, or with zeros added to reach it.

    >>> resize_cells([[1, 2], [3, 4]], (1, 3))
    array([[1., 2., 0.]])
    """
    source = np.asarray(cells, np.float64)[: shape[0], : shape[1]]
    result = np.zeros(shape)
    result[: source.shape[0], : source.shape[1]] = source
    return result


def repeat_cells(cells: ArrayLike, shape: Shape) -> Cells:
    """Return cells repeated from the upper left until they fill shape.

    >>> repeat_cells([[1, 2]], (2, 3))
    array([[1., 2., 1.],
           [1., 2., 1.]])
    """
    source = np.asarray(cells, np.float64)
    rows, cols = (np.arange(size) % have for size, have in zip(shape, source.shape, strict=True))
    return source[np.ix_(rows, cols)]


def _gradient(shape: Shape, seed: int) -> Cells:  # noqa: ARG001 - all makers take a seed
    return np.add.outer(np.arange(shape[0]), np.arange(shape[1])).astype(np.float64)


def _impulse(shape: Shape, seed: int) -> Cells:  # noqa: ARG001
    return kernels.identity(shape)


def _checker(shape: Shape, seed: int) -> Cells:
    return 1 - _gradient(shape, seed) % 2


def _random_input(shape: Shape, seed: int) -> Cells:
    return np.random.default_rng(seed).integers(-4, 5, shape).astype(np.float64)


def _repeated(cells: ArrayLike) -> Maker:
    return lambda shape, seed: repeat_cells(cells, shape)  # noqa: ARG005


def _kernel(make: Callable[[Shape], Cells]) -> Maker:
    return lambda shape, seed: make(shape)  # noqa: ARG005


def _ramp(shape: Shape, seed: int) -> Cells:  # noqa: ARG001
    return np.tile(np.arange(1.0, shape[1] + 1), (shape[0], 1))


CUSTOM = "custom"
RANDOM = "random"
INPUTS: dict[str, Maker] = {
    "example": _repeated(EXAMPLE),
    "constant": _kernel(kernels.ones),
    "gradient": _gradient,
    "impulse": _impulse,
    "checker": _checker,
    RANDOM: _random_input,
    "worked map": _repeated(WORKED_INPUT),
    "pooling map": _repeated(POOLING_INPUT),
}
KERNELS: dict[str, Maker] = {
    "bilinear": _kernel(kernels.bilinear),
    "ones": _kernel(kernels.ones),
    "gaussian": _kernel(kernels.gaussian),
    RANDOM: lambda shape, seed: np.round(kernels.random(shape, seed), 1),
    "identity": _kernel(kernels.identity),
    "ramp": _ramp,
    "worked 3 × 3": _repeated(WORKED_KERNEL),
}
