"""Whole networks: shapes, costs and reach as described are those of execution."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tconv_core import (
    Axis,
    Geometry,
    GeometryError,
    conv2d,
    conv_transpose2d,
    overlap_count,
    phase_count,
)
from tconv_core.network import (
    ACTIVATIONS,
    KINDS,
    LEARNED,
    SETTINGS,
    LayerSpec,
    Load,
    Network,
    NetworkError,
    axis_reach,
    field_shape,
    flat_response,
    he_weights,
    largest_fields,
    lightened,
    load,
    pattern_share,
    periods,
    projective_field,
    receptive_field,
    repairs,
    resize_convolution,
    run,
)
from tconv_ui.decoder.text import read_plan
from tests.core.golden import FOLDER

UP = LayerSpec("tconv", filters=4, kernel=2, stride=2)
POOL = LayerSpec("maxpool", kernel=2, stride=2)


@st.composite
def layer_specs(draw: st.DrawFn, skips: int = 0) -> LayerSpec:
    """Any layer with small settings, legal for some input or not."""
    kind = draw(st.sampled_from(KINDS))
    ranges = {
        "filters": (1, 4),
        "kernel": (1, 4),
        "stride": (1, 3),
        "padding": (0, 2),
        "output_padding": (0, 2),
        "dilation": (1, 2),
    }
    chosen = {name: draw(st.integers(*ranges[name])) for name in SETTINGS[kind]}
    skip = draw(st.none() | st.integers(0, skips)) if skips >= 0 else None
    merge = draw(st.sampled_from(["concat", "crop", "add"])) if skip is not None else "concat"
    activation = draw(st.sampled_from(ACTIVATIONS))
    return LayerSpec(kind, **chosen, activation=activation, skip=skip, merge=merge)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Any small network: layers that do not fit are left out, or lose their skip."""
    shape = (draw(st.integers(1, 4)), draw(st.integers(3, 7)), draw(st.integers(3, 7)))
    layers: tuple[LayerSpec, ...] = (LayerSpec("nearest"),)
    for _ in range(draw(st.integers(1, 4))):
        spec = draw(layer_specs(len(layers)))
        for candidate in (spec, replace(spec, skip=None, merge="concat")):
            try:
                grown = Network(shape, (*layers, candidate))
            except NetworkError:
                continue
            if max(grown.output_shape[1:]) <= 40:
                layers = grown.layers
                break
    return Network(shape, layers)


@given(networks())
@settings(max_examples=60)
def test_shapes_are_those_of_execution(network: Network) -> None:
    x = np.random.default_rng(0).random(network.input_shape)
    maps = run(network, x, he_weights(network, seed=1))
    assert tuple(each.shape for each in maps) == network.shapes
    assert [4 * each.size for each in maps] == [cost.activation_bytes for cost in network.costs]
    flat = flat_response(network)
    assert [each.shape for each in flat] == [shape[1:] for shape in network.shapes]


@given(networks(), st.data())
@settings(max_examples=60)
def test_the_fields_are_what_impulses_reach(network: Network, data: st.DataObject) -> None:
    """With ones for weights, a cell answers exactly to the impulses in its field."""
    linear = Network(
        network.input_shape,
        tuple(
            replace(spec, kind="avgpool") if spec.kind == "maxpool" else spec
            for spec in (replace(each, activation="none") for each in network.layers)
        ),
    )
    weights = [None if w is None else np.ones_like(w) for w in he_weights(linear)]
    height, width = linear.output_shape[1:]
    cell = (data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1)))
    answers = np.zeros(linear.input_shape[1:], bool)
    for i, j in np.ndindex(*answers.shape):
        x = np.zeros(linear.input_shape)
        x[:, i, j] = 1
        answers[i, j] = run(linear, x, weights)[-1][:, cell[0], cell[1]].any()
    np.testing.assert_array_equal(receptive_field(linear, cell), answers)
    for i, j in np.ndindex(*answers.shape):
        assert projective_field(linear, (i, j))[cell] == answers[i, j]


def test_the_largest_field_is_the_largest_of_all_cells() -> None:
    network = Network((1, 6, 5), (replace(UP, kernel=3), LayerSpec("conv", filters=1, kernel=3)))
    _, height, width = network.output_shape
    shapes = [field_shape(receptive_field(network, cell)) for cell in np.ndindex(height, width)]
    assert largest_fields(network)[-1] == tuple(np.max(shapes, axis=0))


def test_bilinear_reach_leaves_out_the_cell_of_no_share() -> None:
    reached = axis_reach(LayerSpec("bilinear", stride=3), 3, 0)
    assert reached.sum(axis=1).tolist() == [1, 1, 2, 2, 1, 2, 2, 1, 1]


