"""The network drawn as a row of boxes: height and width tell the map, depth the channels."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import log2

from tconv_core.network import LayerSpec
from tconv_core.network.network import Shape
from tconv_ui.decoder.words import SHORT_NAMES, short_words, size_words, skip_words
from tconv_ui.theme import Theme, mix
from tconv_ui.wording import times

_DEEPEST = 9  # sheets behind a box
_WIDE = 94  # pixels of an item


def strip_html(
    shapes: Sequence[Shape],
    layers: Sequence[LayerSpec],
    theme: Theme,
    *,
    selected: int,
    broken: int | None = None,
) -> str:
    """Return the boxes as HTML that wraps where the page is narrow.

    Args:
        shapes: (C, H, W) of the input and of what each layer makes, as far as they are known.
        layers: All layers; those without a shape are drawn empty.
        theme: The colours.
        selected: The index of the layer that is being edited.
        broken: The index of the layer that does not fit, if any.
    """
    room = max(side_pixels(height) + 2 * sheets(channels) for channels, height, _ in shapes) + 14
    first = _box(shapes[0], theme.input, theme)
    items = [_item(first, ("input", ""), shapes[0], "", theme, room=room, lit=False)]
    for index, spec in enumerate(layers):
        known = index + 1 < len(shapes)
        box = (
            _box(shapes[index + 1], theme.output, theme) if known else _gap(theme, index == broken)
        )
        shape = shapes[index + 1] if known else None
        name = (f"{index + 1} {SHORT_NAMES[spec.kind]}", size_words(spec))
        words = skip_words(spec)
        lit = index == selected
        items.append(_item(box, name, shape, words, theme, room=room, lit=lit))
    return (
        f'<div role="img" aria-label="{escape(_said(shapes, layers))}" style="display:flex;'
        f'flex-wrap:wrap;gap:6px 13px;align-items:flex-start;line-height:1.3">'
        f"{''.join(items)}</div>"
    )


def side_pixels(size: int) -> int:
    """Return how long a side of so many cells is drawn: 7 pixels more per doubling.

    >>> side_pixels(1), side_pixels(64), side_pixels(1024)
    (8, 50, 78)
    """
    return round(8 + 7 * log2(size))


def sheets(channels: int) -> int:
    """Return how many sheets lie behind a box: one per doubling of the channels.

    >>> sheets(1), sheets(3), sheets(512)
    (0, 2, 9)
    """
    return min(_DEEPEST, round(log2(channels)))


def _box(shape: Shape, hue: str, theme: Theme) -> str:
    channels, height, width = shape
    face, edge = mix(theme.page, hue, 0.28), mix(theme.page, hue, 0.85)
    behind, depth = [], sheets(channels)
    for sheet in range(1, depth + 1):
        shade = mix(theme.page, hue, 0.28 if sheet % 2 == 0 else 0.7)
        behind.append(f"{sheet * 2}px {-sheet * 2}px 0 {shade}")
    shadow = f"box-shadow:{','.join(behind)};" if behind else ""
    return (
        f'<div style="width:{side_pixels(width)}px;height:{side_pixels(height)}px;'
        f"background:{face};border:1.5px solid {edge};border-radius:2px;box-sizing:border-box;"
        f'margin-right:{2 * depth}px;{shadow}"></div>'
    )


def _gap(theme: Theme, broken: bool) -> str:
    hue = theme.warning if broken else theme.line
    return (
        f'<div style="width:48px;height:48px;border:2px dashed {hue};border-radius:4px;'
        f"box-sizing:border-box;color:{hue};display:flex;align-items:center;"
        f'justify-content:center;font-weight:700">{"?" if broken else ""}</div>'
    )


def _item(
    box: str,
    name: tuple[str, str],
    shape: Shape | None,
    note: str,
    theme: Theme,
    *,
    room: int,
    lit: bool,
) -> str:
    size = "" if shape is None else times(shape[1:])
    channels = "" if shape is None else f"{shape[0]} ch."
    ground = f"background:{theme.panel};" if lit else ""
    edge = theme.input if lit else "transparent"
    arrow = _arrow(theme, room) if name[1] else ""
    lines = (
        (size, 13, theme.ink, 600),
        (channels, 12, theme.soft, 400),
        (name[0], 12, theme.kernel, 400),
        (name[1], 12, theme.kernel, 400),
        (note, 11, theme.stamp, 400),
    )
    words = "".join(
        f'<div style="font-size:{points}px;color:{hue};font-weight:{weight}">'
        f"{escape(text)}&nbsp;</div>"
        for text, points, hue, weight in lines
    )
    return (
        f'<div style="position:relative;width:{_WIDE}px;padding:2px 2px 4px;'
        f"border:1.5px solid {edge};"
        f'border-radius:8px;box-sizing:border-box;{ground}">{arrow}'
        f'<div style="height:{room}px;display:flex;align-items:flex-end;'
        f'justify-content:center;padding-bottom:6px;box-sizing:border-box">{box}</div>'
        f'<div style="text-align:center;font-variant-numeric:tabular-nums">{words}</div></div>'
    )


def _arrow(theme: Theme, room: int) -> str:
    return (
        f'<div style="position:absolute;left:-14px;top:{room - 34}px;color:{theme.soft};'
        f'font-size:15px">→</div>'
    )


def _said(shapes: Sequence[Shape], layers: Sequence[LayerSpec]) -> str:
    parts = [f"Input {shapes[0][0]} channels of {times(shapes[0][1:])}"]
    for index, spec in enumerate(layers):
        known = index + 1 < len(shapes)
        made = shapes[index + 1] if known else None
        told = f"{made[0]} channels of {times(made[1:])}" if made else "does not fit yet"
        parts.append(f"layer {index + 1}, {short_words(spec)}: {told}")
    return "; ".join(parts)
