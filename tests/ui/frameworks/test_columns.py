"""The columns of the frameworks: their golden numbers, their errors, their words, their code."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tconv_core import Axis, Geometry, GeometryError, transpose_conv
from tconv_ui.frameworks.columns import (
    COLUMNS,
    Column,
    columns,
    impulse_cell,
    impulse_response,
    keras_column,
    onnx_column,
    torch_column,
)
from tconv_ui.frameworks.errors import keras_error, onnx_error, torch_elsewhere, torch_error
from tconv_ui.frameworks.pasted import read_layer
from tconv_ui.frameworks.words import axis_difference, compared, crop_words, difference, headline
from tconv_ui.layer.choice import LayerChoice
from tests.core.golden import FOLDER, Case, load_cases
from tests.core.strategies import any_axes
from tests.ui.frameworks.asked import asked

SHIFTED = asked((3, 3), (3, 3), (2, 2), (1, 1), output_padding=(1, 1))
KERAS = load_cases("keras", "keras_conv2d_transpose")
TORCH = load_cases("torch", "conv_transpose2d")
ONNX = [
    case
    for case in load_cases("onnx", "onnx_conv_transpose")
    if "output_shape" not in case.params
    and case.params.get("pads", (0, 0, 0, 0))[:2] == case.params.get("pads", (0, 0, 0, 0))[2:]
]


def both(low: int, high: int) -> st.SearchStrategy[tuple[int, int]]:
    numbers = st.integers(low, high)
    return st.tuples(numbers, numbers) | numbers.map(lambda number: (number, number))


all_settings = st.builds(
    LayerChoice, both(1, 6), both(1, 6), both(1, 4), both(0, 6), both(0, 4), both(1, 3)
)


def check_case(case: Case, column: Column) -> None:
    assert column.geometry is not None
    result = transpose_conv(
        case.inputs["x"],
        case.inputs["weight"],
        column.geometry,
        bias=case.inputs.get("bias"),
        groups=case.params.get("groups", case.params.get("group", 1)),
    )
    assert result.shape == case.expected.shape
    np.testing.assert_allclose(result, case.expected, rtol=1e-4, atol=1e-4)


def sizes(case: Case) -> tuple[tuple[int, int], tuple[int, int]]:
    x, weight = case.inputs["x"].shape, case.inputs["weight"].shape
    return (x[-2], x[-1]), (weight[-2], weight[-1])


@pytest.mark.parametrize("case", KERAS, ids=lambda case: case.id)
def test_the_keras_columns_make_keras_own_numbers(case: Case) -> None:
    extra = case.params["output_padding"]
    choice = asked(
        *sizes(case),
        case.params["strides"],
        output_padding=extra or (0, 0),
        output_padding_written=extra is not None,
    )
    check_case(case, keras_column(choice, case.params["padding"]))


@pytest.mark.parametrize("case", TORCH, ids=lambda case: case.id)
def test_the_pytorch_column_makes_pytorchs_own_numbers(case: Case) -> None:
    choice = asked(
        *sizes(case),
        case.params["stride"],
        case.params["padding"],
        case.params["output_padding"],
        case.params["dilation"],
    )
    check_case(case, torch_column(choice))


@pytest.mark.parametrize("case", ONNX, ids=lambda case: case.id)
def test_the_onnx_columns_make_onnx_runtimes_own_numbers(case: Case) -> None:
    choice = asked(
        *sizes(case),
        case.params["strides"],
        case.params.get("pads", (0, 0))[:2],
        case.params["output_padding"],
        case.params["dilations"],
    )
    auto_pad = case.params.get("auto_pad", "NOTSET")
    check_case(case, onnx_column(choice, auto_pad))


def test_both_auto_pads_are_among_the_golden_cases() -> None:
    assert {case.params.get("auto_pad") for case in ONNX} == {"SAME_UPPER", "SAME_LOWER"}


@given(all_settings)
def test_even_pads_make_pytorchs_numbers(choice: LayerChoice) -> None:
    """The golden cases of ONNX have uneven pads, which no slider spells; PyTorch's stand in."""
    torch, onnx = torch_column(choice), onnx_column(choice, "NOTSET")
    if onnx.geometry is not None:
        assert onnx.geometry == torch.geometry


# Errors -------------------------------------------------------------------------------------

