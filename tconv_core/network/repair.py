"""What makes a broken network whole again: the nearest settings that work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from tconv_core.geometry.checks import GeometryError
from tconv_core.network.harm import harm_words, makes_holes
from tconv_core.network.network import Network, NetworkError, Shape
from tconv_core.network.spec import SETTINGS, LayerSpec

_FARTHEST = 64  # how far from its present value a setting is looked for
_FARTHEST_SIZE = 16
_LEAST = {"kernel": 1, "stride": 1, "padding": 0, "dilation": 1}


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that makes a network work.

    Attributes:
        words: What is changed, as in "set padding 3 in layer 2".
        input_shape, layers: The network with that change.
        harm: What it does besides, as in "the overlap becomes uneven", or nothing.
    """

    words: str
    input_shape: Shape
    layers: tuple[LayerSpec, ...]
    harm: str = ""


def repairs(input_shape: Shape, layers: Sequence[LayerSpec]) -> tuple[Repair, ...]:
    """Return single changes after which the network can be built, nearest values only.

    A broken skip is mended by output_padding, by the input's size or by a crop of the skip; any
    other layer by one of its own settings, or by the input's size. Those that do no harm come
    first, and none leaves cells between stamps that no stamp reaches. Nothing is returned for a
    network that works, and nothing when no single change is enough.

    Args:
        input_shape: (C, H, W).
        layers: As they are, broken or not.

    Source:
        torch.nn.ConvTranspose2d (PyTorch 2.13) on output_padding; Ronneberger et al. 2015,
        arXiv 1505.04597, on cropped skips.

    >>> pool = LayerSpec("maxpool", kernel=2, stride=2)
    >>> up = LayerSpec("tconv", filters=4, kernel=2, stride=2, skip=0)
    >>> [repair.words for repair in repairs((3, 5, 8), [pool, up])]
    ['feed it 6 × 8', 'set output_padding (1, 0) in layer 2', 'crop the skip into layer 2']
    """
    try:
        Network(input_shape, tuple(layers))
    except NetworkError as error:
        found = error.layer - 1
    except GeometryError:
        return ()
    else:
        return ()
    candidates = [
        *_own_settings(input_shape, layers, found),
        _channels(input_shape, layers, found),
        _input_sizes(input_shape, layers),
        _cropped(input_shape, layers, found),
    ]
    judged = ((_judged(repair, layers, found) for repair in changes) for changes in candidates)
    nearest = (next(filter(None, each), None) for each in judged)
    return tuple(sorted(filter(None, nearest), key=lambda repair: bool(repair.harm)))


def _judged(repair: Repair, layers: Sequence[LayerSpec], index: int) -> Repair | None:
    """Return the repair with the harm it does to the layer; None if it fails or makes holes."""
    before, after = layers[index], repair.layers[index]
    try:
        network = Network(repair.input_shape, repair.layers)
    except GeometryError:
        return None
    if makes_holes(before, after):
        return None
    return replace(repair, harm=harm_words(before, after, network.fed(index)[1:]))


def _own_settings(
    input_shape: Shape, layers: Sequence[LayerSpec], index: int
) -> Iterator[Iterator[Repair]]:
    """Yield the changes of each setting the broken layer has, nearest values first."""
    spec, where = layers[index], f"in layer {index + 1}"
    if "output_padding" in SETTINGS[spec.kind]:
        below = range(max(spec.stride, spec.dilation))
        nearest = sorted(
            product(below, below),
            key=lambda each: sum(abs(a - b) for a, b in zip(each, spec.extra, strict=True)),
        )
        yield (
            _with(
                input_shape,
                layers,
                index,
                f"set output_padding {_pair(each)} {where}",
                output_padding=each,
            )
            for each in nearest
        )
    for name in _LEAST:
        if name in SETTINGS[spec.kind]:
            yield _values(input_shape, layers, index, name)


def _values(
    input_shape: Shape, layers: Sequence[LayerSpec], index: int, name: str
) -> Iterator[Repair]:
    for value in _nearby(getattr(layers[index], name), _LEAST[name]):
        words = f"set {name} {value} in layer {index + 1}"
        yield _with(input_shape, layers, index, words, **{name: value})


def _channels(input_shape: Shape, layers: Sequence[LayerSpec], index: int) -> Iterator[Repair]:
    """Yield other channel counts: of a layer that is added to a skip, or that feeds a shuffle."""
    spec = layers[index]
    for giver in range(index, -1, -1):
        if layers[giver].filters and (giver < index or spec.merge == "add"):
            for value in _nearby(layers[giver].filters, 1, 512):
                words = f"set {value} filters in layer {giver + 1}"
                yield _with(input_shape, layers, giver, words, filters=value)
            return


def _input_sizes(input_shape: Shape, layers: Sequence[LayerSpec]) -> Iterator[Repair]:
    """Yield other input sizes, the fewest cells away first."""
    channels, height, width = input_shape
    rows, cols = ([size, *_nearby(size, 1, _FARTHEST_SIZE)] for size in (height, width))
    for h, w in sorted(
        product(rows, cols), key=lambda each: abs(each[0] - height) + abs(each[1] - width)
    ):
        yield Repair(f"feed it {h} × {w}", (channels, h, w), tuple(layers))


def _cropped(input_shape: Shape, layers: Sequence[LayerSpec], index: int) -> Iterator[Repair]:
    if layers[index].skip is None or layers[index].merge != "concat":
        return
    cut = [spec.skip is not None and spec.merge == "concat" for spec in layers]
    words = "crop the skips" if sum(cut) > 1 else f"crop the skip into layer {index + 1}"
    cropped = (
        replace(spec, merge="crop") if each else spec
        for spec, each in zip(layers, cut, strict=True)
    )
    yield Repair(words, input_shape, tuple(cropped))


def _with(
    input_shape: Shape, layers: Sequence[LayerSpec], index: int, words: str, **changes: object
) -> Repair:
    changed = replace(layers[index], **changes)  # type: ignore[arg-type]
    return Repair(words, input_shape, (*layers[:index], changed, *layers[index + 1 :]))


def _nearby(value: int, least: int, farthest: int = _FARTHEST) -> Iterator[int]:
    """Yield whole numbers other than value, nearest first, larger ones before smaller."""
    for distance in range(1, farthest + 1):
        yield value + distance
        if value - distance >= least:
            yield value - distance


def _pair(values: tuple[int, int]) -> str:
    return str(values[0]) if values[0] == values[1] else str(values)
