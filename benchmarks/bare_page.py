"""The least a Streamlit page can be: one slider and one line of text."""

import streamlit as st

value = st.slider("Stride", 1, 5, 2, key="stride")
st.write(f"The stride is {value}.")
