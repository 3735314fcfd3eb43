"""Run with `python -m benchmarks.core`: the core's times over its peers', in one table."""

from __future__ import annotations

import platform
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import THREADS
from benchmarks.peers import (
    Layer,
    onnx_runtime,
    pillow_bicubic,
    pillow_bicubic_rgb,
    pytorch,
    scipy_convolve,
)
from benchmarks.timing import RUNS, medians, peak_bytes
from tconv_core import Geometry, fit_kernel, transpose_conv

PICTURE = [Layer(f"k{k} s{s}", 3, 3, k, s, 0, 512, 3) for s in (2, 3, 4) for k in (2, 3, 4, 5, 8)]
NETWORKS = [
    Layer("DCGAN 100-1024", 100, 1024, 4, 1, 0, 1),
    Layer("DCGAN 1024-512", 1024, 512, 4, 2, 1, 4),
    Layer("DCGAN 512-256", 512, 256, 4, 2, 1, 8),
    Layer("DCGAN 256-128", 256, 128, 4, 2, 1, 16),
    Layer("DCGAN 128-3", 128, 3, 4, 2, 1, 32),
    Layer("U-Net 64-32 k2", 64, 32, 2, 2, 0, 128),
    Layer("64-64 k3", 64, 64, 3, 2, 1, 64),
]
FCN = Layer("FCN-32s 21-21 k64", 21, 21, 64, 32, 0, 16)


def ours(layer: Layer, *, reuse: bool = False, dtype: type = np.float32) -> Callable[[], Any]:
    """Return the core's call; with reuse, into the same array each time."""
    x, weight = layer.arrays()
    geometry = Geometry.from_torch(layer.n, layer.k, stride=layer.s, padding=layer.p)
    shape = (layer.c_out, *geometry.output_shape)
    out: NDArray[Any] | None = np.zeros(shape, dtype) if reuse else None
    return lambda: transpose_conv(x, weight, geometry, groups=layer.groups, out=out)


def geometric_mean(ratios: list[float]) -> float:
    return float(np.exp(np.mean(np.log(ratios))))


def check(layer: Layer) -> None:
    """Assert that both sides compute the same, before they are timed."""
    theirs = onnx_runtime(layer)()[0]
    np.testing.assert_allclose(ours(layer)(), theirs, rtol=1e-3, atol=1e-3 * np.abs(theirs).max())


def compare(layers: list[Layer]) -> tuple[list[float], list[float]]:
    """Print a line per layer; return the ratios to the faster peer, without and with `out`."""
    fresh, reused = [], []
    for layer in layers:
        check(layer)
        sides = {
            "core": partial(ours, layer),
            "core, out=": partial(ours, layer, reuse=True),
            "PyTorch": partial(pytorch, layer),
            "ONNX Runtime": partial(onnx_runtime, layer),
        }
        times = medians(sides)
        fastest = min(times["PyTorch"], times["ONNX Runtime"])
        fresh.append(times["core"] / fastest)
        reused.append(times["core, out="] / fastest)
        cells = "".join(f"{value:14.2f}" for value in times.values())
        print(f"{layer.name:20s}{cells}{fresh[-1]:10.2f}{reused[-1]:10.2f}")
    return fresh, reused


def summary(name: str, ratios: tuple[list[float], list[float]], bar: float) -> None:
    for label, each in zip(("fresh output", "reused output"), ratios, strict=True):
        mean, worst = geometric_mean(each), max(each)
        verdict = "reached" if mean <= bar else "NOT reached"
        print(
            f"{name}, {label}: geometric mean {mean:.2f} (to reach {bar}: {verdict}), "
            f"worst {worst:.2f}"
        )


def against_resizers(layer: Layer) -> None:
    """Print the core beside SciPy's convolution and Pillow's bicubic enlargement."""
    times = medians(
        {
            "core": partial(ours, layer),
            "core, out=": partial(ours, layer, reuse=True),
            "core, bytes out": partial(ours, layer, reuse=True, dtype=np.uint8),
            "SciPy": partial(scipy_convolve, layer),
            "Pillow, float": partial(pillow_bicubic, layer.n, layer.s),
            "Pillow, RGB bytes": partial(pillow_bicubic_rgb, layer.n, layer.s),
        }
    )
    print(f"{layer.name}: " + ", ".join(f"{name} {value:.2f} ms" for name, value in times.items()))
    print(
        f"  core / SciPy {times['core'] / times['SciPy']:.2f}, "
        f"core / Pillow float {times['core'] / times['Pillow, float']:.2f} (to reach 0.5), "
        f"bytes / Pillow RGB {times['core, bytes out'] / times['Pillow, RGB bytes']:.2f}"
    )


def growth() -> None:
    """Print the exponent of time over output cells, and the peak of memory."""
    sizes = [64, 128, 256, 512, 1024, 2048]
    layers = [Layer(str(n), 3, 3, 4, 2, 1, n, 3) for n in sizes]
    times = [medians({"core": partial(ours, layer)}, runs=7)["core"] for layer in layers]
    slope = np.polyfit(np.log([layer.n**2 for layer in layers]), np.log(times), 1)[0]
    print(
        "k4 s2 of 3 planes: "
        + ", ".join(f"{n}² {t:.2f} ms" for n, t in zip(sizes, times, strict=True))
    )
    print(f"  time ~ cells^{slope:.2f} (to reach: at most 1.1)")
    call, output = ours(layers[-1]), 3 * 4096**2 * 4
    print(f"  peak memory {peak_bytes(call) / output:.2f} x the output (to reach: at most 1.5)")


def fit() -> Callable[[], Any]:
    """Return the least-squares fit of a kernel to a picture of three planes."""
    picture = np.random.default_rng(0).random((3, 512, 512), np.float32)
    return lambda: fit_kernel(picture, 2, 8)


def fitting() -> None:
    """Print the least-squares fit of a kernel over one pass with such a kernel."""
    times = medians({"fit": fit, "pass": partial(ours, Layer("pass", 3, 3, 8, 2, 3, 256, 3))})
    ratio = times["fit"] / times["pass"]
    print(
        f"fit_kernel 512² RGB, k8 s2: {times['fit']:.2f} ms, {ratio:.1f} x one pass "
        f"of {times['pass']:.2f} ms (to reach: at most 12)"
    )


def main() -> None:
    print(
        f"{platform.processor() or platform.machine()}, NumPy {np.__version__}, {THREADS} threads"
    )
    print(f"medians of {RUNS} interleaved runs in ms; ratios to the faster peer, below 1 is faster")
    print(
        f"{'':20s}{'core':>14s}{'core, out=':>14s}{'PyTorch':>14s}{'ONNX Runtime':>14s}"
        f"{'ratio':>10s}{'out=':>10s}"
    )
    picture = compare(PICTURE)
    networks = compare(NETWORKS)
    fcn = compare([FCN])
    print("Part of PyTorch's time is page faults of its column buffer, as the default allocator")
    print("gives large blocks back after each call; ONNX Runtime keeps its buffers in an arena.")
    summary("pictures", picture, 0.8)
    summary("networks", networks, 0.8)
    summary("FCN-32s", fcn, 1.5)
    for s in (2, 3, 4):
        against_resizers(Layer(f"k4 s{s}", 3, 3, 4, s, 0, 512, 3))
    growth()
    fitting()


if __name__ == "__main__":
    main()
