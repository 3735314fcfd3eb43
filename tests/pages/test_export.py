"""Export: every format on offer, nothing drawn before it is asked for, bad links answered."""

from __future__ import annotations

import ast
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.pages.lab import Lab, check_player, check_step_page

FORMATS = ["GIF", "WebP", "PNG", "CSV", "NPZ", "PyTorch", "Keras"]


def labels(lab: Lab, kind: str) -> list[str]:
    return [element.proto.label for element in lab.at.get(kind)]


def downloads(lab: Lab) -> list[str]:
    return [label for label in labels(lab, "download_button") if label.startswith("Download")]


def kept(lab: Lab, key: str = "export") -> Image.Image:
    """The animation that was drawn."""
    _, animation = lab.at.session_state[f"{key}_file"]
    return Image.open(BytesIO(animation.data))


def draw(lab: Lab, key: str = "export") -> None:
    lab.at.button(key=f"{key}_draw").click()
    lab.run()


@pytest.mark.parametrize("chosen", FORMATS[2:])
def test_a_link_opens_a_format(chosen: str) -> None:
    lab = Lab(link={"export": chosen})
    assert lab.notes == []
    (label,) = downloads(lab)
    assert chosen in label
    check_step_page(lab)


def test_nothing_is_drawn_before_it_is_asked_for() -> None:
    assert [group for group in Lab().at.get("button_group") if group.key == "export"] == []
    lab = Lab(link={"export": "GIF"})
    assert downloads(lab) == []
    assert "export_file" not in lab.at.session_state
    assert lab.buttons("export").options == FORMATS


@pytest.mark.parametrize("kind", ["GIF", "WebP"])
def test_an_animation_is_drawn_kept_and_dropped_when_the_layer_changes(kind: str) -> None:
    lab = Lab(link={"export": kind, "size": "2"})
    draw(lab)
    (label,) = downloads(lab)
    assert label.startswith(f"Download the {kind}, ")
    assert kept(lab).n_frames == 5
    lab.run()
    assert downloads(lab) == [label]
    lab.slide(stride=3)
    assert downloads(lab) == []
    assert "export_file" not in lab.at.session_state
    draw(lab)
    assert len(downloads(lab)) == 1


def test_a_wider_animation_is_another_one() -> None:
    lab = Lab(link={"size": "2", "export_width": "960"})
    draw(lab)
    assert kept(lab).width == 960
    lab.press("export_width", "480")
    assert downloads(lab) == []


def test_what_is_too_large_is_drawn_narrower_and_said_so() -> None:
    lab = Lab(link={"size": "16", "export_width": "960"})
    draw(lab)
    assert kept(lab).width == 480
    assert any("129 frames are too many for 960 pixels" in text for text in lab.texts)


@pytest.mark.parametrize(("link", "step"), [({}, 5), ({"step": "7"}, 7), ({"step": "999"}, 9)])
def test_the_picture_is_of_the_step_in_view(link: dict[str, str], step: int) -> None:
    lab = Lab(link={"export": "PNG", **link})
    assert f"Step {step} of 9, where the player rests." in lab.texts


def test_before_the_first_step_there_is_a_picture_too() -> None:
    lab = Lab(link={"export": "PNG", "step": "0"})
    assert "The scene before its first step, where the player rests." in lab.texts
    assert downloads(lab) == ["Download the PNG"]


@pytest.mark.parametrize("framework", ["PyTorch", "Keras"])
def test_the_programs_follow_the_layer(framework: str) -> None:
    lab = Lab(link={"export": framework, "size": "4", "stride": "3", "dilation": "2"})
    (code,) = lab.at.code
    ast.parse(code.value)
    assert "(3, 3)" in code.value
    said = [text for text in lab.texts if text.startswith("Prints the player's output.")]
    assert len(said) == 1
    assert ("Zeros between" in said[0]) == (framework == "Keras")
    lab.slide(stride=1)
    assert code.value != lab.at.code[0].value
    check_player(lab)


@pytest.mark.parametrize(
    "raw", ["exe", "![](//a.bc/d)", "9" * 400, "gif; PNG", "[" * 3000, "\x00\u202e"]
)
def test_a_bad_link_is_answered_in_words(raw: str) -> None:
    lab = Lab(link={"export": raw, "export_width": raw})
    (note,) = lab.notes
    assert "one of GIF, WebP, PNG" in note
    assert "one of 480, 960" in note
    assert "](" not in note.replace(f"`{raw[:20]}`", "")
    assert lab.buttons("export").value == "GIF"
    check_step_page(lab)


BUILDING = {"section": "Watch it build", "count_export": "GIF"}


def test_the_overlap_player_exports_its_own_scene() -> None:
    lab = Lab("Overlap", {**BUILDING, "size": "2", "padding": "0"})
    assert lab.buttons("count_export").options == FORMATS[:5]
    draw(lab, "count_export")
    image = kept(lab, "count_export")
    assert image.n_frames == 5
    assert np.asarray(image.convert("RGB")).shape[1] == 480


@pytest.mark.parametrize("reading", ["Gather", "Matrix"])
def test_the_reading_that_is_chosen_is_the_one_that_is_drawn(reading: str) -> None:
    link = {"readings": ["Scatter", "Gather", "Matrix"], "export": "NPZ", "size": "2"}
    lab = Lab(link=link)
    assert lab.buttons("export_reading").options == ["Scatter", "Gather", "Matrix"]
    lab.press("export_reading", reading)
    lab.press("export", "GIF")
    draw(lab)
    first = kept(lab).copy()
    assert kept(lab).n_frames == 5
    lab.press("export_reading", "Scatter")
    assert downloads(lab) == []
    draw(lab)
    assert kept(lab).size != first.size


def test_one_reading_is_not_asked_for() -> None:
    lab = Lab(link={"readings": "Matrix", "export": "PNG"})
    assert "export_reading" not in lab.at.session_state
    assert downloads(lab) == ["Download the PNG"]


def test_channels_are_drawn_with_the_bias_as_a_frame_of_its_own() -> None:
    link = {"channels_in": "2", "channels_out": "2", "bias": "true", "size": "2"}
    lab = Lab(link={**link, "export": "GIF"})
    draw(lab)
    assert kept(lab).n_frames == 4 + 1 + 1


def test_a_reading_that_is_not_on_screen_is_answered_in_words() -> None:
    lab = Lab(link={"readings": ["Scatter", "Gather"], "export_reading": "Matrix"})
    (note,) = lab.notes
    assert "export_reading=`Matrix` is not one of Scatter, Gather" in note
