"""What a visitor can send to any page is bounded: widgets, links, texts, cells.

The pages are walked, not listed: a page that is added is held to this as it stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tconv_ui.layer.cells import LONGEST_TEXT
from tconv_ui.layer.choice import WORDS
from tests.pages.lab import PAGES, WITHOUT_THE_LAYER, Lab

EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
WIDEST = 100_000
"""No slider and no number reaches further than this."""
HOSTILE = ["9" * 300, "-1", "nan", "inf", "1e300", "\x00\u202e", "[" * 400, "![](//a.bc/d)"]
LINKED = {"x": "9 " * 20_000, "w": "9 " * 20_000, "input": "custom", "weights": "custom"}


def elements(at: AppTest) -> Iterator[Any]:
    """Every element on the page, popovers and closed expanders included."""

    def below(block: Any) -> Iterator[Any]:
        for child in block.children.values():
            if hasattr(child, "children"):
                yield from below(child)
            else:
                yield child

    for part in (at.main, at.sidebar):
        yield from below(part)


def of_kind(lab: Lab, *kinds: str) -> list[Any]:
    return [element for element in elements(lab.at) if element.type in kinds]


def linked_keys(lab: Lab) -> set[str]:
    keys = {getattr(element.proto, "query_param_key", "") for element in elements(lab.at)}
    return keys - {""} | set(WORDS)


def test_the_walk_sees_what_is_there() -> None:
    lab = Lab("Upsample an image", {"input": "random", "linked": "false"})
    assert {"size", "size_cols", "seed", "work", "picture", "methods", "keep"} <= linked_keys(lab)
    assert len(of_kind(lab, "file_uploader")) == 1


@EVERY_PAGE
def test_every_number_has_a_least_and_a_largest(page: str) -> None:
    lab = Lab(page, {"input": "random", "linked": "false"})
    numbers = of_kind(lab, "slider", "number_input")
    for widget in numbers:
        assert math.isfinite(widget.min), widget.key
        assert math.isfinite(widget.max), widget.key
        assert -WIDEST <= widget.min < widget.max <= WIDEST, widget.key


@EVERY_PAGE
def test_a_number_beyond_its_bounds_is_not_taken(page: str) -> None:
    """A page in a browser cannot send it; whoever speaks to the server directly can."""
    lab = Lab(page, {"input": "random"})
    for key in [widget.key for widget in of_kind(lab, "slider") if not widget.disabled]:
        for wrong in (10**9, -(10**9), math.nan):
            lab.at.slider(key=key).set_value(wrong)
        lab.run()
        slider = lab.at.slider(key=key)
        assert slider.min <= slider.value <= slider.max, key


@EVERY_PAGE
def test_every_text_has_a_longest(page: str) -> None:
    lab = Lab(page, {"input": "custom", "weights": "custom", "x": "1", "w": "1"})
    texts = of_kind(lab, "text_input", "text_area", "chat_input")
    assert texts or page not in ("Frameworks", "Decoder")
    assert [text.key for text in texts if not 0 < text.proto.max_chars <= LONGEST_TEXT] == []


@EVERY_PAGE
def test_every_file_has_a_largest_and_is_told_by_its_content(page: str) -> None:
    uploaders = of_kind(Lab(page), "file_uploader")
    assert uploaders or page != "Upsample an image"
    for uploader in uploaders:
        assert 0 < uploader.proto.max_upload_size_mb <= 10
        assert list(uploader.proto.type) == []  # a name says nothing


@EVERY_PAGE
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_no_link_breaks_a_page(page: str, text: str) -> None:
    keys = linked_keys(Lab(page, {"input": "random", "linked": "false"}))
    lab = Lab(page, {key: [text] * 2 for key in [*keys, "own", "step", "pin", "nobody"]})
    assert lab.notes
    for widget in of_kind(lab, "slider"):
        assert widget.min <= widget.value <= widget.max


@EVERY_PAGE
def test_a_link_of_900_names_and_long_grids_opens(page: str) -> None:
    lab = Lab(page, {**LINKED, **{f"name{i}": "1" for i in range(900)}})
    assert len(lab.warnings) == (0 if page in WITHOUT_THE_LAYER else 1)
    assert all(len(warning) < 200 for warning in lab.warnings)
