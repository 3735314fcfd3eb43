"""The pages of the app, declared once, and the window they are shown in."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from tconv_ui.shell.pages import GROUPS, HOME, NAME, PAGES, PageInfo

ICON = "assets/icon.svg"


def navigation() -> Page:
    """Declare the pages and return the one to run.

    The icon is set first: without one, the browser is told to fetch the page's from elsewhere.
    """
    st.set_page_config(page_title=NAME, page_icon=ICON, layout="wide")
    pages = {group: [_page(info) for info in infos] for group, infos in GROUPS.items()}
    page = st.navigation(pages, position="top")
    info = PAGES[page.url_path or HOME.page]
    st.set_page_config(page_title=info.window_title)
    return page


def _page(info: PageInfo) -> Page:
    return st.Page(
        f"pages/{info.page}.py",
        title=info.name,
        icon=f":material/{info.icon}:",
        default=info == HOME,
    )


def hand_over_to_app() -> None:
    """Run the page again below app.py, when Streamlit ran it alone.

    Until st.navigation has been called once in a process, Streamlit takes the pages folder for an
    app of its older kind and runs a page that is opened by its address without app.py.
    """
    if "page" not in st.session_state:
        navigation()
        st.rerun()
