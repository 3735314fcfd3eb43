"""A stack as it is studied: what is run of it, and what came out, remembered."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from tconv_core import GeometryError
from tconv_core.network import Network, Repair, he_weights, repairs, run
from tconv_core.network.network import NetworkError, Shape
from tconv_ui.code.network_parts import weights_npz
from tconv_ui.decoder.pictures import CONSTANT, NOISE, Maps, made_input, picture_input
from tconv_ui.decoder.presets import FIRST
from tconv_ui.decoder.run import (
    NetworkCure,
    Pattern,
    Result,
    affordable,
    cured,
    pattern_of,
    result_of,
)
from tconv_ui.decoder.text import Plan, TextError, read_plan, write_plan
from tconv_ui.pictures.samples import SAMPLES, load_sample


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A stack as it is shown.

    Attributes:
        network: The last one that was legal.
        shown: What of it is run: itself, a lighter one, or None.
        feed, seed: What it is fed, and the seed of its weights.
        layer: The index of the layer chosen, within the network.
    """

    network: Network
    shown: Network | None
    feed: str
    seed: int
    layer: int

    @property
    def result(self) -> Result | None:
        """What the network made of its input, remembered."""
        return (
            None if self.shown is None else _result(_text(self.shown), self.seed, False, self.feed)
        )

    @property
    def cure(self) -> NetworkCure | None:
        """What leaves less of a pattern, where there is such a network and it is light enough."""
        found = None if self.shown is None else cured(self.shown)
        return found if found and affordable(found.network) == found.network else None

    def cured_result(self, cure: NetworkCure) -> Result:
        """Return what the cured network made of the same input, remembered."""
        return _result(_text(cure.network), self.seed, cure.icnr, self.feed)

    def cured_pattern(self, cure: NetworkCure) -> Pattern:
        """Return what the cured network makes of a constant, remembered."""
        return _pattern(_text(cure.network), self.seed, cure.icnr)

    @property
    def pattern(self) -> Pattern | None:
        """What every layer makes of a constant, remembered."""
        return None if self.shown is None else _pattern(_text(self.shown), self.seed, False)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a plan is no network, and the single changes that make it one the page can show."""

    error: NetworkError
    repairs: tuple[Repair, ...]


def legal_network(plan: Plan) -> tuple[Network, Problem | None]:
    """Return the plan's network, or one near it and what is wrong with this one.

    That is the one with the first repair, or the last legal one where no single change mends it.
    """
    try:
        network = plan.network()
    except NetworkError as error:
        found = tuple(filter(_fits_the_page, repairs(plan.input_shape, plan.layers)))
        near = st.session_state.get("stack_legal", FIRST.text)
        if found:
            near = write_plan(Plan(found[0].input_shape, found[0].layers))
        return read_plan(near).network(), Problem(error, found)
    st.session_state["stack_legal"] = write_plan(plan)
    return network, None


def _fits_the_page(repair: Repair) -> bool:
    try:
        read_plan(write_plan(Plan(repair.input_shape, repair.layers))).network()
    except (GeometryError, TextError):
        return False
    return True


def study_npz(study: Study) -> bytes:
    """Return the file of the weights, the input and the output of what is shown."""
    weights = he_weights(study.network, study.seed)
    x = _feed(study.feed, study.network.input_shape, study.seed)
    return weights_npz(study.network, weights, x, run(study.network, x, weights)[-1])


def _text(network: Network) -> str:
    return write_plan(Plan(network.input_shape, network.layers))


def _feed(name: str, shape: Shape, seed: int) -> Maps:
    if name in (NOISE, CONSTANT):
        return made_input(name, shape, seed)
    return picture_input(load_sample(SAMPLES[name]), shape)


@st.cache_resource(max_entries=6, show_spinner=False)
def _result(text: str, seed: int, icnr: bool, feed: str) -> Result:
    network = read_plan(text).network()
    return result_of(network, lambda shape: _feed(feed, shape, seed), seed, icnr=icnr)


@st.cache_resource(max_entries=6, show_spinner=False)
def _pattern(text: str, seed: int, icnr: bool) -> Pattern:
    return pattern_of(read_plan(text).network(), seed, icnr=icnr)
