"""What the panels component is sent, and what it may send back."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tconv_ui.pictures.arrays import shown_png
from tconv_ui.upsample.frames import Frame
from tconv_ui.upsample.panels_component import (
    PanelsView,
    Reach,
    Shot,
    encode_shots,
    read_panels_view,
)

PICTURE = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)


def test_the_message_is_a_header_and_the_pictures_it_counts() -> None:
    shots = [Shot("one", "4 × 2", PICTURE, ""), Shot("none", "", None, "why")]
    reach = Reach(Frame(-1, -2, 8, 10), Frame(1, 3, 4, 5), (1, 2), 2)
    data = encode_shots(shots, reach)
    at = 4 + int.from_bytes(data[:4], "little")
    header = json.loads(data[4:at])
    assert data[at:] == shown_png(PICTURE)
    assert [shot["bytes"] for shot in header["shots"]] == [len(data) - at, 0]
    assert header["reach"]["part"] == [2, 5, 4, 5]
    assert (
        json.loads(encode_shots(shots[:1], None)[4 : 4 + 200].split(b"\x89PNG")[0])["reach"] is None
    )


def test_aread_view_is_read() -> None:
    assert read_panels_view({"zoom": 4, "y": 0.25, "x": 1}, (1, 2, 4)) == PanelsView(4, (0.25, 1.0))


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        {},
        {"zoom": 3, "y": 0, "x": 0},
        {"zoom": True, "y": 0, "x": 0},
        {"zoom": [2], "y": 0, "x": 0},
        {"zoom": 2, "y": -0.1, "x": 0},
        {"zoom": 2, "y": 0, "x": float("nan")},
        {"zoom": 2, "y": "0", "x": 0},
        {"zoom": 2, "y": True, "x": 0},
    ],
)
def test_what_is_noread_view_is_left_alone(value: Any) -> None:
    assert read_panels_view(value, (2, 4)) is None
