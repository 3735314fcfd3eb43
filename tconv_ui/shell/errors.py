"""An error nobody foresaw: the visitor gets a reference, the log gets the rest."""

from __future__ import annotations

import logging
from uuid import uuid4

import streamlit as st

_LOG = logging.getLogger(__name__)


def show_error(error: Exception) -> bool:
    """Log error under a reference, and show that reference instead of the error.

    Args:
        error: What a script or a callback raised; for `on_script_error` of `st.App`.

    Returns:
        True: it has been shown, Streamlit need not.
    """
    reference = uuid4().hex[:8]
    _LOG.error("Fault %s", reference, exc_info=error)
    st.error(
        f"Something went wrong here, and it was written down as **{reference}**. Your settings are "
        "in the address bar: reload the page to go on, and send the link with that number if you "
        "report it.",
        icon=":material/bug_report:",
    )
    return True
