"""What the bytes of a picture file say before anything is decoded, read without Pillow."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

_SIGNATURES = (
    ("PNG", rb"\x89PNG\r\n\x1a\n"),
    ("JPEG", rb"\xff\xd8\xff"),
    ("GIF", rb"GIF8[79]a"),
    ("WebP", rb"RIFF....WEBP"),
    ("BMP", rb"BM....\0\0\0\0"),
    ("TIFF", rb"II[*+]\0|MM\0[*+]"),
    ("EPS", rb"%!PS|\xc5\xd0\xd3\xc6"),
    ("PDF", rb"%PDF-"),
    ("Photoshop", rb"8BPS"),
    ("Icon", rb"\0\0[\1\2]\0"),
    ("JPEG 2000", rb"\0\0\0\x0cjP|\xff\x4f\xff\x51"),
    ("JPEG XL", rb"\0\0\0\x0cJXL|\xff\x0a"),
    ("AVIF", rb"....ftypavi[fs]"),
    ("HEIC", rb"....ftyp(he[iv][cx]|mif1|msf1)"),
    ("SVG", rb"\s*<(svg|!DOCTYPE svg|(\?xml|!--).*<svg)"),
)
_PNG_PICTURE = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_PNG_MOST_CHUNKS = 50_000
_JPEG_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_JPEG_METADATA = {*range(0xE1, 0xEE), 0xEF, 0xFE}
_JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_MOST_MARKERS = 1000
_JPEG_MOST_SCANS = 32  # those of libjpeg have 10, those of encoders that search about 20


class DamagedError(ValueError):
    """A file whose parts do not make a picture."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A file reduced to the parts that make its picture, so that no other part can spoil it.

    `kind` is PNG, GIF, WebP, JPEG, or progressive JPEG: one that is decoded in full before it can
    be shrunk. `exif` is raw, and empty for a WebP, whose parts are left alone. `animated` tells of
    a PNG; of other kinds the decoder knows.
    """

    kind: str
    data: bytes
    exif: bytes = b""
    animated: bool = False

    @classmethod
    def parse(cls, name: str, data: bytes) -> PictureFile:
        """Return the picture in data, a file of the format name.

        Raises:
            DamagedError: A JPEG without a picture, or a file in more parts than any needs.
        """
        if name == "PNG":
            return _parse_png(data)
        if name == "JPEG":
            return _parse_jpeg(data)
        return cls(name, data)


def format_name(data: bytes) -> str | None:
    r"""Return the picture format that the first bytes announce, by its usual name, or None.

    >>> format_name(b"GIF89a"), format_name(b"%!PS-Adobe-3.0"), format_name(b"PK\x03\x04")
    ('GIF', 'EPS', None)
    """
    for name, start in _SIGNATURES:
        if re.match(start, data[:1024], re.DOTALL):
            return name
    return None


def orientation(exif: bytes) -> int:
    """Return the EXIF orientation, 1 to 8; 1 where there is none that can be read.

    Source:
        Exif 2.3 (CIPA DC-008-2012), tag 274 of the first directory.
    """
    tiff = exif.removeprefix(b"Exif\0\0")
    try:
        order = {b"II*\0": "<", b"MM\0*": ">"}[tiff[:4]]
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, at)
            if tag == 274:
                return int(value) if 1 <= value <= 8 else 1
    except (KeyError, struct.error):
        pass
    return 1


def _parse_png(data: bytes) -> PictureFile:
    """Without this limit 10 MiB of empty chunks take 1.2 s, all of it between the chunks."""
    kept, exif, animated, at = [data[:8]], b"", False, 8
    for _ in range(_PNG_MOST_CHUNKS):
        if at + 8 > len(data) or kept[-1][4:8] == b"IEND":
            break
        length, name = struct.unpack_from(">I4s", data, at)
        if name in _PNG_PICTURE:
            kept.append(data[at : at + 12 + length])
        elif name == b"eXIf":
            exif = data[at + 8 : at + 8 + length]
        elif name == b"acTL":
            animated = True
        at += 12 + length
    else:
        raise DamagedError(f"A PNG with more than {_PNG_MOST_CHUNKS} chunks.")
    return PictureFile("PNG", b"".join(kept), exif, animated)


def _parse_jpeg(data: bytes) -> PictureFile:
    """Without these limits 10 MiB of tiny EXIF segments take 20 s, of scans half an hour.

    Each scan passes over the whole picture, whatever it adds.
    """
    kept, exif, frame, scans, at = [data[:2]], b"", b"", [], 2
    for _ in range(_JPEG_MOST_MARKERS):
        marker = _JPEG_MARKER.search(data, at)
        if marker is None or marker[0] == b"\xff\xd9":
            break
        at, code = marker.end(), marker[0][1]
        if code in (0x01, 0xD8):
            continue
        segment = data[at : at + int.from_bytes(data[at : at + 2])]
        at += max(2, len(segment))
        if code == 0xDA:
            scans.append(marker.start())
        elif code == 0xE1 and segment[2:8] == b"Exif\0\0":
            exif = exif or segment[2:]
        if code in _JPEG_FRAMES:
            frame = marker[0] + segment
        if not scans and code not in _JPEG_METADATA:
            kept.append(marker[0] + segment)
    else:
        raise DamagedError(f"A JPEG with more than {_JPEG_MOST_MARKERS} markers.")
    if not 1 <= len(scans) <= _JPEG_MOST_SCANS:
        raise DamagedError(f"A JPEG with {len(scans)} scans.")
    # libjpeg shrinks while it decodes only where one scan holds all components of a plain frame.
    plain = frame[1:2] in (b"\xc0", b"\xc1") and frame[9:10] == data[scans[0] + 4 : scans[0] + 5]
    picture = b"".join(kept) + data[scans[0] :]
    return PictureFile("JPEG" if plain else "progressive JPEG", picture, exif)
