"""Picture files made in memory, sound and hostile."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tconv_ui.pictures.uploads import UploadError, load_image

RAMP = np.arange(6 * 8 * 3, dtype=np.uint8).reshape(6, 8, 3)
BLOCKS = np.repeat(np.repeat(RAMP[:2, :3] * 5, 16, axis=0), 16, axis=1)
LOSSLESS = {"PNG": {}, "WEBP": {"lossless": True, "exact": True}, "GIF": {}}


def encode(picture: Any, kind: str, **options: Any) -> bytes:
    file = BytesIO()
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    image.save(file, kind, **options)
    return file.getvalue()


def refusal(data: bytes) -> UploadError:
    with pytest.raises(UploadError) as caught:
        load_image(data)
    error = caught.value
    assert isinstance(error, ValueError)
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    sentence = str(error)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return error


def png_chunk(name: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", checksum)


def png(width: int, height: int, depth: int, colour: int, *chunks: bytes) -> bytes:
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + png_chunk(b"IEND", b"")


def webp_header(width: int, height: int) -> bytes:
    size = struct.pack("<I", width - 1 | (height - 1) << 14)
    body = b"VP8L" + struct.pack("<I", 13) + b"\x2f" + size + bytes(9)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def gif_header(width: int, height: int, frame: tuple[int, int]) -> bytes:
    screen = b"GIF89a" + struct.pack("<HH", width, height) + bytes(3)
    return screen + b"," + struct.pack("<HHHHB", 0, 0, *frame, 0) + b"\x02\x00;"


def jpeg_sized(width: int, height: int, **options: Any) -> bytes:
    """Return a tiny JPEG whose frame header claims another size."""
    data = encode(BLOCKS, "JPEG", **options)
    marker = b"\xff\xc2" if options.get("progressive") else b"\xff\xc0"
    at = data.index(marker) + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def with_segment(jpeg: bytes, code: int, body: bytes, times: int = 1) -> bytes:
    return jpeg[:2] + (struct.pack(">BBH", 0xFF, code, len(body) + 2) + body) * times + jpeg[2:]


def tagged(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[274] = orientation
    return exif
