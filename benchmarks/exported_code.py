"""Run with `python -m benchmarks.exported_code`: exported programs against the page's output.

PyTorch is in requirements-bench.txt; Keras is tried where it is installed."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tconv_core import Axis, Geometry, GeometryError, transpose_conv
from tconv_core.arrays import FloatArray
from tconv_ui.code.operations import keras_operation, torch_operation
from tconv_ui.code.programs import Code, keras_program, torch_program
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.presets import PRESETS
from tconv_ui.operations.catalogue import OPERATIONS
from tconv_ui.operations.examples import EXAMPLES
from tconv_ui.operations.scenes import operation_scene
from tconv_ui.player.replay import result_of, states
from tconv_ui.step_by_step.channels import Wanted, add_channels

Array = FloatArray
Case = tuple[str, Array, Array, Geometry, Array | None]
Spelling = Callable[[Array, Array, Geometry, Array | None], Code]
RANDOM, LAYERS = 60, 40


def cases() -> Iterator[Case]:
    """Yield the presets, then random layers as each framework and as nobody spells them."""
    for name, preset in PRESETS.items():
        layer = preset.choice.layer
        yield name, layer.input, layer.kernel, layer.geometry, None
    rng = np.random.default_rng(0)
    for spelling in (_torch_layer, _keras_layer, _any_layer):
        for index in range(RANDOM):
            geometry = _drawn(spelling, rng)
            x = rng.integers(-32, 33, geometry.input_shape) / 8
            kernel = rng.integers(-32, 33, geometry.kernel_shape) / 8
            yield f"{spelling.__name__} {index}", x, kernel, geometry, None
        for ins, outs in np.ndindex(3, 3):
            geometry = _drawn(spelling, rng)
            x = rng.integers(-32, 33, (ins + 1, *geometry.input_shape)) / 8
            weight = rng.integers(-32, 33, (ins + 1, outs + 1, *geometry.kernel_shape)) / 8
            bias = rng.integers(-32, 33, outs + 1) / 8 if (ins + outs) % 2 == 0 else None
            yield f"{spelling.__name__}, {ins + 1} to {outs + 1}", x, weight, geometry, bias
    for ins, outs in np.ndindex(3, 3):
        trace = add_channels(PRESETS["3×3, stride 2"].choice.layer, Wanted(ins + 1, outs + 1, True))
        label = f"as the page shows {ins + 1} to {outs + 1} channels"
        yield label, trace.input, trace.weight, trace.geometry, trace.bias


def layers() -> Iterator[Layer]:
    """Yield layers for the operations: the presets, the worked examples, random ones."""
    yield from (preset.choice.layer for preset in PRESETS.values())
    yield from (example.preset.choice.layer for example in EXAMPLES)
    rng = np.random.default_rng(1)
    for _ in range(LAYERS):
        geometry = _drawn(_torch_layer, rng)
        x = rng.integers(-32, 33, geometry.input_shape) / 8
        yield Layer(geometry, x, rng.integers(-32, 33, geometry.kernel_shape) / 8)


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
    for label, x, kernel, geometry, bias in cases():
        code = spelling(x, kernel, geometry, bias)
        planes = x if x.ndim == 3 else x[np.newaxis]
        weight = kernel if kernel.ndim == 4 else kernel[np.newaxis, np.newaxis]
        compare(code, transpose_conv(planes, weight, geometry, bias=bias), label)
        remarked += bool(code.remark)
        count += 1
    print(f"{name}: {count} programs print the output of the page, {remarked} of them by a detour")


def check_operations(name: str, spell: Callable[[str, Layer], Code]) -> None:
    """Assert that every operation's program prints the output its player comes to."""
    played, missing = Counter[str](), set()
    for number, layer in enumerate(layers()):
        for operation in OPERATIONS:
            try:
                scene = operation_scene(operation, layer)
            except GeometryError:
                continue
            code = spell(operation, layer)
            if not code.text:
                missing.add(operation)
                continue
            *_, last = states(scene)
            compare(code, result_of(scene, last)[np.newaxis], f"{operation} {number}")
            played[operation] += 1
    told = ", ".join(f"{operation} {count}" for operation, count in played.items())
    print(f"{name}: {played.total()} programs print their player's output: {told}")
    for operation in sorted(missing):
        print(f"{name}: no call for {operation}, and the page says so")


def compare(code: Code, wanted: Array, label: str) -> None:
    """Assert that a program computes and prints an output, (C_out, H', W')."""
    y, printed = run(code)
    size = 1e-5 * max(1.0, float(np.abs(wanted).max()))
    np.testing.assert_allclose(y, wanted, rtol=0, atol=size, err_msg=label)
    np.testing.assert_allclose(
        printed, wanted.ravel(), rtol=1e-3, atol=max(1e-3, size), err_msg=label
    )


def main() -> None:
    """Check PyTorch, and Keras where it is installed."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    for module, name, spelling, operation in (
        ("torch", "PyTorch", torch_program, torch_operation),
        ("keras", "Keras", keras_program, keras_operation),
    ):
        if importlib.util.find_spec(module) is None:
            print(f"{name} is not installed: its programs were not run")
        else:
            check(name, spelling)
            check_operations(name, operation)


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
