"""The button that opens another page in a state."""

from __future__ import annotations

import streamlit as st

from tconv_ui.layer.page_link import PageLink


def page_link_button(label: str, link: PageLink, *, key: str) -> None:
    """Draw a button that opens the link's page in the link's state.

    The page's own widgets are not drawn yet, so they take theirs from the link.
    """
    if st.button(label, key=key, on_click=_forget, args=(link,), icon=":material/arrow_forward:"):
        st.switch_page(f"pages/{link.page}.py", query_params={**link.layer, **link.whole_view})


def _forget(link: PageLink) -> None:
    for name in link.whole_view:
        st.session_state.pop(name, None)
