"""What the home page leads to: three ways in, a card for each preset, and the rest of the map."""

from __future__ import annotations

from tconv_core import trace_scatter
from tconv_core.arrays import FloatArray
from tconv_ui.layer.page_link import PageLink
from tconv_ui.layer.presets import PRESETS, Preset
from tconv_ui.shell.pages import LEARN, SEE, USE


def preset_link(preset: Preset, page: str) -> PageLink:
    """Return the link that opens a page with a preset.

    >>> preset_link(PRESETS["U-Net 2×2"], "step_by_step").choice.layer.geometry.output_shape
    (8, 8)
    """
    return PageLink(page, preset.choice)


def preset_output(preset: Preset) -> FloatArray:
    """Return the (rows, cols) output of a preset's layer.

    >>> preset_output(PRESETS["Ramp 1×4"]).shape
    (1, 14)
    """
    layer = preset.choice.layer
    return trace_scatter(layer.input, layer.kernel, layer.geometry).output


BROKEN = PRESETS["Checkerboard 3×3"]
"""The preset of the second way in."""


WITH_A_CARD = frozenset({"step_by_step", "overlap", "upsample"})
"""The pages with a card of their own."""
MAP = {
    "Learn": LEARN,
    "Tools": tuple(info for info in (*SEE, *USE) if info.page not in WITH_A_CARD),
}
"""The others."""