INVALID = [
    entry
    for entry in json.loads((FOLDER / "invalid_cases.json").read_text())
    if min(entry["params"]["stride"]) > 0 and min(entry["params"]["padding"]) >= 0
]


@pytest.mark.parametrize("entry", INVALID, ids=lambda entry: entry["message"][:30])
def test_pytorchs_error_is_pytorchs(entry: dict[str, Any]) -> None:
    given = {key: tuple(value) for key, value in entry["params"].items() if key != "groups"}
    choice = asked(
        given["input_hw"],
        given["kernel_hw"],
        given["stride"],
        given["padding"],
        output_padding=given["output_padding"],
        dilation=given["dilation"],
    )
    assert torch_error(choice) == f"RuntimeError: {entry['message']}"


KERAS_STRICT = (
    "ValueError: `output_padding` must be strictly less than `strides` for all dimensions"
)


@pytest.mark.parametrize(
    ("choice", "padding", "text"),
    [
        (
            replace(SHIFTED, output_padding=(2, 2)),
            "same",
            f"{KERAS_STRICT}. At dimension 0, `output_padding` is 2 but `strides` is 2. "
            "Received: output_padding=(2, 2), strides=(2, 2)",
        ),
        (
            asked((3, 3), (3, 3), (2, 1), output_padding=(1, 1)),
            "valid",
            f"{KERAS_STRICT}. At dimension 1, `output_padding` is 1 but `strides` is 1. "
            "Received: output_padding=(1, 1), strides=(2, 1)",
        ),
        (
            asked((3, 3), (3, 3), (2, 1), dilation=(1, 2)),
            "valid",
            "ValueError: `strides > 1` not supported in conjunction with `dilation_rate > 1`. "
            "Received: strides=(2, 1) and dilation_rate=(1, 2)",
        ),
        (
            asked((4, 4), (4, 4), (2, 2), output_padding=(0, 1)),
            "same",
            "InvalidArgumentError: Conv2DCustomBackpropInput: Size of out_backprop doesn't match "
            "computed: actual = 4, computed = 3 spatial_dim: 1 input: 6 filter: 4 output: 4 "
            "stride: 2 dilation: 1",
        ),
    ],
)
def test_keras_errors_are_keras(choice: LayerChoice, padding: str, text: str) -> None:
    assert keras_error(choice, padding) == text
    column = keras_column(choice, padding)
    assert column.error == text
    assert column.geometry is None


ONNX_PREFIX = (
    "InvalidArgument: [ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Non-zero status code returned "
    "while running ConvTranspose node. Name:'' Status Message: "
)


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (
            replace(SHIFTED, output_padding=(2, 2)),
            "output_padding[0] (2) must be less than max(stride, dilation) (2) for spatial "
            "dimension 0.",
        ),
        (
            asked((3, 3), (3, 3), (1, 1), output_padding=(1, 1), dilation=(3, 3)),
            "Computed output shape is inconsistent with input spatial dimensions. output_padding "
            "(1) may be too large for stride (1). Expected input size 4 but got 3.",
        ),
        (
            replace(SHIFTED, padding=(5, 5)),
            "Computed output dimension is <= 0 for dim 0. Input shape: {3,3}",
        ),
        (
            asked((3, 5), (3, 3), (1, 1), (0, 9)),
            "Computed output dimension is <= 0 for dim 1. Input shape: {3,5}",
        ),
    ],
)
def test_onnx_errors_are_onnx_runtimes(choice: LayerChoice, text: str) -> None:
    assert onnx_error(choice, "NOTSET") == ONNX_PREFIX + text


@given(all_settings)
def test_an_error_comes_exactly_when_the_settings_are_refused(choice: LayerChoice) -> None:
    for column in columns(choice):
        assert (column.error is None) == (column.geometry is not None)
        assert bool(column.remedy) == (column.error is not None)
    spelled = {
        "PyTorch": lambda: Geometry.from_torch(
            choice.size,
            choice.kernel,
            stride=choice.stride,
            padding=choice.padding,
            output_padding=choice.output_padding,
            dilation=choice.dilation,
        ),
        "Keras valid": lambda: Geometry.from_keras(
            choice.size,
            choice.kernel,
            strides=choice.stride,
            output_padding=choice.keras_output_padding,
            dilation_rate=choice.dilation,
        ),
        "ONNX pads": lambda: Geometry.from_onnx(
            choice.size,
            choice.kernel,
            strides=choice.stride,
            pads=choice.padding * 2,
            output_padding=choice.output_padding,
            dilations=choice.dilation,
        ),
    }
    for name, make in spelled.items():
        column = COLUMNS[name](choice)
        if column.error is None:
            assert column.geometry == make()
            continue
        with pytest.raises(GeometryError) as caught:
            make()
        assert column.remedy == str(caught.value)


