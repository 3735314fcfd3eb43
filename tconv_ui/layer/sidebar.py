"""The layer controls: widgets in, one immutable layer out. Every widget is bound to the URL."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from tconv_core import Geometry, GeometryError
from tconv_ui.layer import cells
from tconv_ui.layer.cell_editor import edit_cells
from tconv_ui.layer.cells import CUSTOM, INPUTS, KERNELS, RANDOM, Cells, CellsError, Maker
from tconv_ui.layer.choice import (
    COLS,
    MAX_SEED,
    PRESET_HELP,
    PRESETS,
    SETTINGS,
    Layer,
    Preset,
    Setting,
    preset_layer,
)
from tconv_ui.layer.settings import Settings
from tconv_ui.shell.header import highlight_if
from tconv_ui.shell.links import (
    Asked,
    asked_of,
    number_input,
    set_and_link,
    show_unmet,
    unmet,
    unmet_number,
)


def layer_controls(page: str) -> None:
    """Draw the shared controls, and remember the layer they describe and the page they are on."""
    _restore_link(page)
    asked = asked_of(*_link_keys())
    st.session_state["problems"] = []
    st.markdown("**The layer**")
    presets = st.container()
    linked = st.toggle(
        "Rows and columns linked", value=True, key="linked", bind="query-params", on_change=_unlink
    )
    pairs = _setting_sliders(linked)
    st.session_state["asked"] = Settings.from_pairs(pairs)
    shape, kernel_shape = pairs.pop("size"), pairs.pop("kernel")
    _choose("Input", "input", "x", INPUTS)
    _choose("Kernel", "weights", "w", KERNELS)
    if RANDOM in (st.session_state["input"], st.session_state["weights"]):
        number_input(st.container(), "Seed", (0, MAX_SEED, 0), key="seed")
    x = _chosen("Input", "input", "x", INPUTS, shape)
    w = _chosen("Kernel", "weights", "w", KERNELS, kernel_shape)
    with presets:
        _preset_buttons()
    _open_editors(x, w)
    st.session_state["notes"] = _unmet_settings(asked)
    st.session_state["held"] = _held()
    try:
        st.session_state["layer"] = Layer(Geometry.from_torch(shape, kernel_shape, **pairs), x, w)
    except GeometryError as error:
        _refuse(str(error))


def current_layer() -> Layer:
    """Return the layer to show, and say above it what was refused or fell back.

    It is the last one that was legal, so that an impossible setting changes no picture.
    """
    show_unmet(st.session_state["notes"])
    for problem in st.session_state["problems"]:
        st.warning(f"{problem} Until then, the last legal layer is shown.")
    if "layer" not in st.session_state:
        first = next(iter(PRESETS.values()))
        st.session_state["layer"] = preset_layer(first)
    layer = st.session_state["layer"]
    assert isinstance(layer, Layer)
    return layer


def asked_settings() -> Settings:
    """Return what the sliders ask, legal in PyTorch or not, and say above it what fell back.

    It takes the place of `current_layer` on a page that shows who refuses which settings.
    """
    show_unmet(st.session_state["notes"])
    return st.session_state["asked"]  # type: ignore[no-any-return]


def set_layer(settings: Mapping[str, int]) -> None:
    """Set the sliders, as a preset does, and keep the input and the kernel. From a callback."""
    state = st.session_state
    apply_preset(Preset("", "", dict(settings), state["input"], state["weights"]))


def _refuse(problem: str) -> None:
    st.session_state["problems"].append(problem)


# Widgets ------------------------------------------------------------------------------------


def _preset_buttons() -> None:
    """Presets, with the one highlighted whose settings are the current ones.

    They are buttons, which hold no state: a chooser's state, sent back stale with a quick second
    move of a slider, would pass for a choice and undo both moves.
    """
    state = st.session_state
    st.caption("Presets", help=PRESET_HELP)
    with st.container(horizontal=True, gap="xsmall"):
        for index, (label, preset) in enumerate(PRESETS.items()):
            on = (
                state["linked"] == preset.linked
                and (state["input"], state["weights"]) == (preset.input, preset.kernel)
                and all(state.get(name) == value for name, value in preset.settings.items())
            )
            st.button(
                highlight_if(label, on),
                key=f"preset_{label}",
                on_click=apply_preset,
                args=(preset,),
                width=(98, 132)[index % 2],  # px: two columns that stand from the beginning
            )


def _setting_sliders(linked: bool) -> dict[str, tuple[int, int]]:
    """Draw a slider per setting, and when axes are apart a second one for the columns.

    The first block keeps its place on the page either way: a bound widget that moves loses its
    hold on the link.
    """
    rows = _slider_block("", "" if linked else "rows")
    cols = rows if linked else _slider_block(COLS, "cols")
    return {name: (value, cols[name]) for name, value in rows.items()}


def _slider_block(suffix: str, axis: str) -> dict[str, int]:
    """Draw a slider per setting, in two columns that are read downwards."""
    half = len(SETTINGS) // 2
    values = {}
    for column, settings in zip(st.columns(2), (SETTINGS[:half], SETTINGS[half:]), strict=True):
        with column:
            for setting in settings:
                label = f"{setting.short} {axis}" if axis else setting.label
                values[setting.name] = _slider(setting, setting.name + suffix, label)
    return values


def _slider(setting: Setting, key: str, label: str) -> int:
    return int(
        st.slider(
            label,
            setting.low,
            setting.high,
            setting.default,
            key=key,
            help=setting.help if label == setting.label else None,
            bind="query-params",
        )
    )


def _choose(label: str, key: str, text_key: str, named: dict[str, Maker]) -> None:
    """Choose cells by name, or spell them out."""
    name = st.selectbox(
        label,
        [*named, CUSTOM],
        key=key,
        bind="query-params",
        on_change=_spell_out,
        args=(key, text_key),
    )
    if name == CUSTOM:
        st.text_input(
            f"{label} cells",
            key=text_key,
            bind="query-params",
            max_chars=cells.LONGEST_TEXT,
            help="Rows by semicolon, cells by space: 1 2; 3 4. A list pasted from Python works.",
            on_change=_fit_size,
            args=(key, text_key),
        )


def _chosen(
    label: str, key: str, text_key: str, named: dict[str, Maker], shape: cells.Shape
) -> Cells:
    """Return the cells chosen, in the shape asked for; the last good ones if they are no grid."""
    state, shown = st.session_state, f"shown_{text_key}"
    if state[key] != CUSTOM:
        made = named[state[key]](shape, state.get("seed", 0))
        state[shown] = cells.format_cells(made)
        return made
    limit = _sized(key).high
    try:
        grid = cells.parse_cells(state[text_key], limit)
        state[shown] = cells.format_cells(grid)
    except CellsError as error:
        _refuse(f"{label} cells: {error}")
        last = state.get(shown)
        grid = cells.parse_cells(last, limit) if last else next(iter(named.values()))(shape, 0)
    return cells.resize_cells(grid, shape)


def _open_editors(x: Cells, w: Cells) -> None:
    with st.expander("Edit cell by cell", key="editors", on_change="rerun") as expander:
        if not expander.open:
            return
        for label, key, text_key, grid in (
            ("Input", "input", "x", x),
            ("Kernel", "weights", "w", w),
        ):
            edit_cells(label, grid, name_key=key, text_key=text_key)


# Callbacks: they run before the next drawing, so they may set any widget. -----------------------


def apply_preset(preset: Preset) -> None:
    """Set every control to a preset's; call it from a callback."""
    apart = {name: value for name, value in preset.settings.items() if name.endswith(COLS)}
    for name, value in preset.settings.items():
        if name not in apart:
            st.session_state[name] = value
    for setting in SETTINGS if apart else ():
        key = setting.name + COLS
        if st.session_state["linked"]:
            set_and_link(key, apart[key], setting.default)
        else:
            st.session_state[key] = apart[key]
    st.session_state["linked"] = preset.linked
    st.session_state["input"] = preset.input
    st.session_state["weights"] = preset.kernel


