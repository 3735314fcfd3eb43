"""The component: what it takes from the browser, and the source it sends there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tconv_core import Geometry, trace_scatter
from tconv_ui.player import component
from tconv_ui.player.component import View
from tconv_ui.player.payload import encode
from tconv_ui.player.scatter import scatter_scene
from tconv_ui.theme import DARK, LIGHT, Theme, css_variables, mix, readable

SCRIPTS = component.SCRIPTS
SVG = "http://www.w3.org/2000/svg"
NODE = shutil.which("node")
BUDGET = 150_000
"""Bytes per change at 16 × 16 and a 9 × 9 kernel."""


def raw(*names: str) -> str:
    source = component._read(*names)
    assert source.strip()
    return source


JS = component._compact(raw(*SCRIPTS))
CSS = css_variables() + "\n" + component._compact(raw("player.css"))


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
    assert component._view(value) == view


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
    assert component._view(value) is None


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
    assert component._view(value) is None


# The source ---------------------------------------------------------------------------------


def test_nothing_is_fetched_from_anywhere() -> None:
    for source in (JS, CSS, raw(*SCRIPTS), raw("player.css")):
        assert set(re.findall(r"https?:[^\"'`\s)]*", source)) <= {SVG}
        assert not re.search(
            r"@import|\burl\(|\bimport\b|\bfetch\(|XMLHttpRequest|WebSocket", source
        )


def test_the_source_is_not_taken_for_a_path() -> None:
    assert JS.count("\n") > 100
    assert CSS.count("\n") > 10


def test_compacting_drops_indentation_and_comment_lines_only() -> None:
    source = raw(*SCRIPTS)
    in_comment = False
    kept = []
    for line in source.splitlines():
        text = line.strip()
        in_comment = in_comment or text.startswith("/**")
        if text and not in_comment and not text.startswith("//"):
            kept.append(text)
        in_comment = in_comment and not text.endswith("*/")
    assert JS.splitlines() == kept
    assert len(JS) < 0.9 * len(source)


def test_no_text_spans_lines_so_indentation_never_matters() -> None:
    for line in raw(*SCRIPTS).splitlines():
        assert line.count("`") % 2 == 0, line
        assert not line.endswith("\\")


def test_css_keeps_its_rules() -> None:
    assert component._compact(raw("player.css")).replace("\n", "") == re.sub(
        r"\n *", "", raw("player.css")
    )


def run_node(*arguments: str, script: str) -> str:
    assert NODE
    done = subprocess.run(
        [NODE, *arguments], input=script, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_compacted_script_parses(tmp_path: Path) -> None:
    if NODE:
        module = tmp_path / "player.mjs"
        module.write_text(JS, encoding="utf-8")
        assert run_node("--check", str(module), script="") == ""
    bare = re.sub(r"//.*", "", re.sub(r"\"[^\"\n]*\"|\\.", "", JS))
    for opening, closing in ("()", "[]", "{}"):
        assert bare.count(opening) == bare.count(closing)
    assert JS.count("export default function (") == 1
    assert JS.count("export ") == 1


def numbers_from_node(scene: bytes) -> dict[str, Any]:
    """What scene.js itself decodes and plays back."""
    script = f"""{raw("scene.js", "terms.js")}
    const message = decodeMessage(Uint8Array.from({list(scene)}));
    const [scene] = message.scenes;
    const replay = new Replay(scene);
    replay.seek(scene.steps);
    const at = scene.layout.result;
    const sums = replay.values[at].map((_, cell) =>
      contributions(scene, at, cell).reduce((sum, {{ value }}) => sum + value, 0));
    console.log(JSON.stringify({{
      start: message.start, values: [...replay.values[at]], sums: [...sums],
      reach: [...reachCount(scene, at)], cols: scene.grids[at].cols,
    }}));"""
    told: dict[str, Any] = json.loads(run_node("-", script=script))
    assert len(told["values"]) % told["cols"] == 0
    return told


def test_the_script_plays_the_scene_to_the_output() -> None:
    x = np.array([[1, 2, 0], [3, 4, -1]])
    geometry = Geometry.from_torch((2, 3), (3, 2), stride=2, padding=1, output_padding=1)
    trace = trace_scatter(x, np.arange(6).reshape(3, 2) / 4, geometry)
    data = encode(scatter_scene(trace), 3)
    if not NODE:
        assert "getUint32(4, true)" in JS
        assert 'channel.mode === "add" ? values[cell] + value : value' in JS
        return
    told = numbers_from_node(data)
    full = np.reshape(told["values"], (-1, told["cols"]))
    inside = full[geometry.rows.output_slice, geometry.cols.output_slice]
    np.testing.assert_allclose(inside, trace.output)
    np.testing.assert_allclose(told["sums"], told["values"])
    assert told["start"] == 4
    assert sum(told["reach"]) == x.size * 6


def levels(colour: str) -> list[int]:
    assert re.fullmatch("#[0-9a-f]{6}", colour)
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_script_paints_values_as_the_palette_mixes_them(theme: Theme) -> None:
    if not NODE:
        assert "share <= 0.04045 ? share / 12.92" in JS
        assert "Math.round(from + (to[i] - from) * share)" in JS
        return
    roles = {role: getattr(theme, role) for role in Theme.__slots__}
    script = f"""{raw("theme.js")}
    const roles = {json.dumps(roles)};
    globalThis.getComputedStyle = () => ({{ getPropertyValue: (name) => roles[name.slice(2)] }});
    const theme = new Theme(null, 48);
    const at = (value) => theme.fill(Math.sign(value) * 48 * (Math.abs(value) / 48) ** (1 / SHAPE));
    console.log(JSON.stringify(Array.from({{ length: 97 }}, (_, i) => at(i - 48))));"""
    for step, painted in enumerate(json.loads(run_node("-", script=script)), start=-48):
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
    payload = encode(scatter_scene(trace), 255, (100, 100))
    assert len(payload) + len(JS.encode()) + len(CSS.encode()) <= BUDGET
