"""The teaching loop with channels: its steps, their sum, the bias last, and PyTorch's numbers."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import Geometry, trace_channels, trace_scatter, transpose_conv
from tests.core.golden import Case, load_cases

SETTINGS = ("stride", "padding", "output_padding", "dilation")


@pytest.mark.parametrize("case", load_cases("torch", "conv_transpose2d"), ids=lambda case: case.id)
def test_the_steps_add_up_to_pytorchs_output(case: Case) -> None:
    """Groups are layers beside each other: each is traced by itself."""
    weight, groups = case.inputs["weight"], case.params["groups"]
    image = case.inputs["x"].reshape(-1, *case.inputs["x"].shape[-3:])[0]
    expected = case.expected.reshape(-1, *case.expected.shape[-3:])[0]
    bias = case.inputs["bias"]
    geometry = Geometry.from_torch(
        image.shape[-2:], weight.shape[-2:], **{name: case.params[name] for name in SETTINGS}
    )
    ins, outs = len(image) // groups, weight.shape[1]
    for group in range(groups):
        own, made = slice(group * ins, (group + 1) * ins), slice(group * outs, (group + 1) * outs)
        trace = trace_channels(image[own], weight[own], geometry, bias[made])
        np.testing.assert_allclose(trace.output, expected[made], rtol=1e-5, atol=1e-5)
        total = np.zeros((outs, *geometry.output_shape))
        for step in trace.steps:
            total[:, *step.output_window] += step.kept
        total += bias[made, np.newaxis, np.newaxis]
        np.testing.assert_allclose(total, expected[made], rtol=1e-5, atol=1e-5)


def test_a_step_holds_every_scaled_kernel_and_their_sums() -> None:
    rng = np.random.default_rng(1)
    x, weight = rng.random((3, 2, 4)), rng.random((3, 2, 3, 2))
    geometry = Geometry.from_torch((2, 4), (3, 2), stride=2, padding=1)
    trace = trace_channels(x, weight, geometry)
    assert [step.source for step in trace.steps] == list(np.ndindex(2, 4))
    for step in trace.steps:
        i, j = step.source
        np.testing.assert_array_equal(step.values, x[:, i, j])
        np.testing.assert_array_equal(step.scaled, np.einsum("c,couv->couv", x[:, i, j], weight))
        np.testing.assert_allclose(step.stamps, np.einsum("c,couv->ouv", x[:, i, j], weight))
    np.testing.assert_allclose(trace.output, transpose_conv(x, weight, geometry), atol=1e-12)


def test_one_channel_is_the_trace_without_channels() -> None:
    rng = np.random.default_rng(2)
    x, kernel = rng.random((3, 3)), rng.random((3, 3))
    geometry = Geometry.from_torch(3, 3, stride=2, padding=1, output_padding=1)
    one, plain = (
        trace_channels(x[None], kernel[None, None], geometry),
        trace_scatter(x, kernel, geometry),
    )
    np.testing.assert_array_equal(one.output[0], plain.output)
    for mine, other in zip(one.steps, plain.steps, strict=True):
        np.testing.assert_array_equal(mine.stamps[0], other.stamp)
        np.testing.assert_array_equal(mine.kept[0], other.kept)
        assert mine.output_window == other.output_window


def test_arrays_are_read_only_and_the_caller_keeps_its_own() -> None:
    x = np.ones((2, 2, 2))
    trace = trace_channels(x, np.ones((2, 1, 1, 1)), Geometry.from_torch(2, 1), [1.0])
    x[0, 0, 0] = 5
    assert trace.input[0, 0, 0] == 1
    assert trace.bias is not None
    for array in (trace.input, trace.weight, trace.bias, trace.output, trace.steps[0].stamps):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 1


@pytest.mark.parametrize(
    ("x", "weight", "bias", "words"),
    [
        ((1, 3, 3), (2, 1, 3, 3), None, "x has 1 channels and weight is for 2"),
        ((1, 2, 3), (1, 1, 3, 3), None, r"x has rows and columns \(2, 3\)"),
        ((1, 3, 3), (1, 1, 3, 2), None, r"weight has rows and columns \(3, 2\)"),
        ((1, 3, 3), (1, 2, 3, 3), 3, r"bias has shape \(3,\), the layer has 2 filters"),
    ],
)
def test_shapes_that_disagree_are_refused_in_words(
    x: tuple[int, ...], weight: tuple[int, ...], bias: int | None, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        trace_channels(
            np.ones(x),
            np.ones(weight),
            Geometry.from_torch(3, 3),
            None if bias is None else np.ones(bias),
        )
