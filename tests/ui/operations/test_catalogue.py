"""What the Operations page says of each operation, against what the operation does."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tconv_core import (
    GeometryError,
    overlap_count,
    pixel_shuffle,
    trace_conv,
    trace_max_pool,
    trace_scatter,
    trace_upsample_bilinear,
    upsample_bilinear,
)
from tconv_ui.layer import PRESETS, Layer, preset_layer
from tconv_ui.operations.catalogue import OPERATIONS, size_equation
from tconv_ui.operations.examples import EXAMPLES
from tconv_ui.operations.facts import Facts
from tconv_ui.operations.layers import dilated_geometry, phase_channels
from tconv_ui.palette import LIGHT
from tests.ui.operations.cases import fast, layers, pairs

NAMES = list(OPERATIONS)


def facts_of(name: str, layer: Layer) -> Facts:
    """The facts, of a layer whose settings fit."""
    assume(name != "Pixel shuffle" or len(set(pairs(layer)["stride"])) == 1)
    return OPERATIONS[name].measure(layer)


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


@pytest.mark.parametrize("name", NAMES)
def test_the_formula_in_letters_is_the_one_with_numbers(name: str) -> None:
    letters = OPERATIONS[name].size_formula()
    assert "$" not in letters
    assert not re.search(r"\\cdot[a-z]", letters)
    facts = OPERATIONS[name].measure(preset_layer(PRESETS["3×3, stride 2"]))
    used = set(re.findall(r"(?<![\\a-z])[nkspdrm](?![a-z])", letters))
    assert used <= facts.numbers[0].keys()
    assert {"n", "m"} & used
    assert "s" in used


def test_an_entry_per_operation_and_no_two_alike() -> None:
    assert len(OPERATIONS) == 9
    assert len({operation.torch for operation in OPERATIONS.values()}) == 9
    for operation in OPERATIONS.values():
        assert operation.claim.endswith(".")
        assert operation.torch in operation.names
        assert "``" not in operation.names


@given(layers())
def test_work_is_what_the_steps_do(layer: Layer) -> None:
    facts = facts_of("Convolution", layer)
    told = pairs(layer)
    plain = {name: told[name] for name in ("stride", "padding")}
    steps = trace_conv(layer.input, layer.kernel, **plain).steps
    assert facts.multiply_adds == sum(step.terms.size for step in steps)
    dilated = facts_of("Dilated convolution", layer)
    geometry = dilated_geometry(layer)
    spread = (geometry.rows.dilation, geometry.cols.dilation)
    steps = trace_conv(layer.input, layer.kernel, dilation=spread, **plain).steps
    assert dilated.multiply_adds == sum(step.terms.size for step in steps)
    stamps = trace_scatter(layer.input, layer.kernel, layer.geometry).steps
    transposed = facts_of("Transposed convolution", layer)
    assert transposed.multiply_adds == sum(step.stamp.size for step in stamps)
    assert transposed.parameters == facts.parameters == dilated.parameters == layer.kernel.size
    blends = trace_upsample_bilinear(layer.input, told["stride"]).steps
    bilinear = facts_of("Bilinear upsampling", layer)
    assert bilinear.multiply_adds == sum(step.terms.size for step in blends)
    assert bilinear.parameters == 0


@given(layers())
def test_pooling_loses_what_it_says(layer: Layer) -> None:
    facts = facts_of("Max pooling", layer)
    told = pairs(layer)
    trace = trace_max_pool(layer.input, layer.kernel.shape, told["stride"], told["padding"])
    comparisons = sum(step.terms.size - 1 for step in trace.steps)
    assert facts.other_work.startswith(f"{comparisons:,} comparison")
    won, read = set(), np.zeros_like(trace.padded, bool)
    for step in trace.steps:
        read[step.padded_window] = True
        top, left = (window.start for window in step.padded_window)
        row, col = np.unravel_index(step.terms.argmax(), step.terms.shape)
        won.add((top + row, left + col))
    lost = layer.input.size - len(won)
    unread = int((~read[np.isfinite(trace.padded)]).sum())
    beaten = f"{lost - unread} of {layer.input.size} values, those under the maximum"
    assert facts.lost.startswith(beaten if lost > unread else "Nothing of what it reads")
    never = re.search(r"(\d+) of \d+ (?:is|are) never read", facts.lost)
    assert unread == (int(never[1]) if never else 0)
    unpooled = facts_of("Max-unpooling", layer)
    told_so = f"{lost} of {layer.input.size} cells stay zero" if lost else "Nothing"
    assert told_so in unpooled.lost


@given(layers())
def test_the_transposed_convolution_says_what_its_crop_takes(layer: Layer) -> None:
    geometry = layer.geometry
    ones = np.ones(geometry.full_shape)
    rows, cols = (
        slice(max(axis.crop[0], 0), axis.full_size - max(axis.crop[1], 0))
        for axis in (geometry.rows, geometry.cols)
    )
    ones[rows, cols] = 0
    lost = OPERATIONS["Transposed convolution"].measure(layer).lost
    told = re.findall(r"(\d+) of (\d+) cells of the full output", lost) or [(0, ones.size)]
    assert tuple(map(int, told[0])) == (ones.sum(), ones.size)


def test_cells_that_no_window_reads_are_counted() -> None:
    layer = preset_layer(PRESETS["1×1, stride 2"])
    facts = OPERATIONS["Convolution"].measure(layer)
    assert (overlap_count(layer.geometry) == 0).sum() == 16
    assert facts.lost.endswith("5 of 9 are never read.")


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
    ramp = preset_layer(PRESETS["Ramp 1×4"])
    with pytest.raises(GeometryError, match="the strides are 1 and 2: set both to 1"):
        OPERATIONS["Pixel shuffle"].measure(ramp)
    with pytest.raises(GeometryError, match="use a padding of at least 2"):
        OPERATIONS["Dilated convolution"].measure(preset_layer(PRESETS["DCGAN 4×4"]))


def test_dilation_1_is_raised_and_said() -> None:
    layer = preset_layer(PRESETS["3×3, stride 2"])
    facts = OPERATIONS["Dilated convolution"].measure(layer)
    assert "2 is used here" in facts.note
    assert "9 taps as before, over 5 × 5 cells" in facts.note


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.label)
def test_every_example_can_be_played(example: object) -> None:
    assert example in EXAMPLES
    layer = preset_layer(example.preset)  # type: ignore[attr-defined]
    for name in (example.left, example.right):  # type: ignore[attr-defined]
        assert OPERATIONS[name].measure(layer).output_shape == fast(name, layer).shape


def test_the_worked_numbers() -> None:
    by_label = {example.label: example for example in EXAMPLES}

    def outputs(label: str) -> tuple[np.ndarray, np.ndarray]:
        example = by_label[label]
        layer = preset_layer(example.preset)
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


@settings(max_examples=30)
@given(st.sampled_from(NAMES), layers())
def test_facts_are_sentences(name: str, layer: Layer) -> None:
    facts = facts_of(name, layer)
    for text in filter(None, (facts.lost, facts.note)):
        assert text == text.strip()
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")
        assert not re.search(r"(?<!× )\b1 (?!of\b)\w+s\b(?! (?:are|is))", text), text


@settings(max_examples=60)
@given(layer=layers())
def test_what_the_shuffled_channels_are_is_said_as_it_is(layer: Layer) -> None:
    facts = facts_of("Pixel shuffle", layer)
    shuffled = fast("Pixel shuffle", layer)
    output = trace_scatter(layer.input, layer.kernel, layer.geometry).output
    if facts.note.endswith("Shuffled, they are the transposed convolution."):
        np.testing.assert_allclose(shuffled, output, atol=1e-9)
        return
    made, common, whole = re.findall(r"(\d+) × (\d+)", facts.note)[-3:]
    assert (tuple(map(int, made)), tuple(map(int, whole))) == (shuffled.shape, output.shape)
    window = tuple(slice(int(side)) for side in common)
    np.testing.assert_allclose(shuffled[window], output[window], atol=1e-9)
    assert tuple(map(int, common)) == tuple(map(min, shuffled.shape, output.shape))


@pytest.mark.parametrize(("channels", "same"), [(1, True), (3, False)])
def test_pytorch_and_tensorflow_shuffle_several_channels_in_different_orders(
    channels: int, same: bool
) -> None:
    x = np.arange(4.0 * channels).reshape(-1, 1, 1)
    tensorflow = x.reshape(2, 2, channels, 1, 1).transpose(2, 3, 0, 4, 1).reshape(channels, 2, 2)
    assert np.array_equal(pixel_shuffle(x, 2), tensorflow) == same
    assert "different orders" in OPERATIONS["Pixel shuffle"].claim


@pytest.mark.parametrize("name", ["Convolution", "Dilated convolution", "Bilinear upsampling"])
@given(layer=layers())
def test_nothing_is_said_to_be_lost_exactly_where_what_is_read_can_be_read_back(
    name: str, layer: Layer
) -> None:
    facts = facts_of(name, layer)
    if name == "Bilinear upsampling":
        same = pairs(layer)["stride"] == (1, 1)
        assert facts.lost.startswith("Nothing") == same
        assert not same or np.array_equal(fast(name, layer), layer.input)
    elif facts.lost.startswith("Nothing"):
        cells = np.eye(layer.input.size).reshape(-1, *layer.input.shape)
        made = [fast(name, replace(layer, input=cell)).ravel() for cell in cells]
        read = sum(bool(each.any()) for each in made)
        assert np.linalg.matrix_rank(np.stack(made)) == read
        assert "never read" in facts.lost or read == layer.input.size
    else:
        assert layer.kernel.size > 1 or not layer.kernel.any() or "become" in facts.lost


def test_the_notes_of_examples_and_presets_count_right() -> None:
    notes = {example.label: example.preset for example in EXAMPLES}
    preset = PRESETS["1×1, stride 2"]
    layer = preset_layer(preset)
    holes = (
        f"{(overlap_count(layer.geometry) == 0).sum()} of {np.prod(layer.geometry.output_shape)}"
    )
    unread = re.findall(r"\d+ of \d+", OPERATIONS["Convolution"].measure(layer).lost)
    assert re.findall(r"\d+ of \d+", preset.note) == [holes]
    assert re.findall(r"\d+ of \d+", notes[preset.label].note) == [*unread, holes]
    layer = preset_layer(notes["n3 k3 s2: 3 → 7"])  # one keeps each cell, the other the corners
    stamped = fast("Transposed convolution", layer)
    np.testing.assert_array_equal(stamped[1::2, 1::2], layer.input)
    impulses = np.eye(layer.input.size).reshape(-1, *layer.input.shape)
    kept = [(upsample_bilinear(each[np.newaxis], 2) == 1).any() for each in impulses]
    assert np.flatnonzero(kept).tolist() == [0, 2, 6, 8]
