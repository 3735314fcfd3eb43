"""Cells that a visitor spells out."""

from __future__ import annotations

import numpy as np

from tests.pages.lab import Lab, check_step_page


def test_a_bad_cell_is_one_sentence_and_nothing_is_lost() -> None:
    lab = Lab(link={"size": "2"})
    lab.ask(lab.words | {"input": "custom", "x": "1 2; 3 4"})
    before = lab.payload.output()
    lab.ask(lab.words | {"x": "1 2; 3 z"})
    (warning,) = lab.warnings
    assert "Row 1, column 1: `z` is not a number" in warning
    np.testing.assert_array_equal(lab.payload.output(), before)
    assert lab.choice.x == "1 2; 3 z"
    lab.ask(lab.words | {"x": "1 2; 3 5"})
    assert lab.warnings == []
    np.testing.assert_array_equal(lab.payload.values("input"), [[1, 2], [3, 5]])


def test_cells_of_a_kernel_with_other_rows_than_columns() -> None:
    words = {"linked": "false", "kernel": "2", "kernel_cols": "4"}
    lab = Lab(link={**words, "weights": "custom", "w": "1 2 3 4; 5 6 7 8"})
    np.testing.assert_array_equal(lab.payload.values("kernel"), [[1, 2, 3, 4], [5, 6, 7, 8]])
    check_step_page(lab)
