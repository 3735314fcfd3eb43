"""The Operations page: two players on one input, their facts, the examples, the round trip."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tconv_ui.layer.layer import Layer
from tconv_ui.operations.catalogue import OPERATIONS
from tconv_ui.operations.examples import EXAMPLES
from tests.pages.lab import Lab
from tests.ui.operations.cases import fast
from tests.ui.reading import Payload, decode

PAGE = "Operations"


def payloads(lab: Lab) -> list[Payload]:
    return [decode(found.bytes) for found in lab.components("tconv_player")]


def layer_of(lab: Lab) -> Layer:
    return lab.layer


def check_players(lab: Lab) -> None:
    """Both players play the operations chosen to what the fast operators make of the input."""
    layer = layer_of(lab)
    shown = payloads(lab)
    assert len(shown) == 2
    for side, payload in zip(("left", "right"), shown, strict=True):
        expected = fast(lab.at.selectbox(key=side).value, layer)
        atol = 1e-5 * max(float(np.abs(expected).max()), 1)
        np.testing.assert_allclose(payload.output(), expected, rtol=1e-5, atol=atol)


def test_the_page_opens_with_a_convolution_beside_its_transpose() -> None:
    lab = Lab(PAGE)
    check_players(lab)
    assert [lab.at.selectbox(key=side).value for side in ("left", "right")] == [
        "Convolution",
        "Transposed convolution",
    ]
    assert any("3 × 3 → **2 × 2**" in text for text in lab.texts)
    assert any("3 × 3 → **5 × 5**" in text for text in lab.texts)
    assert lab.warnings == lab.notes == []


@pytest.mark.parametrize("name", list(OPERATIONS))
def test_each_operation_plays_and_states_its_facts(name: str) -> None:
    lab = Lab(PAGE, {"left": name, "size": "4", "kernel": "2", "output_padding": "1"})
    check_players(lab)
    facts = OPERATIONS[name].measure(layer_of(lab))
    said = next(text for text in lab.texts if text.startswith("**Learnable**"))
    assert facts.lost in said
    assert f"{facts.multiply_adds:,} multiply-add" in said
    assert f"**Ignores** {OPERATIONS[name].ignored}" in said
    assert any(OPERATIONS[name].claim in text for text in lab.texts)
    lab.choose("right", name)
    check_players(lab)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.label)
def test_an_example_sets_the_layer_and_both_operations(example: object) -> None:
    assert example in EXAMPLES
    lab = Lab(PAGE)
    lab.at.button(key=f"example_{example.label}").click()  # type: ignore[attr-defined]
    lab.run()
    assert lab.warnings == lab.notes == []
    preset = example.preset  # type: ignore[attr-defined]
    assert lab.choice.numbers == preset.choice.numbers
    chosen = [lab.at.selectbox(key=side).value for side in ("left", "right")]
    assert chosen == [example.left, example.right]  # type: ignore[attr-defined]
    check_players(lab)


def test_the_worked_pooling_goes_there_and_back() -> None:
    lab = Lab(PAGE)
    lab.at.button(key="example_Max pooling 2×2").click()
    lab.run()
    pooled, back = (payload.output() for payload in payloads(lab))
    assert pooled.tolist() == [[2], [1]]
    assert back.tolist() == [[0, 2], [0, 0], [0, 1], [0, 0]]


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        (
            {"left": "Max pooling", "padding": "2"},
            "Padding 2 is more than half of the kernel size 3: use at most 1.",
        ),
        (
            {"left": "Dilated convolution", "padding": "0"},
            "A kernel that spans 5 cells does not fit into 3 cells padded by 0 on each side: "
            "use a padding of at least 1.",
        ),
        (
            {"left": "Pixel shuffle", "linked": "false", "stride_cols": "3"},
            "A pixel shuffle has one factor for both axes, and the strides are 2 and 3: "
            "set both to 2.",
        ),
        (
            {"left": "Bilinear upsampling", "size": "16"},
            "32 × 32 cells would be 1,024 steps, and 400 are played at most: "
            "use a smaller input or stride.",
        ),
    ],
)
def test_what_does_not_fit_is_one_sentence_and_the_other_side_plays(
    link: dict[str, str], sentence: str
) -> None:
    lab = Lab(PAGE, link)
    assert lab.warnings == [sentence]
    (right,) = payloads(lab)
    expected = fast("Transposed convolution", layer_of(lab))
    np.testing.assert_allclose(right.output(), expected, rtol=1e-5, atol=1e-5)


def test_a_kernel_that_does_not_fit_is_said_at_the_round_trip_too() -> None:
    lab = Lab(PAGE, {"size": "3", "kernel": "5", "padding": "0", "left": "Nearest upsampling"})
    (sentence,) = lab.warnings
    assert "does not fit into 3 cells" in sentence
    check_players(lab)


def test_bad_values_in_a_link_fall_back_and_are_said() -> None:
    lab = Lab(PAGE, {"left": "<b>Softmax</b>", "right": "Max pooling", "right_step": "x9"})
    check_players(lab)
    assert any(
        "left=`<b>Softmax</b>` is not one of Convolution, Transposed" in n for n in lab.notes
    )
    assert any("right_step=`x9`" in note for note in lab.notes)
    assert lab.at.selectbox(key="right").value == "Max pooling"


def test_a_link_opens_each_player_at_its_own_step() -> None:
    lab = Lab(PAGE, {"left_step": "1", "right_step": "7", "right_pin": "1,2"})
    left, right = payloads(lab)
    assert (left.start, right.start) == (1, 7)
    assert (left.pin, right.pin) == (None, [1, 2])


def test_the_round_trip_shows_both_numbers_and_the_sizes_that_collide() -> None:
    lab = Lab(PAGE, {"size": "6", "input": "example"})
    assert any("Input sizes 5 and 6 both become 3" in text for text in lab.texts)
    (adjoint,) = [text for text in lab.texts if "⟨C x, y⟩" in text]
    forward, backward = adjoint.split("**")[1], adjoint.split("**")[3]
    assert forward == backward
    (there,) = [text for text in lab.texts if "The shape comes back" in text]
    assert "6 × 6 becomes 3 × 3 and 6 × 6 again" in there
    lab.ask(lab.words | {"linked": "false", "size_cols": "6", "stride_cols": "1"})
    assert any(text.startswith("Columns: Only input size 6") for text in lab.texts)
    titles = [
        note["text"]
        for chart in lab.at.get("plotly_chart")
        for note in json.loads(chart.proto.spec)["layout"].get("annotations", [])
    ]
    assert "convT(conv(x))<br>6 × 6" in titles


def test_each_player_is_taken_away_with_its_program() -> None:
    link = {"left": "Max pooling", "right": "Max-unpooling", "left_export": "Keras"}
    lab = Lab("Operations", link={**link, "right_export": "Keras", "padding": "0"})
    (code,) = lab.at.code
    assert "MaxPooling2D" in code.value
    assert any(note.startswith("Keras has no layer that puts maxima back") for note in lab.notes)
    lab.press("right_export", "PyTorch")
    assert "max_unpool2d" in lab.at.code[1].value
    lab.press("left_export", "GIF")
    lab.at.button(key="left_export_draw").click()
    lab.run()
    _, animation = lab.at.session_state["left_export_file"]
    assert animation.frames == payloads(lab)[0].steps + 1
