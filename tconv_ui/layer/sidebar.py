"""The layer controls: widgets in, one immutable layer out. Every widget is bound to the URL."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from tconv_core import GeometryError
from tconv_ui.layer import cells
from tconv_ui.layer.cell_editor import edit_cells
from tconv_ui.layer.cells import CUSTOM, INPUTS, KERNELS, RANDOM, Cells, CellsError, Maker, Shape
from tconv_ui.layer.choice import DEFAULTS, LayerChoice
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.presets import PRESET_HELP, PRESETS
from tconv_ui.layer.settings import COLS, MAX_SEED, SETTINGS, Setting
from tconv_ui.layer.state import Notices, set_choice
from tconv_ui.shell.header import highlight_if
from tconv_ui.shell.links import (
    Asked,
    asked_of,
    number_input,
    set_and_link,
    unmet,
    unmet_number,
)


class Field(NamedTuple):
    """A grid of the layer: its label, its keys as a name and as text, its makers and its size."""

    label: str
    key: str
    text_key: str
    makers: dict[str, Maker]
    size: Setting


FIELDS = (
    Field("Input", "input", "x", INPUTS, SETTINGS[0]),
    Field("Kernel", "weights", "w", KERNELS, SETTINGS[1]),
)


def layer_controls(page: str) -> None:
    """Draw the shared controls, and remember the layer they describe and the page they are on."""
    state = st.session_state
    _restore_link(page)
    asked = asked_of(*DEFAULTS)
    st.markdown("**The layer**")
    presets = st.container()
    linked = st.toggle(
        "Rows and columns linked", value=True, key="linked", bind="query-params", on_change=_unlink
    )
    _slider_block("", "" if linked else "rows")
    if not linked:
        _slider_block(COLS, "cols")
    for field in FIELDS:
        _choose(field)
    if RANDOM in (state["input"], state["weights"]):
        number_input(st.container(), "Seed", (0, MAX_SEED, 0), key="seed")
    choice = LayerChoice.from_words(state)
    refusals: list[str] = []
    x, w = (_chosen(field, choice, refusals) for field in FIELDS)
    with presets:
        _preset_buttons(choice)
    _open_editors(x, w)
    state["held"] = _held()
    state["asked"] = choice
    try:
        state["layer"] = Layer(choice.geometry, x, w)
    except GeometryError as error:
        refusals.append(str(error))
    state["notices"] = Notices(tuple(_unmet_settings(asked)), tuple(refusals))


# Widgets ------------------------------------------------------------------------------------


def _preset_buttons(choice: LayerChoice) -> None:
    """Presets, with the one highlighted whose settings are the current ones.

    They are buttons, which hold no state: a chooser's state, sent back stale with a quick second
    move of a slider, would pass for a choice and undo both moves.
    """
    now = replace(choice, seed=0, x="", w="")
    st.caption("Presets", help=PRESET_HELP)
    with st.container(horizontal=True, gap="xsmall"):
        for index, (label, preset) in enumerate(PRESETS.items()):
            on = now == preset.choice and st.session_state["linked"] == now.linked
            st.button(
                highlight_if(label, on),
                key=f"preset_{label}",
                on_click=set_choice,
                args=(preset.choice,),
                width=(98, 132)[index % 2],  # px: two columns that stand from the beginning
            )


def _slider_block(end: str, axis: str) -> None:
    """Draw a slider per setting, in two columns that are read downwards.

    The block of the rows keeps its place on the page, linked or not: a bound widget that moves
    loses its hold on the link.
    """
    half = len(SETTINGS) // 2
    for column, settings in zip(st.columns(2), (SETTINGS[:half], SETTINGS[half:]), strict=True):
        for setting in settings:
            column.slider(
                f"{setting.short} {axis}" if axis else setting.label,
                setting.low,
                setting.high,
                setting.default,
                key=setting.name + end,
                help=None if axis else setting.help,
                bind="query-params",
            )


def _choose(field: Field) -> None:
    """Choose cells by name, or spell them out."""
    name = st.selectbox(
        field.label,
        [*field.makers, CUSTOM],
        key=field.key,
        bind="query-params",
        on_change=_spell_out,
        args=(field,),
    )
    if name == CUSTOM:
        st.text_input(
            f"{field.label} cells",
            key=field.text_key,
            bind="query-params",
            max_chars=cells.LONGEST_TEXT,
            help="Rows by semicolon, cells by space: 1 2; 3 4. A list pasted from Python works.",
            on_change=_fit_size,
            args=(field,),
        )


def _chosen(field: Field, choice: LayerChoice, refusals: list[str]) -> Cells:
    """Return the cells chosen, in the shape asked for; the last good ones if they are no grid."""
    state, shown = st.session_state, f"shown_{field.text_key}"
    shape: Shape = getattr(choice, field.size.name)
    if state[field.key] != CUSTOM:
        made = field.makers[state[field.key]](shape, choice.seed)
        state[shown] = cells.format_cells(made)
        return made
    try:
        grid = cells.parse_cells(state[field.text_key], field.size.high)
        state[shown] = cells.format_cells(grid)
    except CellsError as error:
        refusals.append(f"{field.label} cells: {error}")
        last = state.get(shown)
        first = next(iter(field.makers.values()))
        grid = cells.parse_cells(last, field.size.high) if last else first(shape, 0)
    return cells.resize_cells(grid, shape)


def _open_editors(x: Cells, w: Cells) -> None:
    with st.expander("Edit cell by cell", key="editors", on_change="rerun") as expander:
        if expander.open:
            for field, grid in zip(FIELDS, (x, w), strict=True):
                edit_cells(field.label, grid, name_key=field.key, text_key=field.text_key)


# Callbacks: they run before the next drawing, so they may set any widget. -----------------------


def _unlink() -> None:
    """Columns begin as the rows are."""
    if not st.session_state["linked"]:
        for setting in SETTINGS:
            value = st.session_state[setting.name]
            set_and_link(setting.name + COLS, value, setting.default)


def _spell_out(field: Field) -> None:
    """Choosing `custom` begins with the cells on the screen."""
    if st.session_state[field.key] == CUSTOM:
        set_and_link(field.text_key, st.session_state[f"shown_{field.text_key}"], "")


def _fit_size(field: Field) -> None:
    """A grid typed or pasted whole sets the sliders to its own size."""
    state, name = st.session_state, field.size.name
    try:
        rows, cols = cells.parse_cells(state[field.text_key], field.size.high).shape
    except CellsError:
        return
    state[name] = rows
    if not state["linked"]:
        state[name + COLS] = cols
    elif rows != cols:
        state["linked"] = False
        _unlink()
        set_and_link(name + COLS, cols, field.size.default)


# The link -----------------------------------------------------------------------------------


def _restore_link(page: str) -> None:
    """Set again what a page change lost: the link first, and with it the settings.

    The browser takes along what controls hold that have come up. A visitor who leaves before they
    have would arrive with a link that lacks it, or with none of it in force. Streamlit writes to
    the link what a script sets.
    """
    state = st.session_state
    before, state["page"] = state.get("page", page), page
    if before == page:
        return
    for key, value in state.get("held", {}).items():
        if key not in st.query_params:
            state[key] = value


def _held() -> dict[str, object]:
    """What the controls hold that is not as it begins, by key."""
    found = {key: st.session_state.get(key, value) for key, value in DEFAULTS.items()}
    return {key: value for key, value in found.items() if value != DEFAULTS[key]}


def _unmet_settings(asked: Asked) -> list[str | None]:
    """Say what a link asked for and did not get; Streamlit itself falls back silently."""
    return [
        *(
            unmet_number(asked, each.name + suffix, each.low, each.high, each.default)
            for each in SETTINGS
            for suffix in ("", COLS)
        ),
        unmet_number(asked, "seed", 0, MAX_SEED, 0),
        unmet(asked, "linked", "true or false"),
        unmet(asked, "input", f"one of {', '.join([*INPUTS, CUSTOM])}"),
        unmet(asked, "weights", f"one of {', '.join([*KERNELS, CUSTOM])}"),
    ]
