"""Cells that a visitor spells out."""

from __future__ import annotations

import numpy as np

from tests.pages.lab import Lab, check_step_page


def test_a_bad_cell_is_one_sentence_and_nothing_is_lost() -> None:
    lab = Lab()
    lab.choose("input", "custom")
    assert lab.at.text_input(key="x").value == "1 2 0; 3 4 -1; -2 1 2"
    lab.write("x", "1 2; 3 4")
    assert lab.sliders["size"] == 2
    before = lab.sent.bytes
    lab.write("x", "1 2; 3 z")
    (warning,) = lab.warnings
    assert "Row 1, column 1: `z` is not a number" in warning
    assert lab.sent.bytes == before
    assert lab.at.text_input(key="x").value == "1 2; 3 z"
    lab.write("x", "1 2; 3 5")
    assert lab.warnings == []
    np.testing.assert_array_equal(lab.payload.values("input"), [[1, 2], [3, 5]])


def test_cells_written_whole_set_the_size() -> None:
    lab = Lab()
    lab.choose("weights", "custom")
    lab.write("w", "1 2 3 4; 5 6 7 8")
    assert lab.at.toggle(key="linked").value is False
    assert (lab.sliders["kernel"], lab.sliders["kernel_cols"]) == (2, 4)
    np.testing.assert_array_equal(lab.payload.values("kernel"), [[1, 2, 3, 4], [5, 6, 7, 8]])
    check_step_page(lab)


def test_an_editor_shows_the_cells() -> None:
    lab = Lab(link={"input": "custom", "x": "1 2.5; -3 4", "size": "2"})
    lab.at.session_state["editors"] = True
    lab.run()
    tables = [frame.value for frame in lab.at.dataframe]
    assert len(tables) == 2
    np.testing.assert_array_equal(tables[0].to_numpy().astype(float), [[1, 2.5], [-3, 4]])
    assert tables[1].shape == (3, 3)
