"""Every way of enlarging, held to the plain operators and to what each is known for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from tconv_core import (
    Geometry,
    GeometryError,
    avg_pool2d,
    conv_transpose2d,
    even_out,
    fit_kernel,
    kernels,
    max_pool2d,
    unevenness,
)
from tconv_ui.upsample.compare import interior, make_task, measure
from tconv_ui.upsample.methods import METHODS, enlarge, relevant
from tconv_ui.upsample.weights import Settings, weights_of

LAYER = Geometry.from_torch(3, 4, stride=2, padding=1)
KERNEL = np.arange(1.0, 17).reshape(4, 4)


def noise(height: int, width: int, seed: int = 0) -> NDArray[np.uint8]:
    picture = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    assert picture.std() > 0
    return picture


def planes(height: int, width: int) -> NDArray[np.float32]:
    return make_task(noise(height, width), (1, 1), "Enlarge").planes


def stamped(
    x: NDArray[np.float32], kernel: NDArray[np.float64], **layer: int
) -> NDArray[np.float32]:
    """PyTorch's function, one channel after the other."""
    weight = kernel[np.newaxis, np.newaxis].astype(np.float32)
    result = np.stack([conv_transpose2d(plane[np.newaxis], weight, **layer)[0] for plane in x])
    assert result.shape[0] == 3
    return np.asarray(result, np.float32)


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_every_method_enlarges_by_the_stride(name: str, stride: int) -> None:
    layer = Geometry.from_torch(3, 2 * stride, stride=stride, padding=stride // 2)
    task = make_task(noise(30, 36), (stride, stride), "Restore")
    made = enlarge(
        name, task.planes, Settings(layer, np.ones((2 * stride,) * 2), reach=2), task.truth
    )
    assert made.values.dtype == np.float32
    for size, small in zip(made.values.shape[1:], task.shape, strict=True):
        assert abs(size - small * stride) <= stride
    if not METHODS[name].in_layer:
        assert made.values.shape == (3, *(size * stride for size in task.shape))
        assert made.shift == (0, 0)


@pytest.mark.parametrize("keep", [True, False])
def test_the_layer_s_methods_are_conv_transpose2d(keep: bool) -> None:
    x, chosen = planes(7, 9), Settings(LAYER, KERNEL, keep=keep, seed=3)
    gain = KERNEL.sum() / 4 if keep else 1
    evened = even_out(KERNEL, 2)
    he = kernels.he((1, 1), 4, stride=2, seed=3)[0, 0]
    if keep:
        he = he + (4 - he.sum()) / 16
    for name, kernel in {
        "Sidebar kernel": KERNEL / gain,
        "Evened-out kernel": evened * (4 / evened.sum() if keep else 1),
        "Random weights": he,
    }.items():
        wanted = stamped(x, kernel, stride=2, padding=1)
        np.testing.assert_allclose(enlarge(name, x, chosen).values, wanted, rtol=1e-4, atol=1e-2)


def test_named_weights_are_conv_transpose2d() -> None:
    x, chosen = planes(12, 13), Settings(LAYER, KERNEL)
    for name, kernel, padding in (
        ("Bilinear weights", kernels.bilinear(4), 1),
        ("Bicubic weights", kernels.bicubic(2), 3),
        ("Fitted kernel", fit_kernel(x.astype(np.float64), 2, 8), 3),
    ):
        made = enlarge(name, x, chosen)
        wanted = stamped(x, kernel, stride=2, padding=padding)
        np.testing.assert_allclose(made.values, wanted, rtol=1e-4, atol=1e-2)
        np.testing.assert_allclose(made.kernel, kernel)


@pytest.mark.parametrize("name", sorted(set(METHODS) - {"Zero insertion", "Max unpooling"}))
def test_a_flat_picture_keeps_its_level_on_average(name: str) -> None:
    flat = np.full((3, 30, 30), 80, np.float32)
    values = enlarge(name, flat, Settings(LAYER, KERNEL, seed=5)).values[:, 12:-12, 12:-12]
    assert values.mean() == pytest.approx(80, rel=1e-4)
    uneven = name in {"Sidebar kernel", "Random weights", "Pixel shuffle random"}
    assert (values.std() > 1) == uneven


def test_the_evened_kernel_is_even() -> None:
    assert unevenness(KERNEL, 2) > 0.01
    assert unevenness(weights_of("Evened-out kernel", Settings(LAYER, KERNEL)), 2) < 1e-12


def test_zero_insertion_and_unpooling_are_beds_of_nails() -> None:
    task = make_task(noise(8, 6), (2, 2), "Restore")
    assert task.truth is not None
    nails = enlarge("Zero insertion", task.planes, Settings(LAYER, KERNEL)).values
    np.testing.assert_array_equal(nails[:, ::2, ::2], task.planes)
    assert np.count_nonzero(nails) == np.count_nonzero(task.planes)
    tops = enlarge("Max unpooling", task.planes, Settings(LAYER, KERNEL), task.truth).values
    np.testing.assert_array_equal(max_pool2d(tops, 2), max_pool2d(task.truth, 2))
    assert (tops == task.truth)[tops > 0].all()


@pytest.mark.parametrize("name", ["nearest", "bilinear", "bicubic", "Lanczos"])
def test_pillow_s_methods_are_pillow_s(name: str) -> None:
    picture = 100 + noise(9, 11) // 5  # Pillow clips between rows and columns; here nothing is
    wanted = Image.fromarray(picture).resize((22, 18), Image.Resampling[name.upper()])
    task = make_task(picture, (2, 2), "Enlarge")
    values = enlarge(f"Pillow {name}", task.planes, Settings(LAYER, KERNEL)).values
    rounded = np.moveaxis(np.clip(np.rint(values), 0, 255), 0, -1)
    assert np.abs(rounded - np.asarray(wanted)).max() <= 1


def test_refusals_are_sentences() -> None:
    apart = Settings(Geometry.from_torch(3, 4, stride=(2, 3)), KERNEL)
    for name in ("Fitted kernel", "Pixel shuffle random", "Pixel shuffle ICNR"):
        with pytest.raises(GeometryError, match="one stride for both axes"):
            enlarge(name, planes(20, 20), apart)
    with pytest.raises(GeometryError, match="choose Restore"):
        enlarge("Max unpooling", planes(20, 20), apart)
    with pytest.raises(GeometryError, match="has no interior"):
        enlarge("Fitted kernel", planes(3, 3), Settings(LAYER, KERNEL, reach=6))


def test_only_what_a_method_needs_is_remembered() -> None:
    one = Settings(LAYER, KERNEL, seed=1)
    other = Settings(Geometry.from_torch(5, 3, stride=2), np.ones((3, 3)), keep=False, seed=2)
    for name, method in METHODS.items():
        first, second = relevant(name, one), relevant(name, other)
        same = first.layer == second.layer and np.array_equal(first.kernel, second.kernel)
        assert (same and first.seed == second.seed) == (not method.needs)
        x = planes(20, 22)
        if name != "Max unpooling":
            whole, kept = (enlarge(name, x, it).values for it in (one, first))
            np.testing.assert_array_equal(whole, kept)


@settings(max_examples=40)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 3),
    st.integers(1, 3),
    st.sampled_from(["noise", "smooth", "flat", "edges"]),
)
def test_the_fitted_kernel_is_never_worse_than_bilinear_weights(
    seed: int, stride: int, reach: int, kind: str
) -> None:
    rng = np.random.default_rng(seed)
    side = 10 * stride
    picture = {
        "noise": rng.integers(0, 256, (side, side, 3)),
        "smooth": np.cumsum(rng.integers(-9, 10, (side, side, 3)), axis=0) + 128,
        "flat": np.full((side, side, 3), rng.integers(0, 256)),
        "edges": 255 * (np.indices((side, side, 3)).sum(axis=0) // rng.integers(1, 9) % 2),
    }[kind]
    size = reach * stride
    layer = Geometry.from_keras(10, size, strides=stride, padding="same")
    chosen = Settings(layer, kernels.bilinear(size), reach=reach)
    task = make_task(np.clip(picture, 0, 255).astype(np.uint8), (stride, stride), "Restore")
    assert task.truth is not None
    errors = []
    for values in (
        enlarge("Fitted kernel", task.planes, chosen, task.truth).values,
        stamped_same(task.planes, weights_of("Sidebar kernel", chosen), stride),
    ):
        rows, cols = interior(task, chosen)
        errors.append(np.mean((values - task.truth)[:, rows, cols].astype(np.float64) ** 2))
        assert measure(values, (0, 0), task, chosen) is not None
    assert errors[0] <= errors[1] * (1 + 1e-5) + 1e-6


def stamped_same(
    x: NDArray[np.float32], kernel: NDArray[np.float64], s: int
) -> NDArray[np.float32]:
    """n cells to n · s."""
    k = len(kernel)
    full = stamped(x, kernel, stride=s)
    begin = (k - s) // 2
    result = full[:, begin : begin + x.shape[1] * s, begin : begin + x.shape[2] * s]
    assert result.shape[1] == x.shape[1] * s
    return result


def test_restoring_reduces_by_the_mean_of_blocks() -> None:
    picture = noise(9, 14)
    task = make_task(picture, (2, 3), "Restore")
    assert task.truth is not None
    np.testing.assert_array_equal(np.moveaxis(task.truth, 0, -1), picture[:8, :12])
    np.testing.assert_allclose(task.planes, avg_pool2d(task.truth, (2, 3)), rtol=1e-6)
    with pytest.raises(GeometryError, match="cannot be reduced"):
        make_task(noise(1, 5), (2, 2), "Restore")
