"""Layers in a row, with skips: shapes, parameters, multiply-adds and memory before execution."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod

from tconv_core.geometry.checks import GeometryError, numbers_of, whole
from tconv_core.network.spec import SIDES, LayerSpec

Shape = tuple[int, int, int]
"""(C, H, W)."""


class NetworkError(GeometryError):
    """A network that cannot be: which layer, which axes, and what would work.

    Attributes:
        layer: Its number, from 1.
        axes: "rows", "columns", both or neither.
        shapes: What the layers before it make, the input first.
    """

    def __init__(
        self, layer: int, axes: tuple[str, ...], reason: str, shapes: tuple[Shape, ...]
    ) -> None:
        where = f"Layer {layer}" + (f", {' and '.join(axes)}" if axes else "")
        super().__init__(f"{where}: {reason}")
        self.layer, self.axes, self.shapes = layer, axes, shapes


@dataclass(frozen=True, slots=True)
class Cost:
    """What one layer costs: numbers to learn, multiplications with an addition, bytes it holds."""

    parameters: int
    multiply_adds: int
    activation_bytes: int


@dataclass(frozen=True, slots=True)
class Network:
    """A row of layers and the shape it is fed; validated once, with every shape known.

    Attributes:
        input_shape: (C, H, W).
        layers: From first to last, at least one.
        made: (C, H, W) each layer makes by itself.
        shapes: (C, H, W) of each layer's output once its skip has joined.

    Raises:
        NetworkError: A layer cannot take what the one before makes, or a skip does not fit.

    >>> up = LayerSpec("tconv", filters=8, kernel=4, stride=2, padding=1)
    >>> Network((16, 4, 4), (up, up)).shapes
    ((8, 8, 8), (8, 16, 16))
    """

    input_shape: Shape
    layers: tuple[LayerSpec, ...]
    made: tuple[Shape, ...] = field(init=False, repr=False, compare=False)
    shapes: tuple[Shape, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.layers:
            raise GeometryError("a network of 0 layers makes nothing: give at least 1.")
        sides = numbers_of("the input's shape", self.input_shape, "C", "H", "W")
        shape = (whole("the input's shape", each, at_least=1) for each in sides)
        object.__setattr__(self, "input_shape", tuple(shape))
        made: list[Shape] = []
        shapes = [self.input_shape]
        for number, spec in enumerate(self.layers, start=1):
            made.append(_made(spec, number, tuple(shapes)))
            shapes.append(_joined(spec, number, made[-1], tuple(shapes)))
        object.__setattr__(self, "made", tuple(made))
        object.__setattr__(self, "shapes", tuple(shapes[1:]))

    @property
    def output_shape(self) -> Shape:
        """(C, H, W) of what the last layer makes."""
        return self.shapes[-1]

    def fed(self, index: int) -> Shape:
        """Return the (C, H, W) that the layer of this index, from 0, is fed."""
        return self.shapes[index - 1] if index else self.input_shape

    @property
    def costs(self) -> tuple[Cost, ...]:
        """One `Cost` per layer, for one input and float32.

        Biases are counted among the parameters, not among the multiply-adds. A transposed
        convolution multiplies each input cell with every tap, those cropped away included; a
        convolution does so for each output cell, padding included. The bytes are those of the
        layer's output, which training keeps.

        Source:
            torch.nn.Module.parameters; torch.utils.flop_counter (PyTorch 2.13), which counts two
            operations per multiply-add.

        >>> Network((3, 8, 8), (LayerSpec("conv", filters=4, kernel=1),)).costs
        (Cost(parameters=16, multiply_adds=768, activation_bytes=1024),)
        """
        found = []
        for index, spec in enumerate(self.layers):
            fed, made = self.fed(index), self.made[index]
            weight = spec.weight_shape(fed[0])
            taps = prod(weight) if weight else 0
            places = prod((fed if spec.kind == "tconv" else made)[1:])
            parameters = taps + spec.filters if weight else 0
            found.append(Cost(parameters, taps * places, 4 * prod(self.shapes[index])))
        return tuple(found)

    @property
    def total(self) -> Cost:
        """The sum of all layers' costs."""
        costs = self.costs
        return Cost(
            sum(cost.parameters for cost in costs),
            sum(cost.multiply_adds for cost in costs),
            sum(cost.activation_bytes for cost in costs),
        )


def _made(spec: LayerSpec, number: int, shapes: tuple[Shape, ...]) -> Shape:
    """Return what a layer makes of the last of the shapes."""
    channels, *sizes = shapes[-1]
    try:
        outputs = spec.output_channels(channels)
    except GeometryError as error:
        raise NetworkError(number, (), str(error), shapes) from None
    made, problems = [], {}
    for side, (name, n) in enumerate(zip(SIDES, sizes, strict=True)):
        try:
            made.append(spec.output_size(n, side))
        except GeometryError as error:
            problems[name] = str(error)
    if problems:
        # The reasons differ in their numbers where the axes do: the first stands for both.
        raise NetworkError(number, tuple(problems), next(iter(problems.values())), shapes)
    return outputs, made[0], made[1]


def _joined(spec: LayerSpec, number: int, made: Shape, shapes: tuple[Shape, ...]) -> Shape:
    """Return the shape once the skip has joined; shapes are the input's and those before."""
    if spec.skip is None:
        return made
    if spec.skip >= number:
        raise NetworkError(
            number,
            (),
            f"its skip must come from a layer before it: use at most {number - 1}.",
            shapes,
        )
    other = shapes[spec.skip]
    source = f"layer {spec.skip}" if spec.skip else "the input"
    cut = spec.merge == "crop"
    wrong = [
        side
        for side in range(2)
        if (other[side + 1] < made[side + 1] if cut else other[side + 1] != made[side + 1])
    ]
    if wrong:
        raise NetworkError(
            number,
            tuple(SIDES[side] for side in wrong),
            f"it makes {_sizes(made, wrong)} and the skip from {source} has "
            f"{_sizes(other, wrong)}: {_advice(spec, made, other)}",
            shapes,
        )
    if spec.merge == "add":
        if other[0] != made[0]:
            raise NetworkError(
                number,
                (),
                f"it has {made[0]} channels, the skip from {source} has {other[0]}, which cannot "
                f"be added: use {other[0]} filters.",
                shapes,
            )
        return made
    return made[0] + other[0], made[1], made[2]


def _sizes(shape: Shape, sides: list[int]) -> str:
    return " × ".join(str(shape[side + 1]) for side in sides)


def _advice(spec: LayerSpec, made: Shape, other: Shape) -> str:
    """Name what makes a layer's output and its skip agree, the smallest change first."""
    missing = [other[side] - made[side] for side in (1, 2)]
    if spec.kind == "tconv":
        extra = [have + more for have, more in zip(spec.extra, missing, strict=True)]
        if all(0 <= each < max(spec.stride, spec.dilation) for each in extra):
            return f"use output_padding {extra[0] if extra[0] == extra[1] else tuple(extra)}."
    if min(missing) >= 0 and spec.merge == "concat":
        return f"crop the skip to {made[1]} × {made[2]}."
    return f"the layer must make {other[1]} × {other[2]} of it, or the input another size."
