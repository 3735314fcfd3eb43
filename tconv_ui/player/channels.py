"""Stamps with channels: inputs in a column, a kernel from each to each filter, sums per filter."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tconv_core import ChannelTrace, Geometry, convolution_matrix, trace_gather
from tconv_core.arrays import FloatArray
from tconv_ui.player.scatter import (
    JUMP_HINT,
    PIN_HINT,
    landing_corner,
    legend_of,
    output_frame,
    output_tint,
)
from tconv_ui.player.scene import Array, Board, Channel, Grid, Scene
from tconv_ui.wording import times

Product = tuple[tuple[str, str], ...]


def channels_scene(trace: ChannelTrace) -> Scene:
    """Return the scene of a transposed convolution with channels; a bias is a last step of its own.

    The inputs stand in a column, right of each its kernels, one for each filter; below a filter's
    kernels stands its stamp, then its bias, and beside all of them are the outputs.
    """
    build = _Building(trace)
    build.add_inputs()
    build.add_stamps()
    build.add_outputs()
    if trace.bias is not None:
        build.add_bias(trace.bias)
    return build.scene()


def channel_outputs(trace: ChannelTrace) -> dict[str, FloatArray]:
    """Return (C_out, H', W') by reading: stamps, windows and matrices, each added up in its way."""
    (ins, outs), shape = trace.weight.shape[:2], trace.geometry.output_shape
    gathered, multiplied = np.zeros((outs, *shape)), np.zeros((outs, *shape))
    for c in range(ins):
        for o in range(outs):
            kernel = trace.weight[c, o]
            gathered[o] += trace_gather(trace.input[c], kernel, trace.geometry).output
            matrix = convolution_matrix(kernel, trace.geometry).T
            multiplied[o] += (matrix @ trace.input[c].ravel()).reshape(shape)
    offset = 0 if trace.bias is None else trace.bias[:, np.newaxis, np.newaxis]
    return {"Scatter": trace.output, "Gather": gathered + offset, "Matrix": multiplied + offset}


@dataclass(slots=True)
class _Building:
    """The scene of one trace while it is put together."""

    trace: ChannelTrace
    grids: list[Grid] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    rows: list[list[int | str]] = field(default_factory=list)
    results: list[int] = field(default_factory=list)
    flights: list[tuple[str, str]] = field(default_factory=list)
    sums: dict[str, tuple[Product, ...]] = field(default_factory=dict)

    @property
    def geometry(self) -> Geometry:
        return self.trace.geometry

    @property
    def ins(self) -> int:
        return len(self.trace.weight)

    @property
    def outs(self) -> int:
        return len(self.trace.weight[0])

    def add(self, grid: Grid) -> int:
        self.grids.append(grid)
        return len(self.grids) - 1

    def in_stamp_steps(self, corners: Array, outside: tuple[int, int] = (-1, -1)) -> Array:
        """Corners for all steps: in the bias's own step, the window lies outside its grid."""
        if self.trace.bias is None:
            return corners
        return np.concatenate([corners, [outside]])

    def add_inputs(self) -> None:
        sources = np.array([step.source for step in self.trace.steps])
        still = np.zeros((len(sources) + (self.trace.bias is not None), 2), int)
        for c in range(self.ins):
            x = self.add(_input_grid(self.trace, c))
            self.channels.append(Channel(f"x{c}", x, (1, 1), "read", self.in_stamp_steps(sources)))
            row: list[int | str] = [x, "×"]
            for o in range(self.outs):
                row.append(self.add(_kernel_grid(self.trace, c, o)))
                shape = self.geometry.kernel_shape
                name = f"w{c}_{o}"
                self.channels.append(Channel(name, row[-1], shape, "read", still, quiet=True))  # type: ignore[arg-type]
            self.rows.append(row)

    def add_stamps(self) -> None:
        shape, row = self.geometry.kernel_shape, list[int | str](["", "="])
        for o in range(self.outs):
            at = self.add(Grid("stamp", f"Stamp {o}", "", "s", shape, idle=f"Stamp {o}", at=(o,)))
            row.append(at)
            stamps = np.stack([step.stamps[o] for step in self.trace.steps])
            if self.trace.bias is not None:  # what landed before is gone when the bias is added
                stamps = np.concatenate([stamps, np.full((1, *shape), np.nan)])
            still = np.zeros((len(stamps), 2), int)
            self.channels.append(Channel(f"stamp{o}", at, shape, "set", still, patches=stamps))
        self.rows.append(row)

    def add_outputs(self) -> None:
        shape = self.geometry.kernel_shape
        spacing = self.geometry.dilation
        corners = np.array([landing_corner(self.geometry, step) for step in self.trace.steps])
        reach = tuple(-(size - 1) * gap - 1 for size, gap in zip(shape, spacing, strict=True))
        for o in range(self.outs):
            at = self.add(_output_grid(self.geometry, o))
            stamps = np.stack([step.stamps[o] for step in self.trace.steps])
            if self.trace.bias is not None:
                stamps = np.concatenate([stamps, np.zeros((1, *shape))])
            places = self.in_stamp_steps(corners, (reach[0], reach[1]))
            name = f"landing{o}"
            self.channels.append(Channel(name, at, shape, "add", places, spacing, stamps))
            self.results.append(at)
            self.flights.append((f"stamp{o}", name))
            self.sums[name] = tuple(
                ((f"x{c}", "first"), (f"w{c}_{o}", "same")) for c in range(self.ins)
            )

    def add_bias(self, bias: FloatArray) -> None:
        steps, row = len(self.trace.steps), list[int | str](["", "+"])
        top, left, *shape = output_frame(self.geometry)
        for o, value in enumerate(bias):
            cells = np.full((1, 1), value, np.float64)
            at = self.add(Grid("kernel", f"b[{o}]", "", f"b[{o}]", (1, 1), cells))
            row.append(at)
            own = np.full((steps + 1, 2), -1)
            own[-1] = 0
            self.channels.append(Channel(f"b{o}", at, (1, 1), "read", own))
            places = np.full((steps + 1, 2), 0) - shape
            places[-1] = top, left
            added = np.zeros((steps + 1, shape[0], shape[1]))
            added[-1] = value
            name, result = f"bias{o}", self.results[o]
            self.channels.append(
                Channel(
                    name, result, (shape[0], shape[1]), "add", places, patches=added, hue="kernel"
                )
            )
            self.sums[name] = (((f"b{o}", "first"),),)
        self.rows.append(row)

    def captions(self) -> tuple[str, str]:
        """The sentence of a position, and the one of the bias."""
        values = ", ".join(f"{{x{c}.name}} = {{x{c}.value}}" for c in range(self.ins))
        verb = "scales" if self.ins == 1 else "scale"
        kernels = "its kernel" if self.outs == self.ins == 1 else "its kernels"
        scales = f"{verb} {kernels if self.ins == 1 else 'their kernels'}"
        one = self.outs == 1
        if self.ins == 1:
            lands = "the stamp lands" if one else "the stamps land"
        else:
            lands = "added up, they are the stamp" + (" that lands" if one else "s that land")
        where = "" if one else " of each filter's output"
        return (
            f"{values} {scales}; {lands} on {{landing0.rows}}, {{landing0.cols}}{where}.",
            "At the end, the bias is added to every cell of the output: once."
            if one
            else "At the end, each filter's bias is added to every cell of its output: once.",
        )

    def scene(self) -> Scene:
        which = np.zeros(len(self.trace.steps), int)
        marks = legend_of(self.geometry)
        if self.trace.bias is not None:
            which = np.append(which, 1)
            marks = [(mark, text) for mark, text in marks if mark != "hole"]
        board = Board(
            tuple(tuple(row) for row in self.rows),
            tuple(self.results),
            tuple(self.flights),
            self.sums,
        )
        return Scene(
            grids=tuple(self.grids),
            channels=tuple(self.channels),
            factors=tuple(item for row in self.rows for item in row if not isinstance(item, str)),
            result=self.results[0],
            flight=self.flights[0],
            terms=(),
            captions=self.captions(),
            caption_of_step=which,
            opening="Press play: at each position the input channels scale their kernels; what "
            "comes together in a column is that filter's stamp.",
            hint="Click an output cell to see its sum over all input channels"
            + (", and the bias." if self.trace.bias is not None else "."),
            legend=tuple(marks),
            name="channels",
            title="Channels",
            lead="one stamp for each filter, summed over the input channels",
            board=board,
        )


def _input_grid(trace: ChannelTrace, c: int) -> Grid:
    shape = trace.geometry.input_shape
    return Grid(
        "input",
        f"Input {c}",
        "",
        "x",
        shape,
        trace.input[c],
        action="jump",
        hint=JUMP_HINT,
        at=(c,),
    )


def _kernel_grid(trace: ChannelTrace, c: int, o: int) -> Grid:
    shape = trace.geometry.kernel_shape
    return Grid("kernel", f"w[{c},{o}]", "", "w", shape, trace.weight[c, o], at=(c, o))


def _output_grid(geometry: Geometry, o: int) -> Grid:
    frame = output_frame(geometry)
    whole = geometry.uncropped.output_shape
    return Grid(
        "output",
        f"Output {o}",
        times(geometry.output_shape)
        + ("" if whole == geometry.output_shape else f" of {times(whole)}"),
        "y",
        whole,
        frame=frame,
        tint=output_tint(geometry),
        action="pin",
        hint=PIN_HINT,
        at=(o,),
    )
