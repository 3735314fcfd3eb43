"""Transposed Convolution Lab: navigation, the shared layer controls, then the page."""

import streamlit as st

from tconv_ui.controls import layer_controls
from tconv_ui.navigation import ICON, navigation
from tconv_ui.turns import turn

with turn():
    page = navigation()
    st.logo("assets/logo.svg", size="large", icon_image=ICON)
    with st.sidebar:
        layer_controls(page.url_path)
    page.run()
