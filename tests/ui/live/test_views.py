"""A picture by address is the page's own picture, for every setting, and no question breaks it."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tconv_core import GeometryError
from tconv_ui.layer.cells import INPUTS, KERNELS
from tconv_ui.layer.choice import WORDS, LayerChoice
from tconv_ui.layer.settings import SETTINGS
from tconv_ui.live.views import VIEWS, live_answer, normalised
from tconv_ui.overlap.maps import overlap_maps
from tconv_ui.player.payload import encode
from tconv_ui.step_by_step.playing import Playing
from tests.pages.lab import Lab
from tests.ui.reading import open_message

SMALL = {"size": 4, "kernel": 4}
NUMBERS = {
    each.name: st.integers(each.low, SMALL.get(each.name, each.high)).map(str) for each in SETTINGS
}
OWN = {
    "readings": st.sampled_from(["Scatter", "Gather", "Matrix"]),
    "walk": st.sampled_from(["By input cell", "By output cell"]),
    "symbolic": st.sampled_from(["true", "false"]),
    "channels_in": st.sampled_from(["1", "2"]),
    "left": st.sampled_from(["Max pooling", "Pixel shuffle", "Nothing"]),
}
CELLS = {"input": st.sampled_from(sorted(INPUTS)), "weights": st.sampled_from(sorted(KERNELS))}
QUESTIONS = st.fixed_dictionaries({}, optional={**NUMBERS, **OWN, **CELLS})
ANYTHING = st.lists(st.tuples(st.sampled_from([*WORDS, *OWN, "?"]), st.text(max_size=30)))


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(sorted(VIEWS)), QUESTIONS)
def test_every_setting_is_a_picture_or_a_sentence(view: str, words: dict[str, str]) -> None:
    answer = live_answer(view, normalised(view, urlencode(words)))
    choice = LayerChoice.from_words(words)
    if answer.kind == "application/json" and not view.startswith("operations"):
        with pytest.raises(GeometryError) as refused:
            choice.layer  # noqa: B018 - whether it raises
        assert json.loads(answer.body)["refusal"][1:] == str(refused.value)[1:]
    if answer.kind == "application/json":
        return
    layer = choice.layer
    if view == "overlap":
        assert answer.body == overlap_maps(layer)
    if view == "step_by_step":
        query = {name: (value,) for name, value in words.items()}
        assert answer.body == encode(Playing.from_query(query).scenes(layer).playing)


@settings(max_examples=2000, deadline=None)
@given(st.sampled_from(sorted(VIEWS)), ANYTHING)
def test_no_question_breaks_a_view(view: str, pairs: list[tuple[str, str]]) -> None:
    raw = "&".join(f"{name}={quote(text)}" for name, text in pairs)
    question = normalised(view, raw)
    assert len(question) <= 60 * (len(pairs) + 1) * 12
    assert live_answer(view, question).kind in ("application/octet-stream", "application/json")


HOSTILE = ["", "%00", "%ff%fe", "NaN", "1e999", "-1", "9" * 400, "½", "[" * 500, "&", "=", "+"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("raw", HOSTILE, ids=lambda raw: ascii(raw)[:12])
def test_hostile_words_fall_back(view: str, raw: str) -> None:
    words = "&".join(f"{name}={raw}" for name in (*WORDS, *OWN) if name not in ("x", "w"))
    asked = normalised(view, f"{words}&{words}")
    assert live_answer(view, asked).kind == "application/octet-stream"


def test_equal_questions_have_one_answer() -> None:
    assert normalised("overlap", "size=3&stride=3&utm_source=x&walk=x") == "stride=3"
    assert normalised("overlap", "stride=1&stride=3") == "stride=3"
    assert normalised("step_by_step", "walk=x&stride=%33") == "stride=3&walk=x"
    assert normalised("operations_left", "left=a&right=b") == "left=a"
    with pytest.raises(KeyError):
        normalised("nowhere", "")


LINKS = [
    {},
    {"size": "5", "stride": "3", "weights": "random", "input": "random", "seed": "4"},
    {"linked": "false", "size_cols": "6", "kernel_cols": "2"},
    {"readings": ["Scatter", "Matrix"], "walk": "By output cell", "symbolic": "true"},
    {"channels_in": "2", "channels_out": "3", "bias": "true", "padding": "0"},
    {"input": "custom", "x": "1 2; 3 4", "size": "2"},
]


@pytest.mark.parametrize("link", LINKS, ids=str)
@pytest.mark.parametrize(
    ("page", "component", "view"),
    [("Step by step", "tconv_player", "step_by_step"), ("Overlap", "tconv_maps", "overlap")],
)
def test_a_page_sends_what_its_address_answers(
    page: str, component: str, view: str, link: dict[str, str | list[str]]
) -> None:
    lab = Lab(page, link)
    (sent,) = lab.components(component)
    opening, scenes = open_message(sent.bytes)
    assert opening["live"].endswith(f"/{view}")
    query = urlencode(link, doseq=True)
    assert scenes == live_answer(view, normalised(view, query)).body
