"""Every public function answers, or says in one sentence what is wrong, whatever it is given."""

from __future__ import annotations

import inspect
import re
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import tconv_core as tc
from tconv_core import Axis, Geometry, GeometryError, kernels, network

AXIS, GEOMETRY = Axis(3, 3, 2), Geometry.from_torch(3, 3, stride=2)
GRID, KERNEL, IMAGE = np.ones((3, 3)), np.arange(9.0).reshape(3, 3), np.ones((24, 24))
MAPS, WEIGHT = np.ones((2, 4, 4)), np.ones((2, 2, 3, 3))
UP = network.LayerSpec("tconv", filters=2, kernel=3, stride=2)
STACK = network.Network((2, 4, 4), (UP,))
WINDOW = {"x": MAPS, "kernel_size": 2, "stride": 2, "padding": 0}
TRACED = {"x": MAPS[0], "kernel_size": 2, "stride": 2, "padding": 0}
CONV = {"x": MAPS, "weight": WEIGHT, "bias": [0.0, 1.0], "stride": 1, "padding": 0, "dilation": 1}
PHASES = {"kernel": KERNEL, "stride": 2, "dilation": 1}
FIT = {"image": IMAGE, "stride": 2, "kernel_size": 4}
POOLED = {"x": MAPS[:, :2, :2], "indices": np.zeros((2, 2, 2), int), "kernel_size": 2}
SHAPE = {"shape": 3}

