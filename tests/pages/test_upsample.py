"""The upsampling page: the pictures it shows are those of the layer."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tconv_ui.layer.cells import KERNELS
from tconv_ui.pictures.arrays import brightness_gain
from tconv_ui.upsample import panels_component
from tconv_ui.upsample.frames import Frame, place, zoomed
from tests.pages.lab import Lab
from tests.ui.small_pictures import align_input, upsample

PAGE = "Upsample an image"
ALONE = {"methods": "Sidebar kernel"}
FOLDER = Path(__file__).parents[2] / "assets" / "samples"
SAMPLES = {
    "Scene": ("scene", (192, 128)),
    "Text": ("text", (160, 120)),
    "Zone plate": ("zone_plate", (128, 128)),
    "Flat colours": ("flat", (128, 96)),
}
Picture = NDArray[np.uint8]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Picture]]:
    """The pictures sent to the page, in order; the last two are those in view."""
    seen: list[Picture] = []
    encode = panels_component.shown_png

    def noting(picture: Picture) -> bytes:
        seen.append(np.array(picture))
        return encode(picture)

    monkeypatch.setattr(panels_component, "shown_png", noting)
    yield seen
    assert len(seen) >= 2
    assert len(seen) % 2 == 0


def read(name: str) -> Picture:
    with Image.open(FOLDER / f"{SAMPLES[name][0]}.png") as image:
        picture = np.array(image.convert("RGB"))
    assert picture.shape == (*SAMPLES[name][1][::-1], 3)
    return picture


def after(lab: Lab, picture: Picture, *, keep: bool = True) -> Picture:
    """What the layer makes of a picture."""
    name = lab.choice.weights
    kernel = KERNELS[name](lab.geometry.kernel_shape, 0)
    gain = brightness_gain(kernel, lab.geometry) if keep else 1.0
    assert gain is not None
    return upsample(picture, kernel / gain, lab.geometry).picture


def opaque(picture: Picture) -> Picture:
    """Without its alpha where all of it is seen."""
    assert picture.shape[2] == 4
    return picture[..., :3] if picture[..., 3].all() else picture


@dataclass(frozen=True)
class Sent:
    """A panel as it is sent to the browser."""

    name: str
    detail: str
    remark: str
    picture: Picture | None


def sent_panels(lab: Lab) -> tuple[list[Sent], dict[str, Any] | None]:
    """The panels sent, and how far they move."""
    found = lab.components("tconv_panels")
    if not found:
        return [], None
    data: bytes = found[0].bytes
    at = 4 + int.from_bytes(data[:4], "little")
    header = json.loads(data[4:at])
    shots = []
    for shot in header["shots"]:
        file, at = data[at : at + shot["bytes"]], at + shot["bytes"]
        picture = None
        if file:
            with Image.open(BytesIO(file), formats=["PNG"]) as image:
                picture = np.array(image)
        shots.append(Sent(shot["name"], shot["detail"], shot["remark"], picture))
    assert at == len(data)
    return shots, header["reach"]


def said(lab: Lab, words: str) -> bool:
    texts = list(lab.texts)
    if lab.at.segmented_control(key="view").value == "Compare":
        for shot in sent_panels(lab)[0]:
            texts += [f"{shot.name}, {shot.detail}", shot.remark]
    return any(words in text for text in texts)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_shown_before_and_after(name: str, shown: list[Picture]) -> None:
    lab = Lab(PAGE, ALONE)
    lab.press("picture", name)
    assert lab.notes == lab.warnings == []
    picture = read(name)
    np.testing.assert_array_equal(shown[-2], opaque(align_input(picture, lab.geometry)))
    np.testing.assert_array_equal(shown[-1], after(lab, picture))
    width, height = SAMPLES[name][1]
    assert said(lab, f"Input, {width} × {height} pixels")
    assert said(lab, f"Sidebar kernel, {2 * width - 1} × {2 * height - 1} pixels")
    panels_sent, _ = sent_panels(lab)
    for panel, pixels in zip(panels_sent, shown[-2:], strict=True):
        assert panel.picture is not None
        np.testing.assert_array_equal(panel.picture, pixels)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_link_chooses_the_sample(name: str, shown: list[Picture]) -> None:
    lab = Lab(PAGE, {**ALONE, "picture": name})
    assert lab.buttons("picture").value == name
    np.testing.assert_array_equal(shown[-1], after(lab, read(name)))


def test_the_layer_of_the_sidebar_is_used(shown: list[Picture]) -> None:
    lab = Lab(PAGE, {**ALONE, "linked": "false", "stride_cols": "3", "weights": "ones"})
    np.testing.assert_array_equal(shown[-1], after(lab, read("Scene")))
    assert shown[-1].shape == (255, 574, 3)
    lab.slide(kernel=5, padding=2, output_padding=1, dilation_cols=2)
    np.testing.assert_array_equal(shown[-1], after(lab, read("Scene")))
    assert shown[-2].shape[:2] == shown[-1].shape[:2]


def test_the_brightness_is_kept_on_request(shown: list[Picture]) -> None:
    lab = Lab(PAGE, {**ALONE, "weights": "ones", "kernel": "4", "picture": "Flat colours"})
    picture = read("Flat colours")
    assert abs(shown[-1].mean() - picture.mean()) < 3
    assert not said(lab, "were clipped")
    lab.turn("keep", False)
    np.testing.assert_array_equal(shown[-1], after(lab, picture, keep=False))
    assert shown[-1].mean() > picture.mean() + 20
    share = upsample(picture, np.ones((4, 4)), lab.geometry).outside
    assert share > 0.5
    assert said(lab, f"{share:.1%} of the values lay beyond 0 to 255 and were clipped.")
    assert lab.notes == []


def test_a_kernel_that_cancels_has_no_brightness_to_keep(shown: list[Picture]) -> None:
    link = {"weights": "custom", "w": "1 -1", "kernel": "1", "kernel_cols": "2"}
    lab = Lab(PAGE, {**ALONE, **link, "linked": "false", "padding": "0", "padding_cols": "0"})
    (note,) = lab.notes
    assert "weights cancel" in note
    edges = upsample(read("Scene"), np.array([[1.0, -1.0]]), lab.geometry).picture
    np.testing.assert_array_equal(shown[-1], edges)
    lab.turn("keep", False)
    assert lab.notes == []
    np.testing.assert_array_equal(shown[-1], edges)


@pytest.mark.parametrize(("zoom", "times"), [("2×", 2), ("4×", 4), ("8×", 8), ("16×", 16)])
def test_zooming_shows_a_window(zoom: str, times: int, shown: list[Picture]) -> None:
    lab = Lab(PAGE, {**ALONE, "zoom": zoom, "look_y": "0", "look_x": "100"})
    whole = after(lab, read("Scene"))
    part = zoomed(Frame(0, 0, *whole.shape[:2]), times, (0, 1))
    np.testing.assert_array_equal(shown[-1], place(whole, (0, 0), part))
    assert shown[-1].shape == (255 // times, 383 // times, 3)
    np.testing.assert_array_equal(shown[-1][0, -1], whole[0, -1])
    assert shown[-2].shape[:2] == shown[-1].shape[:2]
    _, reach = sent_panels(lab)
    assert reach is not None
    assert reach["part"] == [part.top, part.left, part.height, part.width]
    assert (reach["zoom"], reach["height"], reach["width"]) == (times, *whole.shape[:2])
    for key, value in (("look_y", 100.0), ("look_x", 0.0)):
        lab.at.slider(key=key).set_value(value)
    lab.run()
    np.testing.assert_array_equal(shown[-1][-1, 0], whole[-1, 0])


def test_a_result_too_large_to_send_is_said_to_be_averaged(shown: list[Picture]) -> None:
    lab = Lab(PAGE, {**ALONE, "stride": "5", "kernel": "5", "padding": "0"})
    assert shown[-1].shape == (640, 960, 3)
    assert said(lab, "Averaged down to fit")
    lab.press("zoom", "2×")
    assert not said(lab, "Averaged down to fit")


# A picture of one's own ---------------------------------------------------------------------


def upload(lab: Lab, name: str, data: bytes) -> None:
    (uploader,) = lab.at.get("file_uploader")
    uploader.set_value((name, data, "image/png"))
    lab.run()


def png(picture: Picture) -> bytes:
    file = BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    assert file.tell() > 50
    return file.getvalue()


def test_an_uploaded_picture_is_upsampled(shown: list[Picture]) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    lab = Lab(PAGE, ALONE)
    upload(lab, "own.png", png(picture))
    np.testing.assert_array_equal(shown[-1], after(lab, picture))
    assert said(lab, "Input, 30 × 20 pixels")
    assert lab.warnings == []


def test_a_large_or_transparent_upload_is_said_to_be_changed(shown: list[Picture]) -> None:
    lab = Lab(PAGE, {**ALONE, "stride": "1"})
    upload(lab, "large.png", png(np.zeros((600, 1024, 4), np.uint8)))
    assert said(lab, "Reduced from 1024 × 600 to 512 × 300 pixels.")
    assert said(lab, "Its transparency is shown on white.")
    assert shown[-1].shape == (300, 512, 3)


@pytest.mark.parametrize(("ground", "level"), [("White", 255), ("Grey", 128), ("Black", 0)])
def test_transparent_parts_are_shown_on_the_chosen_ground(
    ground: str, level: int, shown: list[Picture]
) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (20, 30, 4), dtype=np.uint8)
    picture[..., 3] = 0
    picture[:, :10, 3] = 255
    lab = Lab(PAGE, {**ALONE, "ground": ground})
    upload(lab, "holes.png", png(picture))
    behind = picture[..., :3].copy()
    behind[:, 10:] = level
    np.testing.assert_array_equal(shown[-1], after(lab, behind))
    assert said(lab, f"Its transparency is shown on {ground.lower()}.")
    assert lab.notes == []


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_bad_upload_is_one_sentence_beside_the_sample(data: bytes, shown: list[Picture]) -> None:
    lab = Lab(PAGE, ALONE)
    upload(lab, "bad.png", data)
    (warning,) = lab.warnings
    assert warning.endswith("The sample is shown instead.")
    np.testing.assert_array_equal(shown[-1], after(lab, read("Scene")))


def test_a_picture_too_small_for_the_layer_is_one_sentence() -> None:
    lab = Lab(PAGE, {**ALONE, "stride": "1", "size": "16", "padding": "8"})
    upload(lab, "dot.png", png(np.full((6, 6, 3), 9, np.uint8)))
    (warning,) = lab.warnings
    assert "padding 8 crops 16 of the 8 cells" in warning
    assert warning.endswith("Choose a larger picture or less padding.")
    assert sent_panels(lab) == ([], None)


# Sections -----------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["Wipe", "Spectrum", "Learn", "Take away"])
@pytest.mark.parametrize("link", [{}, {"stride": "1"}, {"mode": "Restore", "stride": "3"}])
def test_every_section_opens(view: str, link: dict[str, str]) -> None:
    lab = Lab(PAGE, {**link, "view": view, "picture": "Flat colours"})
    assert lab.warnings == lab.notes == []
    assert lab.buttons("view").value == view


def test_learning_goes_on_while_it_runs() -> None:
    lab = Lab(PAGE, {"view": "Learn"})

    def press(key: str) -> None:
        lab.at.button(key=key).click()
        lab.run()

    press("learn_go")
    lesson = lab.at.session_state["lesson"]
    done = lesson.descent.iteration
    assert done > 0
    lab.run()
    assert lesson.descent.iteration > done
    press("learn_stop")
    done = lesson.descent.iteration
    lab.run()
    assert lesson.descent.iteration == done
    assert lesson.descent.losses[-1] < lesson.descent.losses[0]
    lab.press("picture", "Text")
    assert lab.at.session_state["lesson"].descent.iteration == 0


def test_sections_that_need_one_stride_say_so() -> None:
    link = {"linked": "false", "stride_cols": "3"}
    lab = Lab(PAGE, {**link, "view": "Learn"})
    (warning,) = lab.warnings
    assert "one stride for both axes" in warning
    lab = Lab(PAGE, link)
    shots, _ = sent_panels(lab)
    assert [shot.name for shot in shots if shot.picture is None] == ["Fitted kernel"]
    assert said(lab, "one stride for both axes")


def test_no_method_is_one_sentence() -> None:
    lab = Lab(PAGE)
    lab.buttons("methods").set_value([])
    lab.run()
    assert lab.notes == ["Choose at least one method."]


@pytest.mark.parametrize("mode", ["Enlarge", "Restore"])
def test_differences_and_the_flattest_patch_are_shown(mode: str, shown: list[Picture]) -> None:
    lab = Lab(PAGE, {"mode": mode, "methods": "Pillow nearest", "show": "Difference"})
    whole = shown[-1].shape
    if mode == "Enlarge":
        assert (shown[-1] == 128).all()
    lab.press("show", "Flattest patch")
    assert shown[-1].shape == (16, 16, 3)
    assert whole[0] > 16
    assert said(lab, "levels RMS.")


def test_values_are_normalised_on_request(shown: list[Picture]) -> None:
    lab = Lab(PAGE, {"methods": "Random weights", "range": "Normalise", "picture": "Text"})
    assert (shown[-1].min(), shown[-1].max()) == (0, 255)
    assert said(lab, "shown as 0 to 255.")


def wiped(lab: Lab) -> dict[str, tuple[str, Picture]]:
    """The two sides of the wipe, as they are sent."""
    (component,) = lab.components("tconv_wipe")
    data = json.loads(component.json)
    sides = {}
    for side in ("left", "right"):
        found = base64.b64decode(data[side]["source"].removeprefix("data:image/png;base64,"))
        with Image.open(BytesIO(found)) as image:
            sides[side] = (data[side]["name"], np.array(image))
    assert data["at"] == 50
    assert data["aspect"] == pytest.approx(sides["left"][1].shape[1] / sides["left"][1].shape[0])
    return sides


def test_any_two_are_wiped() -> None:
    lab = Lab(PAGE, {"methods": ["Sidebar kernel", "Pillow nearest"], "view": "Wipe"})
    sides = wiped(lab)
    assert [name for name, _ in sides.values()] == ["Input", "Pillow nearest"]
    np.testing.assert_array_equal(sides["left"][1], sides["right"][1])
    lab.choose("right", "Sidebar kernel")
    np.testing.assert_array_equal(wiped(lab)["right"][1], after(lab, read("Scene")))
    lab.press("mode", "Restore")
    assert wiped(lab)["left"][0] == "Original"
    lab.choose("left", "Pillow nearest")
    lab.buttons("methods").set_value(["Sidebar kernel"])
    lab.run()
    assert {name for name, _ in wiped(lab).values()} <= {"Original", "Sidebar kernel"}


@pytest.mark.parametrize(("line", "at", "notes"), [("20", 20, 0), ("101", 50, 1), ("x", 50, 1)])
def test_the_wipe_opens_where_the_link_says(line: str, at: int, notes: int) -> None:
    lab = Lab(PAGE, {"methods": "Pillow nearest", "view": "Wipe", "line": line})
    (component,) = lab.components("tconv_wipe")
    assert json.loads(component.json)["at"] == at
    assert len(lab.notes) == notes


def test_a_refused_side_is_one_sentence() -> None:
    lab = Lab(PAGE, {"methods": "Max unpooling", "view": "Wipe"})
    (note,) = lab.notes
    assert note.endswith("choose Restore.")


# A part, a size and the camera --------------------------------------------------------------


def test_a_part_is_cut_out(shown: list[Picture]) -> None:
    lab = Lab(PAGE, {**ALONE, "crop_w": "50", "crop_h": "50", "crop_y": "0", "crop_x": "100"})
    assert lab.notes == []
    np.testing.assert_array_equal(shown[-1], after(lab, read("Scene")[:64, 96:]))
    assert said(lab, "Cropped from 192 × 128 to 96 × 64 pixels.")
    lab.slide(crop_y=100)
    np.testing.assert_array_equal(shown[-1], after(lab, read("Scene")[64:, 96:]))
    lab.slide(crop_h=25)
    np.testing.assert_array_equal(shown[-1], after(lab, read("Scene")[96:, 96:]))
    assert said(lab, "Cropped from 192 × 128 to 96 × 32 pixels.")
    lab.at.button(key="crop_all").click()
    lab.run()
    np.testing.assert_array_equal(shown[-1], after(lab, read("Scene")))


def test_a_part_of_a_large_picture_has_its_own_detail(shown: list[Picture]) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (40, 1200, 3), dtype=np.uint8)
    lab = Lab(PAGE, {**ALONE, "crop_w": "25", "crop_h": "25", "crop_x": "0"})
    upload(lab, "wide.png", png(picture))
    np.testing.assert_array_equal(shown[-1], after(lab, picture[15:25, :300]))


@pytest.mark.parametrize(
    ("work", "stride", "kernel", "width"),
    [(64, 2, 2, 64), (1024, 2, 2, 1024), (1024, 4, 4, 512), (1024, 2, 9, 384)],
)
def test_the_working_size_is_chosen_and_bounded(
    work: int, stride: int, kernel: int, width: int
) -> None:
    lab = Lab(PAGE, {**ALONE, "work": str(work), "stride": str(stride), "kernel": str(kernel)})
    upload(lab, "large.png", png(np.full((300, 1500, 3), 99, np.uint8)))
    assert said(lab, f"Reduced from 1500 × 300 to {width} × {round(width / 5)} pixels.")
    assert said(lab, f"Input, {width} × ")


def test_the_camera_is_asked_for_only_when_it_is_switched_on() -> None:
    lab = Lab(PAGE, ALONE)
    assert not lab.at.get("camera_input")
    (toggle,) = [it for it in lab.at.toggle if it.label == "Use the camera"]
    toggle.set_value(True)
    lab.run()
    assert len(lab.at.get("camera_input")) == 1
