"""What a visitor can start is bounded in what is counted, not in seconds: no clock decides here.

The seconds and megabytes these counts come to: `python -m benchmarks.heaviest`.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tconv_core import Geometry, trace_scatter
from tconv_core.network import load
from tconv_ui.decoder.run import BUDGET, affordable
from tconv_ui.decoder.text import MOST_LAYERS, read_plan
from tconv_ui.export.animation import MOST_STEPS, drawn_steps
from tconv_ui.layer.settings import SETTINGS
from tconv_ui.player.layouts import Layout
from tconv_ui.player.payload import encode
from tconv_ui.player.readings import MOST_TARGETS, READINGS, WALKS, make_readings
from tconv_ui.player.replay import step_count
from tconv_ui.solver.solutions import (
    LARGEST_INPUT,
    LARGEST_KERNEL,
    LARGEST_STRIDE,
    LARGEST_TARGET,
    MOST_SHOWN,
    Limits,
    find,
)
from tconv_ui.upsample.picture_controls import LARGEST_OUTPUT, MOST_PRODUCTS, SIZES, largest_side
from tests.pages.heaviest import SOLVER, requests, stacks
from tests.pages.lab import PAGES, Lab

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
    layout = Layout(
        trace_scatter(np.ones(geometry.input_shape), np.ones(geometry.kernel_shape), geometry)
    )
    readings = make_readings(layout, READINGS, walk)
    assert len(encode(readings)) <= MOST_SCENE_BYTES
    for scene in readings.scenes:
        assert step_count(scene) <= MOST_TARGETS
        assert len(drawn_steps(step_count(scene))) <= MOST_STEPS


@pytest.mark.parametrize("dilation", [1, 3])
def test_no_layer_enlarges_a_picture_beyond_its_bounds(dilation: int) -> None:
    """The products of a method in one colour, and the sides of what it makes."""
    highest = {setting.name: setting.high for setting in SETTINGS}
    for kernel, stride in product(range(1, highest["kernel"] + 1), range(1, highest["stride"] + 1)):
        geometry = Geometry.from_torch(3, kernel, stride=stride, dilation=dilation)
        side = largest_side(geometry)
        assert side >= SIZES[0], "the least working size must be shown as it is"
        assert side**2 * kernel**2 <= MOST_PRODUCTS
        assert side * stride <= LARGEST_OUTPUT


@pytest.mark.parametrize("sizes", [(512, 1024), (1, 1024), (512, 1), (33, 999)])
def test_the_solver_lists_a_bounded_number_of_layers(sizes: tuple[int, int]) -> None:
    """A kernel and a stride leave as many as the stride is long, half of them odd."""
    widest = Limits(max_kernel=LARGEST_KERNEL, no_holes=False, whole_input=False)
    most = LARGEST_KERNEL * sum(range(1, LARGEST_STRIDE + 1)) // 2
    assert len(find(*sizes, widest)) <= most <= 20_000


def test_the_solver_draws_the_first_of_them() -> None:
    link = {**SOLVER, "have": f"{LARGEST_INPUT}", "need": f"{LARGEST_TARGET}"}
    (shown,) = Lab("Solver", link).at.dataframe
    assert len(shown.value) == MOST_SHOWN


def test_every_page_is_among_what_is_measured() -> None:
    assert {ask.page for ask in requests().values()} >= set(PAGES.values()) - {"pages/home.py"}