CALLS: dict[Callable[..., Any], dict[str, Any]] = {
    Axis: {"input_size": 3, "kernel_size": 3, "stride": 2, "dilation": 1, "crop": (1, 1)},
    Axis.from_torch: {
        "n": 3,
        "k": 3,
        "stride": 2,
        "padding": 1,
        "output_padding": 1,
        "dilation": 1,
    },
    Axis.from_keras: {"n": 3, "k": 3, "strides": 2, "padding": "same", "output_padding": 1},
    Axis.from_onnx: {"n": 3, "k": 3, "strides": 2, "pads": (1, 1), "output_padding": 1},
    Axis.from_conv: {"m": 6, "k": 3, "stride": 2, "padding": 1, "dilation": 1},
    Geometry.from_torch: {"input_shape": 3, "kernel_shape": 3, "stride": 2, "padding": 1},
    Geometry.from_keras: {"input_shape": 3, "kernel_shape": 3, "strides": 2, "padding": "same"},
    Geometry.from_onnx: {"input_shape": 3, "kernel_shape": 3, "strides": 2, "pads": (0, 0, 1, 1)},
    Geometry.from_conv: {"input_shape": 6, "kernel_shape": 3, "stride": 2, "padding": 1},
    tc.avg_pool2d: WINDOW,
    tc.max_pool2d: WINDOW,
    tc.max_unpool2d: POOLED,
    tc.trace_avg_pool: TRACED,
    tc.trace_max_pool: TRACED,
    tc.trace_max_unpool: {"x": GRID, "indices": np.zeros((3, 3), int), "kernel_size": 2},
    tc.box_reduce: {"image": IMAGE, "stride": 2},
    tc.conv2d: CONV | {"groups": 1},
    tc.conv_transpose2d: CONV | {"groups": 1, "output_padding": 0},
    tc.transpose_conv: {"x": np.ones((2, 3, 3)), "weight": WEIGHT, "geometry": GEOMETRY},
    tc.convolution_matrix: {"kernel": KERNEL, "geometry": GEOMETRY},
    tc.trace_scatter: {"x": GRID, "kernel": KERNEL, "geometry": GEOMETRY},
    tc.trace_gather: {"x": GRID, "kernel": KERNEL, "geometry": GEOMETRY},
    tc.trace_conv: {"x": MAPS[0], "kernel": KERNEL, "stride": 1, "padding": 0, "dilation": 1},
    tc.trace_channels: {"x": np.ones((2, 3, 3)), "weight": WEIGHT, "geometry": GEOMETRY},
    tc.even_out: PHASES,
    tc.phase_sums: PHASES,
    tc.unevenness: PHASES,
    tc.polyphase: {"kernel": KERNEL, "stride": 2},
    tc.spectrum: {"image": IMAGE, "stride": 2},
    tc.fit_kernel: FIT,
    tc.normal_equations: FIT,
    tc.fit_geometry: {"reduced_shape": (6, 6), "stride": 2, "kernel_size": 4},
    tc.fit_interior: {"reduced_shape": (6, 6), "stride": 2, "kernel_size": 4},
    tc.pixel_shuffle: {"x": np.ones((4, 2, 2)), "upscale_factor": 2},
    tc.trace_pixel_shuffle: {"x": np.ones((4, 2, 2)), "upscale_factor": 2},
    tc.upsample_nearest: {"x": MAPS, "scale": 2},
    tc.upsample_bilinear: {"x": MAPS, "scale": 2},
    tc.trace_upsample_nearest: {"x": GRID, "scale": 2},
    tc.trace_upsample_bilinear: {"x": GRID, "scale": 2},
    tc.psnr: {"image": IMAGE, "reference": IMAGE, "data_range": 1.0},
    tc.ssim: {"image": IMAGE, "reference": IMAGE, "data_range": 1.0},
    tc.relu: {"x": MAPS},
    tc.sigmoid: {"x": MAPS},
    tc.solve: {"n": 4, "target": 8, "max_kernel": 4, "max_stride": 4},
    kernels.ones: SHAPE,
    kernels.box: SHAPE,
    kernels.bilinear: SHAPE,
    kernels.identity: SHAPE,
    kernels.gaussian: SHAPE | {"sigma": 1.0},
    kernels.random: SHAPE | {"seed": 0},
    kernels.bicubic: {"stride": 2},
    kernels.lanczos: {"stride": 2, "lobes": 3},
    kernels.he: {"channels": (2, 3), "shape": 3, "stride": 2, "seed": 0},
    kernels.icnr: {"channels": (2, 3), "shape": 3, "upscale_factor": 2},
    network.Network: {"input_shape": (2, 4, 4), "layers": (UP,)},
    network.LayerSpec: {"kind": "tconv", "filters": 2, "kernel": 3, "stride": 2, "padding": 1},
    network.run: {"network": STACK, "x": MAPS, "weights": [WEIGHT]},
}
DESCRIBED = {"geometry", "network", "layers", "kind", "seed", "weights"}
"""Arguments that are made by another call here, or passed on to NumPy."""
NUMBERS = (0, -1, 2.5, True, "2", None, (1,), (1, 2, 3), (2, None), (0, 1), 10**6, float("nan"))
ARRAYS = (0.0, [], [[]], [1.0], [["a"]], [[1j]], [[np.nan]], [[np.inf]], np.ones((1, 1, 1, 1, 1)))
ARRAYS += (np.full((3, 3), 1e308), [[1, 2], [3]], None, np.ones((7, 9)), np.ones((1, 7, 9)))


@pytest.mark.parametrize("function", CALLS, ids=lambda function: function.__qualname__)
def test_a_hostile_value_is_answered_or_refused_in_a_sentence(function: Callable[..., Any]) -> None:
    valid = CALLS[function]
    function(**valid)
    for name in valid.keys() - DESCRIBED:
        plain = isinstance(valid[name], int | float | tuple | str)
        for value in NUMBERS if plain else ARRAYS:
            said = refusal(function, valid | {name: value})
            assert said is None or said.endswith("."), f"{name}={value!r}: {said}"


def refusal(function: Callable[..., Any], arguments: dict[str, Any]) -> str | None:
    """What the function says of arguments that it does not take."""
    try:
        with np.errstate(all="ignore"):
            function(**arguments)
    except (ValueError, TypeError) as error:
        return str(error)
    except MemoryError as error:
        return f"{error}."  # what was asked for is that large
    return None


