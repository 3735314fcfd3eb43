"""The page's margins: the one sheet that speaks of Streamlit's own elements."""

from __future__ import annotations

import streamlit as st

from tconv_ui.shell.bundles import is_served, read_bundle


def page_styles() -> None:
    """Bring the page's content to its edges, where the page itself does not come with its styles.

    `previews.preview_tags` puts them into the page that a server of ours sends: then nothing moves
    when they arrive.
    """
    if not is_served():
        _styles(key="page_styles")


_styles = st.components.v2.component(
    "tconv_page", css=read_bundle("page.css"), html="<span></span>", isolate_styles=False
)
