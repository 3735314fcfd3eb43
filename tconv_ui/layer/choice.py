"""What a visitor asks of a layer, legal or not: as the address spells it, and as a geometry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from tconv_core import Axis, Geometry
from tconv_core.geometry.checks import Pair, as_pair
from tconv_ui.layer.cells import (
    CUSTOM,
    INPUTS,
    KERNELS,
    Cells,
    Maker,
    Shape,
    parse_cells,
    resize_cells,
)
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.settings import COLS, SETTINGS
from tconv_ui.layer.words import read_crop, read_number

NAMES = tuple(setting.name for setting in SETTINGS)


@dataclass(frozen=True, slots=True)
class LayerChoice:
    """What a visitor asks of a layer, its numbers as (rows, cols); defaults are the sliders'.

    Attributes:
        size, kernel, stride, padding, output_padding, dilation: In PyTorch's words.
        crop: ((begin, end), (begin, end)) of rows and columns, in place of both paddings.
        output_padding_written: Whether an `output_padding` of 0 is written out, which Keras takes
            for something else than one left out.
        apart: Whether rows and columns are asked for one by one although they are the same.
        input, weights: Input and kernel by name, or `cells.CUSTOM`.
        x, w: Their cells as text, where they are custom.
        seed: Of random cells.

    >>> LayerChoice(size=(4, 4), kernel=(4, 4)).geometry.output_shape
    (8, 8)
    """

    size: Shape = (3, 3)
    kernel: Shape = (3, 3)
    stride: Shape = (2, 2)
    padding: Shape = (1, 1)
    output_padding: Shape = (0, 0)
    dilation: Shape = (1, 1)
    crop: tuple[Shape, Shape] | None = None
    output_padding_written: bool = False
    apart: bool = False
    input: str = "example"
    weights: str = "bilinear"
    x: str = ""
    w: str = ""
    seed: int = 0

    @classmethod
    def of(cls, *numbers: Pair, **more: Any) -> Self:
        """Return a choice from numbers in the order of `SETTINGS`, or by name.

        Args:
            numbers: Each for both axes, or (rows, cols).
            more: Further numbers, and everything else, by name.

        >>> LayerChoice.of(6, kernel=(1, 4)).kernel
        (1, 4)
        """
        given = dict(zip(NAMES, numbers, strict=False)) | more
        pairs = {name: as_pair(name, given[name]) for name in NAMES if name in given}
        return cls(**(given | pairs))

    @classmethod
    def from_geometry(cls, geometry: Geometry, **more: Any) -> Self:
        """Return the choice that makes a geometry: in PyTorch's words, else with a crop.

        >>> geometry = Geometry.from_keras(3, 3, strides=2, padding="same")
        >>> choice = LayerChoice.from_geometry(geometry)
        >>> choice.crop, choice.geometry == geometry
        (((0, 1), (0, 1)), True)
        """
        padding, extra = geometry.padding, geometry.output_padding
        crop = (geometry.rows.crop, geometry.cols.crop) if padding is None else None
        shapes = geometry.input_shape, geometry.kernel_shape, geometry.stride
        rest = padding or (0, 0), extra or (0, 0), geometry.dilation
        return cls(*shapes, *rest, crop=crop, **more)

    @classmethod
    def from_words(cls, words: Mapping[Any, Any]) -> Self:
        """Return the choice that an address or the controls hold; what is no choice is a default.

        Args:
            words: By key, as `words` spells them, or as the controls' own values.

        >>> LayerChoice.from_words({"size": "5", "linked": "false", "size_cols": 2}).size
        (5, 2)
        """
        linked = str(words.get("linked", True)).lower() != "false"
        found: dict[str, Any] = {}
        for each in SETTINGS:
            rows = read_number(words, each.name, each.default)
            cols = read_number(words, each.name + COLS, each.default)
            found[each.name] = rows, rows if linked else cols
        for key, text, makers in (("input", "x", INPUTS), ("weights", "w", KERNELS)):
            if words.get(key) in makers:
                found[key] = words[key]
            elif words.get(key) == CUSTOM:
                found |= {key: CUSTOM, text: str(words.get(text, ""))}
        written = str(words.get("output_padding_written", "")).lower() == "true"
        crop = read_crop(str(words.get("crop", "")))
        return cls(
            **found,
            crop=crop,
            apart=not linked
            and _are_equal((*(found[each.name] for each in SETTINGS), crop or (0, 0))),
            output_padding_written=written,
            seed=read_number(words, "seed", 0),
        )

    @property
    def numbers(self) -> tuple[Shape, ...]:
        """What the sliders say, in the order of `SETTINGS`."""
        return tuple(getattr(self, name) for name in NAMES)

    @property
    def linked(self) -> bool:
        """Whether rows and columns are asked for the same."""
        return not self.apart and _are_equal((*self.numbers, self.crop or (0, 0)))

    @property
    def state(self) -> dict[str, Any]:
        """What the controls hold, by key; a crop of its own has none.

        >>> LayerChoice.of(6, kernel=(1, 4)).state["kernel_cols"]
        4
        """
        rows = {name: pair[0] for name, pair in zip(NAMES, self.numbers, strict=True)}
        cols = {name + COLS: pair[1] for name, pair in zip(NAMES, self.numbers, strict=True)}
        told = {} if self.linked else cols
        named = {"input": self.input, "weights": self.weights, "seed": self.seed}
        texts = {key: text for key, text in (("x", self.x), ("w", self.w)) if text}
        return {**rows, **told, "linked": self.linked, **named, **texts}

    @property
    def words(self) -> dict[str, str]:
        """What the address says: everything that is not as it begins.

        >>> LayerChoice.of(6, stride=(2, 1)).words
        {'size': '6', 'size_cols': '6', 'stride_cols': '1', 'linked': 'false'}
        """
        said = {key: value for key, value in self.state.items() if value != DEFAULTS[key]}
        if self.crop is not None:
            said["crop"] = " ".join(str(cut) for side in self.crop for cut in side)
        if self.output_padding_written:
            said["output_padding_written"] = True
        return {
            key: str(value).lower() if isinstance(value, bool) else str(value)
            for key, value in said.items()
        }

    @property
    def spelled(self) -> str:
        """Its words as a query, in the order of their names.

        >>> LayerChoice.of(6, stride=1).spelled
        'size=6&stride=1'
        """
        return urlencode(sorted(self.words.items()))

    @property
    def keras_output_padding(self) -> Shape | None:
        """Keras's `output_padding`, None where it is left out."""
        written = any(self.output_padding) or self.output_padding_written
        return self.output_padding if written else None

    @property
    def full(self) -> Geometry:
        """The full output, which every framework crops."""
        sides = zip(self.size, self.kernel, self.stride, self.dilation, strict=True)
        return Geometry(*(Axis(*numbers) for numbers in sides))

    @property
    def geometry(self) -> Geometry:
        """The layer's geometry.

        Raises:
            GeometryError: PyTorch refuses the settings, or the crop leaves no cell.
        """
        if self.crop is not None:
            sides = zip(self.full.axes, self.crop, strict=True)
            return Geometry(*(Axis(*axis.numbers, crop) for axis, crop in sides))
        return Geometry.from_torch(
            self.size,
            self.kernel,
            stride=self.stride,
            padding=self.padding,
            output_padding=self.output_padding,
            dilation=self.dilation,
        )

    @property
    def layer(self) -> Layer:
        """The layer it makes.

        Raises:
            GeometryError: See `geometry`.
            CellsError: The text of custom cells spells no grid.

        >>> LayerChoice.of(2, 1, input="custom", x="1 2; 3 4").layer.input.tolist()
        [[1.0, 2.0], [3.0, 4.0]]
        """
        geometry = self.geometry
        x = self._cells(INPUTS, self.input, self.x, geometry.input_shape)
        return Layer(geometry, x, self._cells(KERNELS, self.weights, self.w, geometry.kernel_shape))

    def _cells(self, makers: Mapping[str, Maker], name: str, text: str, shape: Shape) -> Cells:
        if name == CUSTOM:
            return resize_cells(parse_cells(text, max(SETTINGS[0].high, *shape)), shape)
        return makers[name](shape, self.seed)

    def beyond_sliders(self) -> list[str]:
        """Return the settings that the sliders do not reach, in words.

        >>> LayerChoice.of(kernel=12).beyond_sliders()
        ['kernel size 12 (at most 9)']
        """
        return [
            f"{setting.label.lower()} {max(pair)} (at most {setting.high})"
            for setting, pair in zip(SETTINGS, self.numbers, strict=True)
            if max(pair) > setting.high
        ]


def _are_equal(pairs: Iterable[tuple[object, object]]) -> bool:
    return all(rows == cols for rows, cols in pairs)


DEFAULTS: dict[str, int | bool | str] = {
    **{setting.name + end: setting.default for setting in SETTINGS for end in ("", COLS)},
    **{"linked": True, "input": "example", "weights": "bilinear", "x": "", "w": "", "seed": 0},
}
"""What every control of the layer holds before anybody touches it, by key."""
WORDS = (*DEFAULTS, "crop", "output_padding_written")
"""Every name by which an address speaks of a layer."""
