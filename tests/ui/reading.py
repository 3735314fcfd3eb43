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

TYPES = {"f4": np.dtype("<f4"), "i2": np.dtype("<i2"), "u1": np.dtype("u1")}


@dataclass(frozen=True)
class Payload:
    """A scene as `assets/player/scene.js` decodes it."""

    start: int
    header: dict[str, Any]
    buffers: dict[str, NDArray[Any]]

    @property
    def positions(self) -> NDArray[Any]:
        """(steps, channels, 2): the first cell of each channel's window in each step."""
        return self.buffers["positions"].reshape(
            self.header["steps"], len(self.header["channels"]), 2
        )

    def grid(self, role: str) -> dict[str, Any]:
        (found,) = [grid for grid in self.header["grids"] if grid["role"] == role]
        return found

    def values(self, role: str) -> NDArray[Any]:
        grid = self.grid(role)
        return self.buffers[grid["values"]].reshape(grid["rows"], grid["cols"])

    def patches(self, name: str) -> NDArray[Any]:
        (channel,) = [one for one in self.header["channels"] if one["name"] == name]
        shape = (self.header["steps"], channel["rows"], channel["cols"])
        return self.buffers[channel["values"]].reshape(shape)

    def window(self, step: int, channel: dict[str, Any]) -> tuple[slice, slice]:
        """The cells of a channel's window, each inside its grid."""
        grid = self.header["grids"][channel["grid"]]
        index = self.header["channels"].index(channel)
        sides = []
        for side, first in zip(("row", "col"), self.positions[step, index].tolist(), strict=True):
            gap = channel[f"{side}Step"]
            last = first + (channel[f"{side}s"] - 1) * gap
            assert 0 <= first <= last < grid[f"{side}s"]
            sides.append(slice(first, last + 1, max(gap, 1)))
        return sides[0], sides[1]

    def frames(self) -> Iterator[list[NDArray[np.float64]]]:
        """The numbers of all grids, before the first step and after each."""
        grids = [
            np.zeros((grid["rows"], grid["cols"]))
            if grid["values"] is None
            else self.values(grid["role"]).astype(np.float64)
            for grid in self.header["grids"]
        ]
        yield [grid.copy() for grid in grids]
        for step in range(self.header["steps"]):
            for channel in self.header["channels"]:
                if channel["mode"] == "read":
                    continue
                window, patch = self.window(step, channel), self.patches(channel["name"])[step]
                before = grids[channel["grid"]][window] if channel["mode"] == "add" else 0
                merged = (channel["rowStep"], channel["colStep"]) == (0, 0)
                grids[channel["grid"]][window] = before + (patch.sum() if merged else patch)
            yield [grid.copy() for grid in grids]

    def output(self) -> NDArray[np.float64]:
        """The cells of the result inside its frame, after the last step."""
        *_, last = self.frames()
        at = self.header["layout"]["result"]
        frame = self.header["grids"][at]["frame"]
        rows = slice(frame["row"], frame["row"] + frame["rows"])
        return last[at][rows, frame["col"] : frame["col"] + frame["cols"]]


def decode(data: bytes) -> Payload:
    """Read a payload: u32 start, u32 header length, JSON header, buffers on 8-byte boundaries."""
    start, length = struct.unpack_from("<II", data)
    base = 8 + length
    assert base % 8 == 0
    header = json.loads(data[8:base])
    buffers = {}
    end = base
    for name, part in header["buffers"].items():
        at, kind = base + part["offset"], TYPES[part["type"]]
        assert at == end
        buffers[name] = np.frombuffer(data, kind, part["length"], at)
        end = at + -(-buffers[name].nbytes // 8) * 8
    assert end == len(data)
    return Payload(start, header, buffers)


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
