"""The Overlap page: its numbers are the core's, its cures act on the layer."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tconv_core import even_out, unevenness
from tconv_ui.layer.cells import parse_cells
from tconv_ui.layer.checkerboard import FLAT, constant_response
from tconv_ui.overlap.judgement import judge
from tconv_ui.overlap.sections import SECTIONS
from tests.pages.lab import Lab

LAYERS = [
    {},
    {"kernel": "4", "padding": "1"},
    {"size": "1", "kernel": "1", "padding": "0"},
    {"kernel": "2", "stride": "5", "padding": "0"},
    {"stride": "1"},
    {"kernel": "2", "padding": "0"},
    {"linked": "false", "size_cols": "9", "kernel_cols": "5", "stride_cols": "3", "padding": "0"},
    {"weights": "custom", "w": "1 -1; 1 -1", "kernel": "2", "padding": "0"},
    {"dilation": "2", "size": "6", "output_padding": "1"},
    {"size": "16", "kernel": "9", "stride": "5", "padding": "3"},
]
every_layer = pytest.mark.parametrize("link", LAYERS, ids=str)


def kernel_of(lab: Lab) -> np.ndarray:
    return np.asarray(lab.layer.kernel)


@every_layer
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_draws_every_layer(section: str, link: dict[str, str]) -> None:
    lab = Lab("Overlap", {**link, "section": section})
    assert lab.warnings == [] or section == "Cure"
    assert lab.notes == [] or section == "Stacks"
    assert len(lab.maps()) == 3


@every_layer
def test_the_page_shows_the_cores_numbers(link: dict[str, str]) -> None:
    lab = Lab("Overlap", link)
    geometry, kernel = lab.geometry, kernel_of(lab)
    judgement = judge(geometry, kernel)
    verdict, _, response = lab.maps()
    assert verdict["headline"] == judgement.headline
    wanted = constant_response(kernel, geometry.uncropped)
    np.testing.assert_allclose(response, wanted, rtol=1e-5, atol=1e-6)


def test_the_two_counterexamples_are_presets() -> None:
    lab = Lab("Overlap")
    lab.preset("Ramp 1×4")
    board = "Even count, but the phases sum to 4 and 6: checkerboard of 20 %."
    assert lab.maps()[0]["headline"] == board
    lab.preset("3×3, stride 2")
    assert lab.maps()[0]["headline"] == "Uneven count, flat response: no checkerboard."


def button(lab: Lab, label: str) -> None:
    (found,) = [each for each in lab.at.button if each.label == label]
    found.click()
    lab.run()


@pytest.mark.parametrize("weights", ["ones", "random", "custom"])
def test_even_out_and_undo(weights: str) -> None:
    link = {"section": "Cure", "weights": weights, "padding": "0"}
    lab = Lab("Overlap", {**link, "w": "1 2 3; 4 5 6; 7 8 0"} if weights == "custom" else link)
    before = kernel_of(lab)
    assert unevenness(before, 2) > FLAT
    button(lab, "Even out this kernel")
    after = kernel_of(lab)
    np.testing.assert_allclose(after, even_out(before, 2))
    assert unevenness(after, 2) <= FLAT
    assert lab.choice.weights == "custom"
    np.testing.assert_array_equal(parse_cells(lab.choice.w, 9), after)
    assert "flat response: no checkerboard" in lab.maps()[0]["headline"]
    button(lab, "Undo: back to the kernel as it was")
    np.testing.assert_array_equal(kernel_of(lab), before)
    assert lab.choice.weights == weights
    assert "Even out this kernel" in [each.label for each in lab.at.button]
    assert not any(each.label.startswith("Undo") for each in lab.at.button)


def test_a_repair_is_forgotten_when_the_kernel_changes() -> None:
    lab = Lab("Overlap", {"section": "Cure", "weights": "ones", "padding": "0"})
    button(lab, "Even out this kernel")
    lab.slide(kernel=5)
    assert "Undo: back to the kernel as it was" not in [each.label for each in lab.at.button]


def test_an_even_kernel_needs_no_repair_and_holes_cannot_have_one() -> None:
    lab = Lab("Overlap", {"section": "Cure"})
    assert [each.value for each in lab.at.success] == [
        "This kernel is even already: nothing to repair."
    ]
    lab = Lab("Overlap", {"section": "Cure", "kernel": "1", "padding": "0"})
    (warning,) = lab.warnings
    assert "get no tap of this 1 × 1 kernel" in warning


def test_edges_name_the_padding_that_removes_them() -> None:
    lab = Lab("Overlap", {"section": "Edges", "size": "6", "kernel": "5", "padding": "0"})
    assert any("**3 at the top" in text for text in lab.texts)
    assert "Rows: padding **3** removes them all: an output of 9 cells, 15 in full." in lab.texts
    lab.slide(padding=3)
    assert any("**0 at the top" in text for text in lab.texts)
    assert any("144 of 225 cells are computed and thrown away" in text for text in lab.texts)


def test_stacks_take_depth_and_a_last_layer_from_the_link() -> None:
    link = {"section": "Stacks", "weights": "ones", "stack_depth": "3", "stack_smooth": "true"}
    lab = Lab("Overlap", link)
    charts = [json.loads(chart.proto.spec) for chart in lab.at.get("plotly_chart")]
    notes = [note["text"] for chart in charts[:2] for note in chart["layout"]["annotations"]]
    told = [note.split("<br>")[0] for note in notes]
    assert told == ["1 layer", "2 layers", "3 layers", "3 layers, then stride 1"]


def test_a_bad_section_is_said() -> None:
    lab = Lab("Overlap", {"section": "Nowhere"})
    assert len(lab.notes) == 1
    assert "section=`Nowhere` is not one of Phases" in lab.notes[0]