def test_onednn_says_something_else_for_large_kernels() -> None:
    layer = asked((2, 2), (4, 4), (2, 2), (3, 3))
    assert "empty output" in torch_elsewhere(layer)
    assert "empty output" in torch_column(layer).note
    assert "memory descriptor" in torch_elsewhere(replace(layer, padding=(4, 4)))
    assert torch_elsewhere(replace(layer, kernel=(3, 4), padding=(4, 4))) == ""
    assert torch_elsewhere(replace(layer, padding=(2, 2))) == ""


# Words --------------------------------------------------------------------------------------


def test_same_size_shifted_by_one_pixel() -> None:
    torch, _, keras, *_ = found = columns(SHIFTED)
    assert torch.geometry is not None
    assert keras.geometry is not None
    assert impulse_response(torch.geometry.cols, 0).tolist() == [2, 3, 0, 0, 0, 0]
    assert impulse_response(keras.geometry.cols, 0).tolist() == [1, 2, 3, 0, 0, 0]
    assert compared(keras, torch) == "Against PyTorch: **same size, shifted by one pixel**."
    assert headline(found, torch) == (
        "**Keras same against PyTorch: same size, shifted by one pixel.**"
    )


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@given(any_axes(), st.data())
def test_the_words_agree_with_the_numbers(axis: Axis, data: st.DataObject) -> None:
    begin = data.draw(st.integers(-3, axis.full_size - 1))
    end = data.draw(st.integers(-3, axis.full_size - 1 - begin))
    other = replace(axis, crop=(begin, end))
    words = axis_difference(axis, other)
    x = np.random.default_rng(0).integers(1, 1000, (1, 1, axis.input_size)).astype(float)
    w = np.random.default_rng(1).integers(1, 1000, (1, 1, 1, axis.kernel_size)).astype(float)
    ours, theirs = (
        transpose_conv(x, w, Geometry(Axis(1, 1), each))[0, 0] for each in (axis, other)
    )
    assert (words == "same numbers") == (axis.crop == other.crop)
    if words.startswith("same"):
        assert ours.size == theirs.size
    if "shifted by" in words:
        count = words.split()[4]
        shift = NUMBERS.index(count) if count in NUMBERS else int(count)
        late, early = (ours, theirs) if axis.crop[0] < other.crop[0] else (theirs, ours)
        np.testing.assert_array_equal(late[shift:], early[: max(early.size - shift, 0)])
    if words.endswith("longer at the end") and " and " not in words:
        np.testing.assert_array_equal(ours[: theirs.size], theirs)
        assert ours.size > theirs.size
    if words.endswith("shorter at the start") and " and " not in words:
        np.testing.assert_array_equal(ours, theirs[theirs.size - ours.size :])


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (asked((4, 4), (2, 2), (2, 2)), "**Same numbers everywhere: 8 × 8.**"),
        (
            replace(SHIFTED, output_padding=(0, 0)),
            "**The same layer makes 5 × 5, 6 × 6 or 7 × 7.**",
        ),
        (
            asked((3, 3), (3, 3), (1, 1), (1, 1), output_padding=(1, 1), dilation=(2, 2)),
            "**Only PyTorch accepts these settings, and makes 6 × 6.**",
        ),
        (
            replace(SHIFTED, output_padding=(2, 2)),
            "**Every framework refuses these settings.** Its own words are below.",
        ),
        (
            replace(SHIFTED, padding=(9, 9)),
            "**PyTorch refuses these settings.** Refused by PyTorch and ONNX pads.",
        ),
    ],
)
def test_the_headline_says_what_matters_first(choice: LayerChoice, words: str) -> None:
    found = columns(choice)
    assert headline(found, found[0]) == words


