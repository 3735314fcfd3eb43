"""What the guide corrects is computed, and the computation can come out otherwise."""

from __future__ import annotations

import copy
import dataclasses
import math
import re
import sys
from string import Formatter
from typing import Any

import numpy as np
import pytest

from tconv_core import Geometry, trace_gather
from tconv_ui.field_guide.layer_table import EXAMPLE, KINDS, OUT_CHANNELS, LayerKind, table
from tconv_ui.field_guide.misconceptions import MISCONCEPTIONS, Misconception
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.page_link import PageLink
from tconv_ui.layer.settings import SETTINGS
from tests.ui.typed import typed_numbers

BY_KEY = {row.key: row for row in MISCONCEPTIONS}
every_row = pytest.mark.parametrize("row", MISCONCEPTIONS, ids=lambda row: row.key)
PLAIN = {"size": 4, "padding": 0}
ELSEWHERE = {
    "inverse": PageLink(
        "operations", LayerChoice.of(kernel=1, stride=1, padding=0, weights="ones")
    ),
    "true": PageLink("step_by_step", LayerChoice.of(size=3, weights="ones")),
    "enlarges": PageLink("step_by_step", LayerChoice.of(size=6)),
    "padding": PageLink("step_by_step", LayerChoice.of(size=3, padding=0)),
    "kernel": PageLink("step_by_step", LayerChoice.of(size=3, dilation=2)),
    "readings": PageLink("step_by_step", LayerChoice.of(size=3, weights="ones")),
    "fractional": PageLink("overlap", LayerChoice.of(**PLAIN, kernel=4, weights="ones")),
    "shuffle": PageLink("overlap", LayerChoice.of(**PLAIN, stride=1, weights="ones")),
    "mixing": PageLink("overlap", LayerChoice.of(**PLAIN, kernel=4, weights="ones")),
    "dilated": PageLink("step_by_step", LayerChoice.of(size=3)),
    "holes": PageLink("step_by_step", LayerChoice.of(size=3)),
}
"""Layers on which what is said may pass for true; that of the matrix has none."""


def test_each_has_its_own_words() -> None:
    assert len(MISCONCEPTIONS) == len(BY_KEY)
    assert len({row.said for row in MISCONCEPTIONS}) == len(MISCONCEPTIONS)
    assert set(BY_KEY) == {*ELSEWHERE, "matrix"}


@every_row
def test_the_proof_holds_on_the_layer_its_door_opens(row: Misconception) -> None:
    proof = row.prove(row.link.choice.layer)
    used = {name for _, name, _, _ in Formatter().parse(row.shows) if name}
    assert proof.holds
    assert used
    assert used == set(proof.numbers) & used
    assert typed_numbers(row.shows) == []
    assert proof.panels
    for setting in SETTINGS:
        assert setting.low <= int(row.link.choice.state[setting.name]) <= setting.high


@pytest.mark.parametrize("key", ELSEWHERE)
def test_a_proof_does_not_hold_on_every_layer(key: str) -> None:
    assert not BY_KEY[key].prove(ELSEWHERE[key].choice.layer).holds


def zeroed(value: Any) -> Any:
    """The same with every number 0."""
    if isinstance(value, tuple):
        return tuple(map(zeroed, value))
    if isinstance(value, np.ndarray):
        return np.zeros_like(value)
    if isinstance(value, float):
        return 0.0
    if dataclasses.is_dataclass(value) and not isinstance(value, Geometry):
        broken = copy.copy(value)
        for each in dataclasses.fields(value):
            object.__setattr__(broken, each.name, zeroed(getattr(value, each.name)))
        return broken
    return value


SUBJECTS = {
    "inverse": "round_trip",
    "matrix": "convolution_matrix",
    "true": "conv_transpose2d",
    "enlarges": "transpose_conv",
    "padding": "transpose_conv",
    "kernel": "transpose_conv",
    "readings": "trace_gather",
    "fractional": "trace_gather",
    "shuffle": "pixel_shuffle",
    "mixing": "constant_response",
    "dilated": "trace_scatter",
    "holes": "transpose_conv",
}
"""What each proof is about: the function that computes it."""


@every_row
def test_a_proof_fails_when_its_subject_is_broken(
    row: Misconception, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, layer = sys.modules[row.prove.__module__], row.link.choice.layer
    subject = getattr(module, SUBJECTS[row.key])

    def broken(*args: Any, **named: Any) -> Any:
        if row.key == "enlarges":  # zeros have a size too: here the crop is what can be wrong
            return subject(*args[:-1], args[-1].uncropped)
        return zeroed(subject(*args, **named))

    monkeypatch.setattr(module, SUBJECTS[row.key], broken)
    assert not row.prove(layer).holds


@pytest.mark.parametrize("seed", range(5))
def test_the_matrix_is_the_transpose_for_any_layer(seed: int) -> None:
    settings = {"size": 2 + seed, "kernel": 2 + seed % 3, "stride": 1 + seed % 3}
    assert (
        BY_KEY["matrix"]
        .prove(
            PageLink(
                "overlap", LayerChoice.of(**settings, input="random", weights="random", seed=seed)
            ).choice.layer
        )
        .holds
    )


def test_the_zeros_around_are_k_minus_1_minus_p() -> None:
    for size, kernel, stride, padding in ((3, 3, 2, 1), (4, 4, 2, 1), (5, 5, 3, 2), (3, 4, 1, 0)):
        settings = {"size": size, "kernel": kernel, "stride": stride, "padding": padding}
        layer = PageLink("overlap", LayerChoice.of(**settings)).choice.layer
        padded = trace_gather(layer.input, layer.kernel, layer.geometry).padded
        assert padded.shape[0] == (size - 1) * stride + 1 + 2 * (kernel - 1 - padding)


# The table ----------------------------------------------------------------------------------


def value_of(rule: str, kind: LayerKind) -> int:
    """Compute a rule of the table."""
    plain = re.sub(r"⌊(.*)⌋", r"floor(\1)", rule).replace("·", "*").replace("−", "-")
    assert re.fullmatch(r"[nkspdflor\d ()*/+-]+", plain)
    return int(eval(plain, {"floor": math.floor}, {"n": EXAMPLE[1], **kind.settings}))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_rule_gives_the_side_that_the_layer_made(kind: LayerKind) -> None:
    channels, rows, cols = kind.output_shape()
    assert rows == cols == value_of(kind.rule, kind)
    s = kind.settings.get("s", 1)
    wanted = {"Pixel shuffle": EXAMPLE[0] // s**2} | dict.fromkeys(
        ("Conv2D", "Conv2D, strided", "Conv2D, dilated", "Conv2DTranspose"), OUT_CHANNELS
    )
    assert channels == wanted.get(kind.name, EXAMPLE[0])
    taps = kind.settings.get("k", 0) ** 2
    learned = EXAMPLE[0] * OUT_CHANNELS * taps + OUT_CHANNELS
    assert kind.learned == (learned if kind.name in wanted and "Conv" in kind.name else 0)


def test_the_table_has_a_cell_per_layer_and_column() -> None:
    columns = table()
    assert {len(cells) for cells in columns.values()} == {len(KINDS)}
    assert len(np.unique(columns["Layer"])) == len(KINDS)
