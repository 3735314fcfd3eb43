"""docs/api.md is what the docstrings say, and it says all of them."""

from __future__ import annotations

import pytest

import tconv_core
from docs import make_api
from docs.make_api import PAGE, api_page
from docs.markdown import anchors
from tconv_core import network


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == api_page(), "run: make api"


def test_every_public_name_has_a_heading() -> None:
    headings = [heading for heading, _ in anchors(api_page())]
    wanted = {name for name in tconv_core.__all__ if name not in ("kernels", "network")}
    wanted |= {f"network.{name}" for name in network.__all__}
    wanted |= {"kernels.bilinear", "kernels.icnr", "Geometry.from_torch"}
    assert wanted <= {*headings}
    assert len(headings) == len({*headings})
    assert not [name for name in headings if name.startswith("kernels._")]


def test_a_name_without_a_chapter_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    chapters = {title: it for title, it in make_api.CHAPTERS.items() if "solve" not in it}
    monkeypatch.setattr(make_api, "CHAPTERS", chapters)
    with pytest.raises(ValueError, match="solve"):
        api_page()
