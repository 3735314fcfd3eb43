"""The parts of the field guide, one drawn at a time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from tconv_ui.charts.sections import show_figure
from tconv_ui.field_guide.chapter import Chapter, letters
from tconv_ui.field_guide.chapters import CHAPTERS
from tconv_ui.field_guide.figures import Panel, panel_figure
from tconv_ui.field_guide.layer_table import EXAMPLE, KINDS, table
from tconv_ui.field_guide.misconceptions import MISCONCEPTIONS, Misconception
from tconv_ui.layer.page_link_button import page_link_button
from tconv_ui.player.component import play
from tconv_ui.player.payload import encode
from tconv_ui.player.scene import Scene
from tconv_ui.shell.source_code import show_source
from tconv_ui.theme import Theme

MIN_WIDTH, MOST_WIDTH = 4, 19
"""Cells: the narrowest column that holds a title, and what fits the page side by side."""
TITLES = [chapter.title for chapter in CHAPTERS]


def draw_chapters(theme: Theme) -> None:
    """Show one chapter, and the way to the others."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.selectbox("Chapter", TITLES, key="chapter", bind="query-params")
        number = TITLES.index(title)
        _turn("Back", number - 1)
        _turn("Next", number + 1)
    chapter = CHAPTERS[number]
    layer = chapter.link.choice.layer
    with st.container(border=True):
        words, formula = st.columns([3, 2], gap="medium", vertical_alignment="center")
        with words:
            st.header(chapter.title, anchor=False)
            st.markdown(chapter.text(layer))
        with formula:
            st.markdown(f"${chapter.formula}$")
            st.caption(letters(chapter.formula))
        _draw_picture(chapter, theme)
        page_link_button(chapter.link_label, chapter.link, key="page_link")
    sources = "; ".join(source.markdown for source in chapter.sources)
    st.markdown(f":small[Chapter {number + 1} of {len(CHAPTERS)}. Source: {sources}.]")
    show_source(chapter.numbers, chapter.picture)


def _draw_picture(chapter: Chapter, theme: Theme) -> None:
    picture = chapter.picture(chapter.link.choice.layer)
    key, alt = f"guide_{chapter.key}", chapter.description()
    if isinstance(picture, Scene):
        play(encode(picture), key=key)
    elif isinstance(picture, tuple):
        draw_panels(picture, theme, key=key, alt=alt)
    else:
        show_figure(picture(theme), key=key, alt=alt, toolbar=False)


def draw_panels(panels: tuple[Panel, ...], theme: Theme, *, key: str, alt: str) -> None:
    """Draw grids on one scale, side by side; below each other on a phone."""
    limit = max(float(np.abs(panel.cells).max()) for panel in panels) or 1.0
    widths = [max(panel.cells.shape[1], MIN_WIDTH) for panel in panels]
    spare = max(MOST_WIDTH - sum(widths), 0)
    places = st.columns([*widths, spare] if spare else widths)
    for number, (panel, place) in enumerate(zip(panels, places, strict=False)):
        with place:
            show_figure(
                panel_figure(panel, limit, theme),
                key=f"{key}_{number}",
                alt=f"{panel.title}. {alt}",
                toolbar=False,
            )


def _turn(label: str, number: int) -> None:
    inside = 0 <= number < len(TITLES)
    st.button(
        label,
        key=f"turn_{label.lower()}",
        disabled=not inside,
        help=TITLES[number] if inside else None,
        on_click=_open,
        args=(TITLES[number] if inside else TITLES[0],),
    )


def _open(title: str) -> None:
    st.session_state["chapter"] = title


def draw_misconceptions(theme: Theme) -> None:
    """Show what is often said, what is correct, and on demand the computation that settles it."""
    for row in MISCONCEPTIONS:
        with st.container(border=True):
            said, correct, button = st.columns([4, 4, 2], vertical_alignment="center")
            said.markdown(f"“{row.said}”")
            correct.markdown(f":material/check: **{row.correct}**")
            with button:
                asked = st.toggle("Compute it", key=f"proof_{row.key}")
            if asked:
                _draw_proof(row, theme)


def _draw_proof(row: Misconception, theme: Theme) -> None:
    proof = row.prove(row.link.choice.layer)
    finding = row.shows.format_map(proof.numbers)
    mark = ":material/check_circle:" if proof.holds else ":material/error:"
    st.markdown(f"{mark} {finding}")
    draw_panels(proof.panels, theme, key=f"proof_figure_{row.key}", alt=finding)
    page_link_button("Open this layer", row.link, key=f"proof_link_{row.key}")
    show_source(row.prove, key=f"proof_source_{row.key}")


def draw_table(theme: Theme) -> None:  # noqa: ARG001 - all parts take the theme
    """Show what each layer does to the shape."""
    channels, rows, cols = EXAMPLE
    st.markdown(
        f"Each layer was just run on {channels} channels of {rows} × {cols} cells. n is the side "
        "of the input, k of the kernel; s is the stride, p the padding, d the dilation."
    )
    st.table(table(), border="horizontal", hide_index=True, alt="Layers and what they do to shapes")
    st.caption(
        "Learned: the weights, and a bias for each output channel. Pixel shuffle itself learns "
        "nothing; the convolution before it does."
    )
    show_source(type(KINDS[0]).output_shape)


PARTS: dict[str, Callable[[Theme], None]] = {
    "Chapters": draw_chapters,
    "Often said": draw_misconceptions,
    "The layers": draw_table,
}
