"""The planted faults, served as the app is: by `st.App`, with what it does about an error."""

import streamlit as st

from tconv_ui.shell.errors import show_error

app = st.App("planted.py", on_script_error=show_error)
