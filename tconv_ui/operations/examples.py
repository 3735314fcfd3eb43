"""Worked examples of the Operations page: a layer, and the two operations to compare on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.presets import PRESETS, Preset


@dataclass(frozen=True, slots=True)
class Example:
    """What one click sets: the layer, and the operations left and right."""

    preset: Preset
    left: str
    right: str

    @property
    def label(self) -> str:
        """What its button says."""
        return self.preset.label


_CONV, _TRANSPOSED = "Convolution", "Transposed convolution"
EXAMPLES = (
    Example(
        Preset(
            "Max pooling 2×2",
            "4 × 2 cells to 2, and back to their places.",
            LayerChoice.of((4, 2), 2, 2, 0, input="pooling map", weights="ones"),
        ),
        "Max pooling",
        "Max-unpooling",
    ),
    Example(
        Preset(
            "Worked 3×3 kernel",
            "A map of grey levels under a kernel with signs, both ways.",
            LayerChoice.of(3, 3, 1, 0, input="worked map", weights="worked 3 × 3"),
        ),
        _CONV,
        _TRANSPOSED,
    ),
    Example(
        Preset(
            "UpSampling2D 2×",
            "The two ways to fill in that have nothing to learn.",
            LayerChoice.of(3, 3, 2, 1),
        ),
        "Nearest upsampling",
        "Bilinear upsampling",
    ),
    Example(
        Preset(
            "n3 k3 s2: 3 → 7",
            "Both are called bilinear: stamping keeps each input cell, the other only the corners.",
            LayerChoice.of(3, 3, 2, 0),
        ),
        _TRANSPOSED,
        "Bilinear upsampling",
    ),
    Example(
        Preset(
            "U-Net: 2 → 4",
            "A 2 × 2 kernel of ones at stride 2 is nearest upsampling.",
            LayerChoice.of(2, 2, 2, 0, weights="ones"),
        ),
        _TRANSPOSED,
        "Nearest upsampling",
    ),
    Example(
        replace(
            PRESETS["DCGAN 4×4"],
            note="A pixel shuffle of the kernel's phases is the transposed convolution.",
        ),
        _TRANSPOSED,
        "Pixel shuffle",
    ),
    Example(
        Preset(
            "1×1, stride 2",
            "5 of 9 cells are dropped, and 16 of 25 come back as zeros.",
            LayerChoice.of(3, 1, 2, 0, input="worked map", weights="ones"),
        ),
        _CONV,
        _TRANSPOSED,
    ),
    Example(
        Preset(
            "Dilation 2",
            "The same nine taps, reaching five cells.",
            LayerChoice.of(6, 3, 1, 0, dilation=2, weights="ones"),
        ),
        _CONV,
        "Dilated convolution",
    ),
    Example(
        Preset(
            "Average of 2×2",
            "The same windows as a convolution of ones, which sums instead.",
            LayerChoice.of(4, 2, 2, 0, input="gradient", weights="ones"),
        ),
        "Average pooling",
        _CONV,
    ),
)
EXAMPLES_HELP = "Each sets the layer and the two operations. " + " ".join(
    f"**{example.preset.label}**: {example.preset.note}" for example in EXAMPLES
)
