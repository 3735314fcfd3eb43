"""Overlap: how many stamps land on each output cell."""

import streamlit as st

from tconv_core import axis_overlap
from tconv_ui.controls import current_layer
from tconv_ui.figures import CONFIG, overlap_figure
from tconv_ui.formulas import overlap_verdict, times
from tconv_ui.palette import THEMES

st.title("Overlap")
st.markdown(
    "How many stamps land on each output cell. The two axes multiply, and that is the checkerboard."
)

geometry = current_layer().geometry
theme = THEMES[st.context.theme.type or "light"]
verdict = overlap_verdict(geometry)
picture, words = st.columns([2, 1])
with picture.container(border=True):
    st.markdown(f"**Stamps per output cell**, {times(geometry.output_shape)}")
    st.plotly_chart(
        overlap_figure(axis_overlap(geometry.rows), axis_overlap(geometry.cols), theme),
        theme=None,
        key="overlap",
        config=CONFIG,
        alt=f"Heatmap of the overlap count. {verdict.title}. {verdict.reason} {verdict.edges}",
    )
    st.caption("Bars: the stamps per row and per column. A cell's count is their product.")
with words:
    with st.container(border=True):
        st.caption("Verdict")
        st.markdown(f"**{verdict.title}.** {verdict.reason}")
    with st.container(border=True):
        st.caption("Edges")
        st.markdown(verdict.edges)
