"""Every colour of the app, by role; nothing else spells a hex colour."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Theme:
    """One hue per role, the same in the player, the charts and the formulas.

    `positive` and `negative` are the ends of the one diverging scale; counts run from `page` to
    `output`.
    """

    page: str
    panel: str
    ink: str
    soft: str
    line: str
    input: str
    kernel: str
    stamp: str
    output: str
    positive: str
    negative: str
    warning: str
    black: str = "#000000"
    white: str = "#ffffff"


LIGHT = Theme(
    page="#ffffff",
    panel="#f6f7fb",
    ink="#111724",
    soft="#5d6679",
    line="#d9deea",
    input="#3b5bdb",
    kernel="#946010",
    stamp="#a03fa8",
    output="#0f766e",
    positive="#d9730d",
    negative="#2f6fb7",
    warning="#b4530a",
)
DARK = Theme(
    page="#0f1420",
    panel="#171e2e",
    ink="#e7ebf3",
    soft="#98a2b8",
    line="#2c3650",
    input="#8aa2ff",
    kernel="#e0b354",
    stamp="#d68be0",
    output="#4fd1c5",
    positive="#f0954a",
    negative="#6aa9ee",
    warning="#f0954a",
)
LEAST_CONTRAST = 4.5
"""Of text this small on its ground: WCAG 2.2, success criterion 1.4.3."""
THEMES: dict[ThemeName, Theme] = {"light": LIGHT, "dark": DARK}


def css_variables() -> str:
    """Return the roles as CSS custom properties, chosen by `data-theme`.

    >>> "--input: #3b5bdb;" in css_variables()
    True
    """
    return "\n".join(
        f'[data-theme="{name}"] {{ '
        + " ".join(f"--{field.name}: {getattr(theme, field.name)};" for field in fields(theme))
        + " }"
        for name, theme in THEMES.items()
    )


def counts_scale(theme: Theme) -> list[tuple[float, str]]:
    """Return the sequential colour scale of counts, from none to the most.

    >>> counts_scale(LIGHT)[0]
    (0.0, '#ffffff')
    """
    return [(step / 4, counts_colour(theme, step / 4)) for step in range(5)]


def counts_colour(theme: Theme, share: float) -> str:
    """Return the colour of a count that is `share` of the most.

    >>> counts_colour(LIGHT, 0.0) == LIGHT.page
    True
    """
    return mix(theme.page, theme.output, 0.85 * share)


def diverging_scale(theme: Theme) -> list[tuple[float, str]]:
    """Return the diverging colour scale of signed values, centred on zero.

    >>> diverging_scale(LIGHT)[2]
    (0.5, '#ffffff')
    """
    return [(step / 4, diverging_colour(theme, step / 2 - 1)) for step in range(5)]


def diverging_colour(theme: Theme, share: float) -> str:
    """Return the colour of a signed value that is `share` (-1 to 1) of the scale's end.

    >>> diverging_colour(LIGHT, 0.0) == LIGHT.page
    True
    """
    return mix(theme.page, theme.positive if share > 0 else theme.negative, 0.85 * abs(share))


def mix(start: str, end: str, share: float) -> str:
    """Return the colour that lies `share` of the way from start to end.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    channels = (round(a + (b - a) * share) for a, b in zip(_rgb(start), _rgb(end), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21.

    Source:
        WCAG 2.2, "contrast ratio" and "relative luminance".

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def readable(theme: Theme, background: str) -> str:
    """Return a text colour with a contrast of at least 4.5 on the background.

    The theme's ink or page colour where one of them has it; else black or white, one of which has
    it on every colour.

    >>> readable(LIGHT, "#ffffff") == LIGHT.ink
    True
    """

    def best(first: str, second: str) -> str:
        return max((first, second), key=lambda colour: contrast(colour, background))

    own = best(theme.ink, theme.page)
    return own if contrast(own, background) >= LEAST_CONTRAST else best(theme.black, theme.white)


def _luminance(colour: str) -> float:
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in _rgb(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
