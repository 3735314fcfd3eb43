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
from tconv_ui.layer.choice import WORDS, LayerChoice
from tconv_ui.layer.formulas import SIZE_FORMULA, overlap_verdict, size_phrase
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.presets import PRESETS
from tconv_ui.layer.settings import SETTINGS
from tconv_ui.shell import pages
from tests.ui.reading import (
    Payload,
    SizeFormula,
    decode,
    open_message,
    read_header,
    read_size_formula,
)

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

    def ask(self, words: Mapping[str, str]) -> None:
        """Ask for a layer, as the controls do: by the whole of its words in the address."""
        for key in WORDS:
            self.at.query_params.pop(key, None)
        for key, word in words.items():
            self.at.query_params[key] = word
        self.at.session_state["carried"] = {}
        self.run()

    def slide(self, **values: int) -> None:
        """Move sliders: the layer's, or the page's own."""
        words = {key: str(value) for key, value in values.items() if key in WORDS}
        for key in values.keys() - words.keys():
            self.at.slider(key=key).set_value(values[key])
        if words:
            self.ask(self.words | words)
        else:
            self.run()

    def preset(self, label: str) -> None:
        self.ask(PRESETS[label].choice.words)

    @property
    def controls(self) -> dict[str, Any]:
        """What the controls of the layer are told."""
        (found,) = self.components("tconv_controls")
        told: dict[str, Any] = json.loads(found.json)
        return told

    @property
    def words(self) -> dict[str, str]:
        """What is asked of the layer, as the controls say it where they stand."""
        words: dict[str, str] = dict(self.at.session_state["words"])
        assert all(
            json.loads(one.json)["words"] == words for one in self.components("tconv_controls")
        )
        return words

    def components(self, name: str) -> list[Any]:
        found = [one.proto for one in self.at.get("bidi_component")]
        return [one for one in found if one.component_name == name]

    def press(self, key: str, option: str) -> None:
        self.buttons(key).set_value(option)
        self.run()

    def turn(self, key: str, on: bool) -> None:
        self.at.toggle(key=key).set_value(on)
        self.run()

    def choose(self, key: str, option: str) -> None:
        self.at.selectbox(key=key).set_value(option)
        self.run()

    def write(self, key: str, text: str) -> None:
        self.at.text_input(key=key).set_value(text)
        self.run()

    def buttons(self, key: str) -> Any:
        (found,) = [group for group in self.at.get("button_group") if group.key == key]
        return found

    @property
    def sliders(self) -> dict[str, Any]:
        """The numbers of the layer that is asked for, and of the page's own sliders."""
        numbers = {key: n for key, n in self.choice.state.items() if type(n) is int}
        del numbers["seed"]
        return numbers | {slider.key: slider.value for slider in self.at.slider if slider.key}

    @property
    def warnings(self) -> list[str]:
        """What is wrong, on the page and in the controls."""
        refused = [json.loads(one.json)["refusal"] for one in self.components("tconv_controls")]
        return [warning.value for warning in self.at.warning] + [one for one in refused if one]

    @property
    def notes(self) -> list[str]:
        return [info.value for info in self.at.info]

    @property
    def texts(self) -> list[str]:
        return [*(it.value for it in self.at.markdown), *(it.value for it in self.at.caption)]

    @property
    def sent(self) -> Any:
        """What the player's component sends: its script, its styles and the payload."""
        (component,) = self.components("tconv_player")
        return component

    @property
    def payload(self) -> Payload:
        return decode(self.sent.bytes)

    @property
    def choice(self) -> LayerChoice:
        """What the controls say."""
        return LayerChoice.from_words(self.words)

    @property
    def layer(self) -> Layer:
        """The layer asked for."""
        return self.choice.layer

    @property
    def geometry(self) -> Geometry:
        return self.choice.geometry

    def settings(self) -> dict[str, tuple[int, int]]:
        """What PyTorch's function would be told."""
        return {name: getattr(self.choice, name) for name in NAMES[2:]}

    def maps(self, of: str = "values") -> tuple[dict[str, str], NDArray[Any], NDArray[Any]]:
        """The Overlap page's verdict, count and response; or what the response's colours say."""
        (component,) = self.components("tconv_maps")
        header, buffers = read_header(open_message(component.bytes)[1])
        count, response = (
            buffers[each.get(of, each["values"])].reshape(each["rows"], each["cols"])
            for each in header["maps"]
        )
        return header["verdict"], count, response


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
    assert any(f":small[${SIZE_FORMULA}$]" in text for text in lab.texts)
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
