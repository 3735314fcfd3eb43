"""Settings that reach a size, and sizes that share one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Axis, GeometryError, Solution, conv_input_sizes, solve
from tests.core.strategies import torch_axes


@given(st.integers(1, 6), st.integers(1, 12))
def test_finds_every_setting_and_no_other(n: int, target: int) -> None:
    found = solve(n, target, max_kernel=5, max_stride=4)
    expected = set()
    for s in range(1, 5):
        for k in range(1, 6):
            for op in range(s):
                for p in range(((n - 1) * s + k + op - 1) // 2 + 1):
                    axis = Axis.from_torch(n, k, stride=s, padding=p, output_padding=op)
                    if axis.output_size == target:
                        expected.add(Solution(k, s, p, op))
    assert set(found) == expected
    assert len(found) == len(expected)
    assert all(each.axis(n).output_size == target for each in found)


@pytest.mark.parametrize(
    ("n", "target", "first"),
    [
        (2, 4, Solution(2, 2, 0, 0)),
        (3, 7, Solution(3, 2, 0, 0)),
        (3, 5, Solution(3, 2, 1, 0)),
        (16, 512, Solution(32, 32, 0, 0)),
        (5, 5, Solution(1, 1, 0, 0)),
    ],
)
def test_the_conventional_choice_comes_first(n: int, target: int, first: Solution) -> None:
    assert solve(n, target, max_kernel=64, max_stride=32)[0] == first


def test_holes_come_last() -> None:
    holes = [each.kernel_size < each.stride for each in solve(3, 6)]
    assert holes == sorted(holes)
    assert any(holes)


def test_sizes_below_one_are_refused() -> None:
    with pytest.raises(GeometryError, match="target must be a whole number of at least 1, got 0"):
        solve(3, 0)


@given(torch_axes(9))
def test_the_convolution_takes_each_size_to_the_input_size(axis: Axis) -> None:
    padding, span = axis.crop[0], axis.effective_kernel
    sizes = conv_input_sizes(axis)
    reached = [
        size
        for size in range(1, axis.full_size + 2 * axis.stride)
        if size + 2 * padding >= span
        and (size + 2 * padding - span) // axis.stride + 1 == axis.input_size
    ]
    assert list(sizes) == reached


@given(torch_axes(9))
def test_the_output_is_one_of_them_unless_dilation_let_it_outgrow_the_stride(axis: Axis) -> None:
    output_padding = axis.crop[0] - axis.crop[1]
    assert (axis.output_size in conv_input_sizes(axis)) == (output_padding < axis.stride)


def test_keras_same_starts_from_its_own_size() -> None:
    assert conv_input_sizes(Axis.from_keras(3, 3, strides=2, padding="same")) == range(6, 8)
