"""Every page opens, and shows the layer that is asked for."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tconv_core import overlap_count
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.formulas import overlap_verdict
from tests.pages.lab import APP, DEFAULTS, PAGES, Lab, check_step_page, formulas

BUDGET = 150_000


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_the_controls_beside_it(page: str) -> None:
    lab = Lab(page)
    assert lab.sliders.items() >= DEFAULTS.items()
    assert lab.warnings == lab.notes == []
    with_layer = {
        "Transposed Convolution Lab",
        "Step by step",
        "Overlap",
        "Operations",
        "Upsample an image",
        "Frameworks",
    }
    assert bool(lab.components("tconv_controls")) == (page in with_layer)


@pytest.mark.parametrize("page", list(PAGES.values())[1:])
def test_a_page_opened_by_its_own_address_still_gets_the_controls(page: str) -> None:
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.switch_page(page).run()
    assert not at.exception
    assert LayerChoice.from_words(at.session_state["words"]) == LayerChoice()


def test_the_first_layer() -> None:
    lab = Lab()
    check_step_page(lab)
    np.testing.assert_array_equal(lab.payload.values("input"), [[1, 2, 0], [3, 4, -1], [-2, 1, 2]])
    assert lab.payload.output().shape == (5, 5)
    assert formulas(lab)[0].size == 5


# The overlap page ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        {},
        {"size": "6", "padding": "0"},
        {"size": "3", "kernel": "1", "padding": "0"},
        {"size": "16", "kernel": "9", "stride": "5", "padding": "0", "output_padding": "4"},
        {"linked": "false", "size_cols": "9", "kernel_cols": "5", "dilation_cols": "3"},
    ],
)
def test_the_chart_counts_the_stamps(link: dict[str, str]) -> None:
    lab = Lab("Overlap", link)
    said, cells, _ = lab.maps()
    np.testing.assert_array_equal(cells, overlap_count(lab.geometry.uncropped))
    verdict = overlap_verdict(lab.geometry)
    assert said["headline"].startswith(verdict.title)
    assert said["reason"].startswith(verdict.reason)
    assert said["reason"].endswith(verdict.edges)


def test_a_layer_set_on_one_page_is_there_on_the_next() -> None:
    lab = Lab()
    lab.slide(size=6, stride=1)
    lab.go("Overlap")
    np.testing.assert_array_equal(lab.maps()[1], overlap_count(lab.geometry.uncropped))
    assert lab.sliders["size"] == 6
    lab.slide(kernel=5)
    lab.go("Step by step")
    check_step_page(lab)


# The player ---------------------------------------------------------------------------------


def test_a_change_of_the_largest_layer_stays_light() -> None:
    lab = Lab(link={"size": "16", "kernel": "9", "stride": "5", "padding": "0"})
    lab.ask(lab.words | {"input": "random"})
    assert lab.payload.header["steps"] == 256
    assert lab.payload.output().shape == (84, 84)
    assert lab.sent.ByteSize() <= BUDGET
