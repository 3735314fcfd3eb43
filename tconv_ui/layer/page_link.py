"""A way into another page: which page, and the state it opens in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tconv_core import Geometry
from tconv_ui.layer.cells import INPUTS, KERNELS
from tconv_ui.layer.choice import COLS, SETTINGS, Layer

Value = int | bool | str
_OWN = {setting.name: setting.default for setting in SETTINGS}
_DEFAULTS: dict[str, Value] = {
    **_OWN,
    **{name + COLS: value for name, value in _OWN.items()},
    "linked": True,
    "input": next(iter(INPUTS)),
    "weights": next(iter(KERNELS)),
    "seed": 0,
}
_VIEWS = {
    "step_by_step": {"readings": "Scatter", "walk": "By input cell", "symbolic": "false"},
    "overlap": {"section": "Phases"},
    "operations": {"left": "Convolution", "right": "Transposed convolution"},
}
"""How a page opens that nobody has touched yet."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page, the layer it opens with, and its own parameters.

    Attributes:
        page: The stem of the page's file.
        settings: Numbers of the layer by the names of `layer.SETTINGS`, with `COLS` for columns
            apart; what is left out has its default.
        input, kernel: By name.
        seed: Of random cells.
        view: The page's own parameters, as a link spells them.
    """

    page: str
    settings: Mapping[str, int]
    input: str = "example"
    kernel: str = "bilinear"
    seed: int = 0
    view: Mapping[str, str] = field(default_factory=dict)

    @property
    def state(self) -> dict[str, Value]:
        """Every widget of the layer, by key.

        >>> PageLink("overlap", {"size": 6}).state["size"]
        6
        """
        apart = any(name.endswith(COLS) for name in self.settings)
        own: dict[str, Value] = {
            "linked": not apart,
            "input": self.input,
            "weights": self.kernel,
            "seed": self.seed,
        }
        shown = {
            name: value for name, value in _DEFAULTS.items() if apart or not name.endswith(COLS)
        }
        return {**shown, **self.settings, **own}

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the address, without what is as it begins.

        >>> PageLink("overlap", {"size": 6, "stride": 2}, view={"section": "Edges"}).query
        {'size': '6', 'section': 'Edges'}
        """
        changed = {
            key: str(value).lower() if isinstance(value, bool) else str(value)
            for key, value in self.state.items()
            if value != _DEFAULTS[key]
        }
        return {**changed, **self.view}

    @property
    def whole_view(self) -> dict[str, str]:
        """All of the page's own parameters, which a visitor may have left otherwise.

        >>> PageLink("overlap", {}).whole_view
        {'section': 'Phases'}
        """
        return {**_VIEWS.get(self.page, {}), **self.view}

    @property
    def layer(self) -> Layer:
        """The layer the page opens with.

        >>> PageLink("overlap", {"size": 4, "kernel": 4}).layer.geometry.output_shape
        (8, 8)
        """
        state = {key: value for key, value in self.state.items() if isinstance(value, int)}
        pairs = {name: (state[name], state.get(name + COLS, state[name])) for name in _OWN}
        size, kernel = pairs.pop("size"), pairs.pop("kernel")
        geometry = Geometry.from_torch(size, kernel, **pairs)
        return Layer(
            geometry,
            INPUTS[self.input](geometry.input_shape, self.seed),
            KERNELS[self.kernel](geometry.kernel_shape, self.seed),
        )
