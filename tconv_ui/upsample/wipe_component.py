"""The wipe component: two pictures of one size, parted by a line that is dragged or keyed."""

from __future__ import annotations

from base64 import b64encode

import streamlit as st

from tconv_ui.pictures.arrays import Picture, shown_png
from tconv_ui.shell.bundles import component_script, read_bundle


def show_wipe(
    left: tuple[str, Picture], right: tuple[str, Picture], *, key: str, opening: int = 50
) -> int:
    """Draw a wipe between two pictures; return where its line stands, in % from the left.

    Args:
        left, right: A name each, and a picture, (H, W, 3 or 4) uint8, of one size.
        key: The component's.
        opening: Where the line stands at first.

    Raises:
        ValueError: The pictures differ in size.
    """
    if left[1].shape[:2] != right[1].shape[:2]:
        raise ValueError(f"left is {left[1].shape[:2]}, right is {right[1].shape[:2]}.")
    height, width = left[1].shape[:2]
    sides = {
        side: {"name": name, "source": _data_url(picture)}
        for side, (name, picture) in (("left", left), ("right", right))
    }
    result = _component(
        key=key,
        data={**sides, "aspect": width / height, "at": opening},
        default={"at": opening},
        on_at_change=lambda: None,
    )
    at = result.get("at")
    return at if type(at) is int and 0 <= at <= 100 else opening


def _data_url(picture: Picture) -> str:
    return "data:image/png;base64," + b64encode(shown_png(picture)).decode()


_component = st.components.v2.component(
    "tconv_wipe",
    css=read_bundle("wipe.css"),
    js=component_script("wipe.js"),
)
