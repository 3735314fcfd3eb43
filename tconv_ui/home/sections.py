"""What the home page draws: the hero, three ways in, the presets' cards, the map."""

from __future__ import annotations

import streamlit as st

from tconv_ui.home.cards import BROKEN, MAP, preset_link, preset_output
from tconv_ui.home.hero import hero_layer, hero_scene, is_legible
from tconv_ui.home.thumbnails import SIDE, thumbnail
from tconv_ui.layer.controls import layer_controls
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.page_link_button import page_link_button
from tconv_ui.layer.presets import PRESETS
from tconv_ui.player.component import loop
from tconv_ui.player.payload import encode
from tconv_ui.shell.reserved_space import reserve_height
from tconv_ui.theme import THEMES, ThemeName

HERO_HEIGHT, SLIDER_HEIGHT = 452, 72
"""Pixels, on a screen and on a phone."""


def draw_hero(layer: Layer) -> None:
    """Play the layer, or the first preset's where it is too large to be read at this size."""
    with st.container(border=True):
        with reserve_height(SLIDER_HEIGHT):
            layer_controls(("stride",))
        loop(encode(hero_scene(hero_layer(layer))), live="home", key="hero", height=HERO_HEIGHT)
    if not is_legible(layer):
        st.caption("Your layer has too many cells for this stage: **See it** plays all of them.")


def draw_ways_in() -> None:
    """Three ways in, in the order in which they make sense."""
    see, bend, own = st.columns(3)
    with see.container(border=True, height="stretch"):
        st.header(":primary[:material/animation:] See it", anchor=False)
        st.markdown("One stamp at a time. Click any cell for the sum that makes it.")
        _page_button("Step by step", "step_by_step", key="see")
    with bend.container(border=True, height="stretch"):
        st.header(":primary[:material/grid_on:] Break it", anchor=False)
        st.markdown("Stamps that overlap unevenly turn a flat input into a checkerboard.")
        page_link_button("Overlap", preset_link(BROKEN, "overlap"), key="break")
    with own.container(border=True, height="stretch"):
        st.header(":primary[:material/image:] Try it", anchor=False)
        st.markdown("Enlarge a picture of your own, in many ways side by side.")
        _page_button("Upsample an image", "upsample", key="try")


def _page_button(label: str, page: str, *, key: str) -> None:
    if st.button(label, key=key, icon=":material/arrow_forward:"):
        st.switch_page(f"pages/{page}.py", query_params={})


def draw_presets(theme: ThemeName) -> None:
    """A card for each preset, with the output it makes."""
    st.header("Start from a layer", anchor=False)
    with st.container(horizontal=True, gap="xsmall"):
        for label, preset in PRESETS.items():
            with st.container(width=SIDE, gap="xsmall"):
                with st.container(height=SIDE, border=False):
                    st.image(
                        _picture(label, theme),
                        width=SIDE,
                        output_format="PNG",
                        alt=f"The output of {label}. {preset.note}",
                    )
                page_link_button(label, preset_link(preset, "step_by_step"), key=f"card_{label}")
                st.caption(preset.note)


@st.cache_data(max_entries=2 * len(PRESETS), show_spinner=False)
def _picture(label: str, theme: ThemeName) -> bytes:
    return thumbnail(preset_output(PRESETS[label]), THEMES[theme])


def draw_map() -> None:
    """The rest of the lab, a quiet line each."""
    for name, infos in MAP.items():
        st.header(name, anchor=False)
        for info in infos:
            path, icon = f"pages/{info.page}.py", f":material/{info.icon}:"
            st.page_link(path, label=f"**{info.name}**: {info.line}", icon=icon)
