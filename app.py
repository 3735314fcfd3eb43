"""Transposed Convolution Lab: navigation, the shared layer controls, then the page."""

import streamlit as st

from tconv_ui.controls import layer_controls
from tconv_ui.navigation import navigation

NAME = "Transposed Convolution Lab"

# First of all, so that the page is wide before anything is on it.
st.set_page_config(page_title=NAME, page_icon="assets/icon.svg", layout="wide")
st.logo("assets/logo.svg", size="large", icon_image="assets/icon.svg")
page = navigation()
home = page.url_path == ""
st.set_page_config(
    page_title=NAME if home else f"{page.title} · {NAME}",
    # A newcomer reads first. Whoever opens or closes the sidebar finds it so on every page.
    initial_sidebar_state="collapsed" if home else "auto",
)
with st.sidebar:
    layer_controls()
page.run()
