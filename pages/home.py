"""Home: what a transposed convolution does, three ways in, and the map of the lab."""

import streamlit as st

from tconv_ui.controls import current_layer
from tconv_ui.home.sections import draw_doors, draw_hero, draw_map, draw_presets
from tconv_ui.places import PLACES
from tconv_ui.show import show_head

show_head(PLACES["home"])
draw_hero(current_layer())
draw_doors()
layers, lab = st.columns([9, 4], gap="medium")
with layers:
    draw_presets(st.context.theme.type or "light")
with lab:
    draw_map()
