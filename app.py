"""Transposed Convolution Lab: navigation, then the page."""

import streamlit as st

from tconv_ui.layer.state import begin_page
from tconv_ui.shell.navigation import ICON, navigation
from tconv_ui.shell.page_styles import page_styles
from tconv_ui.shell.run_lock import run_lock

with run_lock():
    page = navigation()
    st.logo("assets/logo.svg", size="large", icon_image=ICON)
    begin_page(page.url_path)
    page_styles()
    page.run()
