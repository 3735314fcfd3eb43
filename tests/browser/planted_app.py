"""The planted faults, served as the app is: by `st.App`, with what it does about an error."""

import streamlit as st

from tconv_ui.faults import say_fault

app = st.App("planted.py", on_script_error=say_fault)
