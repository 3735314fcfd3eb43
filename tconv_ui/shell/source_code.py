"""The code behind a picture, from the file that ran."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A function's text, and where it stands."""

    place: str
    text: str


def source_of(function: Callable[..., Any]) -> SourceText:
    """Return the text of a function or class, from its own file.

    Raises:
        TypeError: It is not written in Python.

    >>> from tconv_core import overlap_count
    >>> source_of(overlap_count).text.splitlines()[0]
    'def overlap_count(geometry: Geometry) -> IntArray:'
    """
    plain = inspect.unwrap(function)
    path = Path(inspect.getsourcefile(plain) or "").resolve()
    lines, first = inspect.getsourcelines(plain)
    # Installed, the core lies outside the app's folder: both are named from where imports begin.
    depth = plain.__module__.count(".") + 1
    inside = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else Path(*path.parts[-depth:])
    return SourceText(f"{inside.as_posix()}, line {first}", "".join(lines))


def show_source(*functions: Callable[..., Any], key: str = "source") -> None:
    """Offer the functions that computed a page's picture, read only when opened."""
    label = "The function that computed this" if len(functions) == 1 else "What computed this"
    with st.expander(label, key=key, icon=":material/code:", on_change="rerun") as expander:
        if not expander.open:
            return
        for function in functions:
            found = source_of(function)
            st.caption(f"`{found.place}`")
            st.code(found.text, language=None, wrap_lines=True)