def test_an_axis_that_differs_is_named() -> None:
    torch = Geometry.from_torch((3, 3), 3, stride=2, padding=(1, 0), output_padding=(1, 0))
    keras = Geometry.from_keras((3, 3), 3, strides=2, padding="same")
    assert difference(keras, torch) == (
        "Rows: same size, shifted by one pixel; columns: one column shorter at the end."
    )
    below = Geometry(replace(torch.rows, crop=(0, 1)), torch.cols)
    assert difference(below, torch) == "Same size, rows shifted by one pixel."
    assert crop_words(torch.cols) == "cuts nothing"


@given(all_settings, st.sampled_from(("SAME_UPPER", "SAME_LOWER")))
def test_what_onnx_runtime_makes_beside_the_standard_is_said(
    choice: LayerChoice, auto_pad: str
) -> None:
    column = onnx_column(choice, auto_pad)
    wanted = tuple(n * s for n, s in zip(choice.size, choice.stride, strict=True))
    short = column.geometry is not None and column.geometry.output_shape != wanted
    assert ("The standard says" in column.note) == short
    assert not short or f"{wanted[0]} × {wanted[1]}" in column.note


def test_impulse_cells() -> None:
    assert [impulse_cell(5, place) for place in ("first", "middle", "last")] == [0, 2, 4]
    assert [impulse_cell(1, place) for place in ("first", "middle", "last")] == [0, 0, 0]


# Code ---------------------------------------------------------------------------------------


def layer_call(code: str) -> str:
    """The assignment of `layer` in a column's code."""
    (found,) = [
        node
        for node in ast.parse(code).body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in {"layer", "node"}
    ]
    return ast.unparse(found)


@given(all_settings)
def test_the_code_says_the_settings(choice: LayerChoice) -> None:
    torch = read_layer(layer_call(torch_column(choice).code), choice.size)
    assert replace(torch.choice, output_padding_written=False) == choice
    for padding in ("valid", "same"):
        keras = read_layer(layer_call(keras_column(choice, padding).code), choice.size)
        assert keras.padding == padding
        assert keras.choice.keras_output_padding == choice.keras_output_padding
        told = (keras.choice.kernel, keras.choice.stride, keras.choice.dilation)
        assert told == (choice.kernel, choice.stride, choice.dilation)


@given(all_settings)
def test_the_onnx_code_says_the_settings(choice: LayerChoice) -> None:
    for name in ("ONNX pads", "ONNX SAME_UPPER", "ONNX SAME_LOWER"):
        column = COLUMNS[name](choice)
        (statement,) = ast.parse(layer_call(column.code)).body
        assert isinstance(statement, ast.Assign)
        assert isinstance(statement.value, ast.Call)
        told = {each.arg: ast.literal_eval(each.value) for each in statement.value.keywords}
        if "pads" in told:
            told["pads"] = tuple(told["pads"])
        try:
            found = Geometry.from_onnx(choice.size, choice.kernel, **told)
        except GeometryError:
            assert column.geometry is None
            continue
        assert found == column.geometry


@pytest.mark.parametrize(("dilation", "told"), [((1, 1), False), ((1, 2), True)])
def test_code_that_needs_onednn_turns_it_on(dilation: tuple[int, int], told: bool) -> None:
    code = keras_column(asked((3, 3), (3, 3), dilation=dilation), "valid").code
    assert code.startswith("import os") == ("TF_ENABLE_ONEDNN_OPTS" in code) == told
    assert ast.parse(code)


def test_the_shape_in_the_code_is_the_one_made() -> None:
    assert torch_column(SHIFTED).code.endswith("# (1, 8, 6, 6)")
    assert keras_column(SHIFTED, "valid").code.endswith("# (1, 8, 8, 8)")
    assert "#" not in torch_column(replace(SHIFTED, output_padding=(2, 2))).code


@pytest.mark.parametrize(
    ("choice", "padding", "words"),
    [
        (replace(SHIFTED, output_padding=(0, 0)), "same", "the output would be 5 × 5."),
        (asked((4, 4), (4, 4), (2, 2)), "same", "TensorFlow would refuse it."),
        (asked((3, 3), (1, 1), (2, 2)), "valid", "the output would be 5 × 5."),
    ],
)
def test_the_note_says_what_a_written_zero_would_do(
    choice: LayerChoice, padding: str, words: str
) -> None:
    assert keras_column(choice, padding).note.endswith(words)
    assert "left out" not in keras_column(SHIFTED, padding).note
