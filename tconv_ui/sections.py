"""The sections of the image page; only the one that is open is computed and drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from tconv_core import spectrum
from tconv_ui.charts import kernel_figure, spectrum_figure
from tconv_ui.compare import (
    CONTRAST,
    Panel,
    difference,
    flattest,
    luma,
    stretched,
)
from tconv_ui.formulas import times
from tconv_ui.palette import Theme
from tconv_ui.pictures import SHOWN, Frame, Picture, place, planes_of, shown_png, zoomed
from tconv_ui.section_learn import learn
from tconv_ui.section_take_away import take_away
from tconv_ui.section_wipe import wipe
from tconv_ui.show import current_theme, show_figure
from tconv_ui.study import BASELINE, FITTED, Study, zoom_controls

VIEWS = ("Picture", "Difference", "Flattest patch")
_SPECTRUM = 256  # pixels a side: what a chart draws at once
_PER_ROW = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3}


def compare(study: Study) -> None:
    """Draw all panels of one part of the picture, at one scale."""
    view, part = _look(study)
    reference_name, whole = study.reference
    reference = place(whole, (0, 0), part)
    panels = study.panels()
    with _crisp():
        places = _grid(1 + len(panels))
        with places[0]:
            st.markdown(f"**{reference_name}**, {_size(study.source.picture)} pixels")
            _image(stretched(reference)[0] if view == VIEWS[2] else reference, reference_name)
            if study.mode == "Enlarge":
                st.caption("Each pixel as a block under its own stamp.")
            else:
                st.caption(f"Reduced to {times(study.task.shape[::-1])}, then restored.")
        for column, panel in zip(places[1:], panels, strict=True):
            with column:
                _panel(study, panel, view, part, reference)
    if max(part.height, part.width) > SHOWN:
        st.caption("Averaged down to fit; zoom in to see the pixels.")
    if FITTED in study.names:
        _fitted(study, current_theme())


def spectra(study: Study) -> None:
    """Draw each result's spectrum, with the places where the stride's aliases show."""
    theme = current_theme()
    strides = study.settings.stride
    for column, panel in zip(_grid(len(study.names)), study.panels(), strict=True):
        with column:
            st.markdown(f"**{panel.name}**")
            if panel.problem:
                st.info(panel.problem)
                continue
            sides = [
                min(size, _SPECTRUM) // s * s
                for size, s in zip(panel.picture.shape[:2], strides, strict=True)
            ]
            if not all(sides):
                st.info("The result is smaller than the stride.")
                continue
            middle = zoomed(Frame(0, 0, *panel.picture.shape[:2]), 1, (0.5, 0.5))
            top, left = ((middle.height - sides[0]) // 2, (middle.width - sides[1]) // 2)
            part = panel.picture[top : top + sides[0], left : left + sides[1]]
            found = spectrum(luma(planes_of(part)), strides)
            strongest = max(found.peaks, key=lambda peak: peak.magnitude, default=None)
            words = "Stride 1 has no alias."
            if strongest is not None:
                at = " and ".join(f"{abs(frequency):.2g}" for frequency in strongest.frequency)
                words = (
                    f"Strongest alias: {strongest.magnitude:.2f} levels at {at} cycles per pixel."
                )
            show_figure(
                spectrum_figure(found, theme),
                key=f"spectrum {panel.name}",
                toolbar=False,
                alt=f"Spectrum of {panel.name}. {words}",
            )
            st.caption(words)
    st.caption(
        "Amplitude of every wave in the middle of each picture, on a logarithmic scale. A "
        "checkerboard of stride s is a wave of s pixels: rings mark the only places it can show."
    )


def _look(study: Study) -> tuple[str, Frame]:
    """Draw where to look; return the view and the part of the plane to show."""
    row = st.container(horizontal=True, vertical_alignment="bottom")
    view = row.segmented_control(
        "Show",
        VIEWS,
        default=VIEWS[0],
        required=True,
        key="show",
        bind="query-params",
        help=f"Difference: {CONTRAST} times what a result has more than "
        f"{'the original' if study.mode == 'Restore' else 'the first method'}, on grey. Flattest "
        f"patch: where the picture is flattest, contrast ×{CONTRAST}.",
    )
    if view == VIEWS[2]:
        return view, flattest(study.task, study.settings.stride)
    return view, zoom_controls(study, row)


def _panel(study: Study, panel: Panel, view: str, part: Frame, reference: Picture) -> None:
    if panel.problem:
        st.markdown(f"**{panel.name}**")
        st.info(panel.problem)
        return
    st.markdown(f"**{panel.name}**, {_size(panel.picture)} pixels")
    shown = place(panel.picture, panel.shift, part)
    remarks = [*_score_words(panel), *_range_words(panel, normalise=study.normalise)]
    if view == VIEWS[1]:
        if study.mode == "Enlarge":
            first = study.panel(study.names[0])
            reference = place(first.picture, first.shift, part)
        shown = difference(shown, reference)
    elif view == VIEWS[2]:
        shown, pattern = stretched(shown)
        remarks = [f"Pattern: {pattern:.2f} levels RMS."]
    _image(shown, panel.name)
    if remarks:
        st.caption(" ".join(remarks))


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


def _grid(count: int) -> list[st.delta_generator.DeltaGenerator]:
    per_row = _PER_ROW[count]
    rows = [st.columns(per_row) for _ in range(-(-count // per_row))]
    return [column for row in rows for column in row][:count]


def _crisp() -> st.delta_generator.DeltaGenerator:
    box = st.container(key="pix")
    box.html("<style>.st-key-pix img { image-rendering: pixelated; }</style>")
    return box


def _image(picture: Picture, name: str) -> None:
    st.image(shown_png(picture), width="stretch", output_format="PNG", alt=f"{name} picture")


def _size(picture: Picture) -> str:
    return times((picture.shape[1], picture.shape[0]))


SECTIONS: dict[str, Callable[[Study], None]] = {
    "Compare": compare,
    "Wipe": wipe,
    "Spectrum": spectra,
    "Learn": learn,
    "Take away": take_away,
}