def _unlink() -> None:
    """Columns begin as the rows are."""
    if not st.session_state["linked"]:
        for setting in SETTINGS:
            value = st.session_state[setting.name]
            set_and_link(setting.name + COLS, value, setting.default)


def _spell_out(key: str, text_key: str) -> None:
    """Choosing `custom` begins with the cells on the screen."""
    if st.session_state[key] == CUSTOM:
        set_and_link(text_key, st.session_state[f"shown_{text_key}"], "")


def _fit_size(key: str, text_key: str) -> None:
    """A grid typed or pasted whole sets the sliders to its own size."""
    try:
        rows, cols = cells.parse_cells(st.session_state[text_key], _sized(key).high).shape
    except CellsError:
        return
    setting = _sized(key)
    st.session_state[setting.name] = rows
    if not st.session_state["linked"]:
        st.session_state[setting.name + COLS] = cols
    elif rows != cols:
        st.session_state["linked"] = False
        _unlink()
        set_and_link(setting.name + COLS, cols, setting.default)


def _sized(key: str) -> Setting:
    """The setting that holds the size of the input or of the kernel."""
    return SETTINGS[0] if key == "input" else SETTINGS[1]


# The link -----------------------------------------------------------------------------------


def _link_keys() -> list[str]:
    sliders = [setting.name + suffix for setting in SETTINGS for suffix in ("", COLS)]
    return [*sliders, "linked", "input", "weights", "seed"]


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
    defaults: dict[str, object] = {"linked": True, "seed": 0}
    defaults |= {"input": next(iter(INPUTS)), "weights": next(iter(KERNELS)), "x": "", "w": ""}
    sliders = {each.name + end: each.default for each in SETTINGS for end in ("", COLS)}
    found = {key: st.session_state.get(key, value) for key, value in (defaults | sliders).items()}
    return {key: value for key, value in found.items() if value != (defaults | sliders)[key]}


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
