"""The image page's Wipe section: any two pictures in one frame."""

from __future__ import annotations

import re

import streamlit as st

from tconv_ui.pictures.arrays import Picture
from tconv_ui.shell.links import show_unmet
from tconv_ui.upsample.frames import Frame, place
from tconv_ui.upsample.study import Study, zoom_controls
from tconv_ui.upsample.wipe_component import show_wipe
from tconv_ui.wording import quoted

BEFORE = "Before"


def wipe(study: Study) -> None:
    """Draw the choice of two pictures, where to look, and the wipe between them."""
    row = st.container(horizontal=True, vertical_alignment="bottom")
    options = [BEFORE, *study.names]
    left = row.selectbox("Left", options, key="left", bind="query-params", width=220)
    right = row.selectbox(
        "Right", options, index=len(options) - 1, key="right", bind="query-params", width=220
    )
    part = zoom_controls(study, row).part
    shown = [_side(study, name, part) for name in (left, right)]
    for refused in (words for _, _, words in shown if words):
        st.info(refused)
        return
    opening = _line_from_link()
    at = show_wipe(shown[0][:2], shown[1][:2], key="wipe", opening=opening)
    if at != opening or "line" in st.query_params:
        st.query_params["line"] = str(at)
    st.caption("Drag the line, or move it with the arrow keys.")


def _line_from_link() -> int:
    """Return where the link puts the line, in % from the left."""
    raw = st.query_params.get("line", "50")
    if re.fullmatch(r"[0-9]{1,2}|100", raw):
        return int(raw)
    del st.query_params["line"]
    show_unmet([f"line={quoted(raw)} is not a whole number from 0 to 100; using 50."])
    return 50


def _side(study: Study, name: str, part: Frame) -> tuple[str, Picture, str | None]:
    """Return the name to show, the picture, and why there is none."""
    if name == BEFORE:
        label, picture = study.reference
        return label, place(picture, (0, 0), part), None
    panel = study.panel(name)
    return name, place(panel.picture, panel.shift, part), panel.problem
