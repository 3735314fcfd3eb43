"""The operations beside the transposed convolution: one entry each, in every framework's words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import Template

from tconv_ui.layer.layer import Layer
from tconv_ui.layer.settings import SETTINGS
from tconv_ui.operations import enlarging_facts, facts, pooling_facts
from tconv_ui.operations.facts import Facts
from tconv_ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation by its names.

    Attributes:
        keras, torch: What the frameworks call it; no Keras layer may have the name.
        claim: What it does, in a sentence.
        formula: The output size in LaTeX, its letters as `${n}`.
        ignores: Keys of the layer's controls that mean nothing to it.
        measure: What it does with a layer; raises GeometryError where the settings do not fit it.
    """

    name: str
    keras: str
    torch: str
    claim: str
    formula: str
    ignores: tuple[str, ...]
    measure: Callable[[Layer], Facts]

    @property
    def names(self) -> str:
        """What the frameworks call it, as Markdown."""
        if not self.keras:
            return f"No Keras layer · PyTorch `{self.torch}`"
        home = "TensorFlow" if self.keras.startswith("tf.") else "Keras"
        return f"{home} `{self.keras}` · PyTorch `{self.torch}`"

    @property
    def ignored(self) -> str:
        """What it ignores, in words."""
        labels = {setting.name: setting.label.lower() for setting in SETTINGS}
        labels["weights"] = "the kernel's weights"
        return ", ".join(labels[name] for name in self.ignores) or "nothing"


def size_equation(operation: Operation, found: Facts, axis: int, theme: Theme) -> str:
    """Return the output size along an axis, 0 for rows, with its numbers in the roles' hues."""
    numbers = {letter: str(value) for letter, value in found.numbers[axis].items()}
    hued = {"n": theme.input, "m": theme.stamp, "k": theme.kernel}
    for letter in hued.keys() & numbers.keys():
        numbers[letter] = rf"\textcolor{{{hued[letter]}}}{{{numbers[letter]}}}"
    size = rf"\textcolor{{{theme.output}}}{{\mathbf{{{found.output_shape[axis]}}}}}"
    return f"{Template(operation.formula).substitute(numbers)} = {size}"


_SLIDING = r"\left\lfloor\dfrac{${n}+2\cdot ${p}-${d}\,(${k}-1)-1}{${s}}\right\rfloor+1"
_POOLING = r"\left\lfloor\dfrac{${n}+2\cdot ${p}-${k}}{${s}}\right\rfloor+1"
_STAMPING = r"(${n}-1)\cdot ${s}-2\cdot ${p}+${d}\,(${k}-1)+${r}+1"
_UNPOOLING = r"(${m}-1)\cdot ${s}-2\cdot ${p}+${k}+${r}"
_SCALING = r"${n}\cdot ${s}"
_POOL_IGNORES = ("weights", "output_padding", "dilation")
_SCALE_IGNORES = ("kernel", "weights", "padding", "output_padding", "dilation")

OPERATIONS = {
    operation.name: operation
    for operation in (
        Operation(
            "Convolution",
            "Conv2D",
            "Conv2d",
            "The kernel slides over the input; each output cell is a sum of products.",
            _SLIDING,
            ("output_padding", "dilation"),
            facts.conv_facts,
        ),
        Operation(
            "Transposed convolution",
            "Conv2DTranspose",
            "ConvTranspose2d",
            "Each input cell stamps a scaled copy of the kernel; where stamps overlap, they add.",
            _STAMPING,
            (),
            facts.transposed_facts,
        ),
        Operation(
            "Dilated convolution",
            "Conv2D(dilation_rate=…)",
            "Conv2d(dilation=…)",
            "The same taps, spread out: a wider reach at the same price.",
            _SLIDING,
            ("output_padding",),
            facts.dilated_facts,
        ),
        Operation(
            "Max pooling",
            "MaxPooling2D",
            "MaxPool2d",
            "Each output cell is the largest value of a window.",
            _POOLING,
            _POOL_IGNORES,
            pooling_facts.max_pool_facts,
        ),
        Operation(
            "Average pooling",
            "AveragePooling2D",
            "AvgPool2d",
            "Each output cell is the mean of a window.",
            _POOLING,
            _POOL_IGNORES,
            pooling_facts.avg_pool_facts,
        ),
        Operation(
            "Max-unpooling",
            "",
            "MaxUnpool2d",
            "Each maximum goes back to where it was found; the rest stays zero.",
            _UNPOOLING,
            _POOL_IGNORES,
            pooling_facts.unpool_facts,
        ),
        Operation(
            "Nearest upsampling",
            "UpSampling2D",
            'Upsample(mode="nearest")',
            "Each input cell becomes a block of copies.",
            _SCALING,
            _SCALE_IGNORES,
            enlarging_facts.nearest_facts,
        ),
        Operation(
            "Bilinear upsampling",
            'UpSampling2D(interpolation="bilinear")',
            'Upsample(mode="bilinear")',
            "Each output cell is a mean of its four nearest input cells, weighted by nearness.",
            _SCALING,
            _SCALE_IGNORES,
            enlarging_facts.bilinear_facts,
        ),
        Operation(
            "Pixel shuffle",
            "tf.nn.depth_to_space",
            "PixelShuffle",
            "One value from each of r² channels makes a block of r × r. Where they make more than "
            "one channel, TensorFlow and PyTorch take them in different orders.",
            _SCALING,
            ("output_padding",),
            enlarging_facts.shuffle_facts,
        ),
    )
}
SIDES = {"left": "Convolution", "right": "Transposed convolution"}
"""The two places, and what stands there on a fresh page."""
