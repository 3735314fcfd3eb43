"""Solutions: all of them and no other, judged as the core does, and the nearest when none."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tconv_core import Axis, Geometry, Solution, overlap_count, solve, unevenness
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.solver.nearest import why_none
from tconv_ui.solver.solutions import (
    LARGEST_INPUT,
    LARGEST_TARGET,
    Limits,
    chosen_geometry,
    count_verdict,
    find,
    label,
    on_fewer_cells,
    ones_verdict,
    origins_words,
    shared_layer,
    table,
)

limits_of = st.builds(
    Limits, st.integers(1, 6), st.booleans(), st.booleans(), st.booleans(), st.booleans()
)


@given(st.integers(1, 5), st.integers(1, 14), limits_of)
@settings(max_examples=60)
def test_finds_all_within_the_limits_in_the_cores_order(
    n: int, target: int, limits: Limits
) -> None:
    found = find(n, target, limits)
    every = solve(n, target, max_kernel=limits.max_kernel, max_stride=32)
    wanted = [
        each
        for each in every
        if not (limits.divisible and each.kernel_size % each.stride)
        and not (limits.no_output_padding and each.output_padding)
        and not (limits.no_holes and each.kernel_size < each.stride)
        and not (limits.whole_input and wastes_input(each, n))
    ]
    assert list(found) == wanted


def wastes_input(each: Solution, n: int) -> bool:
    """Whether no tap of the first input cell's stamp would survive the begin's crop alone."""
    axis = each.axis(n)
    return Axis(1, axis.kernel_size).full_size <= axis.crop[0]


def test_nothing_is_wasted_where_the_whole_input_is_used() -> None:
    for each in find(7, 12, Limits()):
        axis = each.axis(7)
        for i in (0, 6):
            kept = axis.kept_taps(i)
            assert kept.stop > kept.start


@given(st.integers(1, 6), st.integers(1, 60), limits_of)
@settings(max_examples=60)
def test_the_nearest_sizes_work_and_none_is_nearer(n: int, target: int, limits: Limits) -> None:
    if find(n, target, limits):
        return
    nearest = why_none(n, target, limits)
    assert nearest.reason
    for size in nearest.targets:
        assert find(n, size, limits)
    below = [size for size in range(1, target) if find(n, size, limits)]
    above = [size for size in range(target + 1, target + 30) if find(n, size, limits)]
    assert set(nearest.targets) >= {*below[-1:], *above[:1]}
    if nearest.input_size is not None:
        assert find(nearest.input_size, target, limits)
        step = abs(nearest.input_size - n)
        for size in range(max(1, n - step + 1), n + step):
            assert not find(size, target, limits)


@given(st.integers(1, 8), st.integers(1, 40), limits_of)
def test_the_reason_is_true(n: int, target: int, limits: Limits) -> None:
    if find(n, target, limits):
        return
    nearest = why_none(n, target, limits)
    settings = itertools.product(range(1, limits.max_kernel + 1), range(1, limits.max_stride + 1))
    kept = [
        Solution(k, s, 0, op)
        for k, s in settings
        for op in range(s)
        if limits.admit(Solution(k, s, 0, op))
    ]
    fulls = [(n - 1) * each.stride + each.kernel_size + each.output_padding for each in kept]
    if "at most, without padding" in nearest.reason:
        told = re.findall(r"strides to (\d+).* (\d+) at most", nearest.reason)
        assert told == [(str(limits.max_stride), str(max(fulls)))]
        assert max(fulls) < target
    elif "odd number" in nearest.reason:
        assert all(full < target or (full - target) % 2 for full in fulls)
    else:
        assert "whole stamps" in nearest.reason
        does = [(each, full) for each, full in zip(kept, fulls, strict=True) if full >= target]
        assert all((f - target) % 2 or (f - target) // 2 >= each.kernel_size for each, f in does)
        assert any((f - target) % 2 == 0 for _, f in does)
    larger = [replace(limits, max_kernel=k) for k in range(limits.max_kernel + 1, 65)]
    if nearest.max_kernel is None:
        assert not any(find(n, target, each) for each in larger[::9])
    else:
        assert find(n, target, replace(limits, max_kernel=nearest.max_kernel))
        assert not find(n, target, replace(limits, max_kernel=nearest.max_kernel - 1))


@given(st.integers(1, 6), st.integers(1, 14), st.integers(1, 6), st.integers(1, 14))
def test_a_shared_layer_is_found_if_there_is_one(n: int, m: int, height: int, width: int) -> None:
    rows, cols = find(n, m, Limits(6)), find(height, width, Limits(6))
    shared = shared_layer(rows, cols)
    kinds = [{(each.kernel_size, each.stride) for each in found} for found in (rows, cols)]
    assert (shared is None) == kinds[0].isdisjoint(kinds[1])
    if shared is None:
        return
    assert shared[0] in rows
    assert shared[1] in cols
    assert (shared[0].kernel_size, shared[0].stride) == (shared[1].kernel_size, shared[1].stride)
    padded = [{(e.kernel_size, e.stride, e.padding) for e in found} for found in (rows, cols)]
    assert (shared[0].padding == shared[1].padding) != padded[0].isdisjoint(padded[1])
    assert (shared[0] == shared[1]) != set(rows).isdisjoint(cols)


def test_why_there_is_none() -> None:
    assert why_none(3, 200, Limits()).reason == (
        "Within these limits, with strides to 16, 3 cells reach 63 at most, without padding."
    )
    far = why_none(1, LARGEST_TARGET, Limits(1, no_output_padding=True))
    assert far.targets == (1,)
    assert far.input_size is None
    assert LARGEST_INPUT < LARGEST_TARGET


@pytest.mark.parametrize(
    "each", [Solution(k, s, 0, 0) for k, s in itertools.product(range(1, 9), range(1, 6))]
)
def test_verdicts_are_the_cores(each: Solution) -> None:
    axis = Axis(12, each.kernel_size, each.stride)
    counts = overlap_count(Geometry(axis, axis))
    edge = each.kernel_size
    interior = counts[edge:-edge, edge:-edge]
    wanted = "holes" if interior.min() == 0 else "uneven" if np.ptp(interior) else "even"
    assert count_verdict(each) == wanted
    amount = unevenness(np.ones((each.kernel_size, each.kernel_size)), each.stride)
    told = ones_verdict(each, 2)
    assert (told == "none") == (wanted == "even")
    if told != "none":
        assert abs(float(told.removesuffix(" %")) / 100 - amount) <= 0.005 + 1e-9


def test_the_table_prices_each_solution() -> None:
    found = find(7, 28, Limits())
    rows = table(found, 7, 28, square=True)
    assert {len(column) for column in rows.values()} == {len(found)}
    for index, each in enumerate(found):
        k = rows["Kernel"][index]
        assert (k, rows["Stride"][index]) == (each.kernel_size, each.stride)
        geometry = chosen_geometry((each, each), (7, 7))
        assert geometry.output_shape == (28, 28)
        work = 7 * 7 * each.kernel_size**2 / (28 * 28)
        assert rows["Multiply-adds per cell"][index] == pytest.approx(work, abs=0.005)
        assert rows["Weights per filter"][index] == each.kernel_size**2
    line = table(found[:1], 7, 28, square=False)
    assert line["Weights per filter"] == [found[0].kernel_size]


def test_labels_are_distinct() -> None:
    found = find(7, 28, Limits(64, no_holes=False, whole_input=False))
    assert len({label(each) for each in found}) == len(found)


def test_what_the_sliders_do_not_reach_is_named() -> None:
    geometry = chosen_geometry((Solution(12, 2, 5, 0),) * 2, (64, 64))
    choice = LayerChoice.from_geometry(geometry)
    assert choice.geometry == geometry
    beyond = ["input size 64 (at most 16)", "kernel size 12 (at most 9)"]
    assert choice.beyond_sliders() == beyond
    fewer, words = on_fewer_cells(choice)
    assert fewer == replace(choice, size=(16, 16))
    assert words == "16 cells instead of 64"
    assert on_fewer_cells(LayerChoice.of(16)) == (LayerChoice.of(16), "")
    assert on_fewer_cells(LayerChoice.of((64, 20)))[1] == "16 cells instead of 64 and 20"


def test_origins() -> None:
    axis = Axis.from_torch(7, 9, stride=8)
    assert "7 of 57 to 64. `output_padding` says which" in origins_words(axis, range(57, 65))
    assert origins_words(axis, range(5, 6)).endswith("7 of 5.")
