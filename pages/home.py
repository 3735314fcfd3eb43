"""Home: what a transposed convolution does, three ways in, and the map of the lab."""

import streamlit as st

from tconv_ui.controls import current_layer
from tconv_ui.home.sections import draw_doors, draw_hero, draw_map, draw_presets

st.title("Transposed Convolution Lab")
st.markdown(
    "A transposed convolution is how many networks enlarge a grid: each input cell scales the "
    "kernel and **stamps it on the output**, and stamps that overlap add up."
)
draw_hero(current_layer())
draw_doors()
layers, lab = st.columns([9, 4], gap="medium")
with layers:
    draw_presets(st.context.theme.type or "light")
with lab:
    draw_map()
