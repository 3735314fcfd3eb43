"""The panels component: pictures of one part of the plane, panned and zoomed as one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from tconv_ui.pictures.arrays import Picture, shown_png
from tconv_ui.shell.bundles import component_script, read_bundle
from tconv_ui.shell.reserved_space import reserve_height
from tconv_ui.upsample.frames import Frame

PANELS_HEIGHT = 240
"""Pixels; the least that panels take."""
_PER_ROW = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3}


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One picture with its words; where there is no picture, `remark` says why.

    Attributes:
        name, detail: The heading.
        picture: (H, W, 3 or 4) uint8, the part in view; None where there is none.
        remark: What is said below.
    """

    name: str
    detail: str
    picture: Picture | None
    remark: str


@dataclass(frozen=True, slots=True)
class PanelsView:
    """Where the panels look: the zoom, and the centre (y, x) in 0 to 1 of the way there is."""

    zoom: int
    centre: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the panels can be moved.

    Attributes:
        whole, part: What there is to see, and what of it is in view.
        zooms: The zooms there are, in rising order.
        zoom: The one in use.
    """

    whole: Frame
    part: Frame
    zooms: tuple[int, ...]
    zoom: int


def show_panels(
    shots: Sequence[Shot],
    *,
    key: str,
    reach: Reach | None = None,
    on_move: Callable[[PanelsView], None] | None = None,
) -> None:
    """Draw the shots beside each other, 1 to 5 of them.

    Args:
        shots: Their pictures are of one size.
        key: The component's.
        reach: How far they move together; None fixes them.
        on_move: Called before the next run with where the visitor moved them.
    """

    def moved() -> None:
        view = read_panels_view(
            st.session_state[key].get("view"), () if reach is None else reach.zooms
        )
        if view is not None and on_move is not None:
            on_move(view)

    data = encode_shots(shots, reach)
    with reserve_height(PANELS_HEIGHT):
        _component(key=key, data=data, on_view_change=moved)


def encode_shots(shots: Sequence[Shot], reach: Reach | None) -> bytes:
    """Return a length, a header in JSON, and the PNGs it counts."""
    files = [b"" if shot.picture is None else shown_png(shot.picture) for shot in shots]
    header = {
        "columns": _PER_ROW[len(shots)],
        "shots": [
            {"name": shot.name, "detail": shot.detail, "remark": shot.remark, "bytes": len(file)}
            for shot, file in zip(shots, files, strict=True)
        ],
        "reach": None if reach is None else _reach_header(reach),
    }
    text = json.dumps(header).encode()
    return np.array(len(text), "<u4").tobytes() + text + b"".join(files)


def _reach_header(reach: Reach) -> dict[str, Any]:
    whole, part = reach.whole, reach.part
    return {
        "height": whole.height,
        "width": whole.width,
        "part": [part.top - whole.top, part.left - whole.left, part.height, part.width],
        "zooms": reach.zooms,
        "zoom": reach.zoom,
    }


def read_panels_view(value: Any, zooms: Sequence[int]) -> PanelsView | None:
    """Read what the browser sent, which may be anything."""
    match value:
        case {"zoom": int(zoom), "y": y, "x": x} if zoom in zooms and _share(y) and _share(x):
            return PanelsView(zoom, (float(y), float(x)))
        case _:
            return None


def _share(number: object) -> bool:
    return isinstance(number, int | float) and type(number) is not bool and 0 <= number <= 1


_component = st.components.v2.component(
    "tconv_panels",
    css=read_bundle("panels.css"),
    js=component_script("panels.js"),
)
