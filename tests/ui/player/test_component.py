"""The component: what it takes from the browser, and the source it sends there."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest

from tconv_core import Geometry, trace_scatter
from tconv_ui.player.component import View, read_view
from tconv_ui.player.payload import encode, opened
from tconv_ui.player.scatter import scatter_scene
from tconv_ui.shell.bundles import read_bundle
from tconv_ui.theme import DARK, LIGHT, Theme, css_variables, mix, readable
from tests.node import run_node

SVG = "http://www.w3.org/2000/svg"
BUDGET = 150_000
"""Bytes per change at 16 × 16 and a 9 × 9 kernel."""
JS, CSS = read_bundle("player.js"), css_variables() + "\n" + read_bundle("player.css")


@pytest.mark.parametrize(
    ("value", "view"),
    [
        ({"step": 0, "pin": None}, View(0)),
        ({"step": 7, "pin": [1, 2]}, View(7, (1, 2))),
        ({"step": 7, "pin": [-1, 0]}, View(7, (-1, 0))),
        ({"step": 7, "pin": [1, 2, 1]}, View(7, (1, 2, 1))),
    ],
)
def test_a_view_is_read(value: object, view: View) -> None:
    assert read_view(value) == view


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "step",
        0,
        [],
        [7, [1, 2]],
        {},
        {"step": 7},
        {"pin": [1, 2]},
        {"step": None, "pin": None},
        {"step": "7", "pin": None},
        {"step": 7.5, "pin": None},
        {"step": float("nan"), "pin": None},
        {"step": float("inf"), "pin": None},
        {"step": [7], "pin": None},
        {"step": 7, "pin": "12"},
        {"step": 7, "pin": []},
        {"step": 7, "pin": [1]},
        {"step": 7, "pin": [1, 2, 3, 4]},
        {"step": 7, "pin": [1, 2, 0]},
        {"step": 7, "pin": [1, 2, 3]},
        {"step": 7, "pin": [1, 2, 1.5]},
        {"step": 7, "pin": [1.5, 2]},
        {"step": 7, "pin": ["1", "2"]},
        {"step": 7, "pin": {"0": 1, "1": 2}},
        {"step": 7, "pin": 12},
    ],
)
def test_anything_else_is_no_view(value: object) -> None:
    assert read_view(value) is None


@pytest.mark.parametrize(
    "value",
    [
        {"step": True, "pin": None},
        {"step": -1, "pin": None},
        {"step": 10**30, "pin": None},
        {"step": 1, "pin": [True, False]},
        {"step": 1, "pin": [10**30, 0]},
    ],
)
def test_what_the_link_could_not_carry_is_no_view(value: object) -> None:
    assert read_view(value) is None


# The source ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["controls", "maps", "player", "panels", "wipe"])
def test_nothing_is_fetched_from_anywhere_else(name: str) -> None:
    for kind in ("js", "css"):
        source = read_bundle(f"{name}.{kind}")
        assert "\n" in source.strip(), "Streamlit would take a single line for a path"
        source = source.replace("\\\n", "")  # a long text, broken
        assert set(re.findall(r"https?:[^\"'`\s)]*", source)) <= {SVG}
        assert not re.search(r"@import|\burl\(|\bimport\b|XMLHttpRequest|WebSocket", source)
        fetched = re.findall(r"\bfetch\(\s*new URL\(\s*`", source)  # below the page's own address
        assert len(re.findall(r"\bfetch\(", source)) == len(fetched) <= (name in FOLLOWING)


FOLLOWING = {"player", "maps"}


def numbers_from_node(message: bytes) -> dict[str, Any]:
    """What the script itself decodes and plays back."""
    script = f"""
    import {{ decodeMessage, openMessage }} from "./player/message.js";
    import {{ Replay, reachCount }} from "./player/replay.js";
    import {{ contributions }} from "./player/terms.js";
    const {{ opening, scenes }} = openMessage(Uint8Array.from({list(message)}));
    const message = decodeMessage(scenes);
    const [scene] = message.scenes;
    const replay = new Replay(scene);
    replay.seek(scene.steps);
    const at = scene.layout.result;
    const sums = replay.values[at].map((_, cell) =>
      contributions(scene, at, cell).reduce((sum, {{ value }}) => sum + value, 0));
    console.log(JSON.stringify({{
      start: opening.start, values: [...replay.values[at]], sums: [...sums],
      reach: [...reachCount(scene, at)], cols: scene.grids[at].cols,
    }}));"""
    told: dict[str, Any] = json.loads(run_node(script))
    assert len(told["values"]) % told["cols"] == 0
    return told


def test_the_script_plays_the_scene_to_the_output() -> None:
    x = np.array([[1, 2, 0], [3, 4, -1]])
    geometry = Geometry.from_torch((2, 3), (3, 2), stride=2, padding=1, output_padding=1)
    trace = trace_scatter(x, np.arange(6).reshape(3, 2) / 4, geometry)
    data = opened(encode(scatter_scene(trace)), {"start": 3})
    told = numbers_from_node(data)
    full = np.reshape(told["values"], (-1, told["cols"]))
    inside = full[geometry.rows.output_slice, geometry.cols.output_slice]
    np.testing.assert_allclose(inside, trace.output)
    np.testing.assert_allclose(told["sums"], told["values"])
    assert told["start"] == 3
    assert sum(told["reach"]) == x.size * 6


def levels(colour: str) -> list[int]:
    assert re.fullmatch("#[0-9a-f]{6}", colour)
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_script_paints_values_as_the_palette_mixes_them(theme: Theme) -> None:
    roles = {role: getattr(theme, role) for role in Theme.__slots__}
    script = f"""
    import {{ SHAPE, Theme }} from "./player/theme.js";
    const roles = {json.dumps(roles)};
    globalThis.getComputedStyle = () => ({{ getPropertyValue: (name) => roles[name.slice(2)] }});
    const theme = new Theme(null, 48);
    const at = (value) => theme.fill(Math.sign(value) * 48 * (Math.abs(value) / 48) ** (1 / SHAPE));
    console.log(JSON.stringify(Array.from({{ length: 97 }}, (_, i) => at(i - 48))));"""
    for step, painted in enumerate(json.loads(run_node(script)), start=-48):
        end = theme.negative if step < 0 else theme.positive
        mixed = mix(theme.page, end, 0.85 * abs(step) / 48)
        np.testing.assert_allclose(levels(painted["back"]), levels(mixed), atol=1)
        assert painted["text"] == readable(theme, painted["back"])


# The weight ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stride", [1, 5])
@pytest.mark.parametrize("dilation", [1, 3])
def test_a_change_of_the_largest_layer_stays_light(stride: int, dilation: int) -> None:
    rng = np.random.default_rng(0)
    geometry = Geometry.from_torch(16, 9, stride=stride, dilation=dilation)
    trace = trace_scatter(rng.random((16, 16)), rng.random((9, 9)), geometry)
    payload = encode(scatter_scene(trace))
    assert len(payload) + len(JS.encode()) + len(CSS.encode()) <= BUDGET
