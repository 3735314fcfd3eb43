"""The layer a visitor sets: its settings and their bounds, the presets, and what they make."""

from __future__ import annotations

from dataclasses import dataclass

from tconv_core import Geometry
from tconv_ui.layer.cells import INPUTS, KERNELS, Cells


@dataclass(frozen=True, slots=True)
class Setting:
    """A whole number the visitor sets; its name is its key in the URL."""

    name: str
    label: str
    short: str
    low: int
    high: int
    default: int
    help: str


SETTINGS = (
    Setting("size", "Input size", "Input", 1, 16, 3, "n: cells of the input along an axis."),
    Setting("kernel", "Kernel size", "Kernel", 1, 9, 3, "k: taps of the kernel along an axis."),
    Setting("stride", "Stride", "Stride", 1, 5, 2, "s: how far apart neighbouring stamps land."),
    Setting(
        "padding",
        "Padding",
        "Padding",
        0,
        12,
        1,
        "p: cells cropped from each side. It never adds a border.",
    ),
    Setting(
        "output_padding",
        "Output padding",
        "Output pad",
        0,
        4,
        0,
        "Cells more at the end: those of the full output that padding crops, zeros beyond them.",
    ),
    Setting(
        "dilation", "Dilation", "Dilation", 1, 3, 1, "d: how far apart the taps of one stamp land."
    ),
)
COLS = "_cols"
MAX_SEED = 999


@dataclass(frozen=True, slots=True)
class Preset:
    """Settings, input and kernel by name, set with one click, and a note of what they show.

    `settings` holds one number a setting, or with `COLS` at the end of its name a second one for
    the columns.
    """

    label: str
    note: str
    settings: dict[str, int]
    input: str
    kernel: str

    @property
    def linked(self) -> bool:
        """Whether rows and columns share their settings."""
        return not any(name.endswith(COLS) for name in self.settings)


FourNumbers = tuple[int, int, int, int]


def _preset(
    label: str, note: str, n_k_s_p: FourNumbers, x: str, w: str, *, cols: FourNumbers | None = None
) -> Preset:
    names = ("size", "kernel", "stride", "padding", "output_padding", "dilation")
    settings = dict(zip(names, (*n_k_s_p, 0, 1), strict=True))
    if cols is not None:
        apart = zip(names, (*cols, 0, 1), strict=True)
        settings |= {name + COLS: value for name, value in apart}
    return Preset(label, note, settings, x, w)


PRESETS = {
    preset.label: preset
    for preset in (
        _preset("3×3, stride 2", "Where to begin.", (3, 3, 2, 1), "example", "bilinear"),
        _preset(
            "Checkerboard 3×3",
            "A flat input, stamps of ones at stride 2.",
            (6, 3, 2, 0),
            "constant",
            "ones",
        ),
        _preset(
            "DCGAN 4×4",
            "As in PyTorch's example of DCGAN: stride 2 and padding 1 double the size.",
            (4, 4, 2, 1),
            "random",
            "bilinear",
        ),
        _preset("U-Net 2×2", "Stride 2: stamps side by side.", (4, 2, 2, 0), "random", "random"),
        _preset(
            "FCN 8×8",
            "FCN-32s at an eighth: there 64×64, stride 32, no padding and a crop afterwards.",
            (4, 8, 4, 2),
            "checker",
            "bilinear",
        ),
        _preset("Worked 3×3", "A textbook example.", (3, 3, 1, 0), "worked map", "worked 3 × 3"),
        _preset(
            "Ramp 1×4",
            "Even overlap, and a checkerboard all the same.",
            (1, 1, 1, 0),
            "constant",
            "ramp",
            cols=(6, 4, 2, 0),
        ),
        _preset(
            "1×1, stride 2", "Holes in between: 16 of 25 cells.", (3, 1, 2, 0), "worked map", "ones"
        ),
    )
}
PRESET_HELP = " ".join(f"**{preset.label}**: {preset.note}" for preset in PRESETS.values())


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """What the visitor set: the geometry, and the input and kernel that fit it."""

    geometry: Geometry
    input: Cells
    kernel: Cells

    @property
    def padding(self) -> tuple[int, int]:
        """(rows, cols) cut from the begin, which is what a convolution is padded with."""
        rows, cols = self.geometry.axes
        return rows.crop[0], cols.crop[0]


def preset_layer(preset: Preset) -> Layer:
    """Return the layer a preset makes, with seed 0.

    >>> preset_layer(PRESETS["DCGAN 4×4"]).geometry.output_shape
    (8, 8)
    """
    rows = {name: each for name, each in preset.settings.items() if not name.endswith(COLS)}
    pairs = {name: (each, preset.settings.get(name + COLS, each)) for name, each in rows.items()}
    geometry = Geometry.from_torch(pairs.pop("size"), pairs.pop("kernel"), **pairs)
    return Layer(
        geometry,
        INPUTS[preset.input](geometry.input_shape, 0),
        KERNELS[preset.kernel](geometry.kernel_shape, 0),
    )


def windows_of(layer: Layer, dilation: tuple[int, int]) -> Geometry:
    """Return the geometry whose windows a convolution of this dilation reads.

    Raises:
        GeometryError: The kernel does not fit into the padded input.
    """
    return Geometry.from_conv(
        layer.geometry.input_shape,
        layer.geometry.kernel_shape,
        stride=layer.geometry.stride,
        padding=layer.padding,
        dilation=dilation,
    )
