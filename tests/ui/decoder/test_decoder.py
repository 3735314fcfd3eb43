"""The Decoder page without its screen: the link's text, the code, the pictures, the words."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from tconv_core import GeometryError
from tconv_core.network import LEARNED, LayerSpec, Network, he_weights, repairs, run
from tconv_ui.code.keras_network import keras_network, keras_weights_loading
from tconv_ui.code.network_parts import weights_npz
from tconv_ui.code.torch_network import torch_network, torch_weights_loading
from tconv_ui.decoder.figures import pattern_tile, reach_figure
from tconv_ui.decoder.pictures import (
    CONSTANT,
    NOISE,
    contact_sheet,
    made_input,
    map_picture,
    output_picture,
    picture_input,
)
from tconv_ui.decoder.presets import FIRST, PRESETS, USES
from tconv_ui.decoder.run import (
    BUDGET,
    affordable,
    cured,
    lighter_words,
    pattern_of,
    result_of,
)
from tconv_ui.decoder.strip import strip_html
from tconv_ui.decoder.text import (
    LONGEST_TEXT,
    MOST_LAYERS,
    Plan,
    TextError,
    read_plan,
    rearranged,
    write_plan,
)
from tconv_ui.decoder.words import border_words, is_even, layer_words
from tconv_ui.theme import DARK, LIGHT, diverging_colour
from tests.core.test_network import networks


def legal(plan: Plan) -> Network:
    try:
        return plan.network()
    except GeometryError:
        first = repairs(plan.input_shape, plan.layers)[0]
        return Plan(first.input_shape, first.layers).network()


LEGAL = {label: legal(preset.plan) for label, preset in PRESETS.items()}
each_network = pytest.mark.parametrize("network", LEGAL.values(), ids=LEGAL)


# The text of a link ---------------------------------------------------------------------------


@given(networks())
@settings(max_examples=60)
def test_text_reads_back(network: Network) -> None:
    plan = Plan(network.input_shape, network.layers)
    assert read_plan(write_plan(plan)) == plan


@pytest.mark.parametrize("text", [preset.text for preset in PRESETS.values()])
def test_presets_are_spelled_as_they_are_written(text: str) -> None:
    assert write_plan(read_plan(text)) == text
    assert len(text) <= LONGEST_TEXT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "begin with the input"),
        ("3x64", "begin with the input"),
        ("3x64x64", "0 layers"),
        ("0x64x64-nearest", "0 channels: use 1 to 512"),
        ("3x999x64-nearest", "999 rows: use 1 to 256"),
        ("3x64x64" + "-nearest" * (MOST_LAYERS + 1), f"{MOST_LAYERS + 1} layers"),
        ("3x64x64-deconv8", "Layer 1 begins with `deconv8`"),
        ("3x64x64-nearest.s2-conv.k3", "Layer 2: filters must be a whole number of at least 1"),
        ("3x64x64-conv999.k3", "filters 999 is too large here: use at most 512"),
        ("3x64x64-conv8.k3.k5", "`k5` is not a setting here"),
        ("3x64x64-conv8.k3x3", "`k3x3` is not a setting here"),
        ("3x64x64-conv8.z3", "`z3` is not a setting here"),
        ("3x64x64-conv8.k²", "is not a setting here"),
        ("3x64x64-nearest.k3", "a nearest layer has no kernel"),
        ("3x64x64-tconv8.k4.o99", "output_padding 99 is too large here"),
        ("3x64x64-nearest.s0", "stride must be a whole number of at least 1"),
        ("![](//a.bc/d)", "`![](//a.bc/d)`"),
        ("9" * 700, "700 characters"),
    ],
)
def test_what_is_no_stack_is_said(text: str, words: str) -> None:
    with pytest.raises(TextError, match=re.escape(words)):
        read_plan(text)


def test_what_is_too_large_to_show_is_said() -> None:
    with pytest.raises(GeometryError, match="Layer 2: it makes 2048 × 2048 cells"):
        read_plan("1x64x64-nearest.s8-nearest.s4").network()


def test_layers_move_with_their_skips() -> None:
    layers = read_plan("1x8x8-conv1-conv2-conv3.add1-conv4.cat2").layers
    assert [spec.skip for spec in rearranged(layers, [2, 1, 3, 4])] == [None, None, 2, 1]
    assert [spec.skip for spec in rearranged(layers, [3, 1, 2, 4])] == [None, None, None, 3]
    assert [spec.skip for spec in rearranged(layers, [2, 3, 4])] == [None, None, 1]
    assert [spec.skip for spec in rearranged(layers, [1, 1, 2, 3, 4])] == [None] * 3 + [1, 3]


# Presets --------------------------------------------------------------------------------------


def test_presets_have_the_sizes_they_are_known_for() -> None:
    wanted = {
        "U-Net": (2, 64, 64),
        "FCN-32s": (21, 224, 224),
        "FCN-16s": (21, 224, 224),
        "FCN-8s": (21, 224, 224),
        "DCGAN 4 → 64": (3, 64, 64),
        "Resize-convolution": (3, 64, 64),
        "ESPCN ×3": (1, 144, 144),
        "Autoencoder": (1, 64, 64),
        "Tutorial decoder": (1, 64, 64),
    }
    assert {name: LEGAL[name].output_shape for name in wanted} == wanted
    sizes = [shape[1] for shape in LEGAL["DCGAN 4 → 64"].shapes]
    assert sizes == [8, 16, 32, 64]


def test_only_the_odd_unet_is_broken_and_it_says_where() -> None:
    broken = []
    for label, preset in PRESETS.items():
        try:
            preset.plan.network()
        except GeometryError as error:
            broken.append((label, str(error)))
    ((label, said),) = broken
    assert label == "U-Net, odd size"
    assert said.startswith("Layer 6, columns: it makes 44 and the skip from layer 3 has 45")


@each_network
def test_every_preset_is_run_as_it_is(network: Network) -> None:
    assert affordable(network) == network


def test_the_tutorials_checkerboard_is_cured() -> None:
    network = FIRST.plan.network()
    cure = cured(network)
    assert cure is not None
    assert cure.rebuilt
    before, after = (pattern_of(each, seed=0) for each in (network, cure.network))
    assert before.overlap_share[-1] is not None
    assert before.overlap_share[-1] > 0.4
    assert before.response_share[-1] is not None
    assert before.response_share[-1] > 0.3
    assert after.overlap_share[-1] == pytest.approx(0, abs=1e-9)
    assert after.response_share[-1] == pytest.approx(0, abs=1e-6)
    assert cure.network.output_shape == network.output_shape


def test_a_pixel_shuffle_is_cured_by_its_first_weights() -> None:
    network = LEGAL["ESPCN ×3"]
    cure = cured(network)
    assert cure is not None
    assert (cure.network, cure.rebuilt, cure.icnr) == (network, False, True)
    before, after = (pattern_of(network, seed=0, icnr=icnr) for icnr in (False, True))
    assert before.response_share[-1] is not None
    assert before.response_share[-1] > 0.5
    assert after.response_share[-1] == pytest.approx(0, abs=1e-5)
    assert cured(read_plan("1x8x8-conv4.k3.p1").network()) is None


def test_what_is_too_much_is_shown_lighter_in_words() -> None:
    network = read_plan("512x256x256" + "-conv512.k3.p1" * 3).network()
    shown = affordable(network)
    assert shown is not None
    words = lighter_words(network, shown)
    assert words is not None
    assert "464 G multiply-adds" in words
    assert "the same stack, lighter, on 512 ×" in words
    assert lighter_words(network, network) is None
    assert "are not computed" in (lighter_words(network, None) or "")
    assert shown.total.multiply_adds < 4e9 * BUDGET.seconds


# Code -----------------------------------------------------------------------------------------


def calls(code: str) -> list[tuple[str, list[Any], dict[str, Any]]]:
    """Every call of a layer in the code: name, numbers, named numbers."""
    found = []
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="nn" | "layers"), attr=name)):
                places = [ast.literal_eval(arg) for arg in node.args if _literal(arg)]
                named = {each.arg: ast.literal_eval(each.value) for each in node.keywords}
                found.append(((node.lineno, node.col_offset), name, places, named))
    return [each[1:] for each in sorted(found, key=lambda each: each[0])]


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.Tuple)


@each_network
def test_pytorch_code_holds_every_layer(network: Network) -> None:
    kinds = {
        "tconv": "ConvTranspose2d",
        "conv": "Conv2d",
        "nearest": "Upsample",
        "bilinear": "Upsample",
        "shuffle": "PixelShuffle",
        "maxpool": "MaxPool2d",
        "avgpool": "AvgPool2d",
    }
    others = {"Sequential", "ReLU", "Sigmoid", "Tanh"}
    said = [call for call in calls(torch_network(network)) if call[0] not in others]
    assert [name for name, _, _ in said] == [kinds[spec.kind] for spec in network.layers]
    for index, (spec, (_, places, named)) in enumerate(zip(network.layers, said, strict=True)):
        if spec.kind in LEARNED:
            assert places == [network.fed(index)[0], spec.filters, spec.kernel]
            assert named.get("stride", 1) == spec.stride
            assert named.get("padding", 0) == spec.padding
            assert named.get("dilation", 1) == spec.dilation
            extra = named.get("output_padding", 0)
            assert (extra if isinstance(extra, tuple) else (extra, extra)) == spec.extra
    compile(f"{torch_network(network)}\n{torch_weights_loading(network)}", "torch", "exec")
    skips = any(spec.skip is not None for spec in network.layers)
    assert ("nn.Sequential" in torch_network(network)) != skips


@each_network
def test_keras_code_holds_every_layer(network: Network) -> None:
    code = keras_network(network)
    dilated = [spec for spec in network.layers if spec.kind == "tconv" and spec.dilation > 1]
    assert ("TF_ENABLE_ONEDNN_OPTS" in code) == bool(dilated)
    said = {
        named["name"]: (name, places, named)
        for name, places, named in calls(code)
        if named.get("name")
    }
    learned = {f"layer{at}": spec for at, spec in enumerate(network.layers, 1) if spec.filters}
    assert said.keys() == learned.keys()
    for name, spec in learned.items():
        kind, places, named = said[name]
        assert kind == ("Conv2DTranspose" if spec.kind == "tconv" else "Conv2D")
        assert places == [spec.filters, spec.kernel]
        assert named.get("strides", 1) == spec.stride
        assert named.get("activation", "none") == spec.activation
    crops = [places for name, places, _ in calls(code) if name == "Cropping2D"]
    assert crops == [[s.padding] for s in network.layers if s.kind == "tconv" and s.padding]
    compile(f"{code}\n{keras_weights_loading(network)}", "keras", "exec")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1x8x8-tconv1.k3.s2.d2", "Keras does not combine strides 2 with dilation_rate 2"),
        ("1x8x8-conv1.k3.s2.d2", "Layer 1: Keras does not combine"),
        ("1x8x8-nearest.s2-tconv1.k3.d3.o2", "Layer 2: Keras takes an output_padding below"),
    ],
)
def test_what_keras_refuses_is_said(text: str, words: str) -> None:
    with pytest.raises(GeometryError, match=words):
        keras_network(read_plan(text).network())


def test_the_weights_file_holds_what_was_run() -> None:
    network = FIRST.plan.network()
    weights = he_weights(network, seed=5)
    x = made_input(NOISE, network.input_shape, 5)
    y = run(network, x, weights)[-1]
    with np.load(BytesIO(weights_npz(network, weights, x, y))) as data:
        assert set(data) == {"input", "output", "weight1", "bias1", "weight2", "bias2"}
        again = run(network, data["input"], [data["weight1"], data["weight2"]])[-1]
        np.testing.assert_array_equal(again, data["output"])
        assert not data["bias1"].any()


# Pictures and words ---------------------------------------------------------------------------


def test_a_picture_is_fed_by_its_means() -> None:
    picture = np.zeros((4, 8, 3), np.uint8)
    picture[:, :, 0] = 255
    x = picture_input(picture, (4, 2, 2))
    assert x.shape == (4, 2, 2)
    assert x[0].min() == x[3].min() == 1
    assert x[1].max() == x[2].max() == 0
    assert picture_input(picture, (1, 2, 4)).max() == pytest.approx(0.299)
    assert made_input(CONSTANT, (2, 1, 1), 0).tolist() == [[[1.0]], [[1.0]]]
    noise = [made_input(NOISE, (1, 2, 2), seed) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(noise[0], noise[1])
    assert not np.array_equal(noise[0], noise[2])


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_maps_are_drawn_around_their_centre(theme: Any) -> None:
    drawn = map_picture(np.array([[-1.0, 0.0, 1.0]]), theme)
    assert drawn.shape[0] * 3 == drawn.shape[1]
    ends = [diverging_colour(theme, share) for share in (-1, 0, 1)]
    found = [drawn[0, at] for at in (0, drawn.shape[1] // 2, -1)]
    assert ["#" + "".join(f"{each:02x}" for each in colour) for colour in found] == ends
    np.testing.assert_array_equal(
        map_picture(np.array([[0.4, 0.5, 0.6]]), theme, centre=0.5), drawn
    )
    sheet = contact_sheet(np.ones((3, 5, 4)), theme)
    assert sheet.shape[2] == 4
    assert sheet[-1, -1, 3] == 0
    assert sheet[0, 0, 3] == 255


def test_an_output_of_three_bounded_channels_is_a_picture() -> None:
    maps = np.array([-1.0, 0.0, 1.0], np.float32).reshape(3, 1, 1)
    assert output_picture(maps, "tanh", LIGHT)[0, 0].tolist() == [0, 128, 255]
    assert output_picture((maps + 1) / 2, "sigmoid", LIGHT)[0, 0].tolist() == [0, 128, 255]
    half = output_picture(np.full((1, 1, 1), 0.5, np.float32), "sigmoid", LIGHT)
    assert half[0, 0].min() >= 254


def test_results_keep_what_is_shown() -> None:
    network = LEGAL["Autoencoder"]
    found = result_of(network, lambda shape: made_input(CONSTANT, shape, 0), 0)
    assert [len(each) for each in found.maps] == [6, 6, 6, 1]
    assert found.maps[-1].shape == network.output_shape


def test_the_strip_says_every_shape() -> None:
    plan = PRESETS["U-Net, odd size"].plan
    with pytest.raises(GeometryError) as caught:
        plan.network()
    shapes = caught.value.shapes  # type: ignore[attr-defined]
    html = strip_html(shapes, plan.layers, LIGHT, selected=0, broken=5)
    label = re.search(r'aria-label="([^"]*)"', html)
    assert label is not None
    assert "layer 5, conv 3×3: 128 channels of 16 × 22" in label[1]
    assert "layer 6, transposed 2×2 s2: does not fit yet" in label[1]
    assert html.count("?</div>") == 1
    assert html.count("→") == len(plan.layers)


def test_figures_show_what_they_are_given() -> None:
    network = FIRST.plan.network()
    pattern = pattern_of(network, 0)
    tile = pattern_tile(pattern.overlap[0])
    assert tile.shape == (24, 24)
    assert abs(tile.mean()) < 1e-6 < tile.std()
    field, cell = np.zeros((32, 32), bool), np.zeros((64, 64), bool)
    field[3:5, 4] = cell[6, 8] = True
    figure = reach_figure(field, cell, DARK)
    np.testing.assert_array_equal(figure.data[0].z, field)
    np.testing.assert_array_equal(figure.data[1].z, cell)


@pytest.mark.parametrize("kernel", [1, 3, 5])
@pytest.mark.parametrize("padding", [0, 1])
def test_the_border_is_said_to_be_what_a_flat_input_makes_of_it(kernel: int, padding: int) -> None:
    network = read_plan(f"1x12x12-nearest.s2-conv1.k{kernel}.p{padding}").network()
    ones = np.ones((1, 1, kernel, kernel))
    made = run(network, np.ones((1, 12, 12)), [None, ones])[-1][0]
    shares = [round(100 * float(each) / float(made[12, 12])) for each in (made[0, 12], made[0, 0])]
    told = [int(number) for number in re.findall(r"(\d+) %", border_words(network))]
    assert told == ([] if shares == [100, 100] else shares)


@pytest.mark.parametrize("name", ["U-Net", "FCN-8s", "Tutorial decoder", "ESPCN ×3"])
def test_the_channel_shown_of_an_uneven_response_is_uneven(name: str) -> None:
    pattern = pattern_of(PRESETS[name].plan.network(), 0)
    uneven = [not is_even(share) for share in pattern.response_share]
    assert any(uneven)
    shown = [float(pattern_tile(cells)[6:18, 6:18].std()) for cells in pattern.response]
    assert all(spread > 0.01 for spread, odd in zip(shown, uneven, strict=True) if odd), shown


def test_layers_in_words() -> None:
    spec = LayerSpec(
        "tconv", filters=1, kernel=3, dilation=2, output_padding=(1, 0), activation="relu"
    )
    assert layer_words(spec) == (
        "Transposed convolution 3×3, dilation 2, output_padding (1, 0), ReLU"
    )
    assert layer_words(LayerSpec("shuffle", stride=3)) == "Pixel shuffle ×3"
    assert [len(presets) for presets in USES.values()] == [5, 2, 1, 2]
