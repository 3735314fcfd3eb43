"""The crop tool of the image page: drag a rectangle over the picture, or set it by sliders."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_ui.pictures.arrays import Picture
from tconv_ui.shell.links import set_and_link
from tconv_ui.upsample.charts import crop_figure
from tconv_ui.upsample.crop import Crop, crop_of

RANGES = {
    "crop_w": (10, 100, 100),
    "crop_h": (10, 100, 100),
    "crop_x": (0, 100, 50),
    "crop_y": (0, 100, 50),
}
"""(least, largest, first) of the sliders, by key."""


@dataclass(frozen=True, slots=True)
class CropTool:
    """The sliders' crop, and the place above them where `draw_crop` draws."""

    crop: Crop
    place: DeltaGenerator


def crop_tool(panel: DeltaGenerator) -> CropTool:
    """Draw the sliders, and leave room for the picture above them."""
    place = panel.container()
    width, height = (
        _slider(column, label, key, enabled=True)
        for column, label, key in zip(
            panel.columns(2), ("Width kept, %", "Height kept, %"), ("crop_w", "crop_h"), strict=True
        )
    )
    across, down = (
        _slider(column, label, key, enabled=kept < 100)
        for column, label, key, kept in zip(
            panel.columns(2),
            ("Left and right, %", "Up and down, %"),
            ("crop_x", "crop_y"),
            (width, height),
            strict=True,
        )
    )
    crop = Crop((height / 100, width / 100), (down / 100, across / 100))
    return CropTool(crop, place)


def draw_crop(tool: CropTool, overview: Picture) -> None:
    """Draw the picture small, a box dragged over which becomes the crop.

    Args:
        tool: Where, and the crop in use.
        overview: (H, W, 3) uint8, with what the crop cuts away shaded.
    """
    # A new key takes the dragged box off the picture once it has become the crop.
    key = f"crop_box {tool.crop}"
    with tool.place:
        row = st.container(horizontal=True, vertical_alignment="center")
        row.caption("Drag a rectangle over the part to keep.", width="stretch")
        row.button("Keep all", key="crop_all", on_click=_set_crop, args=(Crop(),), type="tertiary")
        st.plotly_chart(
            crop_figure(overview),
            theme=None,
            key=key,
            on_select=partial(_take_box, key, *overview.shape[:2]),
            selection_mode="box",
            config={"displayModeBar": False},
            alt="The picture, with the part that is cut away shaded",
        )


def _take_box(key: str, height: int, width: int) -> None:
    boxes: list[Any] = st.session_state[key]["selection"]["box"]
    for box in boxes[:1]:
        rows, cols = (
            [(float(at) + 0.5) / size for at in box[axis][:2]]
            for axis, size in (("y", height), ("x", width))
        )
        least = RANGES["crop_w"][0] / 100
        _set_crop(crop_of((rows[0], rows[1]), (cols[0], cols[1]), least))


def _set_crop(crop: Crop) -> None:
    for name, share in zip(
        ("crop_h", "crop_w", "crop_y", "crop_x"), (*crop.shares, *crop.centre), strict=True
    ):
        set_and_link(name, round(100 * share), RANGES[name][2])


def _slider(place: DeltaGenerator, label: str, key: str, *, enabled: bool) -> int:
    low, high, first = RANGES[key]
    return int(
        place.slider(label, low, high, first, key=key, bind="query-params", disabled=not enabled)
    )
