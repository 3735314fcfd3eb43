"""A scene as an animated GIF or WebP: one frame per step, then the finished picture, held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tconv_ui.export.drawing import Drawing
from tconv_ui.export.measures import WIDTH
from tconv_ui.player.replay import State, states, step_count
from tconv_ui.player.scene import Scene
from tconv_ui.theme import Theme

FileKind = Literal["GIF", "WebP"]
Progress = Callable[[float], object]
"""Told the share of the frames drawn."""

MOST_STEPS = 144
MOST_PIXELS = 60_000_000
"""Of all frames together: a file takes less than 2 s of processor, `tests.pages.heaviest`."""
HELD = 2400  # ms
_EXACT, _COLOURS, _SAMPLES = 176, 255, 8  # a GIF needs one index for "as it was"
_UNKNOWN = 255


@dataclass(frozen=True, slots=True)
class Animation:
    """An animated picture as a file.

    Attributes:
        data: The file.
        size: (width, height) in pixels.
        frames: How many there are, the held one included.
        wide: Whether it is as wide as was asked.
    """

    data: bytes
    size: tuple[int, int]
    frames: int
    wide: bool


def animate(
    scene: Scene,
    theme: Theme,
    kind: FileKind,
    scale: int = 1,
    progress: Progress = lambda share: None,  # noqa: ARG005 - the name says what is told
) -> Animation:
    """Return a scene as an animation that loops.

    Args:
        scene: What is drawn; of more than 144 steps every second, third, ... one.
        theme: The colours.
        kind: The file's format.
        scale: 1 or more; less is used where all frames together would exceed 60 million pixels.
        progress: Called after each frame.
    """
    wanted = set(drawn_steps(step_count(scene)))
    shown = [state for state in states(scene) if state.done in wanted]
    count = len(shown) + 1
    drawing = Drawing(scene, theme, shown)
    area = WIDTH * drawing.stage.height * count
    fitting = next((each for each in range(scale, 1, -1) if area * each**2 <= MOST_PIXELS), 1)
    drawing = Drawing(scene, theme, shown, fitting)
    palette = _Palette([drawing.frame(state) for state in _sample(shown)])
    frames = _frames(drawing, shown, palette, progress)
    pause = step_time(step_count(scene)) * step_count(scene) / max(1, len(shown))
    durations = [round(pause)] * len(shown) + [HELD]
    return Animation(_encode(frames, durations, kind), drawing.size, count, fitting == scale)


def drawn_steps(count: int) -> list[int]:
    """Return which of that many steps get a frame: all, or every so many and the last.

    >>> drawn_steps(4), len(drawn_steps(144)), drawn_steps(600)[:3], drawn_steps(600)[-1]
    ([1, 2, 3, 4], 144, [5, 10, 15], 600)
    """
    every = -(-count // MOST_STEPS)
    return sorted({*range(every, count + 1, every), count}) if count else [0]


def step_time(count: int) -> int:
    """Return how long a frame stays, in milliseconds: the player's time at its own speed.

    >>> step_time(9), step_time(36), step_time(256)
    (1200, 720, 110)
    """
    return round(min(1200, max(110, 26000 / count))) // 10 * 10 if count else HELD


def _frames(
    drawing: Drawing, shown: list[State], palette: _Palette, progress: Progress
) -> Iterator[Image.Image]:
    for index, state in enumerate(shown):
        yield palette.reduce(drawing.frame(state))
        progress((index + 1) / (len(shown) + 1))
    yield palette.reduce(drawing.frame(shown[-1], finished=True))
    progress(1.0)


def _encode(frames: Iterator[Image.Image], durations: list[int], kind: FileKind) -> bytes:
    buffer = BytesIO()
    first = next(frames)
    if kind == "GIF":
        first.save(
            buffer,
            "GIF",
            save_all=True,
            append_images=frames,
            duration=durations,
            loop=0,
            optimize=True,  # what does not change between two frames costs nothing
            disposal=1,
        )
    else:
        first.save(
            buffer,
            "WEBP",
            save_all=True,
            append_images=list(frames),
            duration=durations,
            loop=0,
            lossless=True,
            quality=0,  # of lossless files: how long to search for the smallest
            method=1,
        )
    return buffer.getvalue()


def _sample(shown: list[State]) -> list[State]:
    """A few states, in order, the last among them."""
    return [*shown[: -1 : max(1, len(shown) // _SAMPLES)], shown[-1]]


class _Palette:
    """The one palette of all frames: the commonest colours as they are, the others averaged.

    Each pixel gets the nearest colour. (Pillow's own search takes four neighbouring levels for one,
    and the page would not be white.)
    """

    def __init__(self, frames: list[Image.Image]) -> None:
        tally: Counter[int] = Counter()
        for frame in frames:
            for count, colour in frame.getcolors(frame.width * frame.height) or []:
                assert isinstance(colour, tuple)
                tally[colour[0] | colour[1] << 8 | colour[2] << 16] += count
        colours = np.array([colour for colour, _ in tally.most_common()], np.uint32)
        chosen = _levels(colours[:_EXACT])
        if colours.size > _EXACT:
            rest = Image.fromarray(_levels(colours[_EXACT:]).astype(np.uint8)[np.newaxis])
            averaged = rest.quantize(_COLOURS - _EXACT, Image.Quantize.MEDIANCUT).getpalette()
            chosen = np.concatenate([chosen, np.reshape(averaged or [], (-1, 3))])
        self._levels = chosen[:_COLOURS]
        self._index = np.full(1 << 24, _UNKNOWN, np.uint8)
        self._learn(colours)

    def reduce(self, frame: Image.Image) -> Image.Image:
        """Return a frame as indices of the palette."""
        packed = _packed(frame)
        if (unknown := packed[self._index[packed] == _UNKNOWN]).size:
            self._learn(np.unique(unknown))
        image = Image.frombytes("P", frame.size, self._index[packed].tobytes())
        image.putpalette(self._levels.astype(np.uint8).tobytes())
        return image

    def _learn(self, colours: NDArray[np.uint32]) -> None:
        """Note which index is nearest to each of these colours."""
        apart = (_levels(colours)[:, np.newaxis] - self._levels) ** 2
        self._index[colours] = apart.sum(-1).argmin(-1)


def _packed(frame: Image.Image) -> NDArray[np.uint32]:
    """Each pixel as one number of 24 bits."""
    words = np.frombuffer(frame.convert("RGBA").tobytes(), "<u4")
    return (words & 0xFFFFFF).astype(np.uint32, copy=False)


def _levels(packed: NDArray[np.uint32]) -> NDArray[np.int64]:
    """(n, 3), red, green and blue."""
    return np.stack([packed >> shift & 0xFF for shift in (0, 8, 16)], -1).astype(np.int64)
