"""What the address of a page carries, where Streamlit's own binding leaves something to do."""

from __future__ import annotations

import streamlit as st


def introduce(key: str, value: object, default: object) -> None:
    """Set a widget that the next run draws for the first time, and its place in the link.

    Streamlit writes a bound widget's value to the link once it has drawn it; a value set before
    that would be missing from the link until it changes again. Call it from a callback.
    """
    st.session_state[key] = value
    if value != default:
        st.query_params[key] = str(value)


def whole_number_note(key: str, low: int, high: int, default: int) -> str | None:
    """Return a sentence if the link asks for a number that is not taken, else None."""
    raw = st.query_params.get(key)
    if raw is None or (raw.isascii() and raw.isdigit() and low <= int(raw) <= high):
        return None
    return f"{key}={raw[:20]} is not a whole number from {low} to {high}; using {default}."


def choice_note(key: str, choices: list[str]) -> str | None:
    """Return a sentence if the link asks for a choice there is not, else None."""
    raw = st.query_params.get(key)
    if raw is None or raw in choices:
        return None
    return f"{key}={raw[:20]} is not one of {', '.join(choices)}; using {choices[0]}."
