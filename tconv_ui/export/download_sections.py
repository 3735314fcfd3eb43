"""What the export section offers: an animation, a picture, numbers, a program.

Nothing is computed before it is asked for. An animation is drawn when its button is pressed, and
kept until the next one or until the scene changes: a rerun of the page must not take it away."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_ui.code.programs import Code
from tconv_ui.export.animation import Animation, FileKind, animate, drawn_steps
from tconv_ui.export.drawing import picture
from tconv_ui.export.measures import WIDTH
from tconv_ui.export.step_files import (
    MOST_LINES,
    csv_steps,
    grid_names,
    npz_steps,
    steps_csv,
    steps_npz,
)
from tconv_ui.player.payload import encode
from tconv_ui.player.replay import step_count
from tconv_ui.player.scene import Scene
from tconv_ui.theme import Theme
from tconv_ui.wording import ordinal

Programs = Mapping[str, Callable[[], Code]]
"""By framework: the program that computes what the player shows."""
_one_at_a_time = threading.Lock()
"""Held while an animation is drawn: its frames take up to 200 MB, whoever asks for it."""


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported: a scene as the page shows it now."""

    scene: Scene
    theme: Theme
    step: int
    programs: Programs
    key: str


def offer_animation(view: Export, kind: FileKind, scale: int) -> None:
    """Offer an animation: first to draw it, then to download it."""
    count = step_count(view.scene)
    frames = len(drawn_steps(count))
    every = -(-count // max(1, frames))
    st.caption(
        f"{frames + 1} frames that loop: "
        + ("one for each step" if every <= 1 else f"one for every {every} of the {count:,} steps")
        + ", then the finished picture, held. In this theme's colours."
    )
    slot, place = f"{view.key}_file", st.empty()
    kept: tuple[str, Animation] | None = st.session_state.get(slot)
    if kept is None or kept[0] != _fingerprint(view, kind, scale):
        st.session_state.pop(slot, None)
        if not place.button(
            f"Draw the {kind}", icon=":material/animation:", key=f"{view.key}_draw"
        ):
            return
        kept = _fingerprint(view, kind, scale), _drawn(view, kind, scale, place)
        st.session_state[slot] = kept
    animation = kept[1]
    _download(
        view,
        f"Download the {kind}, {_size(len(animation.data))}",
        animation.data,
        f"{_stem(view)}.{kind.lower()}",
        f"image/{kind.lower()}",
        place=place,
    )
    if not animation.wide:
        st.caption(
            f"{frames + 1} frames are too many for {WIDTH * scale} pixels: drawn {WIDTH} wide."
        )


def _drawn(view: Export, kind: FileKind, scale: int, place: DeltaGenerator) -> Animation:
    """Draw an animation while a bar shows how far it is."""
    bar = place.progress(0.0, "Drawing frames")
    with _one_at_a_time:
        return animate(
            view.scene, view.theme, kind, scale, lambda share: bar.progress(share, _said(share))
        )


def _said(share: float) -> str:
    return "Drawing frames" if share < 1 else "Writing the file"


def offer_png(view: Export, scale: int) -> None:
    """Offer the picture of the step in view."""
    count = step_count(view.scene)
    st.caption(
        f"Step {view.step} of {count}, where the player rests."
        if view.step
        else "The scene before its first step, where the player rests."
    )
    data = partial(_png, view.scene, view.step, view.theme, scale)
    name = f"{_stem(view)}_step_{view.step}.png"
    _download(view, "Download the PNG", data, name, "image/png")


def _png(scene: Scene, step: int, theme: Theme, scale: int) -> bytes:
    buffer = BytesIO()
    picture(scene, step, theme, scale).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def offer_csv(view: Export) -> None:
    """Offer the numbers of every step as lines."""
    fits, count = csv_steps(view.scene), step_count(view.scene)
    st.caption(
        "One line for each number given, set or added: step, grid, row, column, change, the "
        "number, and the cell's value after it. Rows and columns count from 0 on the whole grid."
        + ("" if fits == count else f" The first {fits} of {count} steps: {MOST_LINES:,} lines.")
    )
    data = partial(steps_csv, view.scene)
    _download(view, "Download the CSV", data, f"{_stem(view)}_steps.csv", "text/csv")


def offer_npz(view: Export) -> None:
    """Offer the numbers of every step as arrays."""
    kept = npz_steps(view.scene)
    st.caption(
        "All grids for `numpy.load`: `steps` done, each grid after each of them, and the `result`."
        + (
            ""
            if len(kept) > step_count(view.scene)
            else f" Every {ordinal(kept[1])} step: all are too many."
        )
    )
    data = partial(steps_npz, view.scene)
    name = f"{_stem(view)}_steps.npz"
    _download(view, "Download the NPZ", data, name, "application/octet-stream")


def offer_program(view: Export, framework: str) -> None:
    """Show a program and offer it, or say why there is none."""
    code = view.programs[framework]()
    if not code.text:
        st.info(code.remark)
        return
    st.caption(f"Prints the player's output. {code.remark}".strip())
    with st.container(height=320, border=False):
        st.code(code.text, language=None, wrap_lines=True)
    name = f"{_stem(view)}_{framework.lower()}.py"
    _download(view, f"Download the {framework} code", code.text, name, "text/x-python")


def _download(
    view: Export,
    label: str,
    data: bytes | str | partial[bytes] | partial[str],
    name: str,
    mime: str,
    *,
    place: DeltaGenerator | None = None,
) -> None:
    (place or st.container()).download_button(
        label,
        data,
        file_name=name,
        mime=mime,
        key=f"{view.key}_download",
        icon=":material/download:",
        on_click="ignore",
    )


def _fingerprint(view: Export, kind: FileKind, scale: int) -> str:
    """The same for the same picture only."""
    told = repr((view.theme, kind, scale)).encode()
    return hashlib.sha256(encode(view.scene) + told).hexdigest()


def _stem(view: Export) -> str:
    """A file's name: the result's, and the sizes of the first two grids and of the result."""
    grids = [view.scene.grids[at] for at in view.scene.factors if isinstance(at, int)]
    shapes = [grid.shape for grid in (*grids[:2], view.scene.grids[view.scene.result])]
    name = grid_names(view.scene)[view.scene.result]
    return "_".join([name, *(f"{rows}x{cols}" for rows, cols in shapes)])


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
