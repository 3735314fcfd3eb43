"""Export: what a player shows, as a picture, an animation, numbers or code to take away."""

from __future__ import annotations

import math
from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_ui.export.download_sections import (
    Export,
    Programs,
    offer_animation,
    offer_csv,
    offer_npz,
    offer_png,
    offer_program,
)
from tconv_ui.export.measures import WIDTH
from tconv_ui.export.stage import too_large
from tconv_ui.player.replay import step_count
from tconv_ui.player.scene import Scene
from tconv_ui.shell.header import current_theme
from tconv_ui.shell.links import asked_of, choose_one, show_unmet, unmet

PICTURES, NUMBERS = ["GIF", "WebP", "PNG"], ["CSV", "NPZ"]
SCALES = {f"{WIDTH}": 1, f"{2 * WIDTH}": 2}


def export_section(
    scenes: Mapping[str, Scene],
    step: int | None = None,
    *,
    programs: Programs | None = None,
    key: str = "export",
) -> None:
    """Offer what a player shows as files, folded away below it, and drawn when it is opened.

    Args:
        scenes: What the player plays, by name; of several at the same time, one is chosen.
        step: Steps done where it rests; None is where it opens by itself, halfway.
        programs: Those that are offered.
        key: The first widget's key, one per player on a page, and its name in the link.
    """
    formats = [*PICTURES, *NUMBERS, *(programs or {})]
    asked = asked_of(key, f"{key}_width", f"{key}_reading")
    opened = st.session_state.setdefault(f"{key}_opened", bool(asked))
    with st.expander(
        "Export",
        icon=":material/download:",
        expanded=opened,
        key=f"{key}_section",
        on_change="rerun",
    ) as section:
        if not section.open:
            return
        _choose(scenes, step, programs or {}, key)
        show_unmet(
            [
                unmet(asked, f"{key}_reading", f"one of {', '.join(scenes)}"),
                unmet(asked, key, f"one of {', '.join(formats)}"),
                unmet(asked, f"{key}_width", f"one of {', '.join(SCALES)}"),
            ]
        )


@st.fragment
def _choose(scenes: Mapping[str, Scene], step: int | None, programs: Programs, key: str) -> None:
    row = st.container(horizontal=True, vertical_alignment="bottom")
    scene = scenes[_reading(row, list(scenes), key)]
    count = step_count(scene)
    now = math.ceil(count / 2) if step is None else min(max(step, 0), count)
    view = Export(scene, current_theme(), now, programs, key)
    formats = [*PICTURES, *NUMBERS, *programs]
    chosen = row.pills(
        "Format",
        formats,
        default="GIF",
        required=True,
        key=view.key,
        bind="query-params",
        wrap=True,
    )
    width = choose_one(
        row, "Width in pixels", SCALES, key=f"{view.key}_width", disabled=chosen not in PICTURES
    )
    if chosen in PICTURES and (sentence := too_large(view.scene)):
        st.info(sentence)
    elif chosen in programs:
        offer_program(view, chosen)
    elif chosen == "CSV":
        offer_csv(view)
    elif chosen == "NPZ":
        offer_npz(view)
    elif chosen == "PNG":
        offer_png(view, SCALES[width])
    else:
        offer_animation(view, "GIF" if chosen == "GIF" else "WebP", SCALES[width])


def _reading(row: DeltaGenerator, names: list[str], key: str) -> str:
    """Choose one of several readings on screen."""
    if len(names) == 1:
        return names[0]
    return choose_one(row, "Reading", names, key=f"{key}_reading")
