"""The Frameworks page: columns, refusals, and translations, from links and by hand."""

from __future__ import annotations

import json

import pytest

from tconv_ui.frameworks.columns import columns
from tconv_ui.frameworks.sections import EXAMPLES
from tconv_ui.wording import times
from tests.pages.lab import DEFAULTS, NAMES, Lab
from tests.pages.test_hostile_links import HOSTILE

LAYERS = [
    {},
    {"output_padding": "1"},
    {"kernel": "1", "padding": "0"},
    {"output_padding": "2"},
    {"stride": "1", "dilation": "3", "output_padding": "2"},
    {"padding": "12"},
    {"size": "16", "kernel": "9", "stride": "5", "padding": "12", "output_padding": "4"},
    {"linked": "false", "size_cols": "7", "stride_cols": "3", "output_padding_cols": "2"},
    {"linked": "false", "dilation_cols": "2", "stride_cols": "1", "kernel_cols": "2"},
]
every_layer = pytest.mark.parametrize("link", LAYERS, ids=str)


def codes(lab: Lab) -> list[str]:
    return [block.value for block in lab.at.code]


@every_layer
def test_every_column_is_on_the_page(link: dict[str, str]) -> None:
    lab = Lab("Frameworks", link)
    assert lab.notes == []
    choice = lab.choice
    for column in columns(choice):
        assert column.code in codes(lab)
        assert column.note in lab.texts
        if column.geometry is None:
            assert column.error in codes(lab)
            assert f":material/block: **{column.name}** refuses" in lab.texts
            assert f"In plain words: {column.remedy}" in lab.texts
        else:
            size = times(column.geometry.output_shape)
            assert f"**{column.name}** makes **{size}**" in lab.texts
    charts = lab.at.get("plotly_chart")
    assert len(charts) == (1 if choice.linked else 2)
    assert all("PyTorch" in chart.proto.alt for chart in charts)


@pytest.mark.parametrize("label", EXAMPLES)
def test_examples_set_the_sliders_and_light_up(label: str) -> None:
    lab = Lab("Frameworks", {"linked": "false", "size_cols": "5", "kernel_cols": "2"})
    lab.at.button(key=f"example_{label}").click()
    lab.run()
    assert tuple(lab.sliders[name] for name in NAMES) == EXAMPLES[label]
    assert lab.choice.linked
    lit = [
        each.label
        for each in lab.at.button
        if str(each.key).startswith("example_") and each.label.startswith(":primary")
    ]
    assert lit == [f":primary[*{label}*]"]


def test_the_shift_by_one_pixel_is_said() -> None:
    lab = Lab("Frameworks", {"output_padding": "1"})
    said = "**Keras same against PyTorch: same size, shifted by one pixel.**"
    assert said in lab.texts
    lab.choose("against", "Keras same")
    assert any("Against Keras same: **same size, shifted by one pixel**." in t for t in lab.texts)


def test_the_impulse_moves_and_the_link_carries_it() -> None:
    def first_row(lab: Lab) -> str:
        chart = lab.at.get("plotly_chart")[0]
        texts = [t for t in json.loads(chart.proto.spec)["data"] if t.get("mode") == "text"]
        return "".join(texts[0]["text"])

    assert first_row(Lab("Frameworks")) == "1230000"
    lab = Lab("Frameworks", {"impulse": "middle"})
    assert first_row(lab) == "0012300"
    lab.press("impulse", "last")
    assert first_row(lab) == "0000123"


def test_a_refused_layer_keeps_the_page_and_the_next_one_is_drawn() -> None:
    lab = Lab("Frameworks", {"output_padding": "2"})
    assert "**Every framework refuses these settings.** Its own words are below." in lab.texts
    assert lab.warnings == []
    lab.slide(output_padding=0)
    assert any(text.startswith("**The same layer makes 5 × 5") for text in lab.texts)


# Translation --------------------------------------------------------------------------------


