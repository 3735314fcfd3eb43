"""What the image page studies: a picture, the methods chosen, and their panels, remembered."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_ui.layer.layer import Layer
from tconv_ui.layer.state import shown_choice
from tconv_ui.pictures.arrays import Picture
from tconv_ui.shell.links import choose_one, set_and_link
from tconv_ui.shell.reserved_space import reserve_height
from tconv_ui.upsample.compare import MODES, Panel, Task, frame_of, make_panel, make_task
from tconv_ui.upsample.frames import Frame, blocks, zoomed
from tconv_ui.upsample.methods import METHODS, relevant
from tconv_ui.upsample.panels_component import PanelsView, Reach
from tconv_ui.upsample.picture_controls import ChosenPicture
from tconv_ui.upsample.weights import Settings

FITTED = "Fitted kernel"
BASELINE = "Bilinear weights"
MOST = 4
FIRST = ["Sidebar kernel", "Random weights", FITTED]
RANGES = ("Clip", "Normalise")
CENTRE = 50.0
"""Where a zoomed picture is looked at first, in % of the way there is."""
ZOOMS = {"Whole": 1, "2×": 2, "4×": 4, "8×": 8, "16×": 16}
REACHES = {"2 s": 2, "4 s": 4, "6 s": 6}
METHODS_HEIGHT = 132
"""Pixels of the methods' names, on a screen; a phone takes more."""


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A picture and what is to be done with it.

    Attributes:
        source: The picture, and its digest.
        mode: One of MODES.
        names: The methods chosen, 1 to 4.
        settings: What they depend on.
        normalise: Whether values beyond 0 to 255 are normalised instead of clipped.
    """

    source: ChosenPicture
    mode: str
    names: list[str]
    settings: Settings
    normalise: bool

    @property
    def task(self) -> Task:
        """The picture as planes, reduced first where it is to be restored."""
        return _task(self.source, self.settings.stride, self.mode)

    @property
    def frame(self) -> Frame:
        """The part of the plane that all panels show."""
        return frame_of(self.names, self.task, self.settings)

    @property
    def reference(self) -> tuple[str, Picture]:
        """The name of what results are held against, and its picture in the plane of blocks."""
        if self.mode == "Enlarge":
            return "Input", blocks(self.source.picture, self.settings.stride)
        task = self.task
        assert task.truth is not None
        return "Original", self.source.picture[: task.truth.shape[1], : task.truth.shape[2]]

    def panel(self, name: str) -> Panel:
        """Return what a method makes of the picture, computed again only if a need changed."""
        return _panel(self.source, name, self.mode, relevant(name, self.settings), self.normalise)

    def panels(self) -> list[Panel]:
        """Return the panels of the methods chosen."""
        return [self.panel(name) for name in self.names]


def _digest(source: ChosenPicture) -> str:
    return source.digest


@st.cache_resource(
    max_entries=2, scope="session", show_spinner=False, hash_funcs={ChosenPicture: _digest}
)
def _task(source: ChosenPicture, stride: tuple[int, int], mode: str) -> Task:
    return make_task(source.picture, stride, mode)


@st.cache_resource(
    max_entries=8, scope="session", show_spinner=False, hash_funcs={ChosenPicture: _digest}
)
def _panel(
    source: ChosenPicture, name: str, mode: str, settings: Settings, normalise: bool
) -> Panel:
    return make_panel(name, _task(source, settings.stride, mode), settings, normalise=normalise)


def choose_methods(source: ChosenPicture, layer: Layer) -> Study:
    """Draw the controls of what is done to the picture; return what they say."""
    row = reserve_height(64).container(horizontal=True, vertical_alignment="bottom")
    mode = choose_one(
        row,
        "Mode",
        MODES,
        key="mode",
        width=160,
        help="Enlarge: the picture by the stride. Restore: the picture is first reduced by the "
        "stride, each block to its mean; what comes back is compared with the original.",
    )
    chosen = reserve_height(METHODS_HEIGHT).pills(
        f"Methods, up to {MOST} at a time",
        list(METHODS),
        selection_mode="multi",
        default=FIRST,
        key="methods",
        bind="query-params",
    )
    names = chosen[:MOST]
    if len(chosen) > MOST:
        st.caption(f"Shown are {MOST}: take one away to see {chosen[MOST]}.")
    more = row.popover("Options", icon=":material/tune:", width=112)
    settings, normalise = _choose_settings(more, layer)
    return Study(source, mode, names, settings, normalise)


def _choose_settings(more: DeltaGenerator, layer: Layer) -> tuple[Settings, bool]:
    """Draw the options; return the settings, and whether values are spread over the levels."""
    keep = more.toggle(
        "Keep the brightness",
        value=True,
        key="keep",
        bind="query-params",
        help="Scales the layer's kernel, and shifts random weights, so that a flat picture keeps "
        "its level on average. Off, the weights are used as they are.",
    )
    ranged = choose_one(more, "Values beyond 0 to 255", RANGES, key="range")
    reach = choose_one(
        more, "Fitted kernel's size, in strides", REACHES, key="reach", default="4 s"
    )
    seed = shown_choice()[0].seed
    settings = Settings(layer.geometry, layer.kernel, keep, REACHES[reach], seed)
    return settings, ranged == "Normalise"


def zoom_controls(study: Study, row: DeltaGenerator) -> Reach:
    """Draw where to look, one choice for all panels; return it, and how far it can move."""
    zoom = ZOOMS[choose_one(row, "Zoom", ZOOMS, key="zoom", width=272)]
    centre = (0.5, 0.5)
    if zoom > 1:
        pan = st.container(horizontal=True)
        down, right = (
            pan.slider(label, 0.0, 100.0, CENTRE, 0.1, "%g", key, bind="query-params", width=260)
            for label, key in (("Up and down, %", "look_y"), ("Left and right, %", "look_x"))
        )
        centre = (down / 100, right / 100)
    frame = study.frame
    return Reach(frame, zoomed(frame, zoom, centre), tuple(ZOOMS.values()), zoom)


def look_at(view: PanelsView) -> None:
    """Set the widgets of `zoom_controls`. Call it before they are drawn."""
    st.session_state["zoom"] = next(name for name, zoom in ZOOMS.items() if zoom == view.zoom)
    if view.zoom > 1:
        for key, share in zip(("look_y", "look_x"), view.centre, strict=True):
            set_and_link(key, round(100 * share, 1), CENTRE)
