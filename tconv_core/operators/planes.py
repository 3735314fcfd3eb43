"""One kernel per plane: a picture's channels, or a depthwise layer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tconv_core.arrays import FloatArray, round_to_bytes
from tconv_core.geometry.axis import Axis
from tconv_core.geometry.geometry import Geometry
from tconv_core.operators.taps import surviving, tap_cells

_BLOCK = 2**19  # cells worked on at a time: about the second-level cache
_COLUMNS = 8  # input columns per matrix product, where the stride leaves the matrix small
_WORKERS = 2  # bands computed at once where NumPy's own loops use one thread


def stamp_planes(
    output: NDArray[Any], x: FloatArray, kernels: FloatArray, geometry: Geometry
) -> None:
    """Write the transposed convolution of each plane with its own kernel to output.

    Args:
        output: (P, H', W'), overwritten; values stored as uint8 are rounded and clipped.
        x: (C, H, W); each plane of x is stamped by the next P / C kernels.
        kernels: (P, kH, kW).
        geometry: That of one plane.

    Source:
        Polyphase decomposition, see `matrix.polyphase`.

    >>> output = np.zeros((1, 1, 3))
    >>> geometry = Geometry.from_torch((1, 2), (1, 2))
    >>> stamp_planes(output, np.array([[[1.0, 2.0]]]), np.array([[[1.0, 10.0]]]), geometry)
    >>> output
    array([[[ 1., 12., 20.]]])
    """
    if geometry.rows.stride * geometry.cols.stride > output[0].size:
        _add_taps(output, x, kernels, geometry)
    elif all(axis.effective_kernel <= axis.stride for axis in geometry.axes):
        _place_apart(output, x, kernels, geometry)
    else:
        _multiply_bands(output, x, kernels, geometry)


def _add_taps(output: NDArray[Any], x: FloatArray, kernels: FloatArray, geometry: Geometry) -> None:
    """Tap by tap: for strides so wide that most phases have no cell in the output."""
    total = np.zeros(output.shape, kernels.dtype)
    images = x.repeat(len(output) // len(x), axis=0)
    taps = zip(np.ndindex(*geometry.kernel_shape), tap_cells(total, geometry), strict=True)
    for (u, v), (cells, met) in taps:
        np.add(cells, images[met] * kernels[:, u, v, np.newaxis, np.newaxis], out=cells)
    if output.dtype == np.uint8:
        round_to_bytes(total)
    np.copyto(output, total, casting="unsafe")


def _place_apart(
    output: NDArray[Any], x: FloatArray, kernels: FloatArray, geometry: Geometry
) -> None:
    """Stamps that do not meet: rows of x, every cell repeated, times rows of the kernel."""
    rows, cols = geometry.axes
    begin, end = surviving(cols)
    left = max(begin - cols.crop[0], 0)
    target = output[:, :, left : left + end - begin]
    starts = np.arange(rows.input_size)[:, np.newaxis] * rows.stride - rows.crop[0]
    stamped = starts + np.arange(rows.kernel_size) * rows.dilation
    empty = np.isin(np.arange(rows.output_size), stamped, invert=True, assume_unique=True)
    output[:, empty], output[:, :, :left], output[:, :, left + end - begin :] = 0, 0, 0

    tiled = np.zeros((*kernels.shape[:2], cols.input_size, cols.stride), kernels.dtype)
    tiled[..., : cols.effective_kernel : cols.dilation] = kernels[:, :, np.newaxis]
    weights = tiled.reshape(*kernels.shape[:2], -1)[..., begin:end]

    def place(plane: int, first: int, stop: int) -> None:
        repeated = np.empty((stop - first, cols.input_size, cols.stride), kernels.dtype)
        for phase in range(cols.stride):
            repeated[:, :, phase] = x[plane * len(x) // len(output), first:stop]
        source = repeated.reshape(stop - first, -1)[:, begin:end]
        for u in range(rows.kernel_size):
            offset = u * rows.dilation - rows.crop[0]
            low = max(first, -(offset // rows.stride))
            high = min(stop, -((offset - rows.output_size) // rows.stride))
            if low < high:
                landing = slice(
                    offset + low * rows.stride, offset + high * rows.stride, rows.stride
                )
                band = source[low - first : high - first]
                _multiply_into(target[plane, landing], band, weights[plane, u])

    _in_parts(place, len(output), rows.input_size, _BLOCK // (2 * weights.shape[2] + 1))


def _multiply_bands(
    output: NDArray[Any], x: FloatArray, kernels: FloatArray, geometry: Geometry
) -> None:
    """Stamps that meet: a few columns of x, as a vector, times the matrix of all they add up to.

    The matrix (block-Toeplitz) holds every phase of the kernel, so that one product yields whole
    runs of output rows, already interleaved.
    """
    rows, cols = geometry.axes
    columns = max(1, min(_COLUMNS, 32 // cols.stride))
    row_taps, above = _reaching(rows, 1)
    col_taps, before = _reaching(cols, columns)
    (_, depth, phases), (_, span, run) = row_taps.shape, col_taps.shape
    # (P, kH, column, run), then (row offset, row phase, P, column, run)
    matrices = np.tensordot(row_taps, np.tensordot(kernels, col_taps, (2, 0)), (0, 1))
    matrices = np.ascontiguousarray(matrices.transpose(2, 0, 3, 1, 4), kernels.dtype)

    bands, blocks = -(-rows.output_size // phases), -(-cols.output_size // run)
    step = max(1, min(bands, _BLOCK // (blocks * (depth * span + phases * run))))

    def multiply(plane: int, start: int, stop: int) -> None:
        padded = np.empty((step + depth - 1, (blocks - 1) * columns + span), kernels.dtype)
        windows = np.lib.stride_tricks.sliding_window_view(padded, (depth, span))[:, ::columns]
        vectors = np.empty((step, blocks, depth, span), kernels.dtype)
        products = np.empty((step, blocks, phases, run), kernels.dtype)
        for first in range(start, stop, step):
            _cut(padded, x[plane * len(x) // len(output)], first + above, before)
            np.copyto(_runs(vectors), _runs(windows))
            # A stack of small products: NumPy passes them to BLAS one by one, on this thread.
            np.matmul(
                vectors.reshape(step, blocks, depth * span),
                matrices[plane].reshape(depth * span, phases * run),
                out=products.reshape(step, blocks, phases * run),
            )
            last = min(first + step, stop)
            _interleave(output[plane, first * phases : last * phases], products[: last - first])

    _in_parts(multiply, len(output), bands, step)


def _reaching(axis: Axis, cells: int) -> tuple[NDArray[np.float64], int]:
    """Return which tap takes which input cell to which of the first cells · stride output cells.

    The first array is (kernel_size, input cells, output cells), 1 where a tap connects the two;
    its input cells start from the second number, which may be negative.
    """
    out = np.arange(cells * axis.stride) + axis.crop[0]
    origins = out - np.arange(axis.kernel_size)[:, np.newaxis] * axis.dilation
    hits = origins % axis.stride == 0
    sources = origins // axis.stride
    inputs = np.arange(sources[hits].min(), sources[hits].max() + 1)
    meets = hits[:, np.newaxis] & (sources[:, np.newaxis] == inputs[:, np.newaxis])
    return meets.astype(np.float64), int(inputs[0])


def _cut(padded: NDArray[Any], x: FloatArray, top: int, left: int) -> None:
    """Fill padded with the part of x that starts at (top, left), and zeros around it."""
    padded[...] = 0
    height, width = padded.shape
    rows = slice(max(top, 0), max(min(top + height, x.shape[0]), 0))
    cols = slice(max(left, 0), max(min(left + width, x.shape[1]), 0))
    part = x[rows, cols]
    if part.size:
        at = (rows.start - top, cols.start - left)
        padded[at[0] : at[0] + part.shape[0], at[1] : at[1] + part.shape[1]] = part


def _interleave(target: NDArray[Any], products: NDArray[Any]) -> None:
    """Write (bands, blocks, phases, run) to the rows bands · phases and columns blocks · run."""
    if target.dtype == np.uint8:
        round_to_bytes(products)
        products = products.astype(np.uint8)
    _, _, phases, run = products.shape
    whole, rest = divmod(target.shape[1], run)
    bands = len(target) // phases
    rows = target[: bands * phases].reshape(bands, phases, target.shape[1])
    if whole:
        blocks = rows[..., : whole * run].reshape(bands, phases, whole, run)
        np.copyto(_runs(blocks), _runs(products[:bands, :whole]).transpose(0, 2, 1))
    if rest:
        rows[..., whole * run :] = products[:bands, whole, :, :rest]
    for phase, row in enumerate(target[bands * phases :]):
        row[...] = products[bands, :, phase].reshape(-1)[: row.size]


def _runs(array: NDArray[Any]) -> NDArray[np.void]:
    """Return array with its last axis as one element, which NumPy copies in one go."""
    return array.view(np.dtype((np.void, array.shape[-1] * array.itemsize)))[..., 0]


def _multiply_into(target: NDArray[Any], band: FloatArray, weights: FloatArray) -> None:
    if target.dtype == np.uint8:
        values = band * weights
        round_to_bytes(values)
        np.copyto(target, values, casting="unsafe")
    else:
        np.multiply(band, weights, out=target)


def _in_parts(
    work: Callable[[int, int, int], None], planes: int, length: int, smallest: int
) -> None:
    """Call work(plane, start, stop) for parts of each plane, on two threads if there are many.

    NumPy lets go of the interpreter inside large operations only, so the parts are few and large.
    """
    half = max(smallest, -(-length // _WORKERS))
    parts = [
        (plane, start, min(start + half, length))
        for plane in range(planes)
        for start in range(0, length, half)
    ]
    if len(parts) == 1:
        work(*parts[0])
    else:
        list(_pool().map(lambda part: work(*part), parts))


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_WORKERS, thread_name_prefix="tconv_core")
