"""A grid of cells edited in place; what it holds is the text the URL carries."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from tconv_ui.layer.cells import CUSTOM, Cells, CellsError, format_cell, format_cells, parse_number
from tconv_ui.shell.links import set_and_link


def edit_cells(label: str, grid: Cells, *, name_key: str, text_key: str) -> None:
    """Draw an editor for grid; an accepted edit spells the grid out under text_key.

    Cells are edited as text, so that a word or an empty cell is answered with a sentence instead
    of being dropped without one.
    """
    base = _base(grid, text_key)
    table = {
        str(j): [format_cell(base[i, j]) for i in range(base.shape[0])]
        for j in range(base.shape[1])
    }
    st.caption(f"{label} cells")
    st.data_editor(
        table,
        key=_editor_key(text_key),
        on_change=take_edit,
        args=(name_key, text_key),
        column_config={name: st.column_config.TextColumn(name, width=44) for name in table},
        hide_index=True,
        alt=f"{label} cells, editable",
    )
    if refused := st.session_state.get(f"refused_{text_key}"):
        st.warning(refused)


def _base(grid: Cells, text_key: str) -> Cells:
    """The cells the editor opened with: kept while its own edits arrive, so it keeps the focus."""
    state = st.session_state
    text = format_cells(grid)
    if state.get(f"edited_{text_key}") != text:
        state[f"base_{text_key}"] = grid
        state[f"edited_{text_key}"] = text
        state[f"round_{text_key}"] = state.get(f"round_{text_key}", 0) + 1
    base: Cells = state[f"base_{text_key}"]
    return base


def _editor_key(text_key: str) -> str:
    return f"editor_{text_key}_{st.session_state[f'round_{text_key}']}"


def take_edit(name_key: str, text_key: str) -> None:
    """Take what was typed into the table, or say why not. A callback."""
    state = st.session_state
    edits: dict[int, dict[str, Any]] = state[_editor_key(text_key)]["edited_rows"]
    grid = np.array(state[f"base_{text_key}"])
    try:
        for i, row in edits.items():
            for column, text in row.items():
                grid[_place(i, column, grid.shape)] = parse_number(
                    str(text or ""), f"Row {i}, column {column}"
                )
    except CellsError as error:
        state[f"refused_{text_key}"] = f"{error} The cell keeps its value."
        state[f"edited_{text_key}"] = None
        return
    state[f"refused_{text_key}"] = None
    text = state[f"edited_{text_key}"] = format_cells(grid)
    if state[name_key] == CUSTOM:
        state[text_key] = text
    else:
        state[name_key] = CUSTOM
        set_and_link(text_key, text, "")


def _place(row: object, column: object, shape: tuple[int, ...]) -> tuple[int, int]:
    """Return the cell that a browser says was edited, which may be anything."""
    for i, j in np.ndindex(*shape[:2]):
        if row == i and column == str(j):
            return i, j
    raise CellsError("An edit names a cell that is not in the table.")
