"""What a chapter of the field guide is: words without numbers, and the numbers computed for them.

The words of a chapter spell no number; each `{name}` in them is filled with what `numbers`
computes for the chapter's layer, which is also the layer its picture shows and its link opens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import plotly.graph_objects as go

from tconv_core import Axis, Geometry
from tconv_ui.field_guide.figures import Panel
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.page_link import PageLink
from tconv_ui.player.scene import Scene
from tconv_ui.theme import Theme
from tconv_ui.wording import times

Numbers = Mapping[str, str]
Picture: TypeAlias = Scene | tuple[Panel, ...] | Callable[[Theme], go.Figure]
"""An animation, grids side by side, or a figure that waits for its colours."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper, or a page of documentation, which has no year: who, when, what, and where."""

    who: str
    year: int | None
    title: str
    link: str

    @property
    def markdown(self) -> str:
        """The source as a line with a link."""
        when = "" if self.year is None else f" {self.year}"
        return f"{self.who}{when}, [{self.title}]({self.link})"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the guide.

    Attributes:
        key: Its name in a link.
        title: Its heading.
        words: Markdown; every number in it is a `{name}`.
        alt: The picture in a sentence, in the same way.
        numbers: The numbers for words and alt, computed for a layer.
        picture: What is drawn for a layer.
        formula: LaTeX.
        link: The page that shows it in full, and the chapter's layer.
        link_label: What the link's button says.
        sources: Papers.
    """

    key: str
    title: str
    words: str
    alt: str
    numbers: Callable[[Layer], Numbers]
    picture: Callable[[Layer], Picture]
    formula: str
    link: PageLink
    link_label: str
    sources: tuple[Citation, ...]

    def text(self, layer: Layer | None = None) -> str:
        """Return the words with the numbers of a layer: by default the chapter's own."""
        return self.words.format_map(self.numbers(layer or self.link.choice.layer))

    def description(self, layer: Layer | None = None) -> str:
        """Return the picture in a sentence."""
        return self.alt.format_map(self.numbers(layer or self.link.choice.layer))


DUMOULIN = Citation(
    "Dumoulin & Visin",
    2016,
    "A guide to convolution arithmetic for deep learning",
    "https://arxiv.org/abs/1603.07285",
)
ODENA = Citation(
    "Odena, Dumoulin & Olah",
    2016,
    "Deconvolution and checkerboard artifacts",
    "https://doi.org/10.23915/distill.00003",
)
SUGAWARA = Citation(
    "Sugawara, Shiota & Kiya",
    2018,
    "Super-resolution using convolutional neural networks without any checkerboard artifacts",
    "https://arxiv.org/abs/1806.02658",
)
SHI = Citation(
    "Shi et al.",
    2016,
    "Real-time single image and video super-resolution using an efficient sub-pixel convolutional "
    "neural network",
    "https://arxiv.org/abs/1609.05158",
)
AITKEN = Citation(
    "Aitken et al.",
    2017,
    "Checkerboard artifact free sub-pixel convolution",
    "https://arxiv.org/abs/1707.02937",
)
LONG = Citation(
    "Long, Shelhamer & Darrell",
    2015,
    "Fully convolutional networks for semantic segmentation",
    "https://arxiv.org/abs/1411.4038",
)
RONNEBERGER = Citation(
    "Ronneberger, Fischer & Brox",
    2015,
    "U-Net: convolutional networks for biomedical image segmentation",
    "https://arxiv.org/abs/1505.04597",
)
RADFORD = Citation(
    "Radford, Metz & Chintala",
    2016,
    "Unsupervised representation learning with deep convolutional generative adversarial networks",
    "https://arxiv.org/abs/1511.06434",
)
ZEILER = Citation(
    "Zeiler et al.",
    2010,
    "Deconvolutional networks",
    "https://doi.org/10.1109/CVPR.2010.5539957",
)
PYTORCH = Citation(
    "PyTorch",
    None,
    "torch.nn.ConvTranspose2d",
    "https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html",
)
KERAS = Citation(
    "Keras",
    None,
    "Conv2DTranspose",
    "https://keras.io/api/layers/convolution_layers/convolution2d_transpose/",
)


LETTERS = {
    "n'": "n′ output cells",
    "n": "n input cells",
    "F": "F cells of the full output",
    "k": "k taps of the kernel",
    "s": "s stride",
    "p": "p padding",
    "d": "d dilation",
    "r": "r phase",
    "c": "c the same for every phase",
    "x": "x input",
    "w": "w kernel",
    "y": "y output",
    "z": "z input with its zeros",
    "C": "C matrix of the convolution",
    "i": "i, o, u places",
}


def letters(formula: str) -> str:
    """Return what the letters of a formula mean, in words.

    >>> letters("F - p")
    'F cells of the full output, p padding'
    """
    plain = re.sub(r"\\text\{.*?\}|\\[a-z]+", " ", formula)
    found = set(re.findall(r"n'|[A-Za-z]", plain))
    if "o" in found:
        found.add("i")
    return ", ".join(meaning for letter, meaning in LETTERS.items() if letter in found)


def sizes(geometry: Geometry) -> dict[str, str]:
    """Return the numbers most chapters name.

    >>> sizes(Geometry.from_torch(3, 3, stride=2))["full"]
    '7 × 7'
    """
    axis = geometry.rows
    return {
        "input": times(geometry.input_shape),
        "kernel": times(geometry.kernel_shape),
        "full": times(geometry.full_shape),
        "output": times(geometry.output_shape),
        "stride": str(axis.stride),
        "padding": str(max(axis.crop[0], 0)),
        "n": str(axis.input_size),
        "k": str(axis.kernel_size),
        "reach": str(axis.effective_kernel),
        "full_length": str(axis.full_size),
        "length": str(axis.output_size),
    }


def stamp_start(axis: Axis, i: int) -> int:
    """Return the cell of the full output at which the stamp of input cell i begins."""
    return int(axis.full_slice(i).start)
