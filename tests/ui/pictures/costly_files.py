"""The most that each kind of picture file may ask of a server, made in memory, by name.

Each is the largest that is still taken, or asks for more than that; all have at most 10 MiB.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageFile

Make = Callable[[], bytes]
_ADAM7 = (
    (0, 0, 8, 8),
    (0, 4, 8, 8),
    (4, 0, 8, 4),
    (0, 2, 4, 4),
    (2, 0, 4, 2),
    (0, 1, 2, 2),
    (1, 0, 2, 1),
)


def costly_files() -> dict[str, Make]:
    """Return what makes each file, by a name that says what it is."""
    return {**_pngs(), **_jpegs(), **_webps(), **_gifs(), **_refused()}


def ordinary_photo() -> bytes:
    """Return a JPEG of 12 MP of detail, as a telephone makes them: what the others are beside."""
    return _tiled_jpeg(3500, quality=60)


def encode(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return a picture as a file of a kind that Pillow writes."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png_chunk(name: bytes, body: bytes) -> bytes:
    """Return a PNG chunk with its length and checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, depth: int, colour: int, *chunks: bytes, adam7: int = 0) -> bytes:
    """Return a PNG of a header and chunks, whatever they say."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, adam7)
    body = png_chunk(b"IHDR", header) + b"".join(chunks) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _black(width: int, height: int, depth: int, colour: int, *, adam7: int = 0) -> Make:
    """A black PNG; its pixels are zeros, which compress a thousandfold."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    passes = _ADAM7 if adam7 else ((0, 0, 1, 1),)

    def make() -> bytes:
        size = 0
        for top, left, down, right in passes:
            rows, cols = -(-(height - top) // down), -(-(width - left) // right)
            size += rows * (1 + -(-cols * depth * channels // 8))
        palette = [png_chunk(b"PLTE", bytes(768)), png_chunk(b"tRNS", bytes(256))]
        pixels = png_chunk(b"IDAT", zlib.compress(bytes(size), 1))
        return png(
            width, height, depth, colour, *(palette if colour == 3 else []), pixels, adam7=adam7
        )

    return make


def _pngs() -> dict[str, Make]:
    kinds = {
        "1 bit": (1, 0),
        "grey": (8, 0),
        "16-bit grey": (16, 0),
        "colour": (8, 2),
        "16-bit colour": (16, 2),
        "palette with alpha": (8, 3),
        "2-bit palette": (2, 3),
        "grey with alpha": (8, 4),
        "16-bit grey with alpha": (16, 4),
        "alpha": (8, 6),
        "16-bit alpha": (16, 6),
    }
    shapes = {"square": (5000, 5000), "wide": (12_000, 2083), "tall": (2083, 12_000)}
    files = {
        f"PNG {kind}, {shape}": _black(*size, *spec)
        for kind, spec in kinds.items()
        for shape, size in shapes.items()
        if shape == "square" or kind == "palette with alpha"
    }
    files |= {
        f"PNG {kind}, interlaced": _black(5000, 5000, *kinds[kind], adam7=1)
        for kind in ("colour", "16-bit alpha")
    }
    files["PNG noise, 10 MiB"] = lambda: encode(_noise(1850, 1850), "PNG", compress_level=1)
    bomb = png_chunk(b"zTXt", b"key\0\0" + zlib.compress(bytes(2**28), 9))
    files["PNG with 9 GiB of text"] = lambda: png(9, 9, 8, 0, *[bomb] * 36)
    return files


def _jpegs() -> dict[str, Make]:
    def flat(mode: str, width: int, height: int, **options: Any) -> Make:
        return lambda: encode(Image.new(mode, (width, height)), "JPEG", **options)

    files = {
        f"JPEG {mode}, {name}": flat(mode, *size, **options)
        for mode in ("L", "RGB", "CMYK")
        for name, size, options in (
            ("64 MP", (8000, 8000), {}),
            ("wide", (12_000, 5333), {}),
            ("progressive", (5000, 5000), {"progressive": True}),
        )
    }
    files["JPEG RGB, 64 MP in full colour"] = flat("RGB", 8000, 8000, subsampling=0)
    files["JPEG RGB, progressive in full colour"] = flat(
        "RGB", 5000, 5000, subsampling=0, progressive=True
    )
    files["JPEG 64 MP of detail"] = lambda: _tiled_jpeg(8000, quality=10)
    files["JPEG progressive of detail"] = lambda: _tiled_jpeg(5000, quality=15, progressive=True)
    files["JPEG of 33 scans"] = lambda: _many_scans(33)
    files["JPEG of 32 scans"] = lambda: _many_scans(32)
    return files


def _webps() -> dict[str, Make]:
    def flat(mode: str, width: int, height: int, **options: Any) -> Make:
        return lambda: encode(Image.new(mode, (width, height)), "WEBP", method=0, **options)

    files = {
        f"WebP {mode}, {name}": flat(mode, *size, lossless=lossless)
        for mode in ("RGB", "RGBA")
        for lossless in (False, True)
        for name, size in (
            (f"square, {'lossless' if lossless else 'lossy'}", (4000, 4000)),
            (f"wide, {'lossless' if lossless else 'lossy'}", (12_000, 1333)),
        )
    }
    files["WebP of detail"] = lambda: encode(_noise(4000, 4000), "WEBP", method=0, quality=5)
    files["WebP of noise, lossless"] = lambda: encode(
        _noise(1700, 1700), "WEBP", method=0, lossless=True
    )
    files["WebP of 12 frames"] = lambda: encode(
        Image.new("RGB", (4000, 4000)),
        "WEBP",
        save_all=True,
        append_images=[Image.new("RGB", (4000, 4000), (i, 0, 0)) for i in range(1, 12)],
        method=0,
        lossless=True,
    )
    return files


def _gifs() -> dict[str, Make]:
    frame = b"\x21\xf9\x04\x01\x00\x00\x00\x00" + b",\0\0\0\0\1\0\1\0\0\x02\x02D\x01\0"
    return {
        "GIF, 25 MP": lambda: encode(Image.new("P", (5000, 5000)), "GIF"),
        "GIF, wide": lambda: encode(Image.new("P", (12_000, 2083)), "GIF"),
        "GIF, transparent": lambda: encode(Image.new("P", (5000, 5000)), "GIF", transparency=0),
        "GIF of detail": lambda: encode(Image.effect_noise((2600, 2600), 80).convert("P"), "GIF"),
        "GIF of 400,000 frames": lambda: _gif_screen(1, 1) + frame * 400_000 + b";",
        "GIF of 10 MiB of comments": lambda: (
            _gif_screen(9, 9) + (b"\x21\xfe" + (b"\xff" + bytes(255)) * 8 + b"\0") * 5000
        ),
        "GIF whose frame fills the screen": lambda: _gif_screen(5000, 5000) + frame + b";",
    }


def _refused() -> dict[str, Make]:
    return {
        "empty": lambda: b"",
        "10 MiB and a byte": lambda: b"\x89PNG\r\n\x1a\n".ljust(10 * 2**20 + 1, b"\0"),
        "10 MiB of zeros": lambda: bytes(10 * 2**20),
        "10 MiB of spaces": lambda: b" " * (10 * 2**20),
        "10 MiB of JPEG markers": lambda: b"\xff\xd8" + b"\xff" * (10 * 2**20 - 2),
        "10 MiB of JPEG segments": lambda: b"\xff\xd8" + b"\xff\xe1\x00\x02" * 2_600_000,
        "10 MiB of empty PNG chunks": lambda: png(
            9, 9, 8, 0, png_chunk(b"tEXt", b"") * (10 * 2**20 // 12 - 9)
        ),
        "10 MiB of empty PNG pixels": lambda: png(
            9, 9, 8, 0, png_chunk(b"IDAT", b"") * (10 * 2**20 // 12 - 9)
        ),
        "WebP of 34 bytes, 268 MP": lambda: (
            b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f"
            + struct.pack("<I", 16382 | 16382 << 14)
            + bytes(9)
        ),
        "PNG of 10,000 MP": lambda: png(100_000, 100_000, 8, 6, png_chunk(b"IDAT", b"")),
        "PNG of 170 MP": lambda: png(11_999, 11_999, 8, 6, png_chunk(b"IDAT", b"")),
        "PNG cut half-way": lambda: _black(5000, 5000, 8, 6)()[:-50_000],
        "JPEG cut half-way": lambda: _tiled_jpeg(8000, quality=10)[: 2**20],
        "TIFF": lambda: encode(Image.new("RGB", (99, 99)), "TIFF"),
        "EPS": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n" + b"%" * 2**20,
        "Photoshop": lambda: b"8BPS\0\1" + bytes(2**20),
        "zip": lambda: b"PK\x03\x04" + bytes(2**20),
        "svg": lambda: b"<?xml version='1.0'?><!--" + b"-" * 2**20,
    }


def _gif_screen(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + bytes(6)


def _noise(width: int, height: int) -> Image.Image:
    levels = np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(levels)


def _tiled_jpeg(side: int, **options: Any) -> bytes:
    """A JPEG of noise without the memory and the minutes that noise of that size takes."""
    tile = _noise(500, 500)
    image = Image.new("RGB", (side, side))
    for top in range(0, side, 500):
        for left in range(0, side, 500):
            image.paste(tile, (left, top))
    return encode(image, "JPEG", **options)


def _many_scans(count: int) -> bytes:
    """A progressive JPEG of 25 MP that says its last scan again and again."""
    data = encode(Image.new("RGB", (5000, 5000)), "JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    there = data.count(b"\xff\xda")
    return data[:-2] + scan * (count - there) + data[-2:]


ImageFile.MAXBLOCK = max(ImageFile.MAXBLOCK, 2**24)  # Pillow's own buffer for progressive files
