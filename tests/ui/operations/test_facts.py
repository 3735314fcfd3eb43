"""What is said of an operation on a layer, against what the operation does with it."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tconv_core import (
    overlap_count,
    trace_conv,
    trace_max_pool,
    trace_scatter,
    trace_upsample_bilinear,
)
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import dilated_geometry
from tconv_ui.layer.presets import PRESETS
from tconv_ui.operations.catalogue import OPERATIONS
from tests.ui.operations.cases import facts_of, fast, layers, pairs

NAMES = list(OPERATIONS)


@given(layers())
def test_work_is_what_the_steps_do(layer: Layer) -> None:
    facts = facts_of("Convolution", layer)
    told = pairs(layer)
    plain = {name: told[name] for name in ("stride", "padding")}
    steps = trace_conv(layer.input, layer.kernel, **plain).steps
    assert facts.multiply_adds == sum(step.terms.size for step in steps)
    dilated = facts_of("Dilated convolution", layer)
    geometry = dilated_geometry(layer)
    spread = geometry.dilation
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
    layer = PRESETS["1×1, stride 2"].choice.layer
    facts = OPERATIONS["Convolution"].measure(layer)
    assert (overlap_count(layer.geometry) == 0).sum() == 16
    assert facts.lost.endswith("5 of 9 are never read.")


def test_dilation_1_is_raised_and_said() -> None:
    layer = PRESETS["3×3, stride 2"].choice.layer
    facts = OPERATIONS["Dilated convolution"].measure(layer)
    assert "2 is used here" in facts.note
    assert "9 taps as before, over 5 × 5 cells" in facts.note


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
