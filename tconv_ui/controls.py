"""The layer controls: widgets in, one immutable layer out. Every widget is bound to the URL."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from tconv_core import Geometry, GeometryError
from tconv_ui import cells
from tconv_ui.cells import CUSTOM, INPUTS, KERNELS, RANDOM, Cells, CellsError, Maker
from tconv_ui.editor import edit_cells
from tconv_ui.links import choice_note, introduce, whole_number_note
from tconv_ui.navigation import hand_over_to_app


@dataclass(frozen=True, slots=True)
class Setting:
    """A whole number the visitor sets; its name is its key in the URL."""

    name: str
    label: str
    short: str
    low: int
    high: int
    default: int
    help: str


SETTINGS = (
    Setting("size", "Input size", "Input", 1, 16, 3, "n: cells of the input along an axis."),
    Setting("kernel", "Kernel size", "Kernel", 1, 9, 3, "k: taps of the kernel along an axis."),
    Setting("stride", "Stride", "Stride", 1, 5, 2, "s: how far apart neighbouring stamps land."),
    Setting(
        "padding",
        "Padding",
        "Padding",
        0,
        12,
        1,
        "p: cells cropped from each side. It never adds a border.",
    ),
    Setting(
        "output_padding",
        "Output padding",
        "Output pad",
        0,
        4,
        0,
        "Cells the crop at the end gives back: real sums where a stamp reaches them, not zeros.",
    ),
    Setting(
        "dilation", "Dilation", "Dilation", 1, 3, 1, "d: how far apart the taps of one stamp land."
    ),
)
COLS = "_cols"
MAX_SEED = 999


@dataclass(frozen=True, slots=True)
class Preset:
    """Settings, input and kernel by name, set with one click."""

    label: str
    settings: dict[str, int]
    input: str
    kernel: str


def _preset(label: str, n_k_s_p: tuple[int, int, int, int], x: str, w: str) -> Preset:
    values = dict(zip(("size", "kernel", "stride", "padding"), n_k_s_p, strict=True))
    return Preset(label, {**values, "output_padding": 0, "dilation": 1}, x, w)


PRESETS = {
    preset.label: preset
    for preset in (
        _preset("3×3, stride 2", (3, 3, 2, 1), "example", "bilinear"),
        _preset("Checkerboard 3×3", (6, 3, 2, 0), "constant", "ones"),
        _preset("DCGAN 4×4", (4, 4, 2, 1), "random", "bilinear"),
        _preset("U-Net 2×2", (4, 2, 2, 0), "random", "random"),
        _preset("FCN 8×8", (4, 8, 4, 2), "checker", "bilinear"),
        _preset("Worked 3×3", (3, 3, 1, 0), "worked map", "worked 3 × 3"),
        _preset("1×1, stride 2", (3, 1, 2, 0), "worked map", "ones"),
    )
}
PRESET_HELP = (
    "**3×3, stride 2**: where to begin. **Checkerboard 3×3**: a flat input and stamps of ones at "
    "stride 2. **DCGAN**: 4×4, stride 2, padding 1 doubles the size. **U-Net**: 2×2, stride 2, no "
    "overlap. **FCN**: FCN-32s has a 64×64 kernel, stride 32, padding 16; this is the same layer "
    "at an eighth. **Worked 3×3**: a textbook example. **1×1, stride 2**: three of four cells stay "
    "holes."
)


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What the visitor set: the geometry, and the input and kernel that fit it."""

    geometry: Geometry
    input: Cells
    kernel: Cells


def layer_controls() -> None:
    """Draw the shared controls and remember the layer they describe."""
    st.session_state["problems"] = []
    _note_bad_link()
    st.markdown("**The layer**")
    presets = st.container()
    linked = st.toggle(
        "Rows and columns linked", value=True, key="linked", bind="query-params", on_change=_unlink
    )
    pairs = _setting_sliders(linked)
    shape, kernel_shape = pairs.pop("size"), pairs.pop("kernel")
    x = _values("Input", "input", "x", INPUTS, shape)
    w = _values("Kernel", "weights", "w", KERNELS, kernel_shape)
    if RANDOM in (st.session_state["input"], st.session_state["weights"]):
        st.number_input("Seed", 0, MAX_SEED, 0, key="seed", bind="query-params")
    with presets:
        _preset_pills()
    _open_editors(x, w)
    try:
        st.session_state["layer"] = Layer(Geometry.from_torch(shape, kernel_shape, **pairs), x, w)
    except GeometryError as error:
        _refuse(str(error))


def current_layer() -> Layer:
    """Return the layer to show, and say above it what was refused or fell back.

    It is the last one that was legal, so that an impossible setting changes no picture.
    """
    hand_over_to_app()
    if note := st.session_state.pop("link_note", None):
        st.info(note, icon=":material/link_off:")
    for problem in st.session_state["problems"]:
        st.warning(f"{problem} Until then, the last legal layer is shown.")
    if "layer" not in st.session_state:
        first = next(iter(PRESETS.values()))
        st.session_state["layer"] = _preset_layer(first)
    layer = st.session_state["layer"]
    assert isinstance(layer, Layer)
    return layer


