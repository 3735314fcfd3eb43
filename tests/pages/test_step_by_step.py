"""The Step by step page: which readings are shown, how they walk, and how equal they are."""

from __future__ import annotations

import numpy as np
import pytest

from tconv_core import conv_transpose2d, convolution_matrix, trace_gather, trace_scatter
from tconv_ui.player.readings import BY_OUTPUT, READINGS, scientific
from tests.pages.lab import Lab, check_player
from tests.ui.reading import Payload, decode_all

ALL = {"readings": list(READINGS)}
BUDGET = 150_000


def scenes(lab: Lab) -> dict[str, Payload]:
    return {payload.header["title"]: payload for payload in decode_all(lab.sent.bytes)}


def check_readings(lab: Lab, *names: str) -> None:
    """The readings named play to the output that the sliders describe."""
    found = scenes(lab)
    assert list(found) == list(names)
    x = np.array(found["Scatter"].values("input"), np.float64)
    kernel = np.array(found["Scatter"].values("kernel"), np.float64)
    wanted = conv_transpose2d(x[np.newaxis], kernel[np.newaxis, np.newaxis], **lab.settings())[0]
    for payload in found.values():
        np.testing.assert_allclose(payload.output(), wanted, rtol=1e-5, atol=1e-5)


def test_the_stamps_come_first() -> None:
    lab = Lab()
    assert list(scenes(lab)) == ["Scatter"]
    assert lab.buttons("walk").value == "By input cell"
    assert lab.at.toggle(key="symbolic").value is False
    check_player(lab)


def test_readings_are_switched_on_and_off() -> None:
    lab = Lab()
    lab.buttons("readings").set_value(["Scatter", "Matrix"])
    lab.run()
    check_readings(lab, "Scatter", "Matrix")
    lab.buttons("readings").set_value(["Matrix", "Gather", "Scatter"])
    lab.run()
    check_readings(lab, *READINGS)
    lab.buttons("readings").set_value([])
    lab.run()
    check_readings(lab, "Scatter")


@pytest.mark.parametrize("symbolic", ["true", "false"])
def test_a_link_opens_readings_walk_and_letters(symbolic: str) -> None:
    lab = Lab(link={**ALL, "walk": BY_OUTPUT, "symbolic": symbolic, "step": "7", "pin": "1,2"})
    check_readings(lab, *READINGS)
    for payload in scenes(lab).values():
        assert payload.steps == 25
        assert payload.header["symbols"] is (symbolic == "true")
        assert payload.header["links"]["clock"] == "target"
        assert (payload.start, payload.pin) == (7, [1, 2])
    assert lab.notes == []


def test_the_walk_and_the_layer_change_together() -> None:
    lab = Lab(link=ALL)
    lab.press("walk", BY_OUTPUT)
    lab.slide(size=5, stride=1, dilation=2)
    check_readings(lab, *READINGS)
    assert {payload.steps for payload in scenes(lab).values()} == {49}


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"readings": "Inverse"}, "readings=`Inverse` is not one of Scatter, Gather, Matrix"),
        ({"walk": "backwards"}, "walk=`backwards` is not one of By input cell, By output cell"),
        ({"symbolic": "perhaps"}, "symbolic=`perhaps` is not true or false"),
    ],
)
def test_what_a_link_cannot_mean_is_said(link: dict[str, str], said: str) -> None:
    lab = Lab(link=link)
    (note,) = lab.notes
    assert said in note
    check_player(lab)


def test_the_badge_says_the_largest_difference_there_is() -> None:
    lab = Lab(link={"size": "5", "kernel": "4", "weights": "gaussian", "input": "random"})
    x, w = lab.layer.input, lab.layer.kernel
    geometry = lab.geometry
    product = convolution_matrix(w, geometry).T @ x.ravel()
    outputs = [
        trace_scatter(x, w, geometry).output,
        trace_gather(x, w, geometry).output,
        product.reshape(geometry.output_shape),
    ]
    pairs = [np.abs(a - b).max() for a in outputs for b in outputs]
    largest = max(pairs) / max(1.0, *(np.abs(output).max() for output in outputs))
    assert 0 < largest <= 1e-12
    told = f"scatter = gather = matrix; largest difference {scientific(largest)}"
    assert f":green-badge[:material/check: Equal to 1e−12] :small[{told}]" in lab.texts


def test_what_is_too_large_is_left_out_in_one_note() -> None:
    link = {"size": "16", "kernel": "9", "stride": "5", "padding": "0", "symbolic": "true"}
    lab = Lab(link={**ALL, **link, "walk": BY_OUTPUT})
    (note,) = lab.notes
    assert "The matrix is left out: 7,056 output cells × 256 input cells" in note
    assert "The walk goes by input cell" in note
    assert "letters are for inputs up to 4 × 4" in note
    check_readings(lab, "Scatter", "Gather")
    assert any(":small[scatter = gather; " in text for text in lab.texts)


@pytest.mark.parametrize("walk", ["By input cell", BY_OUTPUT])
@pytest.mark.parametrize("stride", ["1", "2", "5"])
def test_three_readings_stay_light(stride: str, walk: str) -> None:
    link = {"size": "8", "kernel": "5", "stride": stride, "padding": "0", "input": "random"}
    lab = Lab(link={**ALL, **link, "weights": "random", "walk": walk})
    check_readings(lab, *READINGS)
    assert lab.sent.ByteSize() <= BUDGET


