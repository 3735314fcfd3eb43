"""Transposed Convolution Lab: navigation, the shared layer controls, then the page."""

import streamlit as st

from tconv_ui.layer.sidebar import layer_controls
from tconv_ui.shell.navigation import ICON, navigation
from tconv_ui.shell.run_lock import run_lock

with run_lock():
    page = navigation()
    st.logo("assets/logo.svg", size="large", icon_image=ICON)
    with st.sidebar:
        layer_controls(page.url_path)
    page.run()
