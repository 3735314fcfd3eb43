"""What the address of a page carries, where Streamlit's own binding leaves something to do."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_ui.wording import quoted

Asked = Mapping[str, str]
"""What a link asks of widgets, by key, as it stands there."""

UNREAD = "The link was not read in full:"
"""How the note begins that says what of a link was not taken."""

T = TypeVar("T")


class Chooser(Protocol):
    """Where a choice can be drawn: a container, or streamlit itself."""

    @property
    def segmented_control(self) -> Callable[..., Any]:
        """Streamlit's row of choices."""


def write_link(words: Mapping[str, str], dropped: Iterable[str] = ()) -> None:
    """Write words to the address, and take others out of it, in one step of its history.

    Streamlit sends a message, and the browser takes a step, for each name deleted by itself.

    Args:
        words: What the address is to say.
        dropped: Names it is not to hold unless `words` says them.
    """
    gone: dict[str, list[str]] = {key: [] for key in dropped if key in st.query_params}
    if any(st.query_params.get(key, "") for key in gone.keys() - words.keys()) or any(
        st.query_params.get(key) != value for key, value in words.items()
    ):
        st.query_params.update({**gone, **words})


def set_and_link(key: str, value: object, default: object) -> None:
    """Set a widget that the next run may draw for the first time, and its place in the link.

    Streamlit writes a bound widget's value to the link once it has drawn it; a value set before
    that would be missing from the link until it changes again. Call it from a callback.
    """
    drawn = key in st.session_state
    st.session_state[key] = value
    if not drawn and value != default:
        st.query_params[key] = str(value)


def number_input(
    place: DeltaGenerator, label: str, bounds: tuple[int, int, int], *, key: str
) -> int:
    """Draw a number input that the link carries, and return its number.

    Streamlit 1.67 makes a link's number whole before it looks at its bounds, and so raises for one
    that is infinite, such as 1e999. The input is then drawn without the link.

    Args:
        place: Where to draw it.
        label: Its label.
        bounds: The least, the most, and the default.
        key: Its key, and its name in the link.
    """
    if not _infinite(st.query_params.get(key, "")):
        return int(place.number_input(label, *bounds, key=key, bind="query-params"))
    number = int(place.number_input(label, *bounds, key=f"{key}_unbound"))
    st.session_state[key] = number
    return number


def choose_one(
    place: Chooser,
    label: str,
    options: Iterable[T],
    *,
    key: str,
    default: T | None = None,
    **more: Any,
) -> T:
    """Draw a row of choices that the link carries, one always taken, and return that one.

    Args:
        place: Where to draw it.
        label: Its label.
        options: What there is to choose from.
        key: Its key, and its name in the link.
        default: What is taken at first; the first option, if left out.
        more: What else the widget takes, such as a width or a help text.
    """
    choices = list(options)
    first = choices[0] if default is None else default
    chosen: T = place.segmented_control(
        label, choices, default=first, required=True, key=key, bind="query-params", **more
    )
    return chosen


def asked_of(*keys: str) -> Asked:
    """Return what the link asks of widgets not drawn yet. Call it before they are."""
    params = st.query_params
    return {key: params[key] for key in keys if key in params and key not in st.session_state}


def all_asked_of(key: str) -> list[str]:
    """Return what the link asks of a widget of several choices, not drawn yet."""
    return [] if key in st.session_state else st.query_params.get_all(key)


def unmet_choices(asked: list[str], key: str, wanted: str) -> str | None:
    """Return a sentence if a widget of several choices, drawn since, left some of them out.

    Args:
        asked: From `all_asked_of`.
        key: The widget's.
        wanted: What it takes, in words.
    """
    taken = {str(choice).lower() for choice in st.session_state.get(key, [])}
    left_out = [raw for raw in asked if raw.lower() not in taken]
    if not left_out or key not in st.session_state:
        return None
    return f"{key}={quoted(left_out[0])} is not {wanted}; left out."


def unmet(asked: Asked, key: str, wanted: str) -> str | None:
    """Return a sentence if the widget of this key, drawn since, did not take what the link asked.

    Args:
        asked: From `asked_of`.
        key: The widget's.
        wanted: What it takes, in words.
    """
    raw = asked.get(key)
    if raw is None or key not in st.session_state or _means(raw, st.session_state[key]):
        return None
    return f"{key}={quoted(raw)} is not {wanted}; using {st.session_state[key]}."


def unmet_number(asked: Asked, key: str, low: int, high: int, default: int) -> str | None:
    """Return a sentence if the link's number was not taken, by a slider that is drawn or not."""
    wanted = f"a whole number from {low} to {high}"
    raw = asked.get(key)
    if raw is None or key in st.session_state:
        return unmet(asked, key, wanted)
    if any(_means(raw, number) for number in range(low, high + 1)):
        return None
    return f"{key}={quoted(raw)} is not {wanted}; using {default}."


def unmet_share(asked: Asked, key: str, low: float, high: float, default: float) -> str | None:
    """Return a sentence if the link's number, whole or not, was not taken by a slider."""
    raw = asked.get(key)
    if raw is None:
        return None
    try:
        taken = low <= float(raw) <= high
    except ValueError:
        taken = False
    if taken:
        return None
    now = st.session_state.get(key, default)
    return f"{key}={quoted(raw)} is not a number from {low:g} to {high:g}; using {now:g}."


def show_unmet(notes: Iterable[str | None]) -> None:
    """Show the sentences there are, as one note."""
    if found := [note for note in notes if note]:
        st.info(" ".join([UNREAD, *found]), icon=":material/link_off:")


def _infinite(raw: str) -> bool:
    try:
        return math.isinf(float(raw))
    except ValueError:
        return False


def _means(raw: str, value: object) -> bool:
    """Whether the text of a link is another spelling of the value a widget took."""
    if isinstance(value, bool) or not isinstance(value, int):
        return raw.lower() == str(value).lower()
    try:
        return float(raw) == value
    except ValueError:
        return False
