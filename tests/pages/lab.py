"""The app without a browser: open it by a link, turn its controls, read what it sends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from tconv_core import Geometry, conv_transpose2d
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.formulas import SIZE_FORMULA, overlap_verdict, size_phrase
from tconv_ui.layer.settings import SETTINGS
from tconv_ui.shell import pages
from tests.ui.reading import Payload, SizeFormula, decode, plotly_array, read_size_formula

Link = Mapping[str, str | list[str]]
"""What an address carries; several values of one name as a list."""
APP = Path(__file__).parents[2] / "app.py"
PAGES = {place.title: f"pages/{place.page}.py" for place in pages.PAGES.values()}
WITHOUT_THE_LAYER = ("Frameworks", "Solver")
"""Pages that draw no picture of the layer: one shows who refuses it, one looks for its own."""
NAMES = [setting.name for setting in SETTINGS]
DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


class Lab:
    """The app as one visitor has it; after each act the page has run without an exception."""

    def __init__(
        self, page: str = "Step by step", link: Mapping[str, str | list[str]] | None = None
    ) -> None:
        self.at = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in (link or {}).items():
            self.at.query_params[name] = value
        self.at.switch_page(PAGES[page])
        self.run()
        assert self.at.title[0].value == page

    def run(self) -> None:
        self.at.run()
        assert [error.message for error in self.at.exception] == []
        assert len(self.at.title) == 1

    def go(self, page: str) -> None:
        self.at.switch_page(PAGES[page])
        self.run()
        assert self.at.title[0].value == page

    def slide(self, **values: int) -> None:
        for key, value in values.items():
            self.at.slider(key=key).set_value(value)
        self.run()

    def choose(self, key: str, option: str) -> None:
        self.at.selectbox(key=key).set_value(option)
        self.run()

    def preset(self, label: str) -> None:
        self.at.button(key=f"preset_{label}").click()
        self.run()

    @property
    def lit(self) -> str | None:
        """The preset that is lit."""
        found = [
            str(button.key).removeprefix("preset_")
            for button in self.at.button
            if str(button.key).startswith("preset_") and button.label.startswith(":primary")
        ]
        assert len(found) <= 1
        return found[0] if found else None

    def press(self, key: str, option: str) -> None:
        self.buttons(key).set_value(option)
        self.run()

    def turn(self, key: str, on: bool) -> None:
        self.at.toggle(key=key).set_value(on)
        self.run()

    def write(self, key: str, text: str) -> None:
        self.at.text_input(key=key).set_value(text)
        self.run()

    def buttons(self, key: str) -> Any:
        (found,) = [group for group in self.at.get("button_group") if group.key == key]
        return found

    @property
    def sliders(self) -> dict[str, Any]:
        return {slider.key: slider.value for slider in self.at.slider if slider.key}

    @property
    def warnings(self) -> list[str]:
        return [warning.value for warning in self.at.warning]

    @property
    def notes(self) -> list[str]:
        return [info.value for info in self.at.info]

    @property
    def texts(self) -> list[str]:
        return [*(it.value for it in self.at.markdown), *(it.value for it in self.at.caption)]

    @property
    def sent(self) -> Any:
        """What the player's component sends: its script, its styles and the payload."""
        (component,) = self.at.get("bidi_component")
        return component.proto

    @property
    def payload(self) -> Payload:
        return decode(self.sent.bytes)

    @property
    def choice(self) -> LayerChoice:
        """What the sliders say."""
        return LayerChoice.from_words({**self.sliders, "linked": "size_cols" not in self.sliders})

    @property
    def geometry(self) -> Geometry:
        return self.choice.geometry

    def settings(self) -> dict[str, tuple[int, int]]:
        """What PyTorch's function would be told."""
        return {name: getattr(self.choice, name) for name in NAMES[2:]}

    def chart(self) -> tuple[dict[str, Any], NDArray[Any]]:
        """The overlap chart's description for a screen reader and its cells."""
        chart = self.at.get("plotly_chart")[0]
        traces = json.loads(chart.proto.spec)["data"]
        (cells,) = [trace for trace in traces if trace["type"] == "heatmap"]
        return {"alt": chart.proto.alt, "traces": len(traces)}, plotly_array(cells["z"])


def check_player(lab: Lab) -> None:
    """The player plays to the output of the layer the sliders describe."""
    payload = lab.payload
    x, kernel = payload.values("input"), payload.values("kernel")
    assert x.shape == lab.geometry.input_shape
    assert kernel.shape == lab.geometry.kernel_shape
    wanted = conv_transpose2d(x[np.newaxis], kernel[np.newaxis, np.newaxis], **lab.settings())[0]
    assert wanted.shape == lab.geometry.output_shape
    np.testing.assert_allclose(
        payload.output(), wanted, rtol=1e-5, atol=1e-5 * np.abs(wanted).max()
    )


def formulas(lab: Lab) -> list[SizeFormula]:
    paragraphs = [part for text in lab.texts for part in text.split("\n\n")]
    found = [read_size_formula(part) for part in paragraphs if r"\textcolor" in part]
    assert found
    assert f"${SIZE_FORMULA}$" in lab.texts
    return found


def check_step_page(lab: Lab) -> None:
    check_player(lab)
    geometry = lab.geometry
    axes = [geometry.rows, geometry.cols]
    if geometry.rows == geometry.cols:
        axes.pop()
    for formula, axis in zip(formulas(lab), axes, strict=True):
        assert formula.left == formula.size == axis.output_size
        assert (formula.n, formula.k) == (axis.input_size, axis.kernel_size)
        assert (formula.stride, formula.dilation) == (axis.stride, axis.dilation)
        assert formula.padding == axis.crop[0]
        assert formula.output_padding == axis.crop[0] - axis.crop[1]
    verdict = overlap_verdict(geometry)
    assert f"**{verdict.title}**\n\n{verdict.reason} {verdict.edges}" in lab.texts
    assert lab.payload.grid("output")["subtitle"] == size_phrase(geometry)
