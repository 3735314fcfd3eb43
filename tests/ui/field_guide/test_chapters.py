"""The field guide spells no number: each is computed, and each formula is the core's."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Formatter
from urllib.parse import urlsplit

import numpy as np
import plotly.graph_objects as go
import pytest

from tconv_core import (
    Axis,
    GeometryError,
    axis_deficit,
    convolution_matrix,
    phase_count,
    phase_sums,
    trace_conv,
    trace_gather,
    trace_scatter,
)
from tconv_ui.field_guide.chapter import LETTERS, Chapter, Citation, letters
from tconv_ui.field_guide.chapters import CHAPTERS
from tconv_ui.field_guide.facts import products
from tconv_ui.field_guide.figures import Panel
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.page_link import PageLink
from tconv_ui.layer.settings import SETTINGS
from tconv_ui.player.scene import Scene
from tconv_ui.theme import THEMES
from tests.ui.typed import typed_numbers

BY_KEY = {chapter.key: chapter for chapter in CHAPTERS}
OTHERS = [
    PageLink("overlap", LayerChoice.of(size=5, kernel=5, stride=3, padding=2, output_padding=2)),
    PageLink("overlap", LayerChoice.of(size=6, kernel=5, stride=2, padding=0, weights="ramp")),
    PageLink("overlap", LayerChoice.of(size=4, kernel=2, stride=3, padding=0, weights="ones")),
    PageLink("overlap", LayerChoice.of(stride=(3, 1))),
]
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.key)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@every_chapter
def test_a_chapter_spells_no_number(chapter: Chapter) -> None:
    for text in (chapter.words, chapter.alt, chapter.title, chapter.link_label):
        assert typed_numbers(text) == []


@every_chapter
def test_every_number_follows_the_layer(chapter: Chapter) -> None:
    """Some other layer gives each number another value; those of known networks stay."""
    here = chapter.numbers(chapter.link.choice.layer)
    elsewhere = [chapter.numbers(link.choice.layer) for link in OTHERS]
    used = fields(chapter.words) | fields(chapter.alt)
    fixed = {name for name in used if name.startswith(("unet_", "dcgan_", "fcn_"))}
    assert used - fixed
    assert [
        name for name in used - fixed if all(there[name] == here[name] for there in elsewhere)
    ] == []
    assert chapter.text() == chapter.text(chapter.link.choice.layer)
    assert chapter.description() == chapter.description(chapter.link.choice.layer)


@every_chapter
def test_a_chapter_has_a_picture_a_source_and_a_formula(chapter: Chapter) -> None:
    picture = chapter.picture(chapter.link.choice.layer)
    if isinstance(picture, tuple):
        assert all(isinstance(each, Panel) for each in picture)
    elif not isinstance(picture, Scene):
        assert all(isinstance(picture(theme), go.Figure) for theme in THEMES.values())
    assert chapter.description().endswith(".")
    assert letters(chapter.formula)
    assert chapter.sources


@pytest.mark.parametrize("source", dict.fromkeys(s for c in CHAPTERS for s in c.sources))
def test_a_source_is_spelled_as_its_kind_is(source: Citation) -> None:
    """arXiv counts five digits a month since 2015 and four before that."""
    host = urlsplit(source.link).netloc
    if host == "arxiv.org":
        found = re.fullmatch(r"https://arxiv\.org/abs/(\d\d)(\d\d)\.(\d{4,5})", source.link)
        assert found
        year, month = 2000 + int(found[1]), int(found[2])
        assert len(found[3]) == (5 if year >= 2015 else 4)
        assert 1 <= month <= 12
        assert source.year is not None
        assert year <= source.year <= year + 1
    elif host == "doi.org":
        assert re.fullmatch(r"https://doi\.org/10\.\d{4,5}/[\w.-]+", source.link)
        assert source.year
    else:
        assert host in {"docs.pytorch.org", "keras.io"}
        assert source.year is None
        assert source.title.split(".")[-1].lower().startswith("conv")


def test_the_chapters_are_those_asked_for() -> None:
    assert [chapter.key for chapter in CHAPTERS] == [
        "why", "convolution", "stamping", "zeros", "matrix", "sizes", "padding", "output_padding",
        "checkerboard", "edges", "cures", "cost", "uses", "names",
    ]  # fmt: skip
    assert len({chapter.title for chapter in CHAPTERS}) == len(CHAPTERS)


def test_a_chapters_layer_is_within_the_sidebars_range() -> None:
    for chapter in CHAPTERS:
        for setting in SETTINGS:
            value = chapter.link.choice.state[setting.name]
            assert setting.low <= int(value) <= setting.high


# Numbers, by hand ---------------------------------------------------------------------------


def number(key: str, name: str, **settings: int) -> str:
    link = (
        PageLink("overlap", LayerChoice.of(**settings, weights="ones"))
        if settings
        else BY_KEY[key].link
    )
    return BY_KEY[key].numbers(link.choice.layer)[name]


@pytest.mark.parametrize(
    ("key", "name", "wanted"),
    [
        ("why", "output", "6 × 6"),
        ("convolution", "made", "3 × 3"),
        ("zeros", "cells", "49"),
        ("zeros", "added", "40"),
        ("matrix", "shape", "25 × 9"),
        ("matrix", "zeros", "78 %"),  # 25 kernel taps fall on 49 of the 225 entries
        ("sizes", "start", "6"),
        ("output_padding", "lengths", "5 and 6"),
        ("output_padding", "added", "1 cell that padding would crop, reached by stamps"),
        ("checkerboard", "amount", "48 %"),
        ("edges", "remedy", "padding **2** removes them all: an output of 6 cells, 10 in full."),
        ("cost", "stamping", "256"),
        ("cost", "inserted", "1,024"),
        ("cost", "enlarged", "1,024"),
        ("uses", "unet_output", "8 × 8"),
        ("names", "total", "25"),
    ],
)
def test_numbers_worked_by_hand(key: str, name: str, wanted: str) -> None:
    assert number(key, name) == wanted


def test_the_new_cells_of_output_padding_may_be_holes() -> None:
    assert number("output_padding", "added", size=3, kernel=1, stride=3, padding=0) == "nothing"
    holes = {"size": 3, "kernel": 1, "stride": 3, "padding": 0, "output_padding": 2}
    assert number("output_padding", "added", **holes) == "2 cells of zeros beyond"
    assert number("output_padding", "extra", **holes) == "2 cells"


def test_products_are_counted_as_formulas_say() -> None:
    for chapter in CHAPTERS:
        layer = chapter.link.choice.layer
        (n, m), (k, q) = layer.geometry.input_shape, layer.geometry.kernel_shape
        (y, x), s = layer.geometry.output_shape, layer.geometry.rows.stride
        counted = products(layer)
        assert counted["stamping"] == n * m * k * q
        assert counted["zeros inserted"] == y * x * k * q
        assert counted["enlarged first"] == n * s * m * s * k * q
        assert counted["of these with a real cell"] <= counted["stamping"]


# Formulas -----------------------------------------------------------------------------------


def axes() -> list[Axis]:
    random = np.random.default_rng(0)
    found: list[Axis] = []
    while len(found) < 60:
        n, k, s, p, op, d = (int(random.integers(*ends)) for ends in _RANGES)
        try:
            found.append(Axis.from_torch(n, k, stride=s, padding=p, output_padding=op, dilation=d))
        except GeometryError:
            continue
    return found


_RANGES = ((1, 8), (1, 7), (1, 5), (0, 4), (0, 3), (1, 4))


def value_of(latex: str, axis: Axis) -> int:
    """Compute the right side of a formula that is spelled in LaTeX."""
    right = latex.split("=")[1].split(r"\quad", maxsplit=1)[0]
    extra = axis.crop[0] - axis.crop[1]
    plain = right.replace(r"\text{output\_padding}", "extra").replace(r"\,", "*")
    plain = re.sub(r"(\d)([a-z])", r"\1*\2", plain)
    names = {
        "n": axis.input_size, "k": axis.kernel_size, "s": axis.stride, "d": axis.dilation,
        "p": axis.crop[0], "extra": extra, "F": axis.full_size,
    }  # fmt: skip
    assert re.fullmatch(r"[nksdpFextra\d ()*+-]+", plain), plain
    return int(eval(plain, {}, names))


def plain(axis: Axis) -> bool:
    return axis.dilation == 1 and axis.crop[0] == axis.crop[1]


@pytest.mark.parametrize(
    ("key", "of", "when"),
    [
        ("why", "output_size", lambda a: a.crop[0] * 2 == a.kernel_size - a.stride and plain(a)),
        ("sizes", "full_size", lambda _: True),
        ("padding", "output_size", lambda a: a.crop[0] == a.crop[1]),
        ("output_padding", "output_size", lambda _: True),
        ("uses", "output_size", plain),
    ],
)
def test_a_formula_of_sizes_is_the_cores(key: str, of: str, when: Callable[[Axis], bool]) -> None:
    fitting = [axis for axis in [*axes(), Axis.from_torch(4, 4, stride=2, padding=1)] if when(axis)]
    assert fitting
    for axis in fitting:
        assert value_of(BY_KEY[key].formula, axis) == getattr(axis, of)


def sample(seed: int) -> Layer:
    link = PageLink(
        "overlap",
        LayerChoice.of(size=4, dilation=1 + seed % 2, input="random", weights="random", seed=seed),
    )
    return link.choice.layer


def loops(layer: Layer) -> tuple[np.ndarray, np.ndarray]:
    """The formulas of stamping and of convolution, as written, along both axes."""
    axis = layer.geometry.rows
    k, s, d, p = axis.kernel_size, axis.stride, axis.dilation, axis.crop[0]
    y = np.zeros(layer.geometry.output_shape)
    back = np.zeros(layer.geometry.input_shape)
    for i, j in np.ndindex(*layer.input.shape):
        for u, v in np.ndindex(k, k):
            at = (i * s + u * d - p, j * s + v * d - p)
            if all(0 <= place < side for place, side in zip(at, y.shape, strict=True)):
                y[at] += layer.input[i, j] * layer.kernel[u, v]
    for i, j in np.ndindex(*back.shape):
        for u, v in np.ndindex(k, k):
            at = (i * s + u * d - p, j * s + v * d - p)
            if all(0 <= place < side for place, side in zip(at, y.shape, strict=True)):
                back[i, j] += layer.kernel[u, v] * y[at]
    return y, back


@pytest.mark.parametrize("seed", range(4))
def test_the_formulas_of_sums_are_the_cores(seed: int) -> None:
    layer = sample(seed)
    axis, geometry = layer.geometry.rows, layer.geometry
    y, back = loops(layer)
    np.testing.assert_allclose(trace_scatter(layer.input, layer.kernel, geometry).output, y)
    settings = {"stride": axis.stride, "padding": axis.crop[0], "dilation": axis.dilation}
    np.testing.assert_allclose(trace_conv(y, layer.kernel, **settings).output, back)
    gathered = trace_gather(layer.input, layer.kernel, geometry)
    k, d = axis.kernel_size, axis.dilation
    for o, q in np.ndindex(*y.shape):
        total = sum(
            layer.kernel[k - 1 - u, k - 1 - v] * gathered.padded[o + u * d, q + v * d]
            for u, v in np.ndindex(k, k)
        )
        assert total == pytest.approx(y[o, q])
    matrix = convolution_matrix(layer.kernel, geometry)
    np.testing.assert_allclose(matrix.T @ layer.input.ravel(), y.ravel())
    assert not np.allclose(matrix.T @ matrix, np.eye(matrix.shape[1]))


def test_the_formulas_of_phases_and_edges_are_the_cores() -> None:
    for axis in axes():
        k, s, d, p = axis.kernel_size, axis.stride, axis.dilation, axis.crop[0]
        stamps = [sum(u * d % s == r for u in range(k)) for r in range(s)]
        assert phase_count(axis).tolist() == stamps
        weights = np.arange(1.0, k + 1)
        sums = [sum(weights[u] for u in range(k) if u * d % s == r) for r in range(s)]
        np.testing.assert_allclose(phase_sums(weights[np.newaxis], (1, s), dilation=(1, d)), [sums])
        if plain(axis) and axis.input_size * s > k and k >= s:
            assert axis_deficit(axis) == (max(k - s - p, 0),) * 2


def test_every_letter_of_a_formula_is_explained() -> None:
    for chapter in CHAPTERS:
        bare = re.sub(r"\\text\{.*?\}|\\[a-z]+", " ", chapter.formula)
        used = set(re.findall(r"[A-Za-z]", bare)) - set("iouI")
        assert used <= set("".join(LETTERS))
