"""The button that opens another page in a state."""

from __future__ import annotations

import streamlit as st

from tconv_ui.layer.page_link import PageLink


def page_link_button(label: str, link: PageLink, *, key: str) -> None:
    """Draw a button that opens the link's page in the link's state.

    A plain link would not do: the layer's widgets are drawn on every page, and what they hold wins
    over what a link within the app asks for. The page's own widgets are not drawn yet, so they take
    theirs from the link.
    """
    if st.button(label, key=key, on_click=_set, args=(link,), icon=":material/arrow_forward:"):
        st.switch_page(f"pages/{link.page}.py", query_params=link.whole_view)


def _set(link: PageLink) -> None:
    for name, value in link.choice.state.items():
        st.session_state[name] = value
    for name in link.whole_view:
        st.session_state.pop(name, None)
