"""Transposed Convolution Lab: navigation, the shared layer controls, then the page."""

import streamlit as st

from tconv_ui.controls import layer_controls
from tconv_ui.navigation import navigation

st.set_page_config(
    page_title="Transposed Convolution Lab",
    page_icon="assets/icon.svg",
    layout="wide",
)
st.logo("assets/logo.svg", size="large", icon_image="assets/icon.svg")
page = navigation()
with st.sidebar:
    layer_controls()
page.run()
