"""The button that opens another page in a state."""

from __future__ import annotations

import streamlit as st

from tconv_ui.doors import Door


def show_door(label: str, door: Door, *, key: str) -> None:
    """Draw a button that opens the door's page in the door's state.

    A plain link would not do: the layer's widgets are drawn on every page, and what they hold wins
    over what a link within the app asks for. The page's own widgets are not drawn yet, so they take
    theirs from the link.
    """
    if st.button(label, key=key, on_click=_set, args=(door,), icon=":material/arrow_forward:"):
        st.switch_page(f"pages/{door.page}.py", query_params=door.whole_view)


def _set(door: Door) -> None:
    for name, value in door.state.items():
        st.session_state[name] = value
    for name in door.whole_view:
        st.session_state.pop(name, None)
