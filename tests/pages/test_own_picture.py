"""A picture of one's own: what the page says of it when it is gone, and who may keep it."""

from __future__ import annotations

import ast
import inspect
import json
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tconv_ui.upsample import picture_controls
from tconv_ui.upsample.picture_controls import LOST
from tconv_ui.upsample.sections import SECTIONS
from tests.pages.lab import Lab

PAGE = "Upsample an image"
ROOT = Path(__file__).parents[2]


def png(colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file.getvalue()


def upload(lab: Lab, data: bytes) -> None:
    lab.at.get("file_uploader")[0].set_value(("mine.png", data, "image/png"))
    lab.run()


def test_a_link_to_a_picture_of_ones_own_says_that_it_is_gone() -> None:
    lab = Lab(PAGE, {"own": "true"})
    assert lab.warnings == [LOST]
    lab.press("picture", "Text")
    assert lab.warnings == []


def test_a_page_without_a_picture_of_ones_own_says_nothing() -> None:
    assert Lab(PAGE).warnings == []


def test_leaving_the_page_says_that_the_picture_is_gone() -> None:
    lab = Lab(PAGE)
    upload(lab, png("red"))
    assert lab.warnings == []
    lab.go("Overlap")
    lab.go(PAGE)
    assert lab.warnings == [LOST]


def test_taking_the_picture_away_is_no_loss() -> None:
    lab = Lab(PAGE)
    upload(lab, png("red"))
    lab.at.get("file_uploader")[0].set_value(None)
    lab.run()
    assert lab.warnings == []


def test_a_cache_is_the_sessions_own_and_has_a_limit() -> None:
    """What could hold an upload is scoped to its session; every cache drops its oldest entries."""
    found = 0
    for path in sorted([*ROOT.glob("tconv_ui/**/*.py"), *ROOT.glob("pages/*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            for mark in node.decorator_list:
                text = ast.unparse(mark)
                if "cache_data" in text or "cache_resource" in text:
                    found += 1
                    assert "max_entries=" in text, f"{path.name}: {node.name}"
                    shared = "scope='session'" not in text
                    assert not shared or takes_no_upload(node), f"{path.name}: {node.name}"
    assert found >= 4


def takes_no_upload(function: ast.FunctionDef) -> bool:
    """Whether no argument could be a picture, its bytes, or what is made from them."""
    hints = " ".join(ast.unparse(arg.annotation) for arg in function.args.args if arg.annotation)
    return not any(word in hints for word in ("bytes", "Picture", "Task", "Panel"))


def test_the_search_for_shared_caches_finds_one() -> None:
    source = inspect.getsource(picture_controls.load_part.__wrapped__)
    (function,) = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    assert not takes_no_upload(function)


@pytest.mark.parametrize("name", ["x.jfif", "x.pjpeg", "x.jpe", "x", "x.heic", "x.txt"])
def test_a_file_is_read_by_its_content_whatever_its_name(name: str) -> None:
    lab = Lab(PAGE)
    assert list(lab.at.get("file_uploader")[0].proto.type) == []
    lab.at.get("file_uploader")[0].set_value((name, png("red"), ""))
    lab.run()
    assert lab.warnings == []
    lab.at.get("file_uploader")[0].set_value((name, b"\0\0\0\x18ftypheic" + bytes(40), ""))
    lab.run()
    assert lab.warnings[0].startswith("HEIC files are not taken: save the picture as PNG, JPEG")


def test_an_animation_says_that_its_first_frame_is_taken() -> None:
    lab, file = Lab(PAGE), BytesIO()
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    upload(lab, file.getvalue())
    assert "It is animated: the first frame is taken." in lab.texts


EXTREME = [(3000, 90), (3000, 60), (4000, 80), (12000, 10), (10, 12000), (1, 12000), (12000, 1)]
EXTREME += [(1, 1), (2, 1), (1, 2), (3, 3), (12000, 100), (100, 12000), (64, 2), (2, 64), (7, 500)]
EXTREME += [(11, 11), (500, 7), (12000, 1000), (1000, 12000)]


@pytest.mark.parametrize("view", SECTIONS)
def test_a_picture_of_any_shape_is_shown_in_every_section(view: str) -> None:
    lab = Lab(PAGE, {"view": view})
    for width, height in EXTREME:
        file = BytesIO()
        Image.new("RGB", (width, height), "teal").save(file, "PNG")
        upload(lab, file.getvalue())
        for chart in lab.at.get("plotly_chart"):
            assert 10 <= json.loads(chart.proto.spec)["layout"]["height"] <= 700
