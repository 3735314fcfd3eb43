"""Run with `python -m benchmarks.exported_code`: exported programs against the page's output.

PyTorch is in requirements-bench.txt; Keras is tried where it is installed."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, GeometryError, transpose_conv
from tconv_ui.export.code import Code, keras_program, torch_program
from tconv_ui.layer import PRESETS, preset_layer

Case = tuple[str, NDArray[np.float64], NDArray[np.float64], Geometry]
Spelling = Callable[[NDArray[np.float64], NDArray[np.float64], Geometry], Code]
RANDOM = 60


def cases() -> Iterator[Case]:
    """Yield the presets, then random layers as each framework and as nobody spells them."""
    for name, preset in PRESETS.items():
        layer = preset_layer(preset)
        yield name, layer.input, layer.kernel, layer.geometry
    rng = np.random.default_rng(0)
    for spelling in (_torch_layer, _keras_layer, _any_layer):
        for index in range(RANDOM):
            geometry = _drawn(spelling, rng)
            x = rng.integers(-32, 33, geometry.input_shape) / 8
            kernel = rng.integers(-32, 33, geometry.kernel_shape) / 8
            yield f"{spelling.__name__} {index}", x, kernel, geometry
    geometry = Geometry.from_torch((2, 3), 3, stride=2, padding=1, output_padding=1)
    x, kernel = rng.standard_normal((3, 2, 3)), rng.standard_normal((3, 2, 3, 3))
    yield "three channels in, two out", x, kernel, geometry


def run(code: Code) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Run a program; return its y, (C_out, H, W), and the numbers it printed."""
    printed, scope = io.StringIO(), dict[str, Any]()
    with contextlib.redirect_stdout(printed):
        exec(compile(code.text, "exported", "exec"), scope)
    y = np.asarray(scope["y"], np.float64)[0]
    if "keras" in scope:
        y = np.moveaxis(y, -1, 0)
    numbers = re.findall(r"-?\d+\.\d*(?:e[+-]?\d+)?", printed.getvalue())
    return y, np.array(numbers, np.float64)


def check(name: str, spelling: Spelling) -> None:
    """Assert that every program computes and prints the output of the core."""
    remarked, count = 0, 0
    for label, x, kernel, geometry in cases():
        code = spelling(x, kernel, geometry)
        planes = x if x.ndim == 3 else x[np.newaxis]
        weight = kernel if kernel.ndim == 4 else kernel[np.newaxis, np.newaxis]
        wanted = transpose_conv(planes, weight, geometry)
        y, printed = run(code)
        size = 1e-5 * max(1.0, float(np.abs(wanted).max()))
        np.testing.assert_allclose(y, wanted, rtol=0, atol=size, err_msg=label)
        np.testing.assert_allclose(printed, wanted.ravel(), rtol=1e-3, atol=1e-3, err_msg=label)
        remarked += bool(code.remark)
        count += 1
    print(f"{name}: {count} programs print the output of the page, {remarked} of them by a detour")


def main() -> None:
    """Check PyTorch, and Keras where it is installed."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    for module, name, spelling in (
        ("torch", "PyTorch", torch_program),
        ("keras", "Keras", keras_program),
    ):
        if importlib.util.find_spec(module) is None:
            print(f"{name} is not installed: its programs were not run")
        else:
            check(name, spelling)


def _drawn(make: Callable[[np.random.Generator], Geometry], rng: np.random.Generator) -> Geometry:
    while True:
        with contextlib.suppress(GeometryError):
            return make(rng)


def _pair(rng: np.random.Generator, low: int, high: int) -> tuple[int, int]:
    first, second = rng.integers(low, high + 1, 2).tolist()
    return first, second


def _torch_layer(rng: np.random.Generator) -> Geometry:
    return Geometry.from_torch(
        _pair(rng, 1, 5),
        _pair(rng, 1, 5),
        stride=_pair(rng, 1, 3),
        padding=_pair(rng, 0, 3),
        output_padding=_pair(rng, 0, 2),
        dilation=_pair(rng, 1, 3),
    )


def _keras_layer(rng: np.random.Generator) -> Geometry:
    return Geometry.from_keras(
        _pair(rng, 1, 5),
        _pair(rng, 1, 5),
        strides=_pair(rng, 1, 3),
        padding=str(rng.choice(["valid", "same"])),
        output_padding=None if rng.random() < 0.5 else _pair(rng, 0, 2),
    )


def _any_layer(rng: np.random.Generator) -> Geometry:
    axes = []
    for _ in range(2):
        n, k, s, d = rng.integers(1, (6, 6, 4, 4)).tolist()
        full = Axis(n, k, s, d).full_size
        begin = int(rng.integers(-2, full))
        axes.append(Axis(n, k, s, d, (begin, int(rng.integers(-2, full - max(begin, 0))))))
    return Geometry(*axes)


if __name__ == "__main__":
    main()
