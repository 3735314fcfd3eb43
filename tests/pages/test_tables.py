"""Every chart that shows numbers has words for those who cannot see it, and its numbers to keep."""

from __future__ import annotations

import pytest

from tests.pages.lab import Lab, Link

STACK = "4x4x4-tconv8.k3.s2-tconv8.k4.s2.p1-conv3.k3.p1"
CHARTS: dict[str, tuple[str, Link, set[str]]] = {
    "phases": ("Overlap", {}, {"overlap_count", "constant_response", "phase_sums"}),
    "map": ("Overlap", {"section": "Map"}, {"unevenness_map"}),
    "cure": ("Overlap", {"section": "Cure", "weights": "ones"}, {"cures", "kernel_before"}),
    "stacks": ("Overlap", {"section": "Stacks"}, {"patterns", "amplitudes"}),
    "round trip": ("Operations", {}, {"round_trip", "sizes_rows"}),
    "patterns": (
        "Decoder",
        {"stack": STACK, "look": "Checkerboard"},
        {"overlap_tiles", "response_tiles"},
    ),
    "reach": ("Decoder", {"stack": STACK, "look": "Reach"}, {"field_cells"}),
    "strips": ("Frameworks", {}, {"strips_0"}),
    "strips of both axes": (
        "Frameworks",
        {"linked": "false", "stride_cols": "3"},
        {"strips_0", "strips_1"},
    ),
    "fitted": (
        "Upsample an image",
        {"methods": ["Fitted kernel"], "work": "64"},
        {"fitted_weights"},
    ),
    "spectra": (
        "Upsample an image",
        {"view": "Spectrum", "methods": ["Pillow nearest"], "work": "64"},
        {"spectrum of Pillow nearest"},
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_words_and_its_numbers(name: str) -> None:
    page, link, wanted = CHARTS[name]
    lab = Lab(page, link)
    charts = lab.at.get("plotly_chart")
    assert charts
    assert [chart.key for chart in charts if not chart.proto.alt] == []
    offered = {button.key.removeprefix("csv_") for button in lab.at.get("download_button")}
    assert wanted <= offered
