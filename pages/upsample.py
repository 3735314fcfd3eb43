"""Upsample an image: a picture of one's own, enlarged in many ways, side by side."""

import streamlit as st

from tconv_core import GeometryError, conv_transpose2d, upsample_nearest
from tconv_ui.layer.controls import beside_controls
from tconv_ui.layer.state import current_layer
from tconv_ui.pictures.arrays import brightness_gain
from tconv_ui.pictures.samples import SAMPLES
from tconv_ui.shell.header import show_head
from tconv_ui.shell.links import (
    all_asked_of,
    asked_of,
    choose_one,
    show_unmet,
    unmet,
    unmet_choices,
    unmet_number,
    unmet_share,
)
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.reserved_space import reserve_height
from tconv_ui.shell.source_code import show_source
from tconv_ui.upsample.compare import MODES
from tconv_ui.upsample.compare_section import VIEWS
from tconv_ui.upsample.methods import METHODS
from tconv_ui.upsample.picture_controls import GROUNDS, NUMBERS, chosen_picture
from tconv_ui.upsample.sections import SECTIONS
from tconv_ui.upsample.study import CENTRE, RANGES, REACHES, ZOOMS, choose_methods
from tconv_ui.upsample.take_away_section import FRAMEWORKS
from tconv_ui.upsample.wipe_section import BEFORE

CHOICES = {
    "picture": list(SAMPLES),
    "ground": list(GROUNDS),
    "mode": list(MODES),
    "range": list(RANGES),
    "reach": list(REACHES),
    "view": list(SECTIONS),
    "show": list(VIEWS),
    "zoom": list(ZOOMS),
    "left": [BEFORE, "a method chosen"],
    "right": [BEFORE, "a method chosen"],
    "code_of": ["a method chosen"],
    "code": list(FRAMEWORKS),
}

PICTURE_HEIGHT = 130  # px: what chooses the picture takes that much, while it comes up

show_head(PAGES["upsample"])
layer, notices = current_layer()
show_unmet(notices.unmet)
LOOK = {"look_y": (0, 100, CENTRE), "look_x": (0, 100, CENTRE)}
asked, asked_methods = asked_of(*CHOICES, *NUMBERS, *LOOK, "keep"), all_asked_of("methods")
notes = st.container()
with beside_controls():
    places = []
    for column in st.columns(2):
        with column:
            places.append(reserve_height(PICTURE_HEIGHT))
    source = chosen_picture(places[0], places[1], layer.geometry)
    study = choose_methods(source, layer)
    if study.settings.keep and brightness_gain(layer.kernel, layer.geometry) is None:
        st.info("The kernel's weights cancel, so there is no brightness to keep: used as they are.")
    view = choose_one(st, "View", SECTIONS, key="view", label_visibility="collapsed", wrap=True)
    try:
        if study.names:
            SECTIONS[view](study)
        else:
            st.info("Choose at least one method.")
    except GeometryError as error:
        st.warning(str(error))

with notes:
    show_unmet(
        [
            *(unmet(asked, key, f"one of {', '.join(names)}") for key, names in CHOICES.items()),
            unmet_choices(asked_methods, "methods", f"one of up to four of {', '.join(METHODS)}"),
            unmet(asked, "keep", "true or false"),
            *(unmet_number(asked, key, *bounds) for key, bounds in NUMBERS.items()),
            *(unmet_share(asked, key, *bounds) for key, bounds in LOOK.items()),
        ]
    )
show_source(conv_transpose2d, upsample_nearest)
