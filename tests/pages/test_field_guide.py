"""The Field guide's pages: chapters, proofs and the table, and where every link leads."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tconv_ui.field_guide.chapter import Chapter
from tconv_ui.field_guide.chapters import CHAPTERS
from tconv_ui.field_guide.layer_table import KINDS
from tconv_ui.field_guide.misconceptions import MISCONCEPTIONS, Misconception
from tconv_ui.layer.page_link import PageLink
from tests.pages.lab import PAGES, Lab

NAMES = {path: name for name, path in PAGES.items()}


def check_arrival(lab: Lab, link: PageLink) -> None:
    """The lab stands on the link's page, in its state."""
    assert lab.at.title[0].value == NAMES[f"pages/{link.page}.py"]
    state = lab.at.session_state
    assert lab.choice == link.choice
    np.testing.assert_array_equal(lab.layer.input, link.choice.layer.input)
    np.testing.assert_array_equal(lab.layer.kernel, link.choice.layer.kernel)
    for name, wanted in link.whole_view.items():
        if name == "step":
            assert lab.at.query_params[name] in (wanted, [wanted])
        else:
            found = state[name]
            assert (found[0] if isinstance(found, list) else str(found)).lower() == wanted.lower()
    assert lab.warnings == lab.notes == []


def page_links() -> Iterator[tuple[str, dict[str, str], str, PageLink]]:
    for chapter in CHAPTERS:
        yield chapter.key, {"chapter": chapter.title}, "page_link", chapter.link
    for row in MISCONCEPTIONS:
        yield row.key, {"part": "Often said"}, f"proof_link_{row.key}", row.link


PAGE_LINKS = [pytest.param(*rest, id=name) for name, *rest in page_links()]


@pytest.mark.parametrize(("params", "key", "link"), PAGE_LINKS)
def test_a_page_link_opens_its_page_in_its_state(
    params: dict[str, str], key: str, link: PageLink
) -> None:
    lab = Lab("Field guide", {**params, "size": "7", "linked": "false", "weights": "random"})
    if key != "page_link":
        lab.turn(key.replace("_link", ""), on=True)
    lab.at.button(key=key).click()
    lab.run()
    check_arrival(lab, link)


@pytest.mark.parametrize(
    ("page", "before", "key"),
    [
        ("Overlap", {"section": "Stacks", "kernel": "5"}, "checkerboard"),
        ("Step by step", {"readings": "Matrix", "step": "2"}, "stamping"),
        ("Operations", {"left": "Max pooling", "right": "Pixel shuffle"}, "names"),
    ],
)
def test_a_door_sets_what_a_visitor_left_otherwise(
    page: str, before: dict[str, str], key: str
) -> None:
    lab = Lab(page, before)
    lab.go("Field guide")
    (chapter,) = (each for each in CHAPTERS if each.key == key)
    lab.choose("chapter", chapter.title)
    lab.at.button(key="page_link").click()
    lab.run()
    check_arrival(lab, chapter.link)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.key)
def test_a_link_opens_a_chapter_with_its_words_formula_picture_and_sources(
    chapter: Chapter,
) -> None:
    lab = Lab("Field guide", {"chapter": chapter.title, "kernel": "5"})
    assert [each.value for each in lab.at.header] == [chapter.title]
    assert chapter.text() in lab.texts
    assert f"${chapter.formula}$" in lab.texts
    pictures = [*lab.at.get("plotly_chart"), *lab.at.get("bidi_component")]
    assert pictures
    (cited,) = (text for text in lab.texts if "Source: " in text and "Chapter " in text)
    assert all(f"]({source.link})" in cited for source in chapter.sources)
    assert lab.notes == []


def test_back_and_next_turn_the_pages() -> None:
    lab = Lab("Field guide")
    assert lab.at.button(key="turn_back").disabled
    for chapter in CHAPTERS[1:]:
        lab.at.button(key="turn_next").click()
        lab.run()
        assert lab.at.selectbox(key="chapter").value == chapter.title
    assert lab.at.button(key="turn_next").disabled
    lab.at.button(key="turn_back").click()
    lab.run()
    assert lab.at.header[0].value == CHAPTERS[-2].title


def test_a_link_that_names_no_chapter_is_said_and_begins_at_the_first() -> None:
    lab = Lab("Field guide", {"chapter": "Nothing", "part": "Nowhere"})
    (note,) = lab.notes
    assert "part=`Nowhere`" in note
    assert "chapter=`Nothing`" in note
    assert lab.at.header[0].value == CHAPTERS[0].title


@pytest.mark.parametrize("row", MISCONCEPTIONS, ids=lambda row: row.key)
def test_each_misconception_is_answered_and_proved_on_the_page(
    row: Misconception,
) -> None:
    lab = Lab("Field guide", {"part": "Often said"})
    assert f"“{row.said}”" in lab.texts
    assert any(row.correct in text for text in lab.texts)
    assert not lab.at.get("plotly_chart")
    lab.turn(f"proof_{row.key}", on=True)
    proof = row.prove(row.link.choice.layer)
    finding = row.shows.format_map(proof.numbers)
    assert f":material/check_circle: {finding}" in lab.texts
    alts = [chart.proto.alt for chart in lab.at.get("plotly_chart")]
    assert alts == [f"{panel.title}. {finding}" for panel in proof.panels]


def test_the_table_shows_each_layer_as_it_ran() -> None:
    lab = Lab("Field guide", {"part": "The layers"})
    (table,) = lab.at.table
    rows = table.value.to_numpy().tolist()
    assert len(rows) == len(KINDS)
    for row, kind in zip(rows, KINDS, strict=True):
        assert f"**{kind.name}**" in row[0]
        assert [int(side) for side in row[1].split("×")] == list(kind.output_shape())
        assert row[2].replace("\u00a0", " ") == kind.rule


def test_the_source_on_the_page_is_the_code_that_ran() -> None:
    lab = Lab("Field guide", {"chapter": "Sizes"})
    assert not lab.at.code
    lab.at.session_state["source"] = True
    lab.run()
    (chapter,) = (each for each in CHAPTERS if each.title == "Sizes")
    shown = [code.value for code in lab.at.code]
    assert len(shown) == 2
    assert shown[0].startswith(f"def {chapter.numbers.__name__}(")
