"""The Solver page: what it lists, what it opens, and what it says when there is nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tconv_core import Geometry, Solution
from tconv_ui.solver.solutions import Limits, find, label
from tests.pages.lab import DEFAULTS, NAMES, Lab, check_step_page
from tests.pages.test_hostile_links import HOSTILE


def tables(lab: Lab) -> list[Any]:
    return [each.value for each in lab.at.dataframe]


def click(lab: Lab, key: str) -> None:
    lab.at.button(key=key).click()
    lab.run()


def test_the_question_of_the_page() -> None:
    lab = Lab("Solver")
    (rows,) = tables(lab)
    found = find(7, 28, Limits())
    assert len(rows) == len(found)
    assert rows["Kernel"].tolist() == [each.kernel_size for each in found]
    assert rows["Padding"].tolist() == [each.padding for each in found]
    assert lab.at.selectbox(key="choice").value == label(found[0])
    assert any(text.startswith("## 7 × 7 → 28 × 28") for text in lab.texts)
    assert any("makes 7 of 28, 29, 30 or 31." in text for text in lab.texts)
    assert lab.warnings == lab.notes == []


@pytest.mark.parametrize(
    ("link", "limits"),
    [
        ({"divisible": "true"}, Limits(divisible=True)),
        ({"no_output_padding": "true"}, Limits(no_output_padding=True)),
        ({"no_holes": "false"}, Limits(no_holes=False)),
        ({"whole_input": "false"}, Limits(whole_input=False)),
        ({"max_kernel": "5"}, Limits(5)),
    ],
)
def test_limits_come_from_the_link(link: dict[str, str], limits: Limits) -> None:
    lab = Lab("Solver", link)
    (rows,) = tables(lab)
    found = find(7, 28, limits)
    assert rows["Kernel"].tolist() == [each.kernel_size for each in found][:200]
    told = [each.output_padding for each in found][:200]
    assert rows["Output padding"].tolist() == told
    assert any(f"7 → 28: {len(found):,} layers" in text for text in lab.texts)


@pytest.mark.parametrize("page", ["Step by step", "Overlap", "Frameworks"])
def test_a_choice_opens_elsewhere_with_its_settings(page: str) -> None:
    lab = Lab("Solver", {"choice": "kernel 8, stride 4, padding 2", "linked": "false"})
    assert lab.at.selectbox(key="choice").value == "kernel 8, stride 4, padding 2"
    click(lab, f"open_{page}")
    assert lab.at.title[0].value == page
    assert tuple(lab.sliders[name] for name in NAMES) == (7, 8, 4, 2, 0, 1)
    assert lab.choice.linked
    if page == "Step by step":
        check_step_page(lab)


def test_a_choice_begins_a_stack() -> None:
    lab = Lab("Solver", {"have": "7", "need": "14", "choice": "kernel 4, stride 2, padding 1"})
    click(lab, "stack_begin")
    assert lab.at.title[0].value == "Decoder"
    assert lab.at.query_params["stack"] in ("16x7x7-tconv8.k4.s2.p1", ["16x7x7-tconv8.k4.s2.p1"])
    (output,) = [each.value for each in lab.at.metric if each.label == "Output"]
    assert output == "8 × 14 × 14"


def test_a_skip_that_breaks_is_one_click_away_even_without_a_layer() -> None:
    lab = Lab("Solver", {"have": "3", "need": "200"})
    assert lab.at.button(key="stack_begin").disabled
    click(lab, "stack_broken")
    assert lab.at.title[0].value == "Decoder"
    (warning,) = lab.warnings
    assert warning.startswith("Layer 6, columns: it makes 44 and the skip from layer 3 has 45")


def test_rows_and_columns_apart() -> None:
    link = {"apart": "true", "have": "7", "need": "15", "have_cols": "5", "need_cols": "10"}
    lab = Lab("Solver", link)
    rows, cols = tables(lab)
    assert rows["Kernel"].tolist() == [each.kernel_size for each in find(7, 15, Limits())]
    assert cols["Kernel"].tolist() == [each.kernel_size for each in find(5, 10, Limits())]
    assert any(text.startswith("## 7 × 5 → 15 × 10") for text in lab.texts)
    click(lab, "open_Step by step")
    assert lab.geometry.output_shape == (15, 10)
    check_step_page(lab)


def test_one_setting_for_both_axes() -> None:
    link = {"apart": "true", "have": "4", "need": "8", "have_cols": "7", "need_cols": "14"}
    lab = Lab("Solver", {**link, "choice": "kernel 6, stride 2, padding 2"})
    click(lab, "shared")
    boxes = [lab.at.selectbox(key=key).value for key in ("choice", "choice_cols")]
    assert boxes == ["kernel 2, stride 2, padding 0"] * 2
    lab = Lab("Solver", {**link, "need_cols": "7", "max_kernel": "2"})
    assert "No layer with one kernel size and stride does both axes." in lab.texts


def test_one_layer_with_an_output_padding_for_each_axis() -> None:
    link = {"apart": "true", "have": "3", "need": "6", "have_cols": "3", "need_cols": "5"}
    lab = Lab("Solver", link)
    (button,) = [each for each in lab.at.button if each.key == "shared"]
    assert button.label.endswith("kernel 3, stride 2, padding 1, output_padding (1, 0)")
    click(lab, "shared")
    (code,) = [each.value for each in lab.at.code if "ConvTranspose2d" in each.value]
    for word in ("16, 8, 3,", "stride=2,", "padding=1,", "output_padding=(1, 0),"):
        assert word in code


def test_a_larger_kernel_is_one_click_away() -> None:
    lab = Lab("Solver", {"have": "10", "need": "320"})
    assert "strides to 16" in lab.warnings[0]
    (key,) = [str(each.key) for each in lab.at.button if str(each.key).startswith("kernel_")]
    click(lab, key)
    assert lab.warnings == []
    assert any(text.startswith("## 10 × 10 → 320 × 320") for text in lab.texts)


def test_no_layer_says_why_and_offers_the_nearest() -> None:
    lab = Lab("Solver", {"have": "3", "need": "200"})
    (warning,) = lab.warnings
    assert warning.startswith(
        "No such layer makes 200 of 3. Within these limits, with strides to 16,"
    )
    assert tables(lab) == []
    click(lab, "need_63")
    assert lab.warnings == []
    assert len(tables(lab)) == 1
    lab = Lab("Solver", {"have": "3", "need": "200"})
    click(lab, "have_12")
    assert any(text.startswith("## 12 × 12 → 200 × 200") for text in lab.texts)


def test_a_large_layer_opens_on_fewer_cells() -> None:
    lab = Lab("Solver", {"have": "64", "need": "128"})
    assert "The other pages show this layer on 16 cells instead of 64." in lab.texts
    click(lab, "open_Step by step")
    assert lab.geometry == Geometry.from_torch(16, 2, stride=2)


def test_what_the_sliders_do_not_reach_is_not_opened() -> None:
    lab = Lab("Solver", {"have": "16", "need": "512", "max_kernel": "64"})
    assert lab.at.selectbox(key="choice").value == label(Solution(32, 32, 0, 0))
    assert any("kernel size 32 (at most 9), stride 32 (at most 5)" in text for text in lab.texts)
    assert all(each.disabled for each in lab.at.button if str(each.key).startswith("open_"))


def test_a_choice_that_is_gone_gives_way_to_the_first() -> None:
    lab = Lab("Solver", {"choice": "kernel 8, stride 4, padding 2"})
    lab.at.number_input(key="need").set_value(14)
    lab.run()
    assert lab.at.selectbox(key="choice").value == label(find(7, 14, Limits())[0])


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_links_never_break_the_page(text: str) -> None:
    keys = ("have", "need", "max_kernel", "apart", "no_holes", "choice")
    if len(text) > 4300 and text.isdigit():
        text = text[:400]
    lab = Lab("Solver", dict.fromkeys(keys, text))
    (note,) = lab.notes
    # Python reads 1_000 as a thousand cells, which no layer makes of 7: there is no choice.
    read = ("need", "choice") if text == "1_000" else ()
    for key in keys:
        assert (f"{key}=" in note) == (key not in read)
    assert next(each.value for each in lab.at.number_input) == 7
    assert lab.sliders == DEFAULTS | {"max_kernel": 16}
