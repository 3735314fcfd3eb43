"""Links that stand in people's notes and slides open what they opened, to the last number.

The numbers are in stored_links.json. `python -m tests.pages.test_stored_links` writes it again:
only where a page is meant to show something else, and only after reading what it changes.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.pages.lab import Lab
from tests.ui.reading import decode_all, plotly_array

FILE = Path(__file__).with_name("stored_links.json")
STORED: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))


def numbers(lab: Lab) -> dict[str, Any]:
    """Everything a view is told apart by: what its controls hold, and what it computed."""
    scenes = [
        scene
        for part in lab.at.get("bidi_component")
        if part.proto.component_name == "tconv_player"
        for scene in decode_all(part.proto.bytes)
    ]
    maps = (
        []
        if lab.at.title[0].value != "Overlap"
        else [_summary(each) for each in lab.maps("shades")[1:]]
    )
    charts = maps + [
        _summary(cells)
        for chart in lab.at.get("plotly_chart")
        for trace in json.loads(chart.proto.spec)["data"]
        for cells in [plotly_array(trace.get("z", trace.get("y", [0])))]
        if trace["type"] in {"heatmap", "bar"}
    ]
    code = " ".join(block.value for block in lab.at.code)
    return {
        "sliders": lab.sliders,
        "metrics": [[metric.label, metric.value] for metric in lab.at.metric],
        "notes": len(lab.notes) + len(lab.warnings),
        "played": [[scene.steps, *_summary(scene.output())] for scene in scenes],
        "charts": charts,
        "numbers of the code": " ".join(re.findall(r"-?\b\d+(?:\.\d+)?", code)),
    }


def _summary(cells: NDArray[Any]) -> list[float]:
    """The shape of the cells, and two of their sums that are moved by any change of the cells."""
    values = np.nan_to_num(cells.astype(float)).ravel()
    weighted = values @ np.arange(1, values.size + 1)
    return [*cells.shape, *(float(f"{number:.5g}") for number in (values.sum(), weighted))]


@pytest.mark.parametrize("stored", STORED, ids=lambda stored: f"{stored['page']} {stored['link']}")
def test_a_stored_link_opens_the_same_numbers(stored: dict[str, Any]) -> None:
    assert json.loads(json.dumps(numbers(Lab(stored["page"], stored["link"])))) == stored["shows"]


def test_there_are_forty_and_they_lead_to_every_page() -> None:
    assert len(STORED) >= 40
    assert len({stored["page"] for stored in STORED}) == 10


def write() -> None:
    """Write what the links show now."""
    for stored in STORED:
        stored["shows"] = numbers(Lab(stored["page"], stored["link"]))
    lines = ",\n".join(json.dumps(stored, ensure_ascii=False) for stored in STORED)
    FILE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    write()