@every_layer
@pytest.mark.parametrize("direction", ["PyTorch", "Keras valid", "Keras same"])
def test_translations_are_proved_or_refused(link: dict[str, str], direction: str) -> None:
    lab = Lab("Frameworks", {**link, "translate": direction})
    proved = [text for text in lab.texts if "Largest difference" in text]
    (column,) = (each for each in columns(lab.choice) if each.name == direction)
    if column.geometry is None:
        assert proved == []
        assert any(f"**{direction} refuses this layer**" in text for text in lab.texts)
        return
    (said,) = proved
    assert "**Largest difference 0** over 3 × " in said
    assert times(column.geometry.output_shape) in said


def test_a_pasted_layer_is_read_translated_and_set() -> None:
    lab = Lab("Frameworks", {"size": "7"})
    lab.write("pasted", "nn.ConvTranspose2d(32, 4, (4, 2), stride=2, padding=(1, 0), bias=False)")
    assert any("Read as PyTorch: 32 → 4 channels, kernel 4 × 2" in text for text in lab.texts)
    (keras,) = [code for code in codes(lab) if "Sequential" in code]
    assert "keras.Input((7, 7, 32))" in keras
    assert "use_bias=False" in keras
    assert any("Largest difference 0" in text for text in lab.texts)
    lab.at.button(key="take_pasted").click()
    lab.run()
    told = lab.choice
    assert (told.size, told.kernel, told.padding) == ((7, 7), (4, 2), (1, 0))
    assert not lab.choice.linked


def test_a_pasted_keras_layer_goes_to_pytorch() -> None:
    link = {"pasted": 'Conv2DTranspose(8, 3, strides=2, padding="same")', "size": "5"}
    lab = Lab("Frameworks", link)
    assert any("Read as Keras: 16 → 8 channels" in text for text in lab.texts)
    assert any("functional.pad(y, (0, -1, 0, -1))" in code for code in codes(lab))
    assert any("Largest difference 0" in text for text in lab.texts)


def test_a_pasted_layer_beyond_the_sliders_is_translated_all_the_same() -> None:
    lab = Lab("Frameworks", {"pasted": "nn.ConvTranspose2d(21, 21, 32, 16, padding=8)"})
    said = "do not reach its kernel size 32 (at most 9) and stride 16 (at most 5)."
    assert any(text.endswith(said) for text in lab.texts)
    assert any("Largest difference 0" in text for text in lab.texts)
    assert not [each for each in lab.at.button if each.key == "take_pasted"]


def test_a_pasted_layer_that_its_framework_refuses() -> None:
    lab = Lab("Frameworks", {"pasted": "nn.ConvTranspose2d(1, 1, 3, 2, 0, 2)"})
    assert any("**PyTorch refuses this layer**" in text for text in lab.texts)
    assert any(code.startswith("RuntimeError: output padding must") for code in codes(lab))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_links_never_break_the_page(text: str) -> None:
    keys = ("impulse", "against", "translate", "pasted")
    if len(text) > 4300 and text.isdigit():
        text = text[:400]
    lab = Lab("Frameworks", dict.fromkeys(keys, text))
    (note,) = lab.notes
    for key in keys[:3]:
        assert f"{key}=" in note
    assert len(lab.warnings) <= 1
    assert lab.sliders == DEFAULTS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Conv2DTranspose(8, 3, strides=2, padding='same')", "output_padding left out"),
        (
            "Conv2DTranspose(8, 3, strides=2, padding='same', output_padding=0)",
            "output_padding 0 × 0",
        ),
    ],
)
def test_an_output_padding_that_is_left_out_is_told_from_a_zero(text: str, words: str) -> None:
    lab = Lab("Frameworks", {"pasted": text})
    (read,) = [each for each in lab.texts if each.startswith("Read as Keras")]
    assert words in read
    offered = [each.key for each in lab.at.button if each.key == "take_pasted"]
    assert bool(offered) == ("left out" in words)
