"""Files that are not taken: each is refused with an UploadError, and nothing else happens."""

from __future__ import annotations

import threading
import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tconv_ui.pictures import uploads
from tconv_ui.pictures.uploads import UploadError, inspect_image, load_image
from tests.ui.image_files import (
    BLOCKS,
    RAMP,
    encode,
    gif_header,
    jpeg_sized,
    png,
    png_chunk,
    refusal,
    tagged,
    webp_header,
    with_segment,
)

# Files that are not taken

SVG = b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'
NOT_TAKEN = {
    "bmp": ("format", encode(RAMP, "BMP")),
    "tiff": ("format", encode(RAMP, "TIFF")),
    "tiff big endian": ("format", b"MM\0*\0\0\0\x08" + bytes(20)),
    "eps": ("format", encode(RAMP, "EPS")),
    "psd": ("format", b"8BPS\0\1" + bytes(40)),
    "ico": ("format", encode(Image.new("RGB", (16, 16)), "ICO")),
    "avif": ("format", encode(RAMP, "AVIF")),
    "heic": ("format", b"\0\0\0\x18ftypheic" + bytes(40)),
    "jpeg 2000": ("format", encode(RAMP, "JPEG2000")),
    "pdf": ("format", b"%PDF-1.7\n"),
    "svg": ("format", SVG),
    "svg plain": ("format", b"  <svg></svg>"),
    "html": ("not_an_image", b"<!DOCTYPE html><html><body>picture</body></html>"),
    "zip": ("not_an_image", b"PK\x03\x04" + bytes(60)),
    "text": ("not_an_image", b"BM is how a bitmap starts, and so does this sentence."),
    "one byte": ("not_an_image", b"\x89"),
    "zeros": ("not_an_image", bytes(5000)),
    "comments without end": ("not_an_image", b"<!---->" * 900),
    "ppm": ("not_an_image", encode(RAMP, "PPM")),
    "empty": ("empty", b""),
}


@pytest.mark.parametrize(("reason", "data"), NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_other_files_are_named_and_refused(reason: str, data: bytes) -> None:
    error = refusal(data)
    assert error.reason == reason
    assert reason == "empty" or "PNG, JPEG, WebP or GIF" in str(error)


def test_a_file_over_ten_mebibytes_is_not_read() -> None:
    data = encode(RAMP, "PNG").ljust(uploads.MAX_BYTES, b"\0")
    assert load_image(data).shape == RAMP.shape
    error = refusal(data + b"\0")
    assert error.reason == "too_many_bytes"
    assert "at most 10 MiB" in str(error)


OVERSIZED = {
    "webp of 34 bytes": ("pixels", "16 million", webp_header(16383, 16383)),
    "webp 4001": ("pixels", "16 million", webp_header(4001, 4000)),
    "webp side": ("side", "12000", webp_header(12001, 10)),
    "png 100000": ("pixels", "25 million", png(100_000, 100_000, 8, 6, png_chunk(b"IDAT", b""))),
    "png 5001": ("pixels", "25 million", png(5001, 5000, 8, 6, png_chunk(b"IDAT", b""))),
    "png warned of": ("pixels", "25 million", png(11000, 11000, 8, 2, png_chunk(b"IDAT", b""))),
    "png side": ("side", "12000", png(12_001, 1, 8, 6, png_chunk(b"IDAT", b""))),
    "png greatest": (
        "pixels",
        "25 million",
        png(2**31 - 1, 2**31 - 1, 1, 0, png_chunk(b"IDAT", b"")),
    ),
    "gif screen": ("pixels", "25 million", gif_header(65535, 65535, (1, 1))),
    "gif frame": ("side", "12000", gif_header(1, 1, (12001, 1))),
    "gif frame area": ("pixels", "25 million", gif_header(1, 1, (5001, 5000))),
    "jpeg": ("pixels", "64 million", jpeg_sized(8001, 8000)),
    "jpeg side": ("side", "12000", jpeg_sized(12001, 16)),
    "jpeg greatest": ("pixels", "64 million", jpeg_sized(65535, 65535)),
    "jpeg progressive": ("pixels", "25 million", jpeg_sized(5001, 5000, progressive=True)),
}


@pytest.mark.parametrize(("reason", "limit", "data"), OVERSIZED.values(), ids=OVERSIZED)
def test_size_is_judged_by_the_header(reason: str, limit: str, data: bytes) -> None:
    error = refusal(data)
    assert error.reason == reason
    assert limit in str(error)
    with pytest.raises(UploadError) as caught:
        inspect_image(data)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("data", "size"),
    [(jpeg_sized(8000, 8000), 8000), (jpeg_sized(5000, 5000, progressive=True), 5000)],
    ids=["baseline", "progressive"],
)
def test_a_size_at_the_limit_passes(data: bytes, size: int) -> None:
    facts = inspect_image(data)
    assert (facts.width, facts.height) == (size, size)
    assert facts.format == ("JPEG" if size == 8000 else "progressive JPEG")


