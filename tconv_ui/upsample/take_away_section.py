"""The image page's last section: results, kernels and code to take home."""

from __future__ import annotations

from functools import partial

import streamlit as st

from tconv_ui.code.picture_kernels import keras_kernel, torch_kernel
from tconv_ui.pictures.arrays import Picture, full_png
from tconv_ui.shell.links import choose_one
from tconv_ui.upsample.compare import Panel
from tconv_ui.upsample.frames import Frame, place
from tconv_ui.upsample.study import Study
from tconv_ui.upsample.takeaway import (
    contact_sheet,
    file_stem,
    kernel_json,
    kernel_npy,
    remark_of,
)
from tconv_ui.wording import times

FRAMEWORKS = ("PyTorch", "Keras")


def take_away(study: Study) -> None:
    """Draw a row of files for every method, the code of one kernel, and the contact sheet."""
    panels = [panel for panel in study.panels() if panel.problem is None]
    for panel in panels:
        with st.container(border=True):
            _files(panel)
    if panels:
        st.download_button(
            "Contact sheet",
            partial(_sheet, *study.reference, study.frame, panels),
            file_name="contact_sheet.png",
            mime="image/png",
            icon=":material/grid_view:",
            on_click="ignore",
            help="All panels with their captions, as one PNG.",
        )
    stamped = {panel.name: panel for panel in panels if panel.geometry is not None}
    if stamped:
        _code(stamped)


def _files(panel: Panel) -> None:
    row = st.container(horizontal=True, vertical_alignment="center")
    size = times((panel.picture.shape[1], panel.picture.shape[0]))
    row.markdown(f"**{panel.name}**, {size} pixels", width="stretch")
    stem = file_stem(panel.name)
    _button(row, "PNG", partial(full_png, panel.picture), f"{stem}.png", "image/png")
    if panel.kernel is None or panel.geometry is None:
        return
    data = partial(kernel_npy, panel.kernel)
    _button(row, "Kernel .npy", data, f"{stem}.npy", "application/octet-stream")
    text = partial(kernel_json, panel.name, panel.kernel, panel.geometry)
    _button(row, "Kernel .json", text, f"{stem}.json", "application/json")


def _button(
    row: st.delta_generator.DeltaGenerator,
    label: str,
    data: partial[bytes] | partial[str],
    file_name: str,
    mime: str,
) -> None:
    row.download_button(
        label,
        data,
        file_name=file_name,
        mime=mime,
        icon=":material/download:",
        key=f"file {file_name}",
        on_click="ignore",
    )


def _code(stamped: dict[str, Panel]) -> None:
    row = st.container(horizontal=True, vertical_alignment="bottom")
    name = row.selectbox("Code of", list(stamped), key="code_of", bind="query-params", width=260)
    framework = choose_one(row, "Framework", FRAMEWORKS, key="code")
    panel = stamped[name]
    assert panel.kernel is not None
    assert panel.geometry is not None
    spell = torch_kernel if framework == "PyTorch" else keras_kernel
    st.code(spell(panel.kernel, panel.geometry), language=None, wrap_lines=True)
    st.caption(
        "`picture` holds float32 levels, (3, H, W); round and clip the result as you save it. "
        "In Restore, give it the picture reduced to the means of its blocks."
    )


def _sheet(name: str, picture: Picture, frame: Frame, panels: list[Panel]) -> bytes:
    """Runs when the button is pressed, outside the session: it takes all it needs."""
    rest = [
        (panel.name, remark_of(panel), place(panel.picture, panel.shift, frame)) for panel in panels
    ]
    return contact_sheet([(name, "", place(picture, (0, 0), frame)), *rest])
