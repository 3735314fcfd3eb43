"""Every page but the home page ends with the code that computed it, read from its own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.lab import PAGES, Lab

ROOT = Path(__file__).parents[2]
WITH_SOURCE = list(PAGES)[1:]


@pytest.mark.parametrize("page", WITH_SOURCE)
def test_a_page_shows_the_code_of_the_file_it_names(page: str) -> None:
    lab = Lab(page)
    closed = len(lab.at.code)
    lab.at.session_state["source"] = True
    lab.run()
    shown = [code.value for code in lab.at.code][closed:]
    places = [text.strip("`").split(", line ") for text in lab.texts if ".py, line " in text]
    assert 1 <= len(shown) == len(places) <= 3
    for text, (path, first) in zip(shown, places, strict=True):
        lines = (ROOT / path).read_text("utf-8").splitlines()[int(first) - 1 :]
        assert text.splitlines() == lines[: len(text.splitlines())]
