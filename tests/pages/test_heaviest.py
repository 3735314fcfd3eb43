"""What a visitor can start is bounded in what is counted, not in seconds: no clock decides here.

The seconds and megabytes these counts come to: `python -m benchmarks.heaviest`.
"""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.heaviest import requests, stacks
from tconv_core import Geometry, trace_scatter
from tconv_core.network import load
from tconv_ui.decoder.run import BUDGET, affordable
from tconv_ui.decoder.text import MOST_LAYERS, read_plan
from tconv_ui.export.animation import MOST_STEPS, drawn_steps
from tconv_ui.layer import SETTINGS
from tconv_ui.scenes.layouts import lay_out
from tconv_ui.scenes.readings import MOST_TARGETS, READINGS, WALKS, make_readings
from tconv_ui.scenes.replay import step_count
from tests.pages.lab import PAGES

MOST_MULTIPLY_ADDS = 10**10
MOST_BYTES = 200 * 2**20
MOST_SCENE_BYTES = 4 * 2**20


@pytest.mark.parametrize("name", stacks())
def test_no_stack_runs_that_multiplies_too_often(name: str) -> None:
    network = read_plan(stacks()[name]).network()
    assert len(network.layers) <= MOST_LAYERS
    run = affordable(network)
    if run is not None:
        assert sum(cost.multiply_adds for cost in run.costs) <= MOST_MULTIPLY_ADDS
        assert load(run).size <= MOST_BYTES
        assert load(run).within(BUDGET)


def test_a_stack_that_is_too_much_is_not_run_as_it_stands() -> None:
    heavy = read_plan(stacks()["wide"]).network()
    assert sum(cost.multiply_adds for cost in heavy.costs) > MOST_MULTIPLY_ADDS
    assert affordable(heavy) != heavy


@pytest.mark.parametrize("walk", WALKS)
def test_the_largest_layer_makes_a_bounded_scene(walk: str) -> None:
    most = {setting.name: setting.high for setting in SETTINGS}
    geometry = Geometry.from_torch(
        most["size"], most["kernel"], stride=most["stride"], dilation=most["dilation"]
    )
    layout = lay_out(
        trace_scatter(np.ones(geometry.input_shape), np.ones(geometry.kernel_shape), geometry)
    )
    readings = make_readings(layout, READINGS, walk)
    assert len(readings.encode()) <= MOST_SCENE_BYTES
    for scene in readings.scenes:
        assert step_count(scene) <= MOST_TARGETS
        assert len(drawn_steps(step_count(scene))) <= MOST_STEPS


def test_every_page_is_among_what_is_measured() -> None:
    assert {ask.page for ask in requests().values()} >= set(PAGES.values()) - {"pages/home.py"}
