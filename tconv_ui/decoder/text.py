"""A network as one short text, for the link and for typing, held to what the page can show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from tconv_core import GeometryError
from tconv_core.network import KINDS, LayerSpec, Network, NetworkError, Shape
from tconv_core.network.spec import Activation, Merge
from tconv_ui.wording import quoted

MOST_LAYERS = 12
LONGEST_TEXT = 600
LARGEST_INPUT = (512, 256, 256)
"""Channels, rows and columns."""
LARGEST_SIDE = 1024
"""Cells along a side of any layer's output."""
MOST = {"filters": 512, "kernel": 64, "stride": 32, "padding": 64, "dilation": 8}
MOST_EXTRA = 31
"""Of output_padding."""
_LETTERS = {"kernel": "k", "stride": "s", "padding": "p", "dilation": "d"}
_MERGES = {"concat": "cat", "crop": "crop", "add": "add"}
_WRITTEN = "write layers like tconv64.k4.s2.p1.relu, separated by -"


class TextError(ValueError):
    """Text that is no stack of layers: one sentence saying where and what."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the visitor asks for, legal or not: the input's (C, H, W), and the layers."""

    input_shape: Shape
    layers: tuple[LayerSpec, ...]

    def network(self) -> Network:
        """Return the network it describes.

        Raises:
            NetworkError: A layer does not fit, or makes more cells than the page shows.
        """
        network = Network(self.input_shape, self.layers)
        for index, (_, *sizes) in enumerate(network.shapes):
            if max(sizes) > LARGEST_SIDE:
                raise NetworkError(
                    index + 1,
                    (),
                    f"it makes {sizes[0]} × {sizes[1]} cells, this page shows at most "
                    f"{LARGEST_SIDE} a side: use a smaller stride or input.",
                    (network.input_shape, *network.shapes[:index]),
                )
        return network


def write_plan(plan: Plan) -> str:
    """Return the text `read_plan` reads back to the same plan.

    >>> layer = LayerSpec("tconv", filters=64, kernel=4, stride=2, padding=1, activation="relu")
    >>> write_plan(Plan((128, 8, 8), (layer,)))
    '128x8x8-tconv64.k4.s2.p1.relu'
    """
    return "-".join(["x".join(map(str, plan.input_shape)), *map(write_layer, plan.layers)])


def write_layer(spec: LayerSpec) -> str:
    """Return one layer's text; settings at their defaults are left out.

    >>> write_layer(LayerSpec("conv", filters=8, kernel=3, padding=1, skip=2))
    'conv8.k3.p1.cat2'
    """
    parts = [spec.kind + (str(spec.filters) if spec.filters else "")]
    plain = {"kernel": 1, "stride": 1, "padding": 0, "dilation": 1}
    for name, letter in _LETTERS.items():
        if getattr(spec, name) != plain[name]:
            parts.append(f"{letter}{getattr(spec, name)}")
    rows, cols = spec.extra
    if rows or cols:
        parts.append(f"o{rows}" if rows == cols else f"o{rows}x{cols}")
    if spec.activation != "none":
        parts.append(spec.activation)
    if spec.skip is not None:
        parts.append(f"{_MERGES[spec.merge]}{spec.skip}")
    return ".".join(parts)


def read_plan(text: str) -> Plan:
    """Return the plan that a text spells, its numbers within the page's bounds.

    Raises:
        TextError: It spells none; the sentence says which part, and what to write.

    >>> read_plan("3x32x32-maxpool.k2.s2-nearest.s2").layers[1].kind
    'nearest'
    """
    if len(text) > LONGEST_TEXT:
        raise TextError(f"It has {len(text):,} characters: use at most {LONGEST_TEXT}.")
    head, *parts = text.strip().lower().split("-")
    sizes = re.fullmatch(r"(\d{1,4})x(\d{1,4})x(\d{1,4})", head, re.ASCII)
    if not sizes:
        raise TextError(f"It begins with {quoted(head)}: begin with the input, as in 3x64x64.")
    shape = (int(sizes[1]), int(sizes[2]), int(sizes[3]))
    for name, value, most in zip(
        ("channels", "rows", "columns"), shape, LARGEST_INPUT, strict=True
    ):
        if not 1 <= value <= most:
            raise TextError(f"The input has {value} {name}: use 1 to {most}.")
    if not 1 <= len(parts) <= MOST_LAYERS:
        raise TextError(f"It has {len(parts)} layers: use 1 to {MOST_LAYERS}.")
    return Plan(shape, tuple(_layer(part, number) for number, part in enumerate(parts, start=1)))


def held(spec: LayerSpec) -> LayerSpec:
    """Return the layer if its numbers are within the page's bounds.

    Raises:
        GeometryError: One is not.
    """
    for name, most in MOST.items():
        if getattr(spec, name) > most:
            raise GeometryError(
                f"{name} {getattr(spec, name)} is too large here: use at most {most}."
            )
    if max(spec.extra) > MOST_EXTRA:
        raise GeometryError(
            f"output_padding {max(spec.extra)} is too large here: use at most {MOST_EXTRA}."
        )
    return spec


def _layer(text: str, number: int) -> LayerSpec:
    head, *parts = text.split(".")
    kind = re.fullmatch(rf"({'|'.join(KINDS)})(\d{{0,4}})", head, re.ASCII)
    if not kind:
        raise TextError(
            f"Layer {number} begins with {quoted(head)}: use one of {', '.join(KINDS)}."
        )
    settings: dict[str, Any] = {"filters": int(kind[2])} if kind[2] else {}
    for part in parts:
        found = _setting(part)
        if found is None or settings.keys() & found.keys():
            raise TextError(f"Layer {number}: {quoted(part)} is not a setting here; {_WRITTEN}.")
        settings |= found
    try:
        return held(LayerSpec(kind[1], **settings))  # type: ignore[arg-type]
    except GeometryError as error:
        raise TextError(f"Layer {number}: {error}") from None


def _setting(text: str) -> dict[str, Any] | None:
    if text in get_args(Activation):
        return {"activation": text}
    found = re.fullmatch(r"([a-z]+)(\d{1,4})(?:x(\d{1,4}))?", text, re.ASCII)
    if not found:
        return None
    word, first, second = found.groups()
    if word == "o":
        return {"output_padding": (int(first), int(second or first))}
    if second is not None:
        return None
    for merge, letters in _MERGES.items():
        if word == letters:
            return {"skip": int(first), "merge": merge}
    names = [name for name, letter in _LETTERS.items() if letter == word]
    return {names[0]: int(first)} if names else None


def rearranged(layers: Sequence[LayerSpec], order: Sequence[int]) -> tuple[LayerSpec, ...]:
    """Return the layers in another order; a skip keeps its source while that is still earlier.

    Args:
        layers: As they are.
        order: The present number, from 1, of each layer to be; one may come twice or not at all.
    """
    place = {0: 0}
    for now, number in enumerate(order, start=1):
        place.setdefault(number, now)
    found = []
    for now, number in enumerate(order, start=1):
        spec = layers[number - 1]
        source = None if spec.skip is None else place.get(spec.skip)
        source = source if source is not None and source < now else None
        merge: Merge = spec.merge if source is not None else "concat"
        found.append(replace(spec, skip=source, merge=merge))
    return tuple(found)
