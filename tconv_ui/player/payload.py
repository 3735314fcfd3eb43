"""Scenes as the bytes the player decodes: a JSON header, then arrays laid end to end.

Everything travels again with each change of the layer, so what follows from other numbers is not
sent: an array that is the outer product of two others, a patch that is the product of the cells it
was read from, a grid that mostly holds zeros. Each is checked to be exactly that before it is left
out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tconv_ui.player.buffers import Buffers
from tconv_ui.player.scale import scale_limit
from tconv_ui.player.scene import Channel, Grid, Links, Readings, Scene

Array = NDArray[Any]


def encode(played: Scene | Readings) -> bytes:
    """Return what the player decodes: one scene, or several readings of a layer at the same time.

    The same scenes are the same bytes, whoever asks and wherever the player opens.
    """
    readings = played if isinstance(played, Readings) else Readings((played,))
    scenes, links = readings.scenes, readings.links
    buffers = Buffers()
    header: dict[str, Any] = {
        "steps": len(scenes[0].caption_of_step),
        "limit": max(scale_limit(scene) for scene in scenes) or 1.0,
        "symbols": readings.symbols,
        "scenes": [_scene_header(scene, buffers, at) for at, scene in enumerate(scenes)],
        "links": None if links is None else _links_header(links, buffers),
    }
    return headed({**header, "buffers": buffers.index}) + b"".join(buffers.parts)


def opened(scenes: bytes, opening: Mapping[str, Any]) -> bytes:
    """Return scenes under what else the component is told: where it opens, and whom it may ask.

    >>> opened(b"scenes", {"start": 2}).endswith(b"scenes")
    True
    """
    return headed(opening) + scenes


def headed(header: Mapping[str, Any]) -> bytes:
    """The bytes of a header: its length as u32, four bytes of nothing, and JSON in eights."""
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return np.array([len(text), 0], "<u4").tobytes() + text


# Headers ------------------------------------------------------------------------------------


def _scene_header(scene: Scene, buffers: Buffers, at: int) -> dict[str, Any]:
    return {
        "name": scene.name,
        "title": scene.title,
        "lead": scene.lead,
        "arrow": scene.arrow,
        "outlines": scene.outlines,
        "grids": [
            _grid_header(grid, buffers, f"{at}-{number}-{grid.role}")
            for number, grid in enumerate(scene.grids)
        ],
        "channels": [_channel_header(one, scene, buffers, at) for one in scene.channels],
        "layout": _layout_header(scene),
        "flight": dict(zip(("from", "to"), scene.flight, strict=True)) if any(scene.flight) else 0,
        "factors": [{"channel": channel, "at": place} for channel, place in scene.terms],
        "captions": scene.captions,
        "captionOfStep": buffers.add(f"{at}-captions", scene.caption_of_step),
        "opening": scene.opening,
        "hint": scene.hint,
        "legend": [{"mark": mark, "text": text} for mark, text in scene.legend],
    }


def _layout_header(scene: Scene) -> dict[str, Any]:
    header: dict[str, Any] = {"factors": scene.factors, "result": scene.result}
    if scene.board is None:
        return header
    sums = {
        name: [[{"channel": channel, "at": at} for channel, at in product] for product in products]
        for name, products in scene.board.sums.items()
    }
    flights = [{"from": start, "to": end} for start, end in scene.board.flights]
    board = {"rows": scene.board.rows, "results": scene.board.results}
    return {**header, "board": {**board, "flights": flights, "sums": sums}}


def _links_header(links: Links, buffers: Buffers) -> dict[str, Any]:
    return {
        "source": _table(links.sources, buffers, "sources"),
        "tap": _table(links.taps, buffers, "taps"),
        "corners": buffers.add("landings", links.corners),
        "spacing": links.spacing,
        "clock": links.clock,
        "target": links.target_shape,
    }


def _table(values: Array, buffers: Buffers, name: str) -> dict[str, Any]:
    rows, cols = values.shape
    return {"rows": rows, "cols": cols, "values": buffers.add(name, values)}


def _grid_header(grid: Grid, buffers: Buffers, name: str) -> dict[str, Any]:
    sides = ("row", "col", "rows", "cols")
    ids = None if grid.ids is None else buffers.add(f"{name}-ids", grid.ids)
    header = {
        "role": grid.role,
        "title": grid.title,
        "subtitle": grid.subtitle,
        "symbol": grid.symbol,
        "rows": grid.shape[0],
        "cols": grid.shape[1],
        "values": _grid_values(grid, buffers, name),
        "frame": None if grid.frame is None else dict(zip(sides, grid.frame, strict=True)),
        "tint": dict(zip(("rows", "cols"), grid.tint, strict=True)) if any(grid.tint) else None,
        "idle": grid.idle,
        "action": grid.action,
        "hint": grid.hint,
        "outside": grid.outside,
    }
    names = ("at", "family", "column", "turns")
    marks = {"ids": ids, **{name: getattr(grid, name) for name in names}}
    return header | {mark: value for mark, value in marks.items() if value}


def _grid_values(grid: Grid, buffers: Buffers, name: str) -> str | list[str] | None:
    """Name the buffer of a grid's values, or those of a table and of where each entry stands."""
    values = grid.values
    if values is None:
        return None
    if grid.ids is not None:
        ids = np.maximum(grid.ids, 0)
        table = np.zeros(int(ids.max()) + 1, values.dtype)
        table[ids] = values
        if np.array_equal(table[ids], values, equal_nan=True):
            return [buffers.add(f"{name}-table", table), buffers.add(f"{name}-ids", grid.ids)]
    return buffers.add(name, values)


def _channel_header(channel: Channel, scene: Scene, buffers: Buffers, at: int) -> dict[str, Any]:
    corners = channel.corners
    constant = bool((corners == corners[0]).all())
    header = {
        "name": channel.name,
        "grid": channel.grid,
        "rows": channel.shape[0],
        "cols": channel.shape[1],
        "rowStep": channel.spacing[0],
        "colStep": channel.spacing[1],
        "mode": channel.mode,
        "corners": buffers.add(
            f"{at}-{channel.name}-corners", corners[:1] if constant else corners
        ),
        "values": None,
        "quiet": channel.quiet,
    }
    if channel.hue:
        header["hue"] = channel.hue
    if channel.patches is not None:
        product = _product_of(channel, scene)
        if product:
            header["product"] = product
        else:
            header["values"] = buffers.add(f"{at}-{channel.name}", channel.patches)
    return header


def _product_of(channel: Channel, scene: Scene) -> list[str] | None:
    """The two channels read whose windows, cell by cell, multiply to the channel's patches."""
    if channel.patches is None or [at for _, at in scene.terms] != ["same", "same"]:
        return None
    windows = []
    for name, _ in scene.terms:
        read = next(one for one in scene.channels if one.name == name)
        grid = scene.grids[read.grid]
        written = any(one.grid == read.grid and one.mode != "read" for one in scene.channels)
        if grid.values is None or written or read.mode != "read" or read.shape != channel.shape:
            return None
        rows, cols = (
            read.corners[:, side, np.newaxis] + np.arange(read.shape[side]) * read.spacing[side]
            for side in (0, 1)
        )
        windows.append(grid.values[rows[:, :, np.newaxis], cols[:, np.newaxis, :]])
    if np.array_equal(windows[0] * windows[1], channel.patches):
        return [name for name, _ in scene.terms]
    return None
