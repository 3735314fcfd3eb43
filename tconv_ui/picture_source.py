"""Choose a picture: a sample, or a file of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_ui.pictures import Picture
from tconv_ui.uploads import UploadError, inspect_image, load_image

FOLDER = Path(__file__).parents[1] / "assets" / "samples"
SAMPLES = {"Scene": "scene", "Text": "text", "Zone plate": "zone_plate", "Flat colours": "flat"}
LONGEST = 512
"""The longer side, in pixels, of a picture the page works on."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A picture to work on, (H, W, 3) uint8, and a digest that tells it from any other."""

    picture: Picture
    digest: str


def chosen_picture(chooser: DeltaGenerator, uploader: DeltaGenerator) -> Source:
    """Draw the ways to choose a picture; return the one chosen.

    What was done to an upload is said below it; a file that is refused is answered with a
    sentence, and the sample stands in.
    """
    sample = chooser.segmented_control(
        "Picture", list(SAMPLES), default="Scene", required=True, key="picture", bind="query-params"
    )
    upload = uploader.file_uploader(
        "Or your own: PNG, JPEG, WebP or GIF, up to 10 MB",
        type=["png", "jpg", "jpeg", "webp", "gif"],
    )
    if upload is not None:
        try:
            return _source(_read_upload(upload.getvalue(), uploader))
        except UploadError as error:
            st.warning(f"{error} The sample is shown instead.")
    return _source(load_sample(SAMPLES[sample]))


def load_sample(name: str) -> Picture:
    """Return a sample picture by its file's name, (H, W, 3) uint8."""
    return _load((FOLDER / f"{name}.png").read_bytes())


def _source(picture: Picture) -> Source:
    return Source(picture, blake2b(picture.tobytes() + str(picture.shape).encode()).hexdigest())


def _read_upload(data: bytes, place: DeltaGenerator) -> Picture:
    facts = inspect_image(data)
    picture = _load(data)
    if max(facts.width, facts.height) > LONGEST:
        height, width, _ = picture.shape
        place.caption(f"Reduced from {facts.width} × {facts.height} to {width} × {height} pixels.")
    if facts.has_alpha:
        place.caption("Its transparency is shown on white.")
    return picture


@st.cache_data(max_entries=4, scope="session", show_spinner=False)
def _load(data: bytes) -> Picture:
    return load_image(data, max_side=LONGEST)
