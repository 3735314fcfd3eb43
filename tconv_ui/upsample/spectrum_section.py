"""The image page's Spectrum section: where each result's waves are, and where aliases would be."""

from __future__ import annotations

import streamlit as st

from tconv_core import Spectrum, spectrum
from tconv_ui.charts.sections import csv_button, show_figure
from tconv_ui.shell.header import current_theme
from tconv_ui.upsample.charts import spectrum_figure
from tconv_ui.upsample.compare import Panel, luma
from tconv_ui.upsample.levels import planes_of
from tconv_ui.upsample.study import Study

_MOST = 256  # pixels a side: what a chart draws at once


def spectra(study: Study) -> None:
    """Draw each result's spectrum, with the places where the stride's aliases show."""
    panels = study.panels()
    columns = st.columns(3 if len(panels) == 3 else min(2, len(panels)))
    for index, panel in enumerate(panels):
        with columns[index % len(columns)]:
            st.markdown(f"**{panel.name}**")
            _spectrum(panel, study.settings.stride)
    st.caption(
        "Amplitude of every wave in the middle of each picture, on a logarithmic scale. A "
        "checkerboard of stride s is a wave of s pixels: rings mark the only places it can show."
    )


def _spectrum(panel: Panel, strides: tuple[int, int]) -> None:
    sides = [
        min(size, _MOST) // s * s for size, s in zip(panel.picture.shape[:2], strides, strict=True)
    ]
    if panel.problem or not all(sides):
        st.info(panel.problem or "The result is smaller than the stride.")
        return
    starts = [(size - side) // 2 for size, side in zip(panel.picture.shape[:2], sides, strict=True)]
    rows, cols = (slice(at, at + side) for at, side in zip(starts, sides, strict=True))
    found = spectrum(luma(planes_of(panel.picture[rows, cols])), strides)
    words = _alias_words(found)
    show_figure(
        spectrum_figure(found, current_theme()),
        key=f"spectrum {panel.name}",
        toolbar=False,
        alt=f"Spectrum of {panel.name}. {words}",
    )
    st.caption(words)
    csv_button("Amplitudes as CSV", found.magnitude, f"spectrum of {panel.name}")


def _alias_words(found: Spectrum) -> str:
    strongest = max(found.peaks, key=lambda peak: peak.magnitude, default=None)
    if strongest is None:
        return "Stride 1 has no alias."
    at = " and ".join(f"{abs(frequency):.2g}" for frequency in strongest.frequency)
    return f"Strongest alias: {strongest.magnitude:.2f} levels at {at} cycles per pixel."
