"""Stacks of layers: responses that compound, and the one kernel they amount to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import (
    Geometry,
    GeometryError,
    kernels,
    phase_sums,
    stack_kernel,
    stack_response,
    trace_scatter,
    unevenness,
)
from tests.core.strategies import arrays


def chain(n: int, *specs: tuple[np.ndarray, int]) -> list[tuple[np.ndarray, Geometry]]:
    """Return uncropped layers of (kernel, stride), each fed by the one before."""
    layers, shape = [], (n, n)
    for kernel, stride in specs:
        geometry = Geometry.from_torch(shape, kernel.shape, stride=stride)
        layers.append((kernel, geometry))
        shape = geometry.output_shape
    return layers


@given(st.data(), st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), min_size=1, max_size=3))
def test_response_and_kernel_are_those_of_the_stack(
    data: st.DataObject, specs: list[tuple[int, int]]
) -> None:
    layers = chain(12, *((data.draw(arrays(k, k)), s) for k, s in specs))
    kernel, stride = stack_kernel(layers)
    whole = Geometry.from_torch(12, kernel.shape, stride=stride)
    expected = trace_scatter(np.ones((12, 12)), kernel, whole).output
    response = stack_response(layers)[-1]
    np.testing.assert_allclose(response, expected, rtol=1e-9, atol=1e-9)
    rows, cols = 10 * stride[0], 10 * stride[1]
    np.testing.assert_allclose(
        response[rows : rows + stride[0], cols : cols + stride[1]],
        phase_sums(kernel, stride),
        rtol=1e-9,
        atol=1e-9,
    )


def test_one_response_per_layer() -> None:
    responses = stack_response(chain(3, (kernels.ones(3), 2), (kernels.ones(2), 2)))
    assert [response.shape for response in responses] == [(7, 7), (14, 14)]


def test_stacking_compounds_and_a_smoothing_last_layer_dampens() -> None:
    one = chain(8, (kernels.ones(3), 2))
    two = chain(8, (kernels.ones(3), 2), (kernels.ones(3), 2))
    dampened = chain(8, (kernels.ones(3), 2), (kernels.ones(3), 1))
    assert unevenness(*stack_kernel(two)) > unevenness(*stack_kernel(one))
    assert unevenness(*stack_kernel(dampened)) < unevenness(*stack_kernel(one))


def test_stacks_that_do_not_chain_are_refused() -> None:
    layers = [
        (kernels.ones(2), Geometry.from_torch(2, 2, stride=2)),
        (kernels.ones(2), Geometry.from_torch(3, 2)),
    ]
    with pytest.raises(GeometryError, match="layer 1 makes 4 × 4 cells and layer 2 takes 3 × 3"):
        stack_response(layers)
    for function in (stack_response, stack_kernel):
        with pytest.raises(GeometryError, match="stack of 0 layers"):
            function([])
