"""The pages of the app, declared once, and the window they are shown in."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

NAME = "Transposed Convolution Lab"
ICON = "assets/icon.svg"
OWN_CONTROLS = frozenset({"", "decoder", "solver", "field_guide", "lesson"})
"""Pages, by address, that have their own controls: the sidebar waits there until it is opened."""


def navigation() -> Page:
    """Declare the pages and return the one to run.

    The icon is set first: without one, the browser is told to fetch the page's from elsewhere.
    """
    st.set_page_config(page_title=NAME, page_icon=ICON, layout="wide")
    page = st.navigation(
        {
            "": [st.Page("pages/home.py", title="Home", icon=":material/home:", default=True)],
            "See": [
                st.Page("pages/step_by_step.py", title="Step by step", icon=":material/animation:"),
                st.Page("pages/overlap.py", title="Overlap", icon=":material/layers:"),
                st.Page("pages/operations.py", title="Operations", icon=":material/compare:"),
            ],
            "Use": [
                st.Page("pages/upsample.py", title="Upsample an image", icon=":material/image:"),
                st.Page("pages/decoder.py", title="Decoder", icon=":material/stacks:"),
                st.Page(
                    "pages/frameworks.py", title="Frameworks", icon=":material/compare_arrows:"
                ),
                st.Page("pages/solver.py", title="Solver", icon=":material/calculate:"),
            ],
            "Learn": [
                st.Page("pages/field_guide.py", title="Field guide", icon=":material/menu_book:"),
                st.Page("pages/lesson.py", title="Lesson", icon=":material/school:"),
            ],
        },
        position="top",
    )
    st.set_page_config(
        page_title=f"{page.title} · {NAME}" if page.url_path else NAME,
        initial_sidebar_state="collapsed" if page.url_path in OWN_CONTROLS else "auto",
    )
    return page


def hand_over_to_app() -> None:
    """Run the page again below app.py, when Streamlit ran it alone.

    Until st.navigation has been called once in a process, Streamlit takes the pages folder for an
    app of its older kind and runs a page that is opened by its address without app.py.
    """
    if "linked" not in st.session_state:
        navigation()
        st.rerun()
