"""Home: what this is, and three ways in."""

import streamlit as st

from tconv_ui.controls import current_layer

st.title("Transposed Convolution Lab")
st.markdown(
    "Each input cell scales the kernel and **stamps it on the output**; stamps that overlap add up."
)
current_layer()
see, bend, own = st.columns(3)
see.page_link(
    "pages/step_by_step.py", label="See it, one stamp at a time", icon=":material/animation:"
)
bend.page_link("pages/overlap.py", label="Break it: the checkerboard", icon=":material/layers:")
own.page_link("pages/upsample.py", label="Try it on your own picture", icon=":material/image:")
