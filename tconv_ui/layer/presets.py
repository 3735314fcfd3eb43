"""Layers to begin with, each set with one click."""

from __future__ import annotations

from dataclasses import dataclass

from tconv_ui.layer.choice import LayerChoice


@dataclass(frozen=True, slots=True)
class Preset:
    """A layer by name, and a note of what it shows."""

    label: str
    note: str
    choice: LayerChoice


PRESETS = {
    preset.label: preset
    for preset in (
        Preset("3×3, stride 2", "Where to begin.", LayerChoice()),
        Preset(
            "Checkerboard 3×3",
            "A flat input, stamps of ones at stride 2.",
            LayerChoice.of(6, 3, 2, 0, input="constant", weights="ones"),
        ),
        Preset(
            "DCGAN 4×4",
            "As in PyTorch's example of DCGAN: stride 2 and padding 1 double the size.",
            LayerChoice.of(4, 4, 2, 1, input="random"),
        ),
        Preset(
            "U-Net 2×2",
            "Stride 2: stamps side by side.",
            LayerChoice.of(4, 2, 2, 0, input="random", weights="random"),
        ),
        Preset(
            "FCN 8×8",
            "FCN-32s at an eighth: there 64×64, stride 32, no padding and a crop afterwards.",
            LayerChoice.of(4, 8, 4, 2, input="checker"),
        ),
        Preset(
            "Worked 3×3",
            "A textbook example.",
            LayerChoice.of(3, 3, 1, 0, input="worked map", weights="worked 3 × 3"),
        ),
        Preset(
            "Ramp 1×4",
            "Even overlap, and a checkerboard all the same.",
            LayerChoice.of((1, 6), (1, 4), (1, 2), 0, input="constant", weights="ramp"),
        ),
        Preset(
            "1×1, stride 2",
            "Holes in between: 16 of 25 cells.",
            LayerChoice.of(3, 1, 2, 0, input="worked map", weights="ones"),
        ),
    )
}
PRESET_HELP = " ".join(f"**{preset.label}**: {preset.note}" for preset in PRESETS.values())
