"""Upsample an image: a picture of one's own through the layer."""

import streamlit as st

from tconv_core import Geometry, GeometryError
from tconv_ui.controls import current_layer
from tconv_ui.formulas import times
from tconv_ui.links import asked_of, say_unmet, unmet, unmet_number
from tconv_ui.picture_source import SAMPLES, chosen_picture
from tconv_ui.pictures import (
    SHOWN,
    Kernel,
    Picture,
    Upsampled,
    align_input,
    brightness_gain,
    full_png,
    shown_png,
    upsample,
    window,
)


@st.cache_data(max_entries=4, scope="session", show_spinner=False)
def upsample_once(picture: Picture, kernel: Kernel, geometry: Geometry) -> Upsampled:
    return upsample(picture, kernel, geometry)


st.title("Upsample an image")
st.markdown(
    "The sidebar's layer with a picture as its input: every pixel of each colour channel stamps "
    "the kernel."
)
layer = current_layer()

asked = asked_of("picture", "keep", "zoom", "look_y", "look_x")
notes = st.container()
chooser, uploader = st.columns([1, 1])
picture = chosen_picture(chooser, uploader)
keep = chooser.toggle(
    "Keep the brightness",
    value=True,
    key="keep",
    bind="query-params",
    help="Divides the kernel by the gain it gives a flat picture, on average. Off, the weights are "
    "used as they are, and values beyond 0 to 255 are clipped.",
)
gain = brightness_gain(layer.kernel, layer.geometry) if keep else 1.0
if gain is None:
    st.info("The kernel's weights cancel, so there is no brightness to keep: used as they are.")
try:
    result = upsample_once(picture, layer.kernel / (gain or 1.0), layer.geometry)
except GeometryError as error:
    st.warning(f"{error} Choose a larger picture or less padding.")
    st.stop()

zooms = {"Whole": 1, "2×": 2, "4×": 4, "8×": 8, "16×": 16}
row = st.container(horizontal=True, vertical_alignment="bottom")
zoom = zooms[
    row.segmented_control(
        "Zoom", list(zooms), default="Whole", required=True, key="zoom", bind="query-params"
    )
]
centre = (0.5, 0.5)
if zoom > 1:
    down = row.slider("Up and down", 0, 100, 50, key="look_y", bind="query-params", width=200)
    across = row.slider("Left and right", 0, 100, 50, key="look_x", bind="query-params", width=200)
    centre = (down / 100, across / 100)

with notes:
    say_unmet(
        [
            unmet(asked, "picture", f"one of {', '.join(SAMPLES)}"),
            unmet(asked, "keep", "true or false"),
            unmet(asked, "zoom", f"one of {', '.join(zooms)}"),
            unmet_number(asked, "look_y", 0, 100, 50),
            unmet_number(asked, "look_x", 0, 100, 50),
        ]
    )
with st.container(key="pix"):
    st.html("<style>.st-key-pix img { image-rendering: pixelated; }</style>")
    before, after = st.columns(2)
    for column, name, shape, whole in (
        (before, "Before", picture.shape, align_input(picture, layer.geometry)),
        (after, "After", result.picture.shape, result.picture),
    ):
        column.markdown(f"**{name}**, {times((shape[1], shape[0]))} pixels")
        part = window(whole, zoom, centre)
        column.image(shown_png(part), width="stretch", output_format="PNG", alt=f"{name} picture")
remarks = ["Both at the same scale, each input pixel under its own stamp."]
if max(window(result.picture, zoom, centre).shape) > SHOWN:
    remarks.append("Averaged down to fit; zoom in to see the pixels.")
if result.clipped:
    remarks.append(f"{result.clipped:.1%} of the values lay beyond 0 to 255 and were clipped.")
st.caption(" ".join(remarks))
st.download_button(
    "Download the result as PNG",
    lambda: full_png(result.picture),
    file_name="upsampled.png",
    mime="image/png",
    icon=":material/download:",
    on_click="ignore",
)
