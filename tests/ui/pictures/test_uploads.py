"""A picture file becomes an array: formats, modes, alpha, size."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from tconv_ui.pictures.uploads import ImageFacts, UploadError, inspect_image, load_image
from tests.ui.image_files import (
    LOSSLESS,
    RAMP,
    encode,
    png,
    png_chunk,
)

MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA"),
    "WEBP": ("L", "LA", "P", "PA", "RGB", "RGBA"),
    "GIF": ("1", "L", "LA", "P", "RGB", "RGBA"),
    "JPEG": ("1", "L", "RGB", "CMYK"),
}


@pytest.mark.parametrize("kind", LOSSLESS)
def test_a_lossless_picture_arrives_unchanged(kind: str) -> None:
    grey = np.repeat(RAMP[..., :1], 3, axis=2)
    picture = grey if kind == "GIF" else RAMP
    loaded = load_image(
        encode(picture[..., 0] if kind == "GIF" else picture, kind, **LOSSLESS[kind])
    )
    np.testing.assert_array_equal(loaded, picture)
    assert loaded.dtype == np.uint8
    assert loaded.flags.writeable


@pytest.mark.parametrize(
    ("kind", "mode"), [(kind, mode) for kind, modes in MODES.items() for mode in modes]
)
def test_every_mode_a_format_can_hold_is_read(kind: str, mode: str) -> None:
    white = Image.new("L" if mode == "P" else "RGBA", (19, 7), "white")
    loaded = load_image(encode(white.convert(mode), kind))
    np.testing.assert_allclose(loaded, np.full((7, 19, 3), 255), atol=2)


@pytest.mark.parametrize(("depth", "value"), [(1, 1), (2, 3), (4, 15), (8, 255)])
def test_grey_of_few_bits_reaches_white(depth: int, value: int) -> None:
    rows = b"\0" + bytes([value << (8 - depth)])
    data = png(1, 1, depth, 0, png_chunk(b"IDAT", zlib.compress(rows)))
    np.testing.assert_array_equal(load_image(data), np.full((1, 1, 3), 255))


def test_sixteen_bit_grey_is_scaled_not_clipped() -> None:
    levels = np.array([[0, 128, 129, 257, 32767, 32896, 65278, 65535]], dtype=np.uint16)
    loaded = load_image(encode(levels, "PNG"))
    np.testing.assert_array_equal(loaded[..., 0], np.rint(levels / 257))
    np.testing.assert_array_equal(loaded[..., 0], loaded[..., 2])


def test_sixteen_bit_colour_is_cut_to_eight() -> None:
    row = b"\0" + struct.pack(">6H", 0, 0x80FF, 0xFFFF, 0x0100, 0x1234, 0xFEFF)
    data = png(2, 1, 16, 2, png_chunk(b"IDAT", zlib.compress(row)))
    np.testing.assert_array_equal(load_image(data), [[[0, 128, 255], [1, 0x12, 0xFE]]])


@pytest.mark.parametrize("interlace", [False, True])
def test_gif_is_read_interlaced_or_not(interlace: bool) -> None:
    data = encode(RAMP[..., 0], "GIF", interlace=interlace)
    np.testing.assert_array_equal(load_image(data)[..., 1], RAMP[..., 0])


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_gives_its_first_frame(kind: str) -> None:
    frames = [Image.new("RGB", (5, 4), colour) for colour in ("red", "lime", "blue")]
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encode(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    np.testing.assert_array_equal(load_image(data), np.full((4, 5, 3), (255, 0, 0)))


def test_two_photographs_in_one_jpeg_give_the_first() -> None:
    first, second = (Image.new("RGB", (32, 16), colour) for colour in ("white", "black"))
    data = encode(first, "MPO", save_all=True, append_images=[second])
    assert load_image(data).min() > 250
    assert inspect_image(data).format == "JPEG"


# Transparency


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("RGBA", (255, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (255, 0, 0, 255), (255, 0, 0)),
        ("RGBA", (100, 0, 200, 102), (193, 153, 233)),
        ("LA", (0, 51), (204, 204, 204)),
    ],
)
def test_alpha_is_composited_on_white(
    mode: str, colour: tuple[int, ...], expected: tuple[int, int, int]
) -> None:
    data = encode(Image.new(mode, (4, 3), colour), "PNG")
    assert inspect_image(data).has_alpha
    assert np.abs(load_image(data) - np.array(expected, dtype=int)).max() <= 1


@pytest.mark.parametrize(
    ("depth", "colour", "key", "row"),
    [
        (8, 0, (7,), b"\0\x07\x09"),
        (16, 0, (700,), b"\0" + struct.pack(">2H", 700, 2313)),
        (8, 2, (1, 2, 3), b"\0\1\2\3\x09\x09\x09"),
        (8, 3, None, b"\0\0\1"),
    ],
)
def test_the_colour_named_transparent_becomes_white(
    depth: int, colour: int, key: tuple[int, ...] | None, row: bytes
) -> None:
    palette = png_chunk(b"PLTE", bytes([1, 2, 3, 9, 9, 9])) if colour == 3 else b""
    alpha = b"\0" if key is None else struct.pack(f">{len(key)}H", *key)
    chunks = palette, png_chunk(b"tRNS", alpha), png_chunk(b"IDAT", zlib.compress(row))
    data = png(2, 1, depth, colour, *chunks)
    assert inspect_image(data).has_alpha
    np.testing.assert_array_equal(load_image(data), [[[255] * 3, [9] * 3]])


def test_transparent_gif_background_becomes_white() -> None:
    picture = Image.fromarray(RAMP[..., 0]).convert("P")
    data = encode(picture, "GIF", transparency=picture.getpixel((0, 0)))
    np.testing.assert_array_equal(load_image(data)[0, 0], [255, 255, 255])


def test_hidden_colours_do_not_bleed_when_reduced() -> None:
    picture = np.zeros((64, 64, 4), dtype=np.uint8)
    picture[:, ::2] = (0, 0, 255, 255)
    picture[:, 1::2] = (255, 0, 0, 0)
    reduced = load_image(encode(picture, "PNG"), max_side=8)
    assert np.abs(reduced[2:-2, 2:-2] - np.array([127, 127, 255], dtype=int)).max() <= 2


# Size


@pytest.mark.parametrize(
    ("size", "max_side", "expected"),
    [
        ((3000, 2000), 512, (512, 341)),
        ((2000, 3000), 512, (341, 512)),
        ((512, 512), 512, (512, 512)),
        ((513, 100), 512, (512, 100)),
        ((12000, 1), 512, (512, 1)),
        ((1, 1), 512, (1, 1)),
        ((300, 200), 1, (1, 1)),
        ((40, 30), 4000, (40, 30)),
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_long_side_is_reduced_never_enlarged(
    kind: str, size: tuple[int, int], max_side: int, expected: tuple[int, int]
) -> None:
    data = encode(Image.new("RGB", size, "teal"), kind)
    assert load_image(data, max_side=max_side).shape == (*expected[::-1], 3)
    assert inspect_image(data) == ImageFacts(kind, *size, has_alpha=False)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_reducing_keeps_the_picture_where_it_is(kind: str) -> None:
    y, x = np.mgrid[:900, :1203]
    wave = np.uint8(np.rint(127 + 100 * np.sin(x / 60) * np.cos(y / 45)))
    reduced = load_image(
        encode(wave, kind, **({"quality": 95} if kind == "JPEG" else {})), max_side=100
    )
    centre = (np.arange(100) + 0.5) * 12.03 - 0.5
    rows = (np.arange(75) + 0.5) * 12 - 0.5
    expected = 127 + 100 * np.cos(rows[:, None] / 45) * np.sin(centre / 60)
    assert reduced.shape == (75, 100, 3)
    assert np.abs(reduced[2:-2, 2:-2, 0] - expected[2:-2, 2:-2]).mean() < 2


@pytest.mark.parametrize("max_side", [0, -5])
def test_max_side_is_at_least_one(max_side: int) -> None:
    with pytest.raises(ValueError, match="at least 1, got") as caught:
        load_image(encode(RAMP, "PNG"), max_side=max_side)
    assert not isinstance(caught.value, UploadError)
