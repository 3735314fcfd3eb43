"""The image page's first section: every result in view at once, moved as one."""

from __future__ import annotations

import numpy as np
import streamlit as st

from tconv_ui.charts.sections import csv_button, show_figure
from tconv_ui.pictures.arrays import SHOWN, Picture
from tconv_ui.shell.header import current_theme
from tconv_ui.shell.links import choose_one
from tconv_ui.shell.reserved_space import reserve_height
from tconv_ui.theme import Theme
from tconv_ui.upsample.charts import kernel_figure
from tconv_ui.upsample.compare import CONTRAST, Panel, difference, flattest, stretched
from tconv_ui.upsample.frames import Frame, place
from tconv_ui.upsample.panels_component import Reach, Shot, show_panels
from tconv_ui.upsample.study import BASELINE, FITTED, Study, look_at, zoom_controls
from tconv_ui.wording import times

VIEWS = ("Picture", "Difference", "Flattest patch")


def compare(study: Study) -> None:
    """Draw all panels of one part of the picture, at one scale."""
    view, reach, part = _look(study)
    name, whole = study.reference
    reference = place(whole, (0, 0), part)
    shots = [_reference_shot(study, name, view, reference)]
    against = reference
    if study.mode == "Enlarge":
        first = study.panel(study.names[0])
        against = place(first.picture, first.shift, part)
    for panel in study.panels():
        shots.append(_shot(study, panel, view, part, against))
    with st.container(key="pix"):
        show_panels(shots, key="panels", reach=reach, on_move=look_at)
    if max(part.height, part.width) > SHOWN:
        st.caption("Averaged down to fit; zoom in to see the pixels.")
    if FITTED in study.names:
        _fitted(study, current_theme())


def _look(study: Study) -> tuple[str, Reach | None, Frame]:
    """Draw where to look; return the view, how far it moves, and the part of the plane to show."""
    row = reserve_height(64).container(horizontal=True, vertical_alignment="bottom")
    view = choose_one(
        row,
        "Show",
        VIEWS,
        key="show",
        width=290,
        help=f"Difference: {CONTRAST} times what a result has more than "
        f"{'the original' if study.mode == 'Restore' else 'the first method'}, on grey. Flattest "
        f"patch: where the picture is flattest, contrast ×{CONTRAST}.",
    )
    if view == VIEWS[2]:
        return view, None, flattest(study.task, study.settings.stride)
    reach = zoom_controls(study, row)
    return view, reach, reach.part


def _reference_shot(study: Study, name: str, view: str, reference: Picture) -> Shot:
    remark = "Each pixel as a block under its own stamp."
    if study.mode == "Restore":
        remark = f"Reduced to {times(study.task.shape[::-1])}, then restored."
    shown = stretched(reference)[0] if view == VIEWS[2] else reference
    return Shot(name, f"{_size(study.source.picture)} pixels", shown, remark)


def _shot(study: Study, panel: Panel, view: str, part: Frame, against: Picture) -> Shot:
    if panel.problem:
        return Shot(panel.name, "", None, panel.problem)
    shown = place(panel.picture, panel.shift, part)
    remarks = [*_score_words(panel), *_range_words(panel, normalise=study.normalise)]
    if view == VIEWS[1]:
        shown = difference(shown, against)
    elif view == VIEWS[2]:
        shown, pattern = stretched(shown)
        remarks = [f"Pattern: {pattern:.2f} levels RMS."]
    return Shot(panel.name, f"{_size(panel.picture)} pixels", shown, " ".join(remarks))


def _score_words(panel: Panel) -> list[str]:
    if panel.score is None:
        return []
    similar = "" if panel.score.ssim is None else f", SSIM {panel.score.ssim:.3f}"
    return [f"PSNR {panel.score.psnr:.2f} dB{similar}."]


def _range_words(panel: Panel, *, normalise: bool) -> list[str]:
    if normalise:
        return [f"{panel.low:.0f} to {panel.high:.0f} shown as 0 to 255."]
    if panel.outside:
        share = f"{panel.outside:.1%}" if panel.outside >= 0.0005 else "Under 0.1%"
        return [f"{share} of the values lay beyond 0 to 255 and were clipped."]
    return []


def _fitted(study: Study, theme: Theme) -> None:
    """Show the fitted kernel, and what it gains over bilinear weights."""
    panel = study.panel(FITTED)
    if panel.kernel is None:
        return
    with st.container(border=True):
        chart, words = st.columns([1, 2])
        with chart:
            show_figure(
                kernel_figure(panel.kernel, theme),
                key="fitted",
                toolbar=False,
                alt=f"The fitted kernel's weights, {times(panel.kernel.shape)}",
            )
            csv_button("Weights as CSV", panel.kernel, "fitted_weights")
        words.markdown(f"**The fitted kernel**, {times(panel.kernel.shape)}")
        if panel.score is None:
            words.markdown(
                "Of all kernels of this size, the one that best rebuilds this picture from its "
                "reduced self, used one level further up. Restore says what it gains."
            )
            return
        baseline = study.panel(BASELINE).score
        gain = panel.score.psnr - baseline.psnr if baseline else float("nan")
        if np.isfinite(gain):
            words.metric("Gain over bilinear weights", f"{gain:+.2f} dB")
        words.caption(
            "Of all kernels of this size, none comes closer to the original. PSNR is of the values "
            "before they are rounded, away from the borders; SSIM is of the brightness."
        )


def _size(picture: Picture) -> str:
    return times((picture.shape[1], picture.shape[0]))