def test_a_large_photograph_is_shrunk_by_its_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = []
    monkeypatch.setattr(
        uploads, "_eight_bits", lambda image: decoded.append(image.size) or image, raising=True
    )
    data = encode(Image.new("RGB", (6400, 2133), "olive"), "JPEG")
    assert load_image(data, max_side=256).shape == (85, 256, 3)
    assert decoded == [(800, 267)]


def test_a_jpeg_in_several_scans_is_held_to_the_lower_limit() -> None:
    data = jpeg_sized(8000, 8000)
    at = data.index(b"\xff\xda") + 4
    assert data[at] == 3
    one_component = data[: at - 2] + b"\0\x08\1\1\0\0\x3f\0" + data[at + 10 :]
    assert refusal(one_component).reason == "pixels"


def test_a_jpeg_of_endless_segments_or_scans_is_refused_at_once() -> None:
    data = encode(BLOCKS, "JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    endless = (
        with_segment(data, 0xE1, b"Exif\0\0" + bytes(10), times=100_000),
        with_segment(data, 0xDB, b"", times=100_000),
        data[:-2] + scan * 200 + data[-2:],
    )
    assert [refusal(hostile).reason for hostile in endless] == ["truncated"] * 3


# Damage

GRAIN = np.random.default_rng(0).integers(0, 64, (32, 48, 3), dtype=np.uint8)
PHOTO = Image.fromarray(BLOCKS + GRAIN)
WHOLE = {
    "png": encode(PHOTO, "PNG"),
    "png palette": encode(PHOTO.quantize(16), "PNG", transparency=3),
    "png 16": encode(np.uint16(GRAIN[..., 0]) * 999, "PNG"),
    "jpeg": encode(PHOTO, "JPEG", exif=tagged(6)),
    "jpeg progressive": encode(PHOTO, "JPEG", progressive=True, icc_profile=bytes(99)),
    "jpeg cmyk": encode(PHOTO.convert("CMYK"), "JPEG"),
    "webp": encode(PHOTO, "WEBP", exif=tagged(3)),
    "webp lossless": encode(PHOTO.convert("LA"), "WEBP", lossless=True),
    "gif": encode(PHOTO.quantize(32), "GIF", transparency=1, comment=b"c" * 300),
}


@pytest.mark.parametrize("tenths", range(1, 10))
@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_short_says_so(name: str, tenths: int) -> None:
    data = WHOLE[name]
    assert refusal(data[: len(data) * tenths // 10]).reason == "truncated"


@pytest.mark.parametrize("name", WHOLE)
def test_every_cut_of_the_header_and_the_tail_is_judged(name: str) -> None:
    data = WHOLE[name]
    whole = load_image(data)
    for kept in (*range(1, 120), *range(len(data) - 24, len(data))):
        try:
            loaded = load_image(data[:kept])
        except UploadError as error:
            assert error.reason in ("truncated", "not_an_image")  # noqa: PT017
        else:
            assert loaded.shape == whole.shape


@settings(max_examples=10_000, derandomize=True)
@given(
    name=st.sampled_from(sorted(WHOLE)),
    edits=st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=8),
    cuts=st.lists(st.integers(0, 2**16), max_size=4),
)
def test_no_mutation_raises_anything_else(
    name: str, edits: list[tuple[int, int]], cuts: list[int]
) -> None:
    data = bytearray(WHOLE[name])
    for at, value in edits:
        data[at % len(data)] = value
    marks = sorted({at % len(data) for at in cuts})
    for begin, end in reversed([*pairwise(marks)][::2]):
        del data[begin:end]
    try:
        loaded = load_image(bytes(data), max_side=64)
    except UploadError as error:
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert loaded.shape[2] == 3
        assert max(loaded.shape) <= 64


# Manners


def test_a_failure_inside_pillow_is_an_upload_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(uploads.Image, "open", exhausted)
    assert refusal(WHOLE["png"]).reason == "truncated"


def test_warning_filters_are_left_as_they_were() -> None:
    before = list(warnings.filters)
    refusal(png(11000, 11000, 8, 2, png_chunk(b"IDAT", b"")))
    assert list(warnings.filters) == before


def test_pictures_are_decoded_one_at_a_time() -> None:
    loaded: list[tuple[int, ...]] = []
    thread = threading.Thread(target=lambda: loaded.append(load_image(WHOLE["png"]).shape))
    with uploads.DECODING:
        thread.start()
        thread.join(0.2)
        assert thread.is_alive()
        assert loaded == []
    thread.join(10)
    assert loaded == [BLOCKS.shape]


def test_the_turn_is_given_back_after_a_refusal() -> None:
    assert refusal(WHOLE["png"][:60]).reason == "truncated"
    assert load_image(WHOLE["png"]).shape == BLOCKS.shape
