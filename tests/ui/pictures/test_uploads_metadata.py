"""What a file says beside its picture: the EXIF orientation counts, the rest spoils nothing."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from tconv_ui.pictures.uploads import ImageFacts, inspect_image, load_image
from tests.ui.image_files import (
    BLOCKS,
    LOSSLESS,
    RAMP,
    encode,
    png_chunk,
    tagged,
    with_segment,
)

UPRIGHT = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: np.rot90,
}


@pytest.mark.parametrize("orientation", UPRIGHT)
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_the_picture_is_turned_upright(kind: str, orientation: int) -> None:
    options = LOSSLESS.get(kind, {"quality": 100, "subsampling": 0})
    data = encode(BLOCKS, kind, exif=tagged(orientation), **options)
    upright = UPRIGHT[orientation](BLOCKS)
    assert np.abs(load_image(data) - upright.astype(int)).max() <= (3 if kind == "JPEG" else 0)
    facts = inspect_image(data)
    assert (facts.height, facts.width) == upright.shape[:2]


def test_big_endian_exif_after_the_pixels_of_a_png_counts() -> None:
    exif = b"MM\0*\0\0\0\x08\0\1" + struct.pack(">HHIHH", 274, 3, 1, 6, 0) + bytes(4)
    whole = encode(RAMP, "PNG")
    data = whole[:-12] + png_chunk(b"eXIf", exif) + whole[-12:]
    np.testing.assert_array_equal(load_image(data), np.rot90(RAMP, -1))
    assert inspect_image(data) == ImageFacts("PNG", 6, 8, has_alpha=False)


BAD_EXIF = {
    "empty": b"",
    "noise": b"\x00\xff" * 40,
    "no directory": b"II*\0\xff\xff\xff\xff",
    "cut directory": b"II*\0\x08\0\0\0\xff\xff\x12\x01",
    "orientation 0": b"II*\0\x08\0\0\0\1\0" + struct.pack("<HHIHH", 274, 3, 1, 0, 0),
    "orientation 9": b"II*\0\x08\0\0\0\1\0" + struct.pack("<HHIHH", 274, 3, 1, 9, 0),
    "bad type": b"II*\0\x08\0\0\0\1\0" + struct.pack("<HHIHH", 274, 99, 7, 600, 0),
}


@pytest.mark.parametrize("exif", BAD_EXIF.values(), ids=BAD_EXIF)
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_bad_exif_is_ignored(kind: str, exif: bytes) -> None:
    data = encode(BLOCKS, kind, **LOSSLESS.get(kind, {}))
    if kind == "PNG":
        data = data[:33] + png_chunk(b"eXIf", exif) + data[33:]
    elif kind == "JPEG":
        data = with_segment(data, 0xE1, b"Exif\0\0" + exif)
    elif exif:
        data = encode(BLOCKS, kind, exif=exif, **LOSSLESS[kind])
    assert load_image(data).shape == BLOCKS.shape
    assert inspect_image(data).width == 48


@pytest.mark.parametrize("kind", ["GIF", "WebP", "PNG"])
def test_an_animation_is_told_from_a_still(kind: str) -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    moving = encode(frames[0], kind, save_all=True, append_images=frames[1:])
    assert inspect_image(moving).animated
    assert not inspect_image(encode(frames[0], kind)).animated
    assert load_image(moving)[4, 4, 0] > 200


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_a_bad_colour_profile_is_ignored(kind: str) -> None:
    data = encode(BLOCKS, kind, icc_profile=b"no profile" * 9, **LOSSLESS.get(kind, {}))
    assert np.abs(load_image(data) - BLOCKS.astype(int)).mean() < 6


@pytest.mark.parametrize(
    "chunk",
    [
        png_chunk(b"iCCP", b"name\0\x07rubbish"),
        png_chunk(b"iCCP", b"name\0\0" + zlib.compress(bytes(2**21))),
        png_chunk(b"zTXt", b"key\0\0" + zlib.compress(bytes(2**22))),
        png_chunk(b"tEXt", b"key\0value")[:-1] + b"?",
        png_chunk(b"acTL", b"\0\0"),
        png_chunk(b"gAMA", b""),
    ],
    ids=["iCCP method", "iCCP long", "zTXt long", "tEXt checksum", "acTL short", "gAMA empty"],
)
def test_no_side_chunk_spoils_a_png(chunk: bytes) -> None:
    data = encode(RAMP, "PNG")
    np.testing.assert_array_equal(load_image(data[:33] + chunk + data[33:]), RAMP)
