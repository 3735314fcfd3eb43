"""A file somebody chose becomes a checked picture, or one sentence about what is wrong with it.

The bytes are hostile until shown otherwise: the size is read from the header and held to a limit
before a pixel is decoded, and Pillow is given the parts that make the picture and nothing else.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tconv_ui.pictures.file_headers import PictureFile, format_name, orientation

Reason = Literal["empty", "too_many_bytes", "not_an_image", "format", "pixels", "side", "truncated"]

MAX_BYTES = 10 * 2**20
MAX_SIDE = 12_000
MAX_MEGAPIXELS = {"WebP": 16, "PNG": 25, "GIF": 25, "progressive JPEG": 25, "JPEG": 64}
"""Million pixels, by kind of file: a JPEG that is not progressive shrinks while it is decoded."""

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_HOW = {"HEIC": " (an iPhone takes JPEG with Settings, Camera, Formats, Most Compatible)"}
"""How to come by another kind of file, where people do not know."""
DECODING = threading.Semaphore(1)
"""Held while a picture is decoded: one at a time, as each may take much memory."""


class UploadError(ValueError):
    """A file that is not taken: one sentence for the user, and `reason`, a word for the code."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What a file says of its picture: width and height in pixels, once it stands upright."""

    format: str
    width: int
    height: int
    has_alpha: bool
    animated: bool = False


def load_image(
    data: bytes, *, max_side: int = 512, ground: tuple[int, int, int] = (255, 255, 255)
) -> NDArray[np.uint8]:
    """Return the picture in a PNG, JPEG, WebP or GIF file as (H, W, 3) RGB levels, 0 to 255.

    The first frame is turned upright by its EXIF, reduced (never enlarged) until its longer side
    is at most max_side pixels, and where it is transparent composited on the ground, levels of red,
    green and blue. Colour profiles are not applied.

    Raises:
        UploadError: The file is not taken. Nothing else is raised, whatever data holds.
        ValueError: max_side is below 1, or a level of the ground is not from 0 to 255.

    >>> file = BytesIO()
    >>> Image.new("RGB", (3000, 2000)).save(file, "PNG")
    >>> load_image(file.getvalue()).shape
    (341, 512, 3)
    """
    if max_side < 1:
        raise ValueError(f"max_side must be at least 1, got {max_side}.")
    if len(ground) != 3 or not all(0 <= level <= 255 for level in ground):
        raise ValueError(f"ground must be three levels from 0 to 255, got {ground}.")
    with _opened(data) as (image, file):
        width, height = _fit(image.size, max_side)
        # A JPEG decoder can skip detail: ask it for three times the size, the rest is filtered.
        draft = image.draft(None, (3 * width, 3 * height))
        image.load()
        picture = _eight_bits(image).resize(
            (width, height),
            Image.Resampling.LANCZOS,
            box=draft[1] if draft else None,
            reducing_gap=3.0,
        )
        if picture.mode in {"LA", "RGBA"}:
            behind = Image.new("RGBA", picture.size, ground)
            picture = Image.alpha_composite(behind, picture.convert("RGBA"))
        if (turn := orientation(file.exif)) in _UPRIGHT:
            picture = picture.transpose(_UPRIGHT[turn])
        return np.array(picture.convert("RGB"))


def inspect_image(data: bytes) -> ImageFacts:
    """Return what the header of a picture file says; no pixel is decoded.

    Raises:
        UploadError: The file is not taken. Damage behind the header is left to `load_image`.

    >>> file = BytesIO()
    >>> Image.new("LA", (30, 20)).save(file, "PNG")
    >>> inspect_image(file.getvalue())
    ImageFacts(format='PNG', width=30, height=20, has_alpha=True, animated=False)
    """
    with _opened(data) as (image, file):
        width, height = image.size
        if orientation(file.exif) >= 5:
            width, height = height, width
        animated = file.animated or getattr(image, "is_animated", False)
        return ImageFacts(file.kind, width, height, image.has_transparency_data, animated)


@contextmanager
def _opened(data: bytes) -> Iterator[tuple[Image.Image, PictureFile]]:
    """Yield the picture, its size checked, and hold the turn to decode until it is done with."""
    name = _accepted_format(data)
    kind = name
    with DECODING, warnings.catch_warnings():
        # Pillow's own limit would warn below 179 million pixels; the one that counts is here.
        warnings.filterwarnings("ignore", module=r"PIL\.")
        try:
            file = PictureFile.parse(name, data)
            kind = file.kind
            with Image.open(BytesIO(file.data), formats=[name.upper()]) as image:
                _check_size(kind, *image.size)
                yield image, replace(file, exif=file.exif or image.info.get("exif", b""))
        except UploadError:
            raise
        except Image.DecompressionBombError:
            raise _too_many_pixels(kind) from None
        except Exception:
            raise UploadError(
                "truncated", f"The {name} file is cut short or damaged: save the picture again."
            ) from None


def _accepted_format(data: bytes) -> str:
    if not data:
        raise UploadError("empty", "The file is empty.")
    if len(data) > MAX_BYTES:
        raise UploadError(
            "too_many_bytes",
            f"The file has {len(data) / 2**20:.2f} MiB: at most {MAX_BYTES >> 20} MiB are taken.",
        )
    name = format_name(data)
    if name is None:
        raise UploadError(
            "not_an_image", "The file is not a picture: choose a PNG, JPEG, WebP or GIF file."
        )
    if name not in MAX_MEGAPIXELS:
        raise UploadError(
            "format",
            f"{name} files are not taken: save the picture as PNG, JPEG, WebP or GIF"
            f"{_HOW.get(name, '')}.",
        )
    return name


def _check_size(kind: str, width: int, height: int) -> None:
    if max(width, height) > MAX_SIDE:
        raise UploadError(
            "side",
            f"The picture is {width} × {height} pixels: a side may have at most {MAX_SIDE}.",
        )
    if width * height > MAX_MEGAPIXELS[kind] * 10**6:
        raise _too_many_pixels(kind)


def _too_many_pixels(kind: str) -> UploadError:
    limit = MAX_MEGAPIXELS[kind]
    return UploadError(
        "pixels", f"The picture is too large: a {kind} may have at most {limit} million pixels."
    )


def _fit(size: tuple[int, int], max_side: int) -> tuple[int, int]:
    """Return size scaled down until its longer side is max_side, no side below one pixel."""
    scale = min(1.0, max_side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return image in a mode that can be filtered: L, RGB, CMYK, or with alpha LA or RGBA."""
    if image.mode == "I;16":
        return _from_sixteen_bits(image)
    if image.has_transparency_data:
        return image if image.mode in {"LA", "RGBA"} else image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _from_sixteen_bits(image: Image.Image) -> Image.Image:
    """Return grey levels 0 to 65535 as 0 to 255, rounded; Pillow's own conversion clips them."""
    levels = np.array(image, dtype=np.uint32)
    hole = image.info.get("transparency")
    alpha = None if hole is None else Image.fromarray(levels != hole).convert("L")
    levels *= 255
    levels += 32895
    levels >>= 16
    grey = Image.fromarray(levels.astype(np.uint8))
    if alpha is not None:
        grey.putalpha(alpha)
    return grey
