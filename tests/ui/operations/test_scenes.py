"""The operations' scenes, played back without a browser, against the fast operators."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from hypothesis import assume, given, settings
from numpy.lib.stride_tricks import sliding_window_view

from tconv_core import Geometry, GeometryError
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.other_operations import phase_channels
from tconv_ui.operations.catalogue import OPERATIONS
from tconv_ui.operations.scene_parts import MOST_STEPS
from tconv_ui.operations.scenes import operation_scene
from tconv_ui.player.payload import encode
from tests.ui.operations.cases import fast, layers, pairs
from tests.ui.reading import Payload, decode

NAMES = list(OPERATIONS)


def payload_of(name: str, layer: Layer) -> Payload:
    """The payload, of a layer whose settings fit."""
    assume(name != "Pixel shuffle" or len(set(pairs(layer)["stride"])) == 1)
    return decode(encode(operation_scene(name, layer)))


def near(layer: Layer) -> float:
    return 1e-6 * float(1 + np.abs(layer.input).sum() * max(np.abs(layer.kernel).max(), 1))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=50)
@given(layer=layers())
def test_playing_all_steps_gives_the_fast_operators_output(name: str, layer: Layer) -> None:
    payload = payload_of(name, layer)
    expected = fast(name, layer)
    output = payload.output()
    assert output.shape == expected.shape == OPERATIONS[name].measure(layer).output_shape
    np.testing.assert_allclose(output, expected, rtol=0, atol=near(layer))
    assert payload.header["steps"] <= MOST_STEPS
    for step in range(payload.header["steps"]):
        for channel in payload.header["channels"]:
            payload.window(step, channel)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30)
@given(layer=layers())
def test_nothing_sent_is_infinite_or_unnamed(name: str, layer: Layer) -> None:
    payload = payload_of(name, layer)
    assert "Infinity" not in json.dumps(payload.header)
    assert "NaN" not in json.dumps(payload.header)
    for buffer in payload.buffers.values():
        assert not np.isinf(buffer).any()
    shown = [np.nanmax(np.abs(grid)) for grids in payload.frames() for grid in grids]
    assert payload.header["limit"] > 0
    assert max(shown) * (1 - 1e-5) <= max(payload.header["limit"], 1e-9)
    header = payload.header
    names = {channel["name"] for channel in header["channels"]}
    assert len(names) == len(header["channels"])
    asked = [*header["captions"], *(grid["title"] + grid["subtitle"] for grid in header["grids"])]
    found = re.findall(r"\{(\w+)\.(\w+)\}", " ".join(asked))
    assert {each for each, _ in found} <= names
    assert {part for _, part in found} <= {"name", "value", "rows", "cols"}
    valued = {each for each, part in found if part == "value"}
    for channel in header["channels"]:
        if channel["name"] in valued:
            assert header["grids"][channel["grid"]]["values"] is not None
    roles = [grid["role"] for grid in header["grids"]]
    assert len(roles) == len(set(roles))


@given(layers())
def test_a_convolutions_products_are_its_window_times_the_kernel(layer: Layer) -> None:
    payload = payload_of("Convolution", layer)
    padding = [(each, each) for each in pairs(layer)["padding"]]
    padded = np.pad(layer.input, padding)
    np.testing.assert_allclose(payload.values("input"), padded, rtol=1e-6)
    rows, cols = pairs(layer)["stride"]
    windows = sliding_window_view(padded, layer.kernel.shape)[::rows, ::cols]
    products = (windows * layer.kernel).reshape(-1, *layer.kernel.shape)
    np.testing.assert_allclose(payload.patches("products"), products, atol=near(layer))
    (window,) = [each for each in payload.header["channels"] if each["name"] == "window"]
    for step, product in enumerate(products):
        read = payload.values("input")[payload.window(step, window)]
        np.testing.assert_allclose(read * layer.kernel, product, atol=near(layer))
    frame = payload.grid("input")["frame"]
    (top, _), (left, _) = padding
    if top or left:
        assert (frame["row"], frame["col"]) == (top, left)
        assert (frame["rows"], frame["cols"]) == layer.input.shape
    else:
        assert frame is None


@given(layers())
def test_the_winner_of_a_window_is_its_largest_cell(layer: Layer) -> None:
    payload = payload_of("Max pooling", layer)
    top, left = pairs(layer)["padding"]
    height, width = layer.input.shape
    shown = payload.values("input")
    np.testing.assert_array_equal(shown[top : top + height, left : left + width], layer.input)
    assert np.isnan(shown).sum() == shown.size - layer.input.size
    channels = {channel["name"]: channel for channel in payload.header["channels"]}
    for step, contents in enumerate(payload.patches("copy")):
        window = shown[payload.window(step, channels["window"])]
        np.testing.assert_array_equal(window, contents)
        found = shown[payload.window(step, channels["found"])].item()
        assert found == np.nanmax(window) == payload.patches("landing")[step].item()
        assert contents[payload.window(step, channels["winner"])].item() == found


@given(layers())
def test_every_cell_of_a_spread_window_is_framed(layer: Layer) -> None:
    payload = payload_of("Dilated convolution", layer)
    channels = {channel["name"]: channel for channel in payload.header["channels"]}
    taps = [channel for name, channel in channels.items() if name.startswith("tap")]
    assert len(taps) == layer.kernel.size
    for step in range(payload.header["steps"]):
        read = np.zeros(payload.values("input").shape, int)
        for tap in taps:
            read[payload.window(step, tap)] += 1
        expected = np.zeros_like(read)
        expected[payload.window(step, channels["window"])] = 1
        np.testing.assert_array_equal(read, expected)


@given(layers())
def test_shuffled_channels_stand_apart(layer: Layer) -> None:
    payload = payload_of("Pixel shuffle", layer)
    r = pairs(layer)["stride"][0]
    height, width = layer.input.shape
    shown = payload.values("input")
    assert np.isnan(shown).sum() == shown.size - r * r * height * width
    for (a, b), channel in zip(np.ndindex(r, r), phase_channels(layer), strict=True):
        top, left = a * (height + 1), b * (width + 1)
        block = shown[top : top + height, left : left + width]
        np.testing.assert_allclose(block, channel, rtol=1e-5, atol=near(layer))


def layer_of(size: int, kernel: int, **settings: int) -> Layer:
    geometry = Geometry.from_torch(size, kernel, **settings)
    return Layer(geometry, np.ones((size, size)), np.ones((kernel, kernel)))


@pytest.mark.parametrize(
    ("name", "layer", "words"),
    [
        (
            "Bilinear upsampling",
            layer_of(16, 3, stride=2),
            r"32 × 32 cells would be 1,024 steps, and 400 .* a smaller input or stride",
        ),
        (
            "Convolution",
            layer_of(16, 1, padding=7),
            r"30 × 30 cells would be 900 steps, .* a larger stride",
        ),
    ],
)
def test_more_steps_than_a_player_holds_are_refused(name: str, layer: Layer, words: str) -> None:
    with pytest.raises(GeometryError, match=words):
        operation_scene(name, layer)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("padding", [0, 4])
def test_the_largest_scene_stays_light(name: str, padding: int) -> None:
    for size, stride in ((16, 1), (8, 2), (4, 5), (16, 5)):
        try:
            data = encode(operation_scene(name, layer_of(size, 9, stride=stride, padding=padding)))
        except GeometryError:
            continue
        assert len(data) <= 160_000
