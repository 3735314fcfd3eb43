"""The controls of the Step by step page: which readings, which walk, letters; and the badge."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tconv_core.arrays import FloatArray
from tconv_ui.player.layouts import difference_of
from tconv_ui.player.readings import READINGS, TOLERANCE, WALKS, equality
from tconv_ui.shell.links import (
    all_asked_of,
    asked_of,
    choose_one,
    show_unmet,
    unmet,
    unmet_choices,
)
from tconv_ui.step_by_step.playing import Playing


def choose_readings(row: DeltaGenerator) -> Playing:
    """Draw the controls in a row; with no reading chosen, the stamps are shown."""
    asked, readings = asked_of("walk", "symbolic"), all_asked_of("readings")
    names = row.segmented_control(
        "Readings",
        READINGS,
        selection_mode="multi",
        default=READINGS[:1],
        key="readings",
        bind="query-params",
        help="**Scatter**: stamps that add up. **Gather**: zeros inserted, the flipped kernel "
        "slides. **Matrix**: y = Cᵀ x. One, two or all three, step by step in step.",
        width=220,
    )
    walk = choose_one(
        row,
        "Walk",
        WALKS,
        key="walk",
        help="What a step goes through. **By input cell**: each adds its share to the output. "
        "**By output cell**: each is finished in one step.",
        width=222,
    )
    symbols = row.toggle(
        "Letters",
        key="symbolic",
        bind="query-params",
        help="Input cells a, b, c … and taps w₀₀, w₀₁ … in place of numbers, up to 4 × 4 inputs.",
        width=110,
    )
    show_unmet(
        [
            unmet_choices(readings, "readings", f"one of {', '.join(READINGS)}"),
            unmet(asked, "walk", f"one of {', '.join(WALKS)}"),
            unmet(asked, "symbolic", "true or false"),
        ]
    )
    return Playing(tuple(names) or READINGS[:1], walk, symbols)


def equality_badge(outputs: Mapping[str, FloatArray]) -> None:
    """Say how far the outputs of all readings lie apart: computed in float64, each in its way."""
    agree = difference_of(outputs) <= TOLERANCE
    verdict, found = equality(outputs)
    badge = ":green-badge[:material/check:" if agree else ":red-badge[:material/error:"
    st.markdown(
        f"{badge} {verdict}] :small[{found}]",
        help="Scatter adds up stamps, gather sums windows under the flipped kernel, the matrix is "
        "multiplied by x: separate computations in float64. Shown is the largest difference "
        "between two of them at any output cell, as a share of the largest output if that is "
        "above 1.",
    )
