"""A layer as a framework's call asks for it: what is left out has the framework's default."""

from __future__ import annotations

from typing import Any

from tconv_core.geometry.checks import Pair
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.settings import SETTINGS


def asked(*numbers: Pair, **more: Any) -> LayerChoice:
    """Return the choice of numbers in the order of `SETTINGS`, or by name."""
    last = {"stride": 1, "padding": 0}
    names = [setting.name for setting in SETTINGS[len(numbers) :]]
    return LayerChoice.of(*numbers, **{name: last[name] for name in names if name in last} | more)
