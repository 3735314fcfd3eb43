"""The entries of the Operations page: their formulas, examples and names."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings

from tconv_core import (
    GeometryError,
    overlap_count,
    pixel_shuffle,
    upsample_bilinear,
)
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import phase_channels
from tconv_ui.layer.presets import PRESETS
from tconv_ui.operations.catalogue import OPERATIONS, size_equation
from tconv_ui.operations.examples import EXAMPLES
from tconv_ui.theme import LIGHT
from tests.ui.operations.cases import facts_of, fast, layers, pairs

NAMES = list(OPERATIONS)


def worked_out(latex: str) -> tuple[int, int]:
    """The left side as it is written, and the right side."""
    bare = re.sub(r"\\mathbf\{(\d+)\}", r"\1", latex)
    plain = re.sub(r"\\textcolor\{#[0-9a-f]{6}\}\{(\d+)\}", r"\1", bare)
    left, right = plain.split(" = ")
    left = left.replace(r"\cdot ", "*").replace(r"\cdot", "*").replace(r"\,(", "*(")
    left = re.sub(r"\\left\\lfloor\\dfrac\{(.+)\}\{(\d+)\}\\right\\rfloor", r"((\1)//\2)", left)
    assert re.fullmatch(r"[\d+\-*/() ]+", left), left
    return int(eval(left)), int(right)  # only digits and signs, just checked


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(layer=layers())
def test_the_formula_gives_the_size_that_comes_out(name: str, layer: Layer) -> None:
    facts = facts_of(name, layer)
    shape = fast(name, layer).shape
    assert facts.output_shape == shape
    for axis in (0, 1):
        assert worked_out(size_equation(OPERATIONS[name], facts, axis, LIGHT)) == (
            shape[axis],
            shape[axis],
        )


def test_an_entry_per_operation_and_no_two_alike() -> None:
    assert len(OPERATIONS) == 9
    assert len({operation.torch for operation in OPERATIONS.values()}) == 9
    for operation in OPERATIONS.values():
        assert operation.claim.endswith(".")
        assert operation.torch in operation.names
        assert "``" not in operation.names


@given(layers())
def test_the_channels_are_the_phases_of_the_transposed_convolution(layer: Layer) -> None:
    rows, cols = pairs(layer)["stride"]
    assume(rows == cols)
    channels = phase_channels(layer)
    assert channels.shape == (rows**2, *layer.input.shape)
    expected = fast("Pixel shuffle", layer)
    for (a, b), channel in zip(np.ndindex(rows, rows), channels, strict=True):
        np.testing.assert_allclose(channel, expected[a::rows, b::rows], atol=1e-9)


def test_what_does_not_fit_is_said_in_one_sentence() -> None:
    ramp = PRESETS["Ramp 1×4"].choice.layer
    with pytest.raises(GeometryError, match="the strides are 1 and 2: set both to 1"):
        OPERATIONS["Pixel shuffle"].measure(ramp)
    with pytest.raises(GeometryError, match="use a padding of at least 2"):
        OPERATIONS["Dilated convolution"].measure(PRESETS["DCGAN 4×4"].choice.layer)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.label)
def test_every_example_can_be_played(example: object) -> None:
    assert example in EXAMPLES
    layer = example.preset.choice.layer  # type: ignore[attr-defined]
    for name in (example.left, example.right):  # type: ignore[attr-defined]
        assert OPERATIONS[name].measure(layer).output_shape == fast(name, layer).shape


def test_the_worked_numbers() -> None:
    by_label = {example.label: example for example in EXAMPLES}

    def outputs(label: str) -> tuple[np.ndarray, np.ndarray]:
        example = by_label[label]
        layer = example.preset.choice.layer
        return fast(example.left, layer), fast(example.right, layer)

    pooled, back = outputs("Max pooling 2×2")
    assert pooled.tolist() == [[2], [1]]
    assert back.tolist() == [[0, 2], [0, 0], [0, 1], [0, 0]]
    convolved, stamped = outputs("Worked 3×3 kernel")
    x = np.array([[0, 64, 128], [48, 192, 144], [142, 226, 168]])
    w = np.array([[-1, 0, -2], [0.5, 4.5, -1.5], [1.5, 2, -3]])
    assert convolved.tolist() == [[(x * w).sum()]]
    assert stamped.shape == (5, 5)
    nearest, bilinear = outputs("UpSampling2D 2×")
    assert nearest.shape == bilinear.shape == (6, 6)
    np.testing.assert_array_equal(*outputs("U-Net: 2 → 4"))
    np.testing.assert_allclose(*outputs("DCGAN 4×4"))
    mean, total = outputs("Average of 2×2")
    np.testing.assert_allclose(4 * mean, total)
    assert outputs("n3 k3 s2: 3 → 7")[0].shape == (7, 7)


@pytest.mark.parametrize(("channels", "same"), [(1, True), (3, False)])
def test_pytorch_and_tensorflow_shuffle_several_channels_in_different_orders(
    channels: int, same: bool
) -> None:
    x = np.arange(4.0 * channels).reshape(-1, 1, 1)
    tensorflow = x.reshape(2, 2, channels, 1, 1).transpose(2, 3, 0, 4, 1).reshape(channels, 2, 2)
    assert np.array_equal(pixel_shuffle(x, 2), tensorflow) == same
    assert "different orders" in OPERATIONS["Pixel shuffle"].claim


def test_the_notes_of_examples_and_presets_count_right() -> None:
    notes = {example.label: example.preset for example in EXAMPLES}
    preset = PRESETS["1×1, stride 2"]
    layer = preset.choice.layer
    holes = (
        f"{(overlap_count(layer.geometry) == 0).sum()} of {np.prod(layer.geometry.output_shape)}"
    )
    unread = re.findall(r"\d+ of \d+", OPERATIONS["Convolution"].measure(layer).lost)
    assert re.findall(r"\d+ of \d+", preset.note) == [holes]
    assert re.findall(r"\d+ of \d+", notes[preset.label].note) == [*unread, holes]
    layer = notes["n3 k3 s2: 3 → 7"].choice.layer  # one keeps each cell, the other the corners
    stamped = fast("Transposed convolution", layer)
    np.testing.assert_array_equal(stamped[1::2, 1::2], layer.input)
    impulses = np.eye(layer.input.size).reshape(-1, *layer.input.shape)
    kept = [(upsample_bilinear(each[np.newaxis], 2) == 1).any() for each in impulses]
    assert np.flatnonzero(kept).tolist() == [0, 2, 6, 8]
