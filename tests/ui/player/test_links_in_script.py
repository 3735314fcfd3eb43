"""What the script makes of a message: the terms of each output cell, and where it lights them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tconv_core import Geometry, trace_scatter
from tconv_ui.player.layouts import Layout
from tconv_ui.player.payload import encode
from tconv_ui.player.readings import READINGS, WALKS, make_readings
from tests.node import run_node

X = np.array([[1, 2, 0], [3, 4, -1.0]])
W = np.arange(1, 7).reshape(3, 2) / 4
GEOMETRIES = {
    "cropped": Geometry.from_torch((2, 3), (3, 2), stride=2, padding=1, output_padding=1),
    "dilated": Geometry.from_torch((2, 3), (3, 2), dilation=(2, 3)),
    "holes": Geometry.from_torch((2, 3), (3, 2), stride=5),
}


def told(geometry: Geometry, walk: str, *, symbols: bool = False) -> dict[str, Any]:
    """What the script decodes, plays to the end, and says of each output cell."""
    trace = trace_scatter(X, W, geometry)
    data = encode(make_readings(Layout(trace), READINGS, walk, symbols=symbols))
    script = f"""
    import {{ decodeMessage }} from "./player/message.js";
    import {{ Replay }} from "./player/replay.js";
    import {{ fillTemplate, termsOf }} from "./player/terms.js";
    const message = decodeMessage(Uint8Array.from({list(data)}));
    const [rows, cols] = message.links.target;
    const replays = message.scenes.map((scene) => new Replay(scene));
    for (const replay of replays) replay.seek(message.steps);
    const at = (s, {{ grid, row, col }}) =>
      replays[s].values[grid][row * message.scenes[s].grids[grid].cols + col];
    const tell = ({{ value, factors, cells }}) => ({{
      value,
      names: factors.map(({{ name }}) => name),
      letters: factors.map(({{ letter }}) => letter),
      factors: factors.map((factor) => factor.value),
      lit: message.scenes.map((scene, s) => cells(scene).map((cell) => at(s, cell))),
    }});
    const cells = Array.from({{ length: rows * cols }}, (_, cell) =>
      termsOf(message, Math.floor(cell / cols), cell % cols).map(tell));
    const results = replays.map((replay, s) =>
      [...replay.values[message.scenes[s].layout.result]]);
    const steps = Array.from({{ length: message.steps }}, (_, step) => step);
    const captions = message.scenes.map((scene) => steps.map((step) =>
      fillTemplate(scene, step, scene.captions[scene.captionIndex[step]])));
    console.log(JSON.stringify({{ cells, results, captions }}));"""
    found: dict[str, Any] = json.loads(run_node(script))
    return found


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("name", GEOMETRIES)
def test_terms_add_up_and_every_reading_lights_their_factors(name: str, walk: str) -> None:
    geometry = GEOMETRIES[name]
    found = told(geometry, walk)
    output = trace_scatter(X, W, geometry).output.ravel()
    for cell, terms in enumerate(found["cells"]):
        assert sum(term["value"] for term in terms) == pytest.approx(output[cell])
        for term in terms:
            x, w = term["factors"]
            i, j = map(int, term["names"][0][2:-1].split(","))
            u, v = map(int, term["names"][1][2:-1].split(","))
            assert (X[i, j], W[u, v]) == (x, w)
            scatter, gather, matrix = term["lit"]
            assert scatter == gather == [x, w]
            assert sorted(matrix) == sorted([x, w])


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("name", GEOMETRIES)
def test_every_reading_ends_at_the_output(name: str, walk: str) -> None:
    geometry = GEOMETRIES[name]
    output = trace_scatter(X, W, geometry).output
    scatter, *others = told(geometry, walk)["results"]
    full = np.reshape(scatter, geometry.uncropped.output_shape)
    inside = full[geometry.rows.output_slice, geometry.cols.output_slice]
    for result in (inside, *(np.reshape(other, output.shape) for other in others)):
        np.testing.assert_allclose(result, output, rtol=1e-6)


def test_letters_name_cells_and_taps() -> None:
    terms = told(GEOMETRIES["dilated"], WALKS[1], symbols=True)["cells"][0]
    assert [term["letters"] for term in terms] == [["a", "w₀₀"]]


@pytest.mark.parametrize("walk", WALKS)
def test_captions_are_whole_sentences(walk: str) -> None:
    for captions in told(GEOMETRIES["cropped"], walk)["captions"]:
        for caption in captions:
            assert "{" not in caption
            assert "undefined" not in caption
            assert "NaN" not in caption
            assert caption.endswith(".")