def test_uneven_axes_play_too() -> None:
    link = {"linked": "false", "size_cols": "1", "kernel_cols": "4", "stride_cols": "3"}
    lab = Lab(link={**ALL, **link, "padding_cols": "0", "output_padding_cols": "1"})
    check_readings(lab, *READINGS)
    lab.press("walk", BY_OUTPUT)
    check_readings(lab, *READINGS)


# Channels -------------------------------------------------------------------------------------


def check_channels(lab: Lab, ins: int, outs: int) -> None:
    """The player holds that many grids, and its outputs are those of its own numbers."""
    (payload,) = decode_all(lab.sent.bytes)
    board = payload.header["layout"]["board"]
    grids = payload.header["grids"]
    assert len(board["results"]) == outs
    x = np.stack([payload.values_of(grid) for grid in grids if grid["symbol"] == "x"])
    kernels = [payload.values_of(grid) for grid in grids if grid["symbol"] == "w"]
    weight = np.stack(kernels).reshape(ins, outs, *kernels[0].shape).astype(np.float64)
    biases = [payload.values_of(grid)[0, 0] for grid in grids if grid["symbol"].startswith("b")]
    assert len(x) == ins
    wanted = conv_transpose2d(x.astype(np.float64), weight, bias=biases or None, **lab.settings())
    *_, last = payload.frames()
    for at, output in zip(board["results"], wanted, strict=True):
        frame = grids[at]["frame"]
        rows = slice(frame["row"], frame["row"] + frame["rows"])
        cols = slice(frame["col"], frame["col"] + frame["cols"])
        np.testing.assert_allclose(last[at][rows, cols], output, rtol=1e-5, atol=1e-5)


def test_without_channels_nothing_changes() -> None:
    lab = Lab(link={"channels_in": "1", "channels_out": "1", "bias": "false"})
    assert lab.sent.bytes == Lab().sent.bytes
    assert lab.notes == []


def test_channels_are_added_and_taken_away() -> None:
    lab = Lab()
    before = lab.sent.bytes
    lab.press("channels_in", 3)
    check_channels(lab, 3, 1)
    lab.press("channels_out", 2)
    check_channels(lab, 3, 2)
    lab.at.toggle(key="bias").set_value(True)
    lab.run()
    check_channels(lab, 3, 2)
    lab.slide(size=4, stride=3)
    check_channels(lab, 3, 2)
    assert any("w[0,0] is the layer's kernel" in text for text in lab.texts)
    assert any("Equal to 1e−12" in text for text in lab.texts)
    lab.press("channels_in", 1)
    lab.press("channels_out", 1)
    lab.at.toggle(key="bias").set_value(False)
    lab.slide(size=3, stride=2)
    assert lab.sent.bytes == before


def test_a_link_opens_channels_at_a_step_with_a_pin() -> None:
    link = {"channels_in": "2", "channels_out": "3", "bias": "true", "step": "10", "pin": "4,0,2"}
    lab = Lab(link=link)
    check_channels(lab, 2, 3)
    (payload,) = decode_all(lab.sent.bytes)
    assert (payload.start, payload.pin, payload.steps) == (10, [4, 0, 2], 10)
    assert lab.notes == []


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"channels_in": "4"}, "channels_in=`4` is not one of 1, 2, 3"),
        ({"channels_out": "1e999"}, "channels_out=`1e999` is not one of 1, 2, 3"),
        ({"bias": "maybe"}, "bias=`maybe` is not true or false"),
        ({"bias": "true", "size": "7"}, "One channel without a bias is shown"),
        ({"channels_in": "2", "size": "7"}, "an input of 7 × 7 could not be read; up to 6 × 6 can"),
        ({"channels_out": "2", "walk": BY_OUTPUT}, "the stamps are shown, by input cell"),
        ({"bias": "true", "readings": "Matrix"}, "other readings are drawn for one channel"),
    ],
)
def test_what_channels_cannot_be_is_said(link: dict[str, str], said: str) -> None:
    lab = Lab(link=link)
    (note,) = lab.notes
    assert said in note
    if "size" in link:
        assert "board" not in decode_all(lab.sent.bytes)[0].header["layout"]


@pytest.mark.parametrize("framework", ["PyTorch", "Keras"])
def test_the_programs_hold_all_channels_and_the_bias(framework: str) -> None:
    lab = Lab(link={"channels_in": "2", "channels_out": "3", "bias": "true", "export": framework})
    (code,) = lab.at.code
    assert "bias=True" in code.value
    assert "[1.0, -1.0, 0.5]" in code.value
    assert "(channels, rows, cols)" in code.value.replace("(batch, channels", "(channels")


def test_the_largest_layer_with_channels_stays_light() -> None:
    link = {"channels_in": "3", "channels_out": "3", "bias": "true", "input": "random"}
    lab = Lab(link={**link, "size": "6", "kernel": "5", "padding": "0", "weights": "random"})
    check_channels(lab, 3, 3)
    assert lab.sent.ByteSize() <= BUDGET
