"""Damage sound picture files at random, by the hundred thousand, and hand them to `load_image`.

`python -m tests.ui.pictures.fuzz_uploads [COUNT] [SEED]` prints how each was decided. It exits with
1 and the file in hexadecimal if anything but a picture or an UploadError comes back.
"""

from __future__ import annotations

import random
import sys
from collections import Counter

import numpy as np
from PIL import Image

from tconv_ui.pictures.uploads import UploadError, load_image
from tests.ui.pictures.costly_files import encode

COUNT = 300_000
SIDE = 64
TELLING = (0, 1, 2, 0x7F, 0x80, 0xD9, 0xDA, 0xFE, 0xFF)
"""Bytes that lengths, signs and markers are made of."""


def sound_files() -> list[bytes]:
    """Return small pictures in each format and the modes it is read in."""
    grain = np.random.default_rng(0).integers(0, 200, (32, 48, 3), dtype=np.uint8)
    photo = Image.fromarray(grain)
    exif = Image.Exif()
    exif[274] = 6
    frames = {"save_all": True, "append_images": [photo.rotate(180)]}
    deep = Image.fromarray(np.uint16(grain[..., 0]) * 257)
    return [
        encode(photo, "PNG", exif=exif),
        encode(photo.quantize(16), "PNG", transparency=3),
        encode(deep, "PNG"),
        encode(photo.convert("RGBA"), "PNG", icc_profile=bytes(60)),
        encode(photo.convert("1"), "PNG"),
        encode(photo, "PNG", **frames),
        encode(photo, "JPEG", exif=exif),
        encode(photo, "JPEG", progressive=True, icc_profile=bytes(60)),
        encode(photo.convert("CMYK"), "JPEG"),
        encode(photo.convert("L"), "JPEG", restart_marker_blocks=2),
        encode(photo, "MPO", **frames),
        encode(photo, "WEBP", exif=exif),
        encode(photo.convert("RGBA"), "WEBP", lossless=True),
        encode(photo, "WEBP", **frames),
        encode(photo.quantize(32), "GIF", transparency=1, comment=b"c" * 99),
        encode(photo.quantize(8), "GIF", interlace=False, **frames),
    ]


def mutate(data: bytes, others: list[bytes], rng: random.Random) -> bytes:
    """Return data after one to six random edits: bytes, runs cut, doubled, moved or borrowed."""
    edited = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        size = len(edited) or 1
        at, length = rng.randrange(size), min(rng.randint(1, 64), size)
        match rng.randrange(7):
            case 0:
                edited[at : at + 1] = bytes([rng.choice(TELLING)])
            case 1:
                edited[at : at + 1] = bytes([rng.randrange(256)])
            case 2:
                del edited[at : at + length]
            case 3:
                edited[at:at] = edited[at : at + length] * rng.randint(1, 4)
            case 4:
                other = rng.choice(others)
                begin = rng.randrange(len(other))
                edited[at : at + length] = other[begin : begin + length]
            case 5:
                edited[at : at + 4] = rng.randrange(2**32).to_bytes(4)
            case _:
                del edited[at:]
    return bytes(edited)


def decide(data: bytes) -> str:
    """Return how a file is decided: `taken` or the reason it is not; whatever else is raised."""
    try:
        picture = load_image(data, max_side=SIDE)
    except UploadError as error:
        return error.reason
    if picture.dtype != np.uint8 or picture.shape[2:] != (3,) or max(picture.shape) > SIDE:
        raise ValueError(f"A picture of {picture.shape}, {picture.dtype}.")
    return "taken"


def fuzz(count: int, seed: int = 0) -> Counter[str]:
    """Decide count damaged files; return how many were decided which way.

    Raises:
        Exception: What `load_image` should not have raised; a note on it holds the file.
    """
    rng, files = random.Random(seed), sound_files()
    decided: Counter[str] = Counter()
    for _ in range(count):
        data = mutate(rng.choice(files), files, rng)
        try:
            decided[decide(data)] += 1
        except Exception as error:
            error.add_note(f"The file: {data.hex()}")
            raise
    return decided


def main() -> int:
    """Print how many files were decided which way."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    try:
        decided = fuzz(count, seed)
    except Exception as error:
        print(f"{type(error).__name__}: {error}", *getattr(error, "__notes__", []), sep="\n")
        return 1
    print(f"{count} damaged files, seed {seed}: 0 unexpected exceptions")
    for reason, number in decided.most_common():
        print(f"  {reason}: {number}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
