"""A pasted layer: read, never run, and refused in a sentence."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tconv_ui.frameworks.calls import KERAS, LONGEST, TORCH, PastedError, Signature
from tconv_ui.frameworks.pasted import Pasted, read_layer
from tconv_ui.frameworks.translation import translate
from tconv_ui.layer.choice import LayerChoice
from tests.ui.frameworks.asked import asked

SIZE = (7, 5)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "nn.ConvTranspose2d(16, 8, 4, stride=2, padding=1)",
            Pasted("PyTorch", (16, 8), asked(SIZE, (4, 4), (2, 2), (1, 1))),
        ),
        (
            "self.up = torch.nn.ConvTranspose2d(3, 1, (4, 2), (2, 1), (1, 0), bias=False),",
            Pasted("PyTorch", (3, 1), asked(SIZE, (4, 2), (2, 1), (1, 0)), bias=False),
        ),
        (
            "ConvTranspose2d(\n  in_channels=2, out_channels=3, kernel_size=[3],\n"
            "  stride=2, output_padding=1, dilation=2, device=device)",
            Pasted(
                "PyTorch",
                (2, 3),
                asked(
                    SIZE,
                    (3, 3),
                    (2, 2),
                    (0, 0),
                    output_padding=(1, 1),
                    dilation=(2, 2),
                    output_padding_written=True,
                ),
            ),
        ),
        (
            "nn.ConvTranspose2d(21, 21, 64, stride=32, bias=0)",  # FCN-32s
            Pasted("PyTorch", (21, 21), asked(SIZE, (64, 64), (32, 32)), bias=False),
        ),
        (
            "nn.ConvTranspose2d(4, 4, 2, bias=None, dtype=None)",
            Pasted("PyTorch", (4, 4), asked(SIZE, (2, 2)), bias=False),
        ),
        (
            "nn.ConvTranspose2d(4, 4, 2, 2, 0, 1, 1, True, 1)",
            Pasted(
                "PyTorch",
                (4, 4),
                asked(SIZE, (2, 2), (2, 2), output_padding=(1, 1), output_padding_written=True),
            ),
        ),
    ],
)
def test_pytorch_layers_are_read(text: str, wanted: Pasted) -> None:
    assert read_layer(text, SIZE) == wanted


@pytest.mark.parametrize(
    ("text", "wanted", "padding", "bias"),
    [
        (
            'Conv2DTranspose(8, 4, strides=2, padding="same")',
            asked(SIZE, (4, 4), (2, 2)),
            "same",
            True,
        ),
        (
            "x = layers.Conv2DTranspose(8, (3, 5), (2, 1), 'VALID', use_bias=False,"
            " activation=tf.nn.relu, kernel_initializer=init)",
            asked(SIZE, (3, 5), (2, 1)),
            "valid",
            False,
        ),
        (
            "tf.keras.layers.Conv2DTranspose(filters=8, kernel_size=3, output_padding=0)",
            asked(SIZE, (3, 3), output_padding_written=True),
            "valid",
            True,
        ),
        (
            "Conv2DTranspose(8, 3, 1, 'valid', None, None, 1, None, 0, 'zeros', name='up')",
            asked(SIZE, (3, 3)),
            "valid",
            False,
        ),
        (
            "Conv2DTranspose(8, 3, output_padding=None, dilation_rate=2)",
            asked(SIZE, (3, 3), dilation=(2, 2)),
            "valid",
            True,
        ),
    ],
)
def test_keras_layers_are_read(text: str, wanted: LayerChoice, padding: str, bias: bool) -> None:
    found = read_layer(text, SIZE)
    assert (found.framework, found.channels[1]) == ("Keras", 8)
    assert (found.choice, found.padding, found.bias) == (wanted, padding, bias)
    assert "the call does not say" in found.remark
    assert ("activation is left out" in found.remark) == ("activation" in text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nn.Conv2d(16, 8, 4)", "`Conv2d` is not `ConvTranspose2d`"),
        ("F.conv_transpose2d(x, w)", "takes arrays: paste the layer"),
        ("16, 8, 4", "This is no call"),
        ("nn.ConvTranspose2d(16, 8", "no single call"),
        ("a = 1; b = 2", "no single call"),
        ("import os", "This is no call"),
        ("(lambda: 0)()", "calls no named layer"),
        ("nn.ConvTranspose2d(16, 8)", "needs `kernel_size`"),
        ("Conv2DTranspose(8)", "needs `kernel_size`"),
        ("nn.ConvTranspose2d(16, 8, k)", "`kernel_size` is `k`: write its number"),
        ("nn.ConvTranspose2d(16, 8, __import__('os').getpid())", "write its number"),
        ("nn.ConvTranspose2d(16, 8, 4.5)", "`4.5` is not a whole number"),
        ("nn.ConvTranspose2d(16, 8, True)", "`True` is not a whole number"),
        ("nn.ConvTranspose2d(16, 8, 999999999)", "`999999999` is not from 1 to 64"),
        ("nn.ConvTranspose2d(16, 8, 3, stride=0)", "`stride`: `0` is not from 1 to 32"),
        ("nn.ConvTranspose2d(16, 8, 3, padding=-1)", "`padding`: `-1` is not from 0 to 64"),
        ("nn.ConvTranspose2d(16, 8, (3, 3, 3))", "`kernel_size` has 3 numbers"),
        ("nn.ConvTranspose2d(16, 8, ())", "`kernel_size` has 0 numbers"),
        ("nn.ConvTranspose2d(16, 8, 3, kernel_size=4)", "`kernel_size` is given twice"),
        ("nn.ConvTranspose2d(16, 8, 3, groups=8)", "split the channels into 8 layers"),
        ("nn.ConvTranspose2d(16, 8, 3, groups=3)", "must be divisible by groups 3"),
        ("nn.ConvTranspose2d(16, 8, 3, groups=0)", "`0` is not from 1"),
        ("nn.ConvTranspose2d(16, 8, None)", "`kernel_size` is None"),
        ("nn.ConvTranspose2d(16, 8, 4, stride=None)", "`stride` is None"),
        ("Conv2DTranspose(8, None)", "`kernel_size` is None"),
        ("Conv2DTranspose(8, 3, dilation_rate=None)", "`dilation_rate` is None"),
        ("nn.ConvTranspose2d((16, 32), 8, 4)", "`in_channels`: `(16, 32)` is not a whole number"),
        ("nn.ConvTranspose2d(16, 8, 4, strides=2)", "takes no `strides`: write `stride`"),
        ("nn.ConvTranspose2d(16, 8, 4, dilation_rate=2)", "write `dilation`"),
        ("nn.ConvTranspose2d(16, 8, 4, use_bias=False)", "write `bias`"),
        ("nn.ConvTranspose2d(16, filters=8, kernel_size=4)", "write `out_channels`"),
        ("nn.ConvTranspose2d(16, 8, 4, foo=1)", "takes no `foo`."),
        ("Conv2DTranspose(8, 4, stride=2)", "takes no `stride`: write `strides`"),
        ("Conv2DTranspose(8, 4, dilation=2)", "write `dilation_rate`"),
        ("Conv2DTranspose(8, 4, bias=False)", "write `use_bias`"),
        ("Conv2DTranspose(8, 4, groups=2)", "takes no `groups`."),
        ("Conv2DTranspose(8, 4, data_format='first')", "`first` is not"),
        ("nn.ConvTranspose2d(16, 8, 4, bias=flag)", "`bias` is `flag`: write True or False"),
        ("Conv2DTranspose(" + "1," * 17 + ")", "takes 16 arguments by position"),
        ("nn.ConvTranspose2d(16, 8, 3, padding='same')", "takes no padding=`same`"),
        ("nn.ConvTranspose2d(16, 8, 3, padding_mode='reflect')", 'Only "zeros" padding mode'),
        ("nn.ConvTranspose2d(**kwargs)", "`**` hides settings"),
        ("nn.ConvTranspose2d(*[1] * 9)", "write its number"),
        ("nn.ConvTranspose2d(" + "1," * 13 + ")", "takes 12 arguments by position"),
        ('Conv2DTranspose(8, 3, padding="full")', 'padding=`full` is not "valid" or "same"'),
        ("ConvTranspose2d(" + "(" * 300 + ")" * 80, "no single call"),
        ("ConvTranspose2d(16, 8, " + "-" * 350 + "3)", ""),
        ("x" * (LONGEST + 1), f"at most {LONGEST}"),
        ("nn.ConvTranspose2d(16, 8, 4)\0", "zero byte"),
        ("![](//a.b/c)", "no single call"),
    ],
)
def test_what_is_no_such_layer_is_refused_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(PastedError) as caught:
        read_layer(text, SIZE)
    assert words in str(caught.value)
    assert len(str(caught.value)) < 200


def test_the_channels_that_come_in_and_their_order_are_said() -> None:
    told = read_layer("Conv2DTranspose(8, 4, input_shape=(7, 7, 128))", SIZE)
    assert (told.channels, told.remark) == ((128, 8), "")
    first = read_layer("Conv2DTranspose(8, 4, data_format='channels_first')", SIZE)
    assert "channels last" in first.remark


VALUES = "None True 0 1 2 3 -1 64 2.5 1e999 'same' '' x (1,2) [3] () (2,None) {} ... 1j b'a' 10**9"


@given(st.data(), st.sampled_from((TORCH, KERAS)))
@settings(max_examples=400, deadline=None)
def test_any_call_is_read_and_translated_or_refused(data: st.DataObject, layer: Signature) -> None:
    value = st.sampled_from(VALUES.split())
    placed = data.draw(st.lists(value, max_size=10))
    names = st.sampled_from([*layer.order, *layer.by_name, *layer.meant, "foo"])
    named = data.draw(st.lists(st.tuples(names, value), max_size=5))
    text = ", ".join([*placed, *(f"{name}={value}" for name, value in named)])
    with contextlib.suppress(PastedError):
        found = read_layer(f"{layer.name}({text})", SIZE)
        assert translate(found.choice, found.padding, channels=found.channels, bias=found.bias)
