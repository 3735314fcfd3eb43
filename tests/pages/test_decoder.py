"""The Decoder page: its stack is edited, linked, broken and mended."""

from __future__ import annotations

from typing import Any

import pytest

from tconv_core.network import repairs
from tconv_ui.decoder.presets import FIRST, PRESETS, StackPreset
from tconv_ui.decoder.run import pattern_of
from tconv_ui.decoder.sections import SECTIONS
from tconv_ui.decoder.text import read_plan
from tconv_ui.decoder.words import count_words, even_words, is_even, shape_words
from tests.pages.lab import Lab
from tests.pages.test_hostile_links import HOSTILE
from tests.ui.decoder.test_decoder import legal

ODD = PRESETS["U-Net, odd size"]
SMALL = "2x6x6-conv4.k3.p1.relu-tconv3.k4.s2.p1-conv1.k3.p1.sigmoid"


def stack(lab: Lab) -> str:
    """The stack as the address carries it."""
    carried = lab.at.query_params.get("stack", [FIRST.text])
    return str(carried[0] if isinstance(carried, list) else carried)


def widget(lab: Lab, kind: str, name: str) -> Any:
    """The widget whose key begins with a name, whatever the number of edits behind it."""
    (found,) = [each for each in getattr(lab.at, kind) if str(each.key).startswith(f"{name}_")]
    return found


def put(lab: Lab, name: str, value: object, kind: str = "number_input") -> None:
    widget(lab, kind, name).set_value(value)
    lab.run()


def click(lab: Lab, key: str) -> None:
    lab.at.button(key=key).click()
    lab.run()


def pick(lab: Lab, layer: int) -> None:
    lab.at.radio(key="decoder_layer").set_value(layer)
    lab.run()


def metrics(lab: Lab) -> dict[str, str]:
    return {metric.label: metric.value for metric in lab.at.metric}


@pytest.mark.parametrize("label", PRESETS)
def test_every_preset_opens(label: str) -> None:
    lab = Lab("Decoder")
    preset = PRESETS[label]
    click(lab, f"stack_{label}")
    assert stack(lab) == preset.text
    assert lab.at.button(key=f"stack_{label}").label == f":primary[*{label}*]"
    assert lab.at.selectbox(key="feed").value == preset.input
    assert any(preset.about in text for text in lab.texts)
    assert len(lab.warnings) == (preset is ODD)
    if preset is not ODD:
        network = preset.plan.network()
        assert metrics(lab)["Output"] == shape_words(network.output_shape)
        assert metrics(lab)["Parameters"] == count_words(network.total.parameters)


