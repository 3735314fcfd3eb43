"""A network in words and round numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tconv_core.network import SETTINGS, LayerSpec, Network, flat_response
from tconv_core.network.network import Shape
from tconv_core.network.spec import Activation, Kind, Merge
from tconv_ui.wording import listed, times

SHOWN_SIDE = 256
"""Cells of a feature map along a side, at most, that are shown."""
KIND_NAMES: dict[Kind, str] = {
    "tconv": "Transposed convolution",
    "conv": "Convolution",
    "nearest": "Nearest upsampling",
    "bilinear": "Bilinear upsampling",
    "shuffle": "Pixel shuffle",
    "maxpool": "Max pooling",
    "avgpool": "Average pooling",
}
SHORT_NAMES: dict[Kind, str] = {
    "tconv": "transposed",
    "conv": "conv",
    "nearest": "nearest",
    "bilinear": "bilinear",
    "shuffle": "shuffle",
    "maxpool": "max pool",
    "avgpool": "avg pool",
}
ACTIVATION_NAMES: dict[Activation, str] = {
    "none": "none",
    "relu": "ReLU",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
}
MERGE_NAMES: dict[Merge, str] = {
    "concat": "side by side",
    "crop": "cropped, then side by side",
    "add": "added",
}


def layer_words(spec: LayerSpec) -> str:
    """Return a layer's settings as people write them.

    >>> layer_words(LayerSpec("tconv", filters=8, kernel=4, stride=2, padding=1))
    'Transposed convolution 4×4, stride 2, padding 1'
    """
    has = SETTINGS[spec.kind]
    first = KIND_NAMES[spec.kind] + (f" {spec.kernel}×{spec.kernel}" if "kernel" in has else "")
    parts = [f"{first} ×{spec.stride}" if "kernel" not in has else first]
    if "kernel" in has and spec.stride > 1:
        parts.append(f"stride {spec.stride}")
    for name in ("padding", "dilation"):
        if getattr(spec, name) != (name == "dilation"):
            parts.append(f"{name} {getattr(spec, name)}")
    if any(spec.extra):
        rows, cols = spec.extra
        parts.append(f"output_padding {rows if rows == cols else spec.extra}")
    if spec.activation != "none":
        parts.append(ACTIVATION_NAMES[spec.activation])
    return ", ".join(parts)


def short_words(spec: LayerSpec) -> str:
    """Return a layer in two or three words.

    >>> short_words(LayerSpec("tconv", filters=8, kernel=4, stride=2, padding=1))
    'transposed 4×4 s2'
    """
    return f"{SHORT_NAMES[spec.kind]} {size_words(spec)}"


def size_words(spec: LayerSpec) -> str:
    """Return a layer's kernel and stride, or how many times it enlarges.

    >>> size_words(LayerSpec("nearest", stride=2))
    '×2'
    """
    if "kernel" not in SETTINGS[spec.kind]:
        return f"×{spec.stride}"
    stride = f" s{spec.stride}" if spec.stride > 1 else ""
    return f"{spec.kernel}×{spec.kernel}{stride}"


def shape_words(shape: Shape) -> str:
    """Return channels and size.

    >>> shape_words((256, 8, 8))
    '256 × 8 × 8'
    """
    return f"{shape[0]} × {times(shape[1:])}"


def skip_words(spec: LayerSpec) -> str:
    """Return where a layer's skip comes from, or nothing.

    >>> skip_words(LayerSpec("nearest", skip=0))
    'joined by the input'
    """
    if spec.skip is None:
        return ""
    source = f"layer {spec.skip}" if spec.skip else "the input"
    verb = {"concat": "joined by", "crop": "joined by a crop of", "add": "plus"}[spec.merge]
    return f"{verb} {source}"


def count_words(number: float) -> str:
    """Return a count with three digits and a word for its size.

    >>> count_words(2_756_035), count_words(999), count_words(12_400)
    ('2.76 M', '999', '12.4 k')
    """
    for size, word in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:.3g} {word}"
    return f"{number:.0f}"


def bytes_words(number: int) -> str:
    """Return bytes in a unit that suits.

    >>> bytes_words(540_672)
    '528 KiB'
    """
    if number >= 2**20:
        return f"{number / 2**20:.3g} MiB"
    return f"{number / 1024:.3g} KiB" if number >= 1024 else f"{number} B"


def field_words(field: tuple[int, int], network: Network) -> str:
    """Return how many rows and columns of the input a cell sees, or that it sees the whole.

    >>> field_words((2, 2), Network((1, 4, 4), (LayerSpec("nearest"),)))
    '2 × 2'
    """
    return "all" if field == network.input_shape[1:] else times(field)


def share_words(share: float | None) -> str:
    """Return how uneven a pattern is.

    >>> share_words(0.342), share_words(0.0), share_words(None)
    ('34.2% uneven', 'even', 'all zeros')
    """
    if share is None:
        return "all zeros"
    return "even" if is_even(share) else f"{share:.1%} uneven"


def is_even(share: float | None) -> bool:
    """Whether a pattern is too faint to be written as anything but even, or there is none."""
    return share is None or share < 5e-4


def even_words(shares: Sequence[float | None]) -> str:
    """Return after which layers a pattern is even.

    >>> even_words([0.0, 0.0, 0.0, 0.7, 0.0]), even_words([0.7]), even_words([0.0])
    ('Even after layers 1 to 3 and 5.', '', 'Even after every layer.')
    """
    numbers = [at for at, share in enumerate(shares, start=1) if is_even(share)]
    if len(numbers) == len(shares):
        return "Even after every layer."
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [
        part
        for run in runs
        for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))
    ]
    if not words:
        return ""
    return f"Even after layer{'s' if len(numbers) > 1 else ''} {listed(words)}."


def border_words(network: Network) -> str:
    """Return what zeros as padding leave at the output's border, or nothing.

    >>> border_words(Network((1, 8, 8), (LayerSpec("conv", filters=1, kernel=3, padding=1),)))
    'At the border zeros are added in: with equal weights an edge comes out at 67 % and a corner \
at 44 % of the middle. Repeating the border, as Upsample an image does, would keep it.'
    """
    response = flat_response(network)[-1]
    row, col = (size // 2 for size in response.shape)
    middle = float(response[row, col])
    edge, corner = float(response[0, col]), float(response[0, 0])
    if not middle or np.isclose(edge, middle):
        return ""
    return (
        f"At the border zeros are added in: with equal weights an edge comes out at "
        f"{100 * edge / middle:.0f} % and a corner at {100 * corner / middle:.0f} % of the middle. "
        "Repeating the border, as Upsample an image does, would keep it."
    )


def kept_words(shape: Shape) -> str:
    """Return that only the middle of a map is shown, or nothing where all of it is.

    >>> kept_words((1, 300, 64))
    ' The middle 256 × 64 cells.'
    """
    kept = min(shape[1], SHOWN_SIDE), min(shape[2], SHOWN_SIDE)
    return "" if kept == shape[1:] else f" The middle {times(kept)} cells."
