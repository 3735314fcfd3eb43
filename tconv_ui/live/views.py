"""The pictures that can be asked for by address, and the answer to a question about one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode

from tconv_core import GeometryError
from tconv_ui.home.hero import hero_layer, hero_scene
from tconv_ui.layer.cells import CellsError
from tconv_ui.layer.choice import WORDS, LayerChoice
from tconv_ui.layer.layer import Layer
from tconv_ui.operations.catalogue import OPERATIONS, SIDES
from tconv_ui.operations.scenes import operation_scene
from tconv_ui.overlap.maps import overlap_maps
from tconv_ui.player.payload import encode
from tconv_ui.step_by_step.playing import Playing
from tconv_ui.wording import sentence

Query = Mapping[str, tuple[str, ...]]
"""What an address says: all values of each name."""


@dataclass(frozen=True, slots=True)
class View:
    """A picture of a layer.

    Attributes:
        names: What of an address it depends on beside the layer.
        draw: Makes its bytes.
    """

    names: tuple[str, ...]
    draw: Callable[[Layer, Query], bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of a picture, or JSON with the sentence why there is none."""

    body: bytes
    kind: str


def _step_by_step(layer: Layer, query: Query) -> bytes:
    return encode(Playing.from_query(query).scenes(layer).playing)


def _overlap(layer: Layer, query: Query) -> bytes:  # noqa: ARG001 - all views take both
    return overlap_maps(layer)


def _home(layer: Layer, query: Query) -> bytes:  # noqa: ARG001
    return encode(hero_scene(hero_layer(layer)))


def _operation(side: str) -> Callable[[Layer, Query], bytes]:
    def draw(layer: Layer, query: Query) -> bytes:
        name = query.get(side, ("",))[-1]
        return encode(operation_scene(name if name in OPERATIONS else SIDES[side], layer))

    return draw


VIEWS = MappingProxyType(
    {
        "step_by_step": View(
            ("readings", "walk", "symbolic", "channels_in", "channels_out", "bias"), _step_by_step
        ),
        "overlap": View((), _overlap),
        "home": View((), _home),
        **{f"operations_{side}": View((side,), _operation(side)) for side in SIDES},
    }
)


def live_answer(view: str, query: str) -> Answer:
    """Return what a figure is told of a layer.

    Args:
        view: A name of `VIEWS`.
        query: A page's own query, `normalised`.

    Raises:
        KeyError: There is no such view.

    >>> live_answer("overlap", "output_padding=3&stride=1").kind
    'application/json'
    """
    pairs = parse_qsl(query, keep_blank_values=True)
    words = {name: value for name, value in pairs if name in WORDS}
    own: dict[str, tuple[str, ...]] = {}
    for name, text in pairs:
        own[name] = (*own.get(name, ()), text)
    try:
        layer = LayerChoice.from_words(words).layer
        return Answer(VIEWS[view].draw(layer, own), "application/octet-stream")
    except (GeometryError, CellsError) as error:
        refusal = json.dumps({"refusal": sentence(str(error))})
        return Answer(refusal.encode(), "application/json")


def normalised(view: str, query: str) -> str:
    """Return what a view depends on of a query, so that equal questions have one answer.

    Of a layer's word that stands there twice, the last counts, as on a page.

    Raises:
        KeyError: There is no such view.

    >>> normalised("overlap", "utm=1&stride=3&size=3")
    'stride=3'
    """
    names = VIEWS[view].names
    pairs = parse_qsl(query, keep_blank_values=True, errors="replace")
    words = {name: value for name, value in pairs if name in WORDS}
    own = sorted((name, value) for name, value in pairs if name in names)
    return urlencode([*sorted(LayerChoice.from_words(words).words.items()), *own])
