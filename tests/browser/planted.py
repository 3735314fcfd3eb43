"""A page with faults planted in it, by name in its address: what a visitor sees of each."""

import json

import numpy as np
import streamlit as st

from tconv_core import Geometry, trace_scatter
from tconv_ui.player.component import player_component
from tconv_ui.player.payload import encode
from tconv_ui.player.scatter import scatter_scene

scene = scatter_scene(trace_scatter(np.ones((3, 3)), np.ones((2, 2)), Geometry.from_torch(3, 2)))
sound = encode(scene)
empty = json.dumps({"steps": 3, "buffers": {}, "channels": [], "grids": []}).encode()
PAYLOADS = {
    "nothing": None,
    "text": "a word",
    "no-bytes": b"",
    "noise": bytes(range(256)),
    "cut": sound[: len(sound) // 2],
    "header-only": np.array([0, len(empty)], "<u4").tobytes() + empty,
    "no-grids": sound.replace(b'"grids"', b'"girds"'),
    "odd-offset": sound.replace(b'"offset":0', b'"offset":1', 1),
}

st.title("Planted")
fault = st.query_params.get("fault", "")
if fault == "error":
    raise RuntimeError("the secret of the house")
if fault == "slow":
    st.button("go")
    st.progress(0.5)
    while True:
        sum(range(1000))
if fault in PAYLOADS:
    player_component(
        key="player", data=PAYLOADS[fault], default={"view": None}, on_view_change=lambda: None
    )