def _refuse(problem: str) -> None:
    st.session_state["problems"].append(problem)


def _preset_layer(preset: Preset) -> Layer:
    settings = dict(preset.settings)
    shape, kernel_shape = (settings.pop(name) for name in ("size", "kernel"))
    geometry = Geometry.from_torch(shape, kernel_shape, **settings)
    return Layer(
        geometry,
        INPUTS[preset.input](geometry.input_shape, 0),
        KERNELS[preset.kernel](geometry.kernel_shape, 0),
    )


# Widgets ------------------------------------------------------------------------------------


def _preset_pills() -> None:
    """Presets, with the one lit whose settings are the current ones."""
    state = st.session_state
    state["preset"] = next(
        (
            label
            for label, preset in PRESETS.items()
            if state["linked"]
            and (state["input"], state["weights"]) == (preset.input, preset.kernel)
            and all(state[name] == value for name, value in preset.settings.items())
        ),
        None,
    )
    st.pills("Presets", list(PRESETS), key="preset", on_change=_apply_preset, help=PRESET_HELP)


def _setting_sliders(linked: bool) -> dict[str, tuple[int, int]]:
    """Draw a slider per setting, and when axes are apart a second one for the columns.

    The first block keeps its place on the page either way: a bound widget that moves loses its
    hold on the link.
    """
    rows = _slider_block("", "" if linked else "rows")
    cols = rows if linked else _slider_block(COLS, "cols")
    return {name: (value, cols[name]) for name, value in rows.items()}


def _slider_block(suffix: str, axis: str) -> dict[str, int]:
    values = {}
    for pair in zip(SETTINGS[::2], SETTINGS[1::2], strict=True):
        for column, setting in zip(st.columns(2), pair, strict=True):
            with column:
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


def _values(
    label: str, key: str, text_key: str, named: dict[str, Maker], shape: cells.Shape
) -> Cells:
    """Choose cells by name, or spell them out; return them in the shape asked for."""
    name = st.selectbox(
        label,
        [*named, CUSTOM],
        key=key,
        bind="query-params",
        on_change=_spell_out,
        args=(key, text_key),
    )
    if name != CUSTOM:
        made = named[name](shape, st.session_state.get("seed", 0))
        st.session_state[f"shown_{text_key}"] = cells.format_cells(made)
        return made
    limit = _sized(key).high
    text = st.text_input(
        f"{label} cells",
        key=text_key,
        bind="query-params",
        max_chars=cells.LONGEST_TEXT,
        help="Rows by semicolon, cells by space: 1 2; 3 4. A list pasted from Python works too.",
        on_change=_fit_size,
        args=(key, text_key),
    )
    shown = f"shown_{text_key}"
    try:
        grid = cells.parse_cells(text, limit)
        st.session_state[shown] = cells.format_cells(grid)
    except CellsError as error:
        _refuse(f"{label} cells: {error}")
        grid = cells.parse_cells(st.session_state.get(shown, "0"), limit)
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


def _apply_preset() -> None:
    preset = PRESETS.get(st.session_state["preset"])
    if preset is None:
        return
    for name, value in preset.settings.items():
        st.session_state[name] = value
    st.session_state["linked"] = True
    st.session_state["input"] = preset.input
    st.session_state["weights"] = preset.kernel


def _unlink() -> None:
    """Columns begin as the rows are."""
    if not st.session_state["linked"]:
        for setting in SETTINGS:
            value = st.session_state[setting.name]
            introduce(setting.name + COLS, value, setting.default)


def _spell_out(key: str, text_key: str) -> None:
    """Choosing `custom` begins with the cells on the screen."""
    if st.session_state[key] == CUSTOM:
        introduce(text_key, st.session_state[f"shown_{text_key}"], "")


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
        introduce(setting.name + COLS, cols, setting.default)


def _sized(key: str) -> Setting:
    """The setting that holds the size of the input or of the kernel."""
    return SETTINGS[0] if key == "input" else SETTINGS[1]


# The link -----------------------------------------------------------------------------------


def _note_bad_link() -> None:
    """Say aloud what a link asked for and did not get; Streamlit itself falls back silently."""
    notes = [
        whole_number_note(setting.name + suffix, setting.low, setting.high, setting.default)
        for setting in SETTINGS
        for suffix in ("", COLS)
    ]
    notes.append(whole_number_note("seed", 0, MAX_SEED, 0))
    notes.append(choice_note("input", [*INPUTS, CUSTOM]))
    notes.append(choice_note("weights", [*KERNELS, CUSTOM]))
    if found := [note for note in notes if note]:
        st.session_state["link_note"] = " ".join(["The link was not read in full:", *found])
