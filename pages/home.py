"""Home: what a transposed convolution does, three ways in, and the map of the lab."""

import streamlit as st

from tconv_ui.home.sections import draw_hero, draw_map, draw_presets, draw_ways_in
from tconv_ui.layer.state import current_layer
from tconv_ui.shell.header import show_head
from tconv_ui.shell.links import show_unmet
from tconv_ui.shell.pages import PAGES

show_head(PAGES["home"])
layer, notices = current_layer()
show_unmet(notices.unmet)
draw_hero(layer)
draw_ways_in()
layers, lab = st.columns([9, 4], gap="medium")
with layers:
    draw_presets(st.context.theme.type or "light")
with lab:
    draw_map()
