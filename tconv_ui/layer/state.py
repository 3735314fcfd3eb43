"""The layer that the address asks for, the one that is shown, and what is to be said of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from tconv_core import GeometryError
from tconv_ui.layer.cells import CellsError
from tconv_ui.layer.choice import DEFAULTS, WORDS, LayerChoice
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.words import unread_words
from tconv_ui.live.version import content_hash
from tconv_ui.shell.links import show_unmet, write_link


@dataclass(frozen=True, slots=True)
class Notices:
    """What is to be said of what a visitor asked for.

    Attributes:
        unmet: What of the link was not taken.
        refusals: Why the layer asked for is not the one shown.
    """

    unmet: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


def begin_page(page: str) -> None:
    """Remember which page is drawn; one opened by an address without a layer keeps the visitor's.

    Streamlit's navigation leads to a page's bare address.
    """
    state = st.session_state
    if state.get("page") != page:
        state["page"] = page
        state["carried"] = state.get("words", {})
    if _told():
        state["carried"] = {}


def current_choice() -> tuple[LayerChoice, Notices]:
    """Return what the address asks, legal in PyTorch or not."""
    state = st.session_state
    words = _told() or state.get("carried", {})
    choice = LayerChoice.from_words(words)
    state["words"] = choice.words
    return choice, Notices(unread_words(words, DEFAULTS | choice.state))


def current_layer() -> tuple[Layer, Notices]:
    """Return the layer to show: the last that was legal, so that no impossible setting loses it."""
    shown, notices = shown_choice()
    return shown.layer, notices


def shown_choice() -> tuple[LayerChoice, Notices]:
    """Return what is asked where it makes a layer, else the last choice that did."""
    choice, notices = current_choice()
    try:
        choice.layer  # noqa: B018 - whether it raises
    except (GeometryError, CellsError) as error:
        last: LayerChoice = st.session_state.get("shown", LayerChoice())
        return last, replace(notices, refusals=(str(error),))
    st.session_state["shown"] = choice
    return choice, notices


def following(view: str) -> dict[str, str]:
    """Return what a figure is told so that it can follow the hand.

    Args:
        view: Its name among `live.views.VIEWS`; nothing is told if it is empty.
    """
    if not view:
        return {}
    asked, shown = current_choice()[0], shown_choice()[0]
    where = f"live/{content_hash()}/{view}"
    return {"live": where, "asked": asked.spelled, "shown": shown.spelled}


def is_carried() -> bool:
    """Whether the address lacks the layer that is shown, which the visitor brought along."""
    return not _told() and bool(st.session_state.get("carried"))


def show_notices(notices: Notices) -> None:
    """Say what of the link was not taken, and why the layer asked for is not shown."""
    show_unmet(notices.unmet)
    for refusal in notices.refusals:
        st.warning(f"{refusal} Until then, the last legal layer is shown.")


def set_choice(choice: LayerChoice) -> None:
    """Ask for a choice, but for its seed: that stays. From a callback."""
    set_words(replace(choice, seed=current_choice()[0].seed).words)


def set_numbers(choice: LayerChoice) -> None:
    """Ask for a choice's numbers, and keep the input and the kernel. From a callback."""
    now, _ = current_choice()
    kept = {name: getattr(now, name) for name in ("input", "weights", "x", "w", "seed")}
    set_words(replace(choice, **kept).words)


def set_words(words: Mapping[str, str]) -> None:
    """Put a layer's words into the address: one step of the browser's history. From a callback."""
    st.session_state["carried"] = {}
    write_link(words, dropped=WORDS)


def _told() -> dict[str, str]:
    """What the address itself says of the layer."""
    return {key: st.query_params[key] for key in WORDS if st.query_params.get_all(key)}
