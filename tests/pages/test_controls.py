"""Every control: what is sent to the player is the layer that the sidebar describes."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tconv_ui.layer.cells import INPUTS, KERNELS, WORKED_INPUT, WORKED_KERNEL
from tconv_ui.layer.presets import PRESETS
from tconv_ui.layer.settings import SETTINGS
from tests.pages.lab import DEFAULTS, PAGES, WITHOUT_THE_LAYER, Lab, check_step_page, formulas

CHANGES = {"size": 5, "kernel": 4, "stride": 3, "padding": 0, "output_padding": 1, "dilation": 2}


@pytest.mark.parametrize(("name", "value"), CHANGES.items())
def test_a_slider_changes_the_layer(name: str, value: int) -> None:
    lab = Lab()
    before = lab.sent.bytes
    lab.slide(**{name: value})
    assert lab.sliders == DEFAULTS | {name: value}
    assert lab.sent.bytes != before
    check_step_page(lab)


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_slider_goes_to_both_ends(setting, end: str) -> None:
    lab = Lab()
    lab.slide(**{setting.name: getattr(setting, end)})
    refused = (setting.name, end) in {("padding", "high"), ("output_padding", "high")}
    assert len(lab.warnings) == refused
    if not refused:
        check_step_page(lab)


def test_all_sliders_at_once() -> None:
    lab = Lab()
    lab.slide(**CHANGES)
    check_step_page(lab)


@pytest.mark.parametrize("label", PRESETS)
def test_a_preset_gives_its_settings(label: str) -> None:
    lab = Lab()
    if label == lab.lit:
        lab.slide(stride=1)
    preset = PRESETS[label].choice
    lab.preset(label)
    assert lab.choice.numbers == preset.numbers
    assert lab.at.toggle(key="linked").value == preset.linked
    assert lab.at.selectbox(key="input").value == preset.input
    assert lab.at.selectbox(key="weights").value == preset.weights
    assert lab.lit == label
    payload = lab.payload
    np.testing.assert_allclose(
        payload.values("input"), INPUTS[preset.input](lab.geometry.input_shape, 0)
    )
    np.testing.assert_allclose(
        payload.values("kernel"), KERNELS[preset.weights](lab.geometry.kernel_shape, 0), rtol=1e-6
    )
    check_step_page(lab)


@pytest.mark.parametrize(
    ("label", "side"),
    [("DCGAN 4×4", 8), ("U-Net 2×2", 8), ("FCN 8×8", 16), ("Worked 3×3", 5), ("1×1, stride 2", 5)],
)
def test_the_presets_are_the_layers_they_are_called_after(label: str, side: int) -> None:
    lab = Lab()
    lab.preset(label)
    assert lab.payload.output().shape == (side, side)


def test_the_worked_presets_hold_the_worked_numbers() -> None:
    lab = Lab()
    lab.preset("Worked 3×3")
    np.testing.assert_array_equal(lab.payload.values("input"), WORKED_INPUT)
    np.testing.assert_array_equal(lab.payload.values("kernel"), WORKED_KERNEL)
    lab.preset("1×1, stride 2")
    zeros = np.zeros((5, 5))
    zeros[::2, ::2] = WORKED_INPUT
    np.testing.assert_array_equal(lab.payload.output(), zeros)


def test_a_preset_is_lit_only_while_its_settings_hold() -> None:
    lab = Lab()
    assert lab.lit == "3×3, stride 2"
    lab.slide(padding=0)
    assert lab.lit is None
    lab.slide(padding=1)
    assert lab.lit == "3×3, stride 2"
    lab.turn("linked", False)
    assert lab.lit is None


def test_a_preset_links_rows_and_columns_again() -> None:
    lab = Lab(link={"linked": "false", "size_cols": "7"})
    assert lab.payload.output().shape == (5, 13)
    lab.preset("DCGAN 4×4")
    assert lab.at.toggle(key="linked").value is True
    assert lab.payload.output().shape == (8, 8)


def test_columns_begin_as_the_rows_are_and_go_their_own_way() -> None:
    lab = Lab()
    lab.slide(size=4, stride=3)
    lab.turn("linked", False)
    assert {name: lab.sliders[f"{name}_cols"] for name in DEFAULTS} == {
        name: lab.sliders[name] for name in DEFAULTS
    }
    lab.slide(size_cols=2, kernel_cols=1, stride_cols=1, padding_cols=0, dilation_cols=3)
    assert lab.payload.output().shape == (10, 2)
    check_step_page(lab)
    lab.turn("linked", True)
    assert lab.payload.output().shape == (10, 10)
    check_step_page(lab)


def test_random_cells_stay_until_the_seed_changes() -> None:
    lab = Lab(link={"input": "random", "weights": "random"})
    first = lab.payload
    np.testing.assert_array_equal(first.values("input"), INPUTS["random"]((3, 3), 0))
    lab.slide(stride=3, padding=0)
    for role in ("input", "kernel"):
        np.testing.assert_array_equal(lab.payload.values(role), first.values(role))
    lab.slide(kernel=4)
    np.testing.assert_array_equal(lab.payload.values("input"), first.values("input"))
    lab.at.number_input(key="seed").set_value(6)
    lab.run()
    np.testing.assert_array_equal(lab.payload.values("input"), INPUTS["random"]((3, 3), 6))
    check_step_page(lab)


# What cannot be -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("impossible", "sentence"),
    [
        (
            {"output_padding": 4},
            "output_padding 4 must be smaller than the stride 2 or the dilation 1: use at most 1.",
        ),
        (
            {"padding": 12},
            "padding 12 crops 24 of the 7 cells of the full output and leaves none: use at most 3.",
        ),
    ],
)
def test_an_impossible_setting_is_one_sentence_and_changes_no_picture(
    impossible: dict[str, int], sentence: str
) -> None:
    lab = Lab()
    before = lab.sent.bytes
    lab.slide(**impossible)
    (warning,) = lab.warnings
    assert warning == f"{sentence} Until then, the last legal layer is shown."
    assert lab.sent.bytes == before
    assert formulas(lab)[0].size == 5
    limit = int(re.findall(r"at most (\d+)", sentence)[0])
    lab.slide(**dict.fromkeys(impossible, limit))
    assert lab.warnings == []
    check_step_page(lab)


@pytest.mark.parametrize("page", [page for page in PAGES if page not in WITHOUT_THE_LAYER])
def test_an_impossible_setting_is_said_on_every_page(page: str) -> None:
    lab = Lab()
    lab.slide(stride=3)
    lab.slide(output_padding=4)
    lab.go(page)
    assert len(lab.warnings) == 1
    if page == "Overlap":
        assert lab.chart()[1].shape == (9, 9)
