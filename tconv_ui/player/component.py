"""The animation component: scenes in, where the viewer came to rest out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import streamlit as st

from tconv_ui.layer.state import following
from tconv_ui.player.payload import opened
from tconv_ui.shell.bundles import component_script, read_bundle
from tconv_ui.shell.links import write_link
from tconv_ui.theme import css_variables
from tconv_ui.wording import quoted

LARGEST = 9999
"""No step and no cell of a scene has a larger number."""


@dataclass(frozen=True, slots=True)
class View:
    """Where a viewer came to rest: steps done, and the pinned output cell if any: (y, x), and then
    the number of its output where that is not the first.

    A link may pin a cell and leave the step to the player: None.
    """

    step: int | None
    pin: tuple[int, ...] | None = None


def play(scenes: bytes, *, key: str, opening: View | None = None, live: str = "") -> View | None:
    """Show the player; return where the viewer came to rest, or None before the first move.

    Args:
        scenes: What to play, from `payload.encode`.
        key: The widget's key, one per player on a page.
        opening: Where the player opens.
        live: The name among `live.views.VIEWS` by which it asks for other scenes of a layer while a
            control moves; it does not if left out.
    """
    told = {} if opening is None else {"start": opening.step, "pin": opening.pin}
    result = player_component(
        key=key,
        data=opened(scenes, {**told, **following(live)}),
        default={"view": None},
        on_view_change=lambda: None,
    )
    return read_view(result.get("view"))


def loop(scenes: bytes, *, key: str, height: int, live: str = "") -> None:
    """Play a scene by itself, over and over, with a pause; the server hears nothing of it.

    It waits for a click where motion is not welcome. The height is fixed, so that nothing below
    moves when the component comes up.

    Args:
        scenes: What to play, from `payload.encode`.
        key: The component's key.
        height: Of all of it, in pixels.
        live: As of `play`.
    """
    player_component(
        key=key,
        data=opened(scenes, {"loop": height, **following(live)}),
        default={"view": None},
        on_view_change=lambda: None,
        height=height,
    )


def view_from_link(prefix: str = "") -> View | None:
    """Return where the URL says the player should open; None leaves it to the player.

    Args:
        prefix: Of the parameters' names, where a page holds several players.
    """
    step, pin = (st.query_params.get(prefix + name, "") for name in ("step", "pin"))
    found = re.fullmatch(r"(-?[0-9]{1,4}),(-?[0-9]{1,4})(?:,([0-2]))?", pin)
    if (step and not re.fullmatch(r"[0-9]{1,4}", step)) or (pin and not found):
        st.info(
            f"The link's {prefix}step={quoted(step)} and {prefix}pin={quoted(pin)} are not a step "
            "and a cell such as step=5 and pin=1,2: the player opens where it likes.",
            icon=":material/link_off:",
        )
        return None
    if not step and not found:
        return None
    cell = tuple(int(each) for each in found.groups() if each) if found else None
    return View(int(step) if step else None, cell)


def view_to_link(view: View | None, prefix: str = "") -> None:
    """Write where the viewer came to rest to the URL."""
    if view is None:
        return
    words = {f"{prefix}step": str(view.step)}
    if view.pin is not None:
        words[f"{prefix}pin"] = ",".join(str(each) for each in view.pin)
    write_link(words, dropped=(f"{prefix}pin",))


def read_view(value: Any) -> View | None:
    """Return where the browser says the viewer rests, None where that is no such place."""
    match value:
        case {"step": step, "pin": [y, x]} if _fits(step, 0) and _fits(y) and _fits(x):
            return View(step, (y, x))
        case {"step": step, "pin": [y, x, at]} if (
            _fits(step, 0) and _fits(y) and _fits(x) and _fits(at, 1) and at < 3
        ):
            return View(step, (y, x, at))
        case {"step": step, "pin": None} if _fits(step, 0):
            return View(step)
        case _:
            return None


def _fits(number: object, low: int = -LARGEST) -> bool:
    return type(number) is int and low <= number <= LARGEST


player_component = st.components.v2.component(
    "tconv_player",
    css=css_variables() + "\n" + read_bundle("player.css"),
    js=component_script("player.js"),
)