def test_every_public_function_of_arrays_and_numbers_is_tried() -> None:
    takes_axes = {"axis", "geometry", "layers"}
    for name in tc.__all__:
        function = getattr(tc, name)
        if inspect.isfunction(function):
            alone = set(inspect.signature(function).parameters) <= takes_axes
            assert alone or function in CALLS, name


@pytest.mark.parametrize("settings", [{"stride": 3000, "dilation": 2}, {"stride": 10**6}])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_wide_stride_costs_what_its_taps_cost(channels: int, settings: dict[str, int]) -> None:
    x, weight = np.ones((channels, 1, 1)), np.ones((channels, 2, 3, 3))
    tracemalloc.start()
    result = tc.conv_transpose2d(x, weight, **settings)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 2**20
    reach = 2 * settings.get("dilation", 1) + 1
    assert result.shape == (2, reach, reach)
    assert result.sum() == 9 * channels * 2


def test_phases_without_a_tap_are_counted_not_visited() -> None:
    stride = 10**5
    impulse = tc.unevenness(np.ones((1, 1)), stride)
    assert impulse == pytest.approx(np.sqrt(stride**2 - 1))
    with pytest.raises(GeometryError, match="9999999991 of"):
        tc.even_out(np.ones((3, 3)), stride)
    with pytest.raises(GeometryError, match="at most 16,777,216"):
        tc.phase_sums(np.ones((3, 3)), stride)
    assert tc.phase_sums(np.ones((3, 3)), 3000).sum() == 9


def test_a_remedy_for_phases_without_a_tap_works_when_followed() -> None:
    for k, s, d in np.ndindex(5, 6, 6):
        kernel, stride, dilation = np.ones((k + 1, 3)), (s + 1, 3), (d + 1, 1)
        try:
            tc.even_out(kernel, stride, dilation=dilation)
        except GeometryError as error:
            said = str(error)
            if found := re.search(r"at least (\d+) × (\d+)", said):
                kernel = np.ones((int(found[1]), int(found[2])))
            dilation = (1, 1) if "such as 1" in said else dilation
            tc.even_out(kernel, stride, dilation=dilation)


def test_the_largest_and_the_narrowest_numbers_keep_their_level() -> None:
    huge = np.full((3, 3), 1e308)
    assert tc.unevenness(huge, 2) == pytest.approx(tc.unevenness(np.ones((3, 3)), 2))
    np.testing.assert_allclose(tc.even_out(huge, 2) / 1e308, tc.even_out(np.ones((3, 3)), 2))
    for sigma in (1e-300, 1e-3, 1e3, 1e300):
        assert kernels.gaussian(4, sigma=sigma).sum() == pytest.approx(1)


def test_what_solve_tries_is_bounded_and_the_limit_named_works() -> None:
    for limits in ({"max_kernel": 10**12}, {"max_kernel": 1, "max_stride": 10**5}):
        with pytest.raises(GeometryError, match="are tried") as caught:
            tc.solve(4, 8, **limits)
        _, advice = str(caught.value).split("use ")
        named = {
            name: int(most) for name, most in re.findall(r"(max_\w+) of at most (\d+)", advice)
        }
        assert tc.solve(4, 8, **limits | named)


def test_a_networks_weights_and_sizes_are_checked() -> None:
    for weights in ([np.ones((2, 2, 5, 5))], [np.ones((2, 2))], [None], [WEIGHT, WEIGHT], []):
        with pytest.raises(ValueError, match=r"weights?"):
            network.run(STACK, MAPS, weights)
    pool = network.Network((2, 4, 4), (network.LayerSpec("maxpool", kernel=2, stride=2),))
    with pytest.raises(ValueError, match="layer 1 needs a weight of shape None"):
        network.run(pool, MAPS, [WEIGHT])
    unseen = network.LayerSpec("tconv", filters=1, kernel=2, stride=3, padding=2)
    assert network.largest_fields(network.Network((1, 5, 2), (unseen,))) == ((0, 0),)
