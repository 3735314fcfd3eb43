"""What the app sends, read back: the player's payload, plotly's arrays, LaTeX sums."""

from __future__ import annotations

import base64
import json
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

TYPES = {
    "f4": np.dtype("<f4"),
    "i2": np.dtype("<i2"),
    "i4": np.dtype("<i4"),
    "u1": np.dtype("u1"),
}


@dataclass(frozen=True)
class Payload:
    """A scene of a message as `assets/player/message.js` decodes it."""

    opening: dict[str, Any]
    header: dict[str, Any]
    buffers: dict[str, NDArray[Any]]

    @property
    def start(self) -> int | None:
        """The step at which the player opens."""
        found: int | None = self.opening.get("start")
        return found

    @property
    def pin(self) -> list[int] | None:
        """The cell that is pinned when it opens."""
        found: list[int] | None = self.opening.get("pin")
        return found

    @property
    def steps(self) -> int:
        found = self.header["steps"]
        assert isinstance(found, int)
        return found

    @property
    def captions(self) -> NDArray[Any]:
        return self.buffers[self.header["captionOfStep"]]

    def corners(self, channel: dict[str, Any]) -> NDArray[Any]:
        """(steps, 2): the first cell of a channel's window in each step."""
        found = self.buffers[channel["corners"]].reshape(-1, 2)
        assert len(found) in (1, self.steps)
        return np.broadcast_to(found, (self.steps, 2))

    def grid(self, role: str) -> dict[str, Any]:
        (found,) = [grid for grid in self.header["grids"] if grid["role"] == role]
        return found

    def values_of(self, grid: dict[str, Any]) -> NDArray[Any]:
        told = grid["values"]
        if isinstance(told, list):
            table, ids = (self.buffers[name] for name in told)
            assert table[0] == 0
            return table[np.maximum(ids, 0)].reshape(grid["rows"], grid["cols"])
        return self.buffers[told].reshape(grid["rows"], grid["cols"])

    def values(self, role: str) -> NDArray[Any]:
        return self.values_of(self.grid(role))

    def channel(self, name: str) -> dict[str, Any]:
        (found,) = [one for one in self.header["channels"] if one["name"] == name]
        return found

    def patches(self, name: str) -> NDArray[Any]:
        channel = self.channel(name)
        shape = (self.steps, channel["rows"], channel["cols"])
        if "product" not in channel:
            return self.buffers[channel["values"]].reshape(shape)
        product = np.ones(shape)
        for factor in map(self.channel, channel["product"]):
            cells = self.values_of(self.header["grids"][factor["grid"]]).astype(np.float64)
            product *= np.stack([cells[self.window(step, factor)] for step in range(self.steps)])
        return product

    def window(self, step: int, channel: dict[str, Any]) -> tuple[slice, slice]:
        """The cells of a channel's window, each inside its grid."""
        rows, cols = self.places(step, channel)
        grid = self.header["grids"][channel["grid"]]
        for places, size in ((rows, grid["rows"]), (cols, grid["cols"])):
            assert places[0] >= 0
            assert places[-1] < size
        return (
            slice(int(rows[0]), int(rows[-1]) + 1, max(channel["rowStep"], 1)),
            slice(int(cols[0]), int(cols[-1]) + 1, max(channel["colStep"], 1)),
        )

    def places(self, step: int, channel: dict[str, Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The rows and columns of a channel's window, which may lie outside its grid."""
        top, left = self.corners(channel)[step].astype(int)
        return (
            top + np.arange(channel["rows"]) * channel["rowStep"],
            left + np.arange(channel["cols"]) * channel["colStep"],
        )

    def frames(self) -> Iterator[list[NDArray[np.float64]]]:
        """The numbers of all grids, before the first step and after each; NaN is an empty cell."""
        grids = [
            np.zeros((grid["rows"], grid["cols"]))
            if grid["values"] is None
            else self.values_of(grid).astype(np.float64)
            for grid in self.header["grids"]
        ]
        yield [grid.copy() for grid in grids]
        writing = [one for one in self.header["channels"] if one["mode"] != "read"]
        patches = {one["name"]: self.patches(one["name"]) for one in writing}
        for step in range(self.steps):
            for channel in writing:
                grid = grids[channel["grid"]]
                rows, cols = self.places(step, channel)
                inside = [
                    (at >= 0) & (at < size)
                    for at, size in zip((rows, cols), grid.shape, strict=True)
                ]
                window = np.ix_(rows[inside[0]], cols[inside[1]])
                patch = patches[channel["name"]][step][np.ix_(*inside)]
                if channel["mode"] == "add":
                    np.add.at(grid, window, patch)
                else:
                    grid[window] = patch
            yield [grid.copy() for grid in grids]

    def result(self, grids: list[NDArray[np.float64]]) -> NDArray[np.float64]:
        """The cells of the result inside its frame."""
        at = self.header["layout"]["result"]
        frame = self.header["grids"][at]["frame"]
        if frame is None:
            return grids[at]
        rows = slice(frame["row"], frame["row"] + frame["rows"])
        return grids[at][rows, frame["col"] : frame["col"] + frame["cols"]]

    def output(self) -> NDArray[np.float64]:
        """The cells of the result inside its frame, after the last step."""
        *_, last = self.frames()
        return self.result(last)


def decode(data: bytes) -> Payload:
    """Read the first scene of a message."""
    return decode_all(data)[0]


def decode_all(data: bytes) -> list[Payload]:
    """Read a message's scenes."""
    opening, scenes = open_message(data)
    message, buffers = read_header(scenes)
    return [Payload(opening, {**message, **scene}, buffers) for scene in message.pop("scenes")]


def open_message(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Part how a component opens from what it draws; nothing is said of it by itself."""
    header, end = _header(data)
    return ({}, data) if "buffers" in header else (header, data[end:])


def read_header(data: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Read a JSON header and the buffers behind it, each on an 8-byte boundary."""
    message, base = _header(data)
    index = message.pop("buffers")
    buffers: dict[str, NDArray[Any]] = {}
    end = base
    for name, part in index.items():
        if "type" in part:
            at, kind = base + part["offset"], TYPES[part["type"]]
            assert at == end
            buffers[name] = np.frombuffer(data, kind, part["length"], at)
            end = at + -(-buffers[name].nbytes // 8) * 8
    assert end == len(data)
    while missing := [name for name in index if name not in buffers]:
        for name in missing:
            made = _made(index[name], buffers)
            if made is not None:
                buffers[name] = made
    return message, buffers


def _header(data: bytes) -> tuple[dict[str, Any], int]:
    """A JSON header and where it ends."""
    length, nothing = struct.unpack_from("<II", data)
    assert nothing == length % 8 == 0
    return json.loads(data[8 : 8 + length]), 8 + length


def _made(part: dict[str, Any], buffers: dict[str, NDArray[Any]]) -> NDArray[Any] | None:
    """A buffer that follows from others, once these are there."""
    needed = part.get("outer") or part["sparse"]
    if any(name not in buffers for name in needed):
        return None
    first, second = (buffers[name] for name in needed)
    if "outer" in part:
        return np.multiply.outer(first.astype(np.float64), second.astype(np.float64)).ravel()
    whole = np.zeros(part["length"], second.dtype)
    whole[np.cumsum(first.astype(int)) - 1] = second
    return whole


def plotly_array(value: Any) -> NDArray[Any]:
    """An array of a plotly figure's JSON, spelled out or packed."""
    if isinstance(value, list):
        return np.array(value)
    packed = np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
    shape = [int(side) for side in value.get("shape", str(packed.size)).split(",")]
    assert packed.size == np.prod(shape)
    return packed.reshape(shape)


@dataclass(frozen=True)
class SizeFormula:
    """The numbers of an output-size formula in LaTeX."""

    n: int
    stride: int
    padding: int
    dilation: int
    k: int
    output_padding: int
    size: int
    hues: tuple[str, ...]

    @property
    def left(self) -> int:
        """The left side, worked out as it is written."""
        reach = self.dilation * (self.k - 1)
        return (self.n - 1) * self.stride - 2 * self.padding + reach + self.output_padding + 1


def read_size_formula(latex: str) -> SizeFormula:
    r"""Read `(n-1)\cdot s - 2\cdot p + d\cdot(k-1) + op + 1 = size`."""
    coloured = r"\\textcolor\{(#[0-9a-f]{6})\}\{(?:\\mathbf\{)?(\d+)\}?\}"
    hues = tuple(hue for hue, _ in re.findall(coloured, latex))
    plain = re.sub(coloured, r"\2", latex).replace(r"\cdot", "*")
    written = r"\((\d+)-1\)\*(\d+) - 2\*(\d+) \+ (\d+)\*\((\d+)-1\) \+ (\d+) \+ 1 = (\d+)"
    found = re.fullmatch(written, plain.strip("$"))
    assert found, latex
    return SizeFormula(*map(int, found.groups()), hues=hues)
