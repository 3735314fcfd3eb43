"""What the home page leads to: three doors, a card for each preset, and the rest of the map."""

from __future__ import annotations

from tconv_core import trace_scatter
from tconv_core.arrays import FloatArray
from tconv_ui.doors import Door
from tconv_ui.layer import PRESETS, Preset, preset_layer
from tconv_ui.places import LEARN, SEE, USE


def preset_door(preset: Preset, page: str) -> Door:
    """Return the door that opens a page with a preset.

    >>> preset_door(PRESETS["U-Net 2×2"], "step_by_step").layer.geometry.output_shape
    (8, 8)
    """
    return Door(page, preset.settings, preset.input, preset.kernel)


def preset_output(preset: Preset) -> FloatArray:
    """Return the (rows, cols) output of a preset's layer.

    >>> preset_output(PRESETS["Ramp 1×4"]).shape
    (1, 14)
    """
    layer = preset_layer(preset)
    return trace_scatter(layer.input, layer.kernel, layer.geometry).output


BROKEN = PRESETS["Checkerboard 3×3"]
"""The preset of the second door."""


DOORS = frozenset({"step_by_step", "overlap", "upsample"})
"""The pages with a door of their own."""
MAP = {
    "Learn": LEARN,
    "Tools": tuple(place for place in (*SEE, *USE) if place.page not in DOORS),
}
"""The others."""
