"""Every control: what is sent to the player is the layer that is asked for."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tconv_ui.layer.cells import INPUTS, KERNELS, WORKED_INPUT, WORKED_KERNEL
from tconv_ui.layer.presets import PRESETS
from tconv_ui.layer.settings import SETTINGS
from tests.pages.lab import DEFAULTS, PAGES, WITHOUT_THE_LAYER, Lab, check_step_page, formulas


def scenes_of(lab: Lab) -> bytes:
    """What the player is sent besides how it opens and whom it asks."""
    data: bytes = lab.sent.bytes
    return data[8 + int.from_bytes(data[:4], "little") :]


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
    lab = Lab(link={"stride": "1"})
    preset = PRESETS[label].choice
    (told,) = [each for each in lab.controls["presets"] if each["label"] == label]
    lab.ask(told["words"])
    assert lab.choice == preset
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


def test_rows_and_columns_go_their_own_ways() -> None:
    lab = Lab()
    lab.slide(size=4, stride=3)
    lab.ask(lab.words | {"linked": "false", "size_cols": "4", "stride_cols": "3"})
    assert lab.choice.apart
    assert lab.payload.output().shape == (10, 10)
    lab.slide(size_cols=2, kernel_cols=1, stride_cols=1, padding_cols=0, dilation_cols=3)
    assert lab.payload.output().shape == (10, 2)
    check_step_page(lab)
    lab.ask(lab.words | {"linked": "true"})
    assert lab.payload.output().shape == (10, 10)
    check_step_page(lab)


def test_the_controls_are_told_what_they_offer_and_the_cells_on_the_screen() -> None:
    told = Lab(link={"weights": "ramp"}).controls
    assert [each["name"] for each in told["settings"]] == [each.name for each in SETTINGS]
    x, w = told["grids"]
    assert (x["key"], x["options"][-1], x["cells"]) == ("input", "custom", "1 2 0; 3 4 -1; -2 1 2")
    assert w["cells"] == "1 2 3; 1 2 3; 1 2 3"
    assert told["refusal"] == ""


def test_random_cells_stay_until_the_seed_changes() -> None:
    lab = Lab(link={"input": "random", "weights": "random"})
    first = lab.payload
    np.testing.assert_array_equal(first.values("input"), INPUTS["random"]((3, 3), 0))
    lab.slide(stride=3, padding=0)
    for role in ("input", "kernel"):
        np.testing.assert_array_equal(lab.payload.values(role), first.values(role))
    lab.slide(kernel=4)
    np.testing.assert_array_equal(lab.payload.values("input"), first.values("input"))
    lab.slide(seed=6)
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
    before = scenes_of(lab)
    lab.slide(**impossible)
    (warning,) = lab.warnings
    assert warning == sentence
    assert scenes_of(lab) == before
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
        assert lab.maps()[1].shape == (9, 9)
