"""Grids of numbers as text, and the named inputs and kernels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from tconv_ui.layer.cells import (
    CUSTOM,
    INPUTS,
    KERNELS,
    LARGEST,
    LONGEST_TEXT,
    RANDOM,
    CellsError,
    format_cell,
    format_cells,
    parse_cells,
    parse_number,
    repeat_cells,
    resize_cells,
)

FINITE = st.floats(-LARGEST, LARGEST)
GRIDS = hnp.arrays(
    np.float64, hnp.array_shapes(min_dims=2, max_dims=2, max_side=8), elements=FINITE
)
SHAPES = st.tuples(st.integers(1, 16), st.integers(1, 16))


@given(FINITE)
def test_a_number_reads_back_to_itself(value: float) -> None:
    assert parse_number(format_cell(value), "here") == value


@given(GRIDS)
def test_a_grid_reads_back_to_itself(grid: NDArray[np.float64]) -> None:
    np.testing.assert_array_equal(parse_cells(format_cells(grid), 16), grid)


@given(GRIDS)
def test_a_list_printed_by_python_is_read(grid: NDArray[np.float64]) -> None:
    np.testing.assert_array_equal(parse_cells(repr(grid.tolist()), 16), grid)


@pytest.mark.parametrize(
    "text",
    [
        "1 2; 3 4",
        "1, 2; 3, 4",
        "1,2\n3,4",
        "1\t2\r\n3\t4\r\n",
        "[[1, 2], [3, 4]]",
        "[[1, 2],\n [3, 4]]",
        "[[1 2]\n [3 4]]",
        " ;1 2;;3 4; ",
        "+1 2.0;3e0 .4e1",
        "1\u00a02; 3\u20094",
        "tensor([[1., 2.], [3., 4.]])",
        "tensor([[1., 2.],\n        [3., 4.]], device='cuda:0', dtype=torch.float64)",
        "w = np.array([[1, 2], [3, 4]], dtype=np.float32)",
        "array([[1., 2.],\n       [3., 4.]])",
        "torch.tensor([[1, 2],[3, 4]], requires_grad=True)",
        "<tf.Tensor: shape=(2, 2), dtype=int32, numpy=\narray([[1, 2],\n [3, 4]], dtype=int32)>",
        "[[1. 2.] [3. 4.]]",
    ],
)
def test_ways_to_write_a_grid(text: str) -> None:
    np.testing.assert_array_equal(parse_cells(text, 16), [[1, 2], [3, 4]])


def test_a_comma_parts_cells_in_a_grid_and_decimals_in_a_number() -> None:
    np.testing.assert_array_equal(parse_cells("1,5", 16), [[1, 5]])
    assert parse_number("1,5", "here") == 1.5


@pytest.mark.parametrize(
    ("text", "value"),
    [("−1.5", -1.5), (" 2 ", 2), ("−0,25", -0.25), ("1e-3", 0.001), ("−1e6", -1e6), ("1e6", 1e6)],
)
def test_ways_to_write_a_number(text: str, value: float) -> None:
    assert parse_number(text, "here") == value
    np.testing.assert_array_equal(parse_cells("−3 4", 16), [[-3, 4]])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("abc", "Row 1: `abc` is not a number; type one such as 1.5."),
        ("", "Row 1: an empty cell is not a number; type one such as 1.5."),
        ("  ", "Row 1: an empty cell is not a number; type one such as 1.5."),
        ("1.2.3", "Row 1: `1.2.3` is not a number; type one such as 1.5."),
        ("1+1", "Row 1: `1+1` is not a number; type one such as 1.5."),
        ("x" * 50, f"Row 1: `{'x' * 20}` is not a number; type one such as 1.5."),
        ("nan", "Row 1: `nan` is not a finite number; type one such as 1.5."),
        ("-inf", "Row 1: `-inf` is not a finite number; type one such as 1.5."),
        ("1e999", "Row 1: `1e999` is not a finite number; type one such as 1.5."),
        ("1000001", "Row 1: `1000001` is too large; use at most 1,000,000."),
        ("-1e300", "Row 1: `-1e300` is too large; use at most 1,000,000."),
    ],
)
def test_what_is_no_number_is_said_in_words(text: str, sentence: str) -> None:
    with pytest.raises(CellsError) as caught:
        parse_number(text, "Row 1")
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no number: write rows like 1 2; 3 4."),
        ("[[], []]", "There is no number: write rows like 1 2; 3 4."),
        ("1 2; 3", "The rows have 1 to 2 cells: give every row the same number."),
        ("1;2 3;4 5 6", "The rows have 1 to 3 cells: give every row the same number."),
        ("1 2 3 4 5", "1 × 5 cells are too many: use 4 a side."),
        ("1;2;3;4;5", "5 × 1 cells are too many: use 4 a side."),
        (
            "tensor([[1., ..., 2.]])",
            "The dots stand for numbers left out: print the array in full.",
        ),
        ("1 2; 3 z", "Row 1, column 1: `z` is not a number; type one such as 1.5."),
        ("1 inf", "Row 0, column 1: `inf` is not a finite number; type one such as 1.5."),
        ("9e9", "Row 0, column 0: `9e9` is too large; use at most 1,000,000."),
        (
            "1 " * (LONGEST_TEXT // 2 + 1),
            f"The text has {LONGEST_TEXT + 2:,} characters: use at most {LONGEST_TEXT:,}.",
        ),
    ],
)
def test_what_is_no_grid_is_said_in_words(text: str, sentence: str) -> None:
    with pytest.raises(CellsError) as caught:
        parse_cells(text, 4)
    assert str(caught.value) == sentence


@given(st.text() | st.text("0123456789.,;[] \n\t-−+e_"))
def test_any_text_is_a_grid_or_a_sentence(text: str) -> None:
    sentence = ""
    grid = np.zeros((1, 1))
    try:
        grid = parse_cells(text, 16)
    except CellsError as error:
        sentence = str(error)
    assert not sentence or sentence.endswith(".")
    assert grid.ndim == 2
    assert 1 <= min(grid.shape) <= max(grid.shape) <= 16
    assert (np.abs(grid) <= LARGEST).all()


def test_a_sentence_stays_short_whatever_was_typed() -> None:
    with pytest.raises(CellsError) as caught:
        parse_cells("9" * LONGEST_TEXT, 16)
    assert len(str(caught.value)) < 120


@given(GRIDS, SHAPES)
def test_resizing_keeps_the_upper_left_and_adds_zeros(
    grid: NDArray[np.float64], shape: tuple[int, int]
) -> None:
    resized = resize_cells(grid, shape)
    assert resized.shape == shape
    for cell, value in np.ndenumerate(resized):
        inside = cell[0] < grid.shape[0] and cell[1] < grid.shape[1]
        assert value == (grid[cell] if inside else 0)


@given(GRIDS, SHAPES)
def test_repeating_tiles_from_the_upper_left(
    grid: NDArray[np.float64], shape: tuple[int, int]
) -> None:
    tiled = np.tile(grid, (16, 16))[: shape[0], : shape[1]]
    np.testing.assert_array_equal(repeat_cells(grid, shape), tiled)


@pytest.mark.parametrize("name", INPUTS)
def test_inputs_fit_every_shape_and_stay_the_same(name: str) -> None:
    for shape in np.ndindex(16, 16):
        rows, cols = shape[0] + 1, shape[1] + 1
        made = INPUTS[name]((rows, cols), 7)
        assert made.shape == (rows, cols)
        assert made.dtype == np.float64
        assert (np.abs(made) <= LARGEST).all()
        np.testing.assert_array_equal(made, INPUTS[name]((rows, cols), 7))


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_fit_every_shape_and_stay_the_same(name: str) -> None:
    for shape in np.ndindex(9, 9):
        rows, cols = shape[0] + 1, shape[1] + 1
        made = KERNELS[name]((rows, cols), 7)
        assert made.shape == (rows, cols)
        assert (np.abs(made) <= LARGEST).all()
        np.testing.assert_array_equal(made, KERNELS[name]((rows, cols), 7))


@pytest.mark.parametrize("makers", [INPUTS, KERNELS], ids=["inputs", "kernels"])
def test_only_random_cells_follow_the_seed(makers: dict) -> None:
    assert CUSTOM not in makers
    for name, make in makers.items():
        same = np.array_equal(make((4, 4), 0), make((4, 4), 1))
        assert same == (name != RANDOM)


@pytest.mark.parametrize("makers", [INPUTS, KERNELS], ids=["inputs", "kernels"])
def test_named_cells_survive_being_spelled_out(makers: dict) -> None:
    side = 16 if makers is INPUTS else 9
    for make in makers.values():
        made = make((side, side), 3)
        np.testing.assert_array_equal(parse_cells(format_cells(made), side), made)


def test_the_plain_inputs() -> None:
    np.testing.assert_array_equal(INPUTS["constant"]((2, 2), 0), [[1, 1], [1, 1]])
    np.testing.assert_array_equal(INPUTS["gradient"]((2, 3), 0), [[0, 1, 2], [1, 2, 3]])
    np.testing.assert_array_equal(INPUTS["checker"]((2, 3), 0), [[1, 0, 1], [0, 1, 0]])
    np.testing.assert_array_equal(INPUTS["impulse"]((1, 3), 0), [[0, 1, 0]])
    assert INPUTS["impulse"]((4, 5), 0).sum() == 1
    random = INPUTS[RANDOM]((16, 16), 0)
    np.testing.assert_array_equal(random, np.clip(np.rint(random), -4, 4))
    assert np.unique(random).size == 9


def test_the_worked_examples() -> None:
    np.testing.assert_array_equal(
        INPUTS["worked map"]((3, 3), 0), [[0, 64, 128], [48, 192, 144], [142, 226, 168]]
    )
    np.testing.assert_array_equal(
        KERNELS["worked 3 × 3"]((3, 3), 0), [[-1, 0, -2], [0.5, 4.5, -1.5], [1.5, 2, -3]]
    )
    np.testing.assert_array_equal(
        INPUTS["pooling map"]((4, 2), 0), [[1, 2], [2, 1], [0, 1], [0, 1]]
    )
