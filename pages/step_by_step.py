"""Step by step: the scaled kernels landing and summing on the output grid."""

import streamlit as st

from tconv_core import trace_scatter
from tconv_ui.controls import current_layer
from tconv_ui.export_section import export_section
from tconv_ui.formulas import SIZE_FORMULA, overlap_verdict, size_latex
from tconv_ui.player import play, view_from_link, view_to_link
from tconv_ui.scenes import scatter_scene
from tconv_ui.show import current_theme

st.title("Step by step")
st.markdown(
    "Every input pixel stamps a scaled copy of the kernel onto the output. Where stamps overlap, "
    "they add."
)

layer = current_layer()
geometry = layer.geometry
with st.container(border=True):
    scene = scatter_scene(trace_scatter(layer.input, layer.kernel, geometry))
    opening = view_from_link()
    view = play(scene, key="player", opening=opening)
    view_to_link(view)

sizes, overlap = st.columns(2, border=True)
theme = current_theme()
with sizes:
    axes = {"Rows": geometry.rows, "Columns": geometry.cols}
    if geometry.rows == geometry.cols:
        axes = {"Output size, both axes": geometry.rows}
    for name, axis in axes.items():
        st.caption(name)
        st.markdown(f"${size_latex(axis, theme)}$")
    st.caption(f"${SIZE_FORMULA}$")
with overlap:
    verdict = overlap_verdict(geometry)
    st.caption("Overlap")
    st.markdown(f"**{verdict.title}.** {verdict.reason}")
    st.caption(verdict.edges)

resting = view or opening
export_section(scene, None if resting is None else resting.step, layer=layer)