@pytest.mark.parametrize("preset", [FIRST, ODD], ids=lambda preset: preset.label)
def test_a_link_carries_a_preset(preset: StackPreset) -> None:
    lab = Lab("Decoder")
    click(lab, f"stack_{preset.label}")
    again = Lab("Decoder", {"stack": stack(lab)})
    assert stack(again) == preset.text
    assert metrics(again) == metrics(lab)
    assert again.warnings == lab.warnings


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("text", [FIRST.text, PRESETS["FCN-8s"].text, ODD.text])
def test_every_section_draws(section: str, text: str) -> None:
    lab = Lab("Decoder", {"stack": text, "look": section})
    assert lab.notes == []
    if section == "Numbers":
        (table,) = lab.at.dataframe
        assert len(table.value) == len(read_plan(text).layers)
    if section == "Checkerboard":
        pattern = pattern_of(legal(read_plan(text)), 0)
        charts = 0
        for shares in (pattern.overlap_share, pattern.response_share):
            assert any(even_words(shares) in said for said in lab.texts)
            charts += -(-sum(not is_even(share) for share in shares) // 2)
        assert len(lab.at.get("plotly_chart")) == charts
    if section == "Code":
        assert len(lab.at.code) == 4


def test_settings_are_edited_and_carried_by_the_link() -> None:
    lab = Lab("Decoder", {"stack": SMALL})
    assert metrics(lab)["Output"] == "1 × 12 × 12"
    pick(lab, 2)
    put(lab, "kernel", 6)
    put(lab, "padding", 2)
    put(lab, "filters", 7)
    put(lab, "activation", "tanh", "selectbox")
    put(lab, "extra_rows", 1)
    assert stack(lab) == "2x6x6-conv4.k3.p1.relu-tconv7.k6.s2.p2.o1x0.tanh-conv1.k3.p1.sigmoid"
    assert metrics(lab)["Output"] == "1 × 13 × 12"
    put(lab, "input_2", 8)
    assert stack(lab).startswith("2x6x8-")
    put(lab, "kind_1", "shuffle", "selectbox")
    assert stack(lab) == "2x6x8-conv4.k3.p1.relu-shuffle.s2.tanh-conv1.k3.p1.sigmoid"
    assert metrics(lab)["Output"] == "1 × 12 × 16"
    click(lab, "layer_undo")
    assert "tconv7.k6" in stack(lab)


def test_a_skip_is_joined_and_added() -> None:
    lab = Lab("Decoder", {"stack": "4x6x6-conv4.k3.p1-conv4.k3.p1"})
    pick(lab, 2)
    put(lab, "skip", 1, "selectbox")
    assert stack(lab) == "4x6x6-conv4.k3.p1-conv4.k3.p1.cat1"
    assert metrics(lab)["Output"] == "8 × 6 × 6"
    put(lab, "merge", "add", "selectbox")
    assert metrics(lab)["Output"] == "4 × 6 × 6"
    put(lab, "skip", -1, "selectbox")
    assert stack(lab) == "4x6x6-conv4.k3.p1-conv4.k3.p1"


def test_layers_are_added_moved_copied_and_removed() -> None:
    lab = Lab("Decoder", {"stack": "2x6x6-conv4.k3.p1-nearest.s2"})
    click(lab, "layer_down")
    assert stack(lab) == "2x6x6-nearest.s2-conv4.k3.p1"
    assert lab.at.radio(key="decoder_layer").value == 2
    click(lab, "layer_duplicate")
    assert stack(lab) == "2x6x6-nearest.s2-conv4.k3.p1-conv4.k3.p1"
    click(lab, "layer_up")
    pick(lab, 1)
    click(lab, "layer_remove")
    assert stack(lab) == "2x6x6-conv4.k3.p1-conv4.k3.p1"
    click(lab, "layer_add")
    assert stack(lab) == "2x6x6-conv4.k3.p1-conv4.k3.p1-conv4.k3.p1"
    click(lab, "layer_append")
    assert stack(lab).endswith("-tconv4.k3.s2.p1")
    lab.slide(kernel=4, output_padding=1)
    click(lab, "layer_append")
    assert stack(lab).endswith("-tconv4.k3.s2.p1-tconv4.k4.s2.p1.o1")


def test_the_last_layer_stays_and_there_are_twelve_at_most() -> None:
    lab = Lab("Decoder", {"stack": "1x4x4-nearest"})
    assert lab.at.button(key="layer_remove").disabled
    lab = Lab("Decoder", {"stack": "1x4x4" + "-conv1" * 12})
    for key in ("layer_add", "layer_duplicate", "layer_append"):
        assert lab.at.button(key=key).disabled


def test_a_stack_is_typed_as_text() -> None:
    lab = Lab("Decoder")
    put(lab, "stack_text", "1x4x4-bilinear.s3", "text_area")
    assert stack(lab) == "1x4x4-bilinear.s3"
    assert metrics(lab)["Output"] == "1 × 12 × 12"
    put(lab, "stack_text", "1x4x4-bicubic.s3", "text_area")
    assert stack(lab) == "1x4x4-bilinear.s3"
    (warning,) = lab.warnings
    assert "begins with `bicubic`" in warning


def test_an_impossible_stack_says_where_and_is_mended_with_a_click() -> None:
    plan = ODD.plan
    found = repairs(plan.input_shape, plan.layers)
    for index, repair in enumerate(found):
        lab = Lab("Decoder", {"stack": ODD.text})
        (warning,) = lab.warnings
        assert warning.startswith("Layer 6, columns: it makes 44 and the skip from layer 3 has 45")
        click(lab, f"repair_{index}")
        assert lab.warnings == []
        assert read_plan(stack(lab)).layers == repair.layers
        assert read_plan(stack(lab)).input_shape == repair.input_shape
    assert len(found) == 3


def test_an_edit_that_breaks_the_stack_loses_nothing() -> None:
    lab = Lab("Decoder", {"stack": SMALL})
    pick(lab, 2)
    put(lab, "padding", 40)
    (warning,) = lab.warnings
    assert warning.startswith("Layer 2, rows and columns: padding 40")
    assert "tconv3.k4.s2.p40" in stack(lab)
    assert metrics(lab)["Output"].startswith("1 × ")
    put(lab, "padding", 1)
    assert lab.warnings == []
    assert stack(lab) == SMALL


@pytest.mark.parametrize(
    "text",
    [
        "1x256x256" + "-nearest.s32" * 12,
        "1x8x8-tconv1.k64.s32.p64-nearest.s32-conv1.k64",
        "512x1x1-conv512.k64.d8-tconv512.k64.s32.d8",
        "1x256x256-tconv1.k64.s4.p20.o3-bilinear",
        "3x7x7-shuffle.s32-maxpool.k64.p64",
        "2x5x5-maxpool.k2.s2-tconv512.k2.s2.add0-nearest.s32.cat1",
        "1x1x1-tconv1.s32.d8.o31-avgpool.k64.s32.p32-conv9-shuffle.s3.crop0",
    ],
)
def test_extreme_stacks_never_break_the_page(text: str) -> None:
    for section in SECTIONS:
        lab = Lab("Decoder", {"stack": text, "look": section})
        assert read_plan(stack(lab)) == read_plan(text)
        assert len(lab.warnings) <= 2
        for each in [one for one in lab.at.button if str(one.key).startswith("repair_")]:
            mended = Lab("Decoder", {"stack": text})
            click(mended, str(each.key))
            assert mended.warnings == []


def test_the_cure_becomes_the_stack() -> None:
    lab = Lab("Decoder")
    start = "Away from the border, a constant input comes out "
    said = [text.removeprefix(start) for text in lab.texts if text.startswith(start)]
    assert said == ["34.2% uneven.", "even."]
    click(lab, "cure")
    assert stack(lab) == "8x32x32-nearest.s2-conv16.k3.p1.relu-conv1.sigmoid"


def test_what_is_too_heavy_is_run_lighter_and_said() -> None:
    lab = Lab("Decoder", {"stack": "512x256x256" + "-conv512.k3.p1" * 3})
    (note,) = lab.notes
    assert "464 G multiply-adds" in note
    assert "the same stack, lighter" in note
    assert metrics(lab)["Output"] == "512 × 256 × 256"


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_a_hostile_stack_falls_back_and_says_so(text: str) -> None:
    lab = Lab("Decoder", {"stack": text, "feed": text, "net_seed": text, "look": text})
    assert stack(lab) == FIRST.text
    first, *others = lab.notes
    assert first.startswith("The link was not read in full: stack is no stack of layers.")
    assert len(others) == 1
    click(lab, "stack_Autoencoder")
    assert lab.notes == []


def test_a_link_cannot_draw_on_the_page() -> None:
    lab = Lab("Decoder", {"stack": "3x8x8-![](//a.bc/d)"})
    (said,) = lab.notes
    assert "![](//a.bc/d)" not in said.replace("`![](`", "").replace("`![](//a.bc/d)`", "")


def test_the_stack_stays_while_other_pages_are_seen() -> None:
    lab = Lab("Decoder", {"stack": SMALL})
    lab.go("Overlap")
    lab.go("Decoder")
    assert stack(lab) == SMALL
