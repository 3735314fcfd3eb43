"""The part of a page that changes with its controls: it runs again alone."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from tconv_ui.shell.run_lock import run_lock


def page_body(draw: Callable[[], None]) -> None:
    """Draw a page's body; what its controls change is drawn again without the rest of the page.

    The browser takes about a millisecond for each element it is sent again, changed or not.
    """
    _body(draw)


@st.fragment
def _body(draw: Callable[[], None]) -> None:
    with run_lock():
        draw()
