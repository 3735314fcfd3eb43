"""Choose a picture: a sample, a file of one's own or the camera, all of it or a part."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from math import isqrt, prod
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tconv_core import Geometry
from tconv_ui.pictures.arrays import Picture
from tconv_ui.pictures.samples import FOLDER, SAMPLES
from tconv_ui.pictures.uploads import ImageFacts, UploadError, inspect_image, load_image
from tconv_ui.shell.links import choose_one
from tconv_ui.upsample.crop import Crop, cropped, fit_inside, shade_outside
from tconv_ui.upsample.crop_component import RANGES, CropTool, crop_tool, draw_crop
from tconv_ui.wording import times

SIZES = (64, 1024, 512)
"""The least, the largest and the first working size: the longer side, in pixels."""
LARGEST_OUTPUT = 2048
"""The longest side, in pixels, a picture is enlarged to."""
MOST_PRODUCTS = 12_000_000
"""Pixels times weights: what one method may multiply in one colour."""
GROUNDS = {"White": (255, 255, 255), "Grey": (128, 128, 128), "Black": (0, 0, 0)}
"""What a transparent picture is shown on: levels of red, green and blue."""
NUMBERS = {"work": SIZES, **RANGES}
"""(least, largest, first) of the sliders here, by key."""
_SMALL = 280  # the longer side, in pixels, of the picture a part is chosen on
OWN = "own"
"""What the session and the link remember of a picture of one's own: that there is one."""
LOST = (
    "A picture of your own was shown here and is gone: it is not part of a link, and it is dropped "
    "when you leave the page or the server restarts. Choose it again; the sample is shown instead."
)
_DETAIL = 2048  # the longer side, in pixels, that a part is cut from


@dataclass(frozen=True, slots=True, eq=False)
class ChosenPicture:
    """A picture to work on, (H, W, 3) uint8, and a digest that tells it from any other."""

    picture: Picture
    digest: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """The part to keep, its longer side in pixels, and the name of the ground behind it."""

    crop: Crop
    longest: int
    ground: str


def largest_side(geometry: Geometry) -> int:
    """Return how many pixels a side may have for a layer's stride and kernel.

    >>> largest_side(Geometry.from_torch(3, 4, stride=2)), largest_side(Geometry.from_torch(3, 9))
    (866, 384)
    """
    strides = geometry.stride
    affordable = isqrt(MOST_PRODUCTS // prod(geometry.kernel_shape))
    return min(LARGEST_OUTPUT // max(strides), affordable)


def chosen_picture(
    chooser: DeltaGenerator, uploader: DeltaGenerator, geometry: Geometry
) -> ChosenPicture:
    """Draw the ways to choose a picture; return the one chosen.

    What was done to it is said below; a file that is refused is answered with a sentence, and the
    sample stands in.

    Args:
        chooser, uploader: Where to draw.
        geometry: Of the layer that is to enlarge it, which bounds its size.
    """
    sample = choose_one(chooser, "Picture", SAMPLES, key="picture", on_change=_forget_own)
    panel = chooser.popover("Crop, size, camera", icon=":material/crop:")
    camera = panel.container()  # on top: a browser plays no camera that is out of sight
    tool = crop_tool(panel)
    cut = _cut_controls(panel, tool, largest_side(geometry))
    own = _own_file(uploader, camera)
    data = (FOLDER / f"{SAMPLES[sample]}.png").read_bytes()
    if own is not None:
        try:
            return _read(own.getvalue(), cut, tool, uploader)
        except UploadError as error:
            st.warning(f"{error} The sample is shown instead.")
    elif OWN in st.session_state or OWN in st.query_params:
        st.warning(LOST, icon=":material/no_photography:")
    return _read(data, cut, tool, uploader)


def _own_file(uploader: DeltaGenerator, camera: DeltaGenerator) -> UploadedFile | None:
    """Draw the uploader and the camera; return the file there is, the camera's first.

    Any name is let through: what the file is, its bytes say, and the reader's sentences tell.
    A session that a restart began anew gets an uploader that is empty: under its old key the
    browser would go on showing the name of a file that the server no longer has.
    """
    key = f"upload_{st.session_state.setdefault('visit', uuid4().hex[:8])}"
    upload = uploader.file_uploader(
        "Or your own: PNG, JPEG, WebP or GIF, up to 10 MB",
        key=key,
        on_change=_remember_own,
        args=(key,),
    )
    photo = None
    wanted = camera.toggle(
        "Use the camera",
        key="use_camera",
        help="The browser asks before it shows a picture.",
        on_change=_forget_own,
    )
    if wanted:
        photo = camera.camera_input(
            "Camera",
            label_visibility="collapsed",
            key="camera",
            on_change=_remember_own,
            args=("camera",),
        )
    return photo or upload


def _remember_own(key: str) -> None:
    """A picture of one's own was chosen, or taken away: say so where a lost one can be missed."""
    if st.session_state.get(key) is None:
        _forget_own()
    else:
        st.session_state[OWN] = True
        st.query_params[OWN] = "true"


def _forget_own() -> None:
    st.session_state.pop(OWN, None)
    st.query_params.pop(OWN, None)


def _cut_controls(panel: DeltaGenerator, tool: CropTool, limit: int) -> _Cut:
    longest = panel.slider(
        "Working size, longer side in pixels", *SIZES, step=64, key="work", bind="query-params"
    )
    ground = choose_one(panel, "Behind transparent parts", GROUNDS, key="ground")
    return _Cut(tool.crop, min(longest, limit), ground)


def _read(data: bytes, cut: _Cut, tool: CropTool, place: DeltaGenerator) -> ChosenPicture:
    facts = inspect_image(data)
    source = load_part(data, cut)
    height, width, _ = source.picture.shape
    for words in _remarks(facts, cut, times((width, height))):
        place.caption(words)
    whole = cut.crop.whole
    draw_crop(tool, fit_inside(source.picture, _SMALL) if whole else _shaded(data, cut))
    return source


def _remarks(facts: ImageFacts, cut: _Cut, size: str) -> list[str]:
    sides = zip((facts.height, facts.width), cut.crop.shares, strict=True)
    kept = [max(1, round(side * share)) for side, share in sides]
    reduced = max(min(side, _DETAIL) for side in kept) > cut.longest
    words = []
    if not cut.crop.whole:
        words.append(f"Cropped from {times((facts.width, facts.height))} to {size} pixels.")
    elif reduced:
        words.append(f"Reduced from {times((facts.width, facts.height))} to {size} pixels.")
    if facts.animated:
        words.append("It is animated: the first frame is taken.")
    if facts.has_alpha:
        words.append(f"Its transparency is shown on {cut.ground.lower()}.")
    return words


@st.cache_resource(max_entries=4, scope="session", show_spinner=False)
def load_part(data: bytes, cut: _Cut) -> ChosenPicture:
    """Return the part of a file's picture that a visitor works on, remembered for them alone."""
    ground = GROUNDS[cut.ground]
    if cut.crop.whole:
        picture = load_image(data, max_side=cut.longest, ground=ground)
    else:
        whole = load_image(data, max_side=_DETAIL, ground=ground)
        picture = fit_inside(cropped(whole, cut.crop), cut.longest)
    text = str(picture.shape).encode()
    return ChosenPicture(picture, blake2b(picture.tobytes() + text).hexdigest())


@st.cache_data(max_entries=4, scope="session", show_spinner=False)
def _shaded(data: bytes, cut: _Cut) -> Picture:
    whole = load_image(data, max_side=_SMALL, ground=GROUNDS[cut.ground])
    return shade_outside(whole, cut.crop)