GOLDEN: dict[str, Any] = json.loads((FOLDER / "decoder_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", GOLDEN)
def test_counts_are_pytorchs(name: str) -> None:
    case = GOLDEN[name]
    network = read_plan(case["stack"]).network()
    assert [list(made) for made in network.made] == [layer["made"] for layer in case["layers"]]
    assert [cost.parameters for cost in network.costs] == [
        layer["parameters"] for layer in case["layers"]
    ]
    assert network.total.multiply_adds == case["multiply_adds"]
    assert list(network.output_shape) == case["output"]


def test_weights_are_seeded_and_keep_the_variance() -> None:
    network = Network((64, 8, 8), (LayerSpec("tconv", filters=64, kernel=4, stride=2, padding=1),))
    (first,), (again,), (other,) = (he_weights(network, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    assert first is not None
    assert first.var() == pytest.approx(2 * 4 / (64 * 16), rel=0.05)


def test_a_run_is_its_layers_one_after_another() -> None:
    layers = (
        LayerSpec("conv", filters=3, kernel=3, stride=2, activation="relu"),
        LayerSpec("tconv", filters=2, kernel=3, stride=2, skip=0, merge="crop", activation="tanh"),
    )
    network = Network((2, 9, 11), layers)
    x = np.random.default_rng(0).standard_normal((2, 9, 11))
    weights = he_weights(network)
    first = np.maximum(conv2d(x, weights[0], stride=2), 0)
    second = np.tanh(conv_transpose2d(first, weights[1], stride=2))
    maps = run(network, x, weights)
    np.testing.assert_allclose(maps[0], first)
    np.testing.assert_allclose(maps[1], np.concatenate([second, x]))
    with pytest.raises(ValueError, match="x has shape"):
        run(network, x[:1], weights)
    with pytest.raises(ValueError, match="needs a weight"):
        run(network, x, [None, None])


# What cannot be ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "layers", "layer", "axes", "words"),
    [
        (
            (1, 4, 9),
            [LayerSpec("conv", filters=1, kernel=6)],
            1,
            ("rows",),
            "padding of at least 1",
        ),
        (
            (1, 4, 4),
            [POOL, LayerSpec("conv", filters=1, kernel=6)],
            2,
            ("rows", "columns"),
            "padding of at least 2",
        ),
        ((3, 4, 4), [LayerSpec("shuffle", stride=2)], 1, (), "use a multiple of 4, such as 4"),
        ((3, 5, 8), [POOL, replace(UP, skip=0)], 2, ("rows",), r"use output_padding \(1, 0\)"),
        ((3, 8, 8), [POOL, replace(UP, skip=0, merge="add")], 2, (), "use 3 filters"),
        ((3, 8, 8), [replace(UP, skip=1)], 1, (), "use at most 0"),
        ((3, 4, 4), [UP, LayerSpec("nearest", skip=0)], 2, ("rows", "columns"), "makes 8 × 8"),
        ((1, 1, 1), [replace(UP, padding=3)], 1, ("rows", "columns"), "padding"),
    ],
)
def test_what_does_not_fit_names_its_layer_and_axis(
    shape: tuple[int, int, int],
    layers: list[LayerSpec],
    layer: int,
    axes: tuple[str, ...],
    words: str,
) -> None:
    with pytest.raises(NetworkError, match=words) as caught:
        Network(shape, tuple(layers))
    assert (caught.value.layer, caught.value.axes) == (layer, axes)
    assert str(caught.value).startswith(f"Layer {layer}")
    assert len(caught.value.shapes) == layer
    for repair in repairs(shape, layers):
        Network(repair.input_shape, repair.layers)


def test_no_layers_and_no_input_are_refused() -> None:
    with pytest.raises(GeometryError, match="0 layers"):
        Network((1, 1, 1), ())
    with pytest.raises(GeometryError, match="whole number of at least 1, got 0"):
        Network((1, 0, 1), (UP,))
    assert repairs((1, 0, 1), ()) == ()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"kind": "deconv"}, "kind must be one of tconv"),
        ({"kind": "conv", "kernel": 3}, "filters must be a whole number of at least 1"),
        ({"kind": "nearest", "kernel": 3}, "a nearest layer has no kernel"),
        ({"kind": "maxpool", "kernel": 2, "dilation": 2}, "no dilation"),
        ({"kind": "nearest", "stride": 0}, "stride must be a whole number of at least 1"),
        ({"kind": "nearest", "skip": -1}, "skip must be a whole number of at least 0"),
    ],
)
def test_a_layer_takes_only_what_it_has(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(GeometryError, match=words):
        LayerSpec(**arguments)


@given(networks(), layer_specs(skips=2))
@settings(max_examples=60)
def test_repairs_work_and_are_needed(network: Network, spec: LayerSpec) -> None:
    layers = (*network.layers, spec)
    found = repairs(network.input_shape, layers)
    try:
        Network(network.input_shape, layers)
    except NetworkError:
        for repair in found:
            Network(repair.input_shape, repair.layers)
            assert (repair.input_shape, repair.layers) != (network.input_shape, layers)
    else:
        assert found == ()


def test_a_unet_of_odd_size_is_mended_in_three_ways() -> None:
    plan = read_plan(
        "3x45x64-conv4.k3.p1-maxpool.k2.s2-conv8.k3.p1-maxpool.k2.s2-tconv4.k2.s2.cat3"
        "-tconv4.k2.s2.cat1"
    )
    with pytest.raises(NetworkError, match=r"Layer 6, rows: it makes 44 .* layer 1 has 45"):
        plan.network()
    assert [repair.words for repair in repairs(plan.input_shape, plan.layers)] == [
        "feed it 44 × 64",
        "set output_padding (1, 0) in layer 6",
        "crop the skips",
    ]


def test_a_repair_makes_no_holes_and_its_harm_is_said() -> None:
    plan = read_plan("1x99x99-conv8.k3.p1-maxpool.k2.s2-conv16.k3.p1-tconv8.k2.s2.cat1")
    found = {repair.words: repair.harm for repair in repairs(plan.input_shape, plan.layers)}
    assert "set dilation 2 in layer 4" not in found
    assert (
        found["set output_padding 1 in layer 4"]
        == "the last row and the last column hold only the bias"
    )
    assert found["set kernel 3 in layer 4"] == "the overlap becomes uneven"
    assert found["feed it 100 × 100"] == ""
    assert list(found.values()) == sorted(found.values(), key=bool)


@given(networks(), layer_specs(skips=2))
@settings(max_examples=100)
def test_what_is_said_of_a_repairs_harm_is_true(network: Network, spec: LayerSpec) -> None:
    layers = (*network.layers, spec)
    for repair in repairs(network.input_shape, layers):
        mended = Network(repair.input_shape, repair.layers)
        after, fed = repair.layers[-1], mended.fed(len(layers) - 1)[1:]
        if after == spec or after.kind != "tconv":
            continue
        before = Geometry(*(Axis(9, spec.kernel, spec.stride, spec.dilation),) * 2)
        geometry = Geometry(*(after.axis(n, side) for side, n in enumerate(fed)))
        inside = [phase_count(each.rows) for each in (before, geometry)]
        assert inside[1].min() > 0 or inside[0].min() == 0
        assert ("uneven" in repair.harm) == (np.ptp(inside[1]) > 0 == np.ptp(inside[0]))
        count = overlap_count(geometry)
        if "row" in repair.harm:
            assert not count[-1].any()
        if "column" in repair.harm:
            assert not count[:, -1].any()
        if after.extra != spec.extra and "bias" not in repair.harm:
            assert count[-1].any()
            assert count[:, -1].any()


# Networks from networks -------------------------------------------------------------------------


def test_the_resize_convolution_is_even_where_the_original_is_not() -> None:
    network = Network((2, 8, 8), (replace(UP, kernel=3, padding=1, output_padding=1),) * 2)
    cured = resize_convolution(network)
    assert cured.output_shape == network.output_shape
    shares = [
        pattern_share(flat_response(each)[-1][np.newaxis], periods(each)[-1])
        for each in (network, cured)
    ]
    assert shares[0] is not None
    assert shares[0] > 0.4
    assert shares[1] == pytest.approx(0, abs=1e-12)


def test_the_resize_convolution_keeps_skips_at_their_layers() -> None:
    layers = (
        LayerSpec("conv", filters=3, kernel=1),
        POOL,
        replace(UP, skip=1),
        replace(UP, skip=3),
    )
    cured = resize_convolution(Network((1, 8, 8), layers[:3]))
    assert [spec.kind for spec in cured.layers] == ["conv", "maxpool", "nearest", "conv"]
    assert cured.layers[3].skip == 1
    assert cured.shapes[-1] == Network((1, 8, 8), layers[:3]).shapes[-1]


def test_periods_follow_strides_and_skips() -> None:
    up, down = LayerSpec("nearest", stride=6), LayerSpec("maxpool", kernel=4, stride=4)
    assert periods(Network((1, 8, 8), (up, down, up))) == (6, 3, 18)
    joined = Network((1, 8, 8), (LayerSpec("nearest", stride=2), POOL, replace(UP, skip=1)))
    assert periods(joined) == (2, 1, 2)


def test_pattern_share() -> None:
    board = np.array([[1.0, -1], [-1, 1]])
    assert pattern_share(np.tile(board, (1, 4, 4)), 2) == pytest.approx(1)
    assert pattern_share(np.ones((2, 5, 5)), 2) == 0
    assert pattern_share(np.zeros((2, 5, 5)), 2) is None


def test_what_is_too_heavy_is_made_lighter_step_by_step() -> None:
    conv = LayerSpec("conv", filters=64, kernel=3, padding=1)
    network = Network((64, 256, 256), (conv, conv))
    heavy = load(network)
    assert lightened(network, heavy) is network or lightened(network, heavy) == network
    lighter = lightened(network, Load(heavy.seconds / 3, heavy.size))
    assert lighter is not None
    assert (lighter.input_shape, lighter.layers) == ((64, 128, 128), network.layers)
    thin = lightened(network, Load(heavy.seconds / 800, heavy.size))
    assert thin is not None
    assert thin.layers[0].filters < 64
    assert lightened(network, Load(0, 0)) is None


def test_the_estimate_grows_with_what_is_learned_in() -> None:
    small = Network((8, 16, 16), (replace(UP, filters=8),))
    large = Network((8, 16, 16), (replace(UP, filters=64),))
    assert load(small).seconds < load(large).seconds
    assert load(small).size < load(large).size
    assert {"tconv", "conv"} == LEARNED
