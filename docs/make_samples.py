"""Draw the sample pictures into assets/samples, always the same ones.

python -m docs.make_samples
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from docs.sample_scene import draw_scene

SAMPLES = Path(__file__).parents[1] / "assets" / "samples"

PAGE = (
    (19, "Stamps", (176, 58, 46)),
    (12, "One pixel, one kernel", (32, 38, 48)),
    (10, "Scale it, place it, add it up.", (32, 38, 48)),
    (8, "Where stamps overlap, values sum:", (70, 78, 92)),
    (8, "2 + 0.5 = 2.5, and 1/4 of (a - b).", (70, 78, 92)),
    (10, "ABCDEF abcdef 0123456789", (28, 84, 140)),
    (7, "Small print: the quick brown fox jumps", (70, 78, 92)),
    (7, "over the lazy dog, @ 100 % & more.", (70, 78, 92)),
)
"""The lines of text.png: size in pixels, words, colour."""

PATCHES = (
    (222, 122, 104),
    (233, 190, 110),
    (170, 184, 106),
    (104, 170, 130),
    (92, 164, 176),
    (92, 120, 186),
    (142, 108, 176),
    (198, 112, 146),
)
"""The colours of flat.png, levels 0 to 255."""


def draw_text() -> Image.Image:
    """Return a printed page, 160 × 120 RGB, in the font that comes with Pillow.

    It is drawn four times larger and averaged, so that the words look the same on every machine.
    """
    page = Image.new("RGB", (640, 480), (250, 248, 243))
    draw = ImageDraw.Draw(page)
    top = 12
    for size, words, colour in PAGE:
        font = ImageFont.load_default(4 * size)
        if isinstance(font, ImageFont.FreeTypeFont):
            font = font.font_variant(layout_engine=ImageFont.Layout.BASIC)
        draw.text((32, top), words, fill=colour, font=font)
        top += round(5.3 * size) + 4
    return page.resize((160, 120), Image.Resampling.BOX)


def draw_zone_plate() -> Image.Image:
    """Return rings whose frequency grows with the radius, 128 × 128 RGB.

    It reaches half a cycle per pixel, the most that pixels can carry, where the rings fade out.
    """
    size = 128
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    radius = np.hypot(x, y)
    fade = np.clip((size / 2 - radius) / 6, 0, 1)
    rings = np.cos(np.pi * radius**2 / size) * fade
    levels = np.rint(127.5 + 127.5 * rings).astype(np.uint8)
    return Image.fromarray(levels).convert("RGB")


def draw_flat() -> Image.Image:
    """Return even patches over slow gradients, 128 × 96 RGB, where any pattern shows."""
    chart = np.full((96, 128, 3), 238.0)
    for index, colour in enumerate(PATCHES):
        top, left = 4 + 28 * (index // 4), 4 + 31 * (index % 4)
        chart[top : top + 24, left : left + 27] = colour
    across = np.linspace(0, 1, 120)
    dusk = ((38, 62, 122), (192, 92, 122), (250, 206, 134))
    for channel, levels in enumerate(zip(*dusk, strict=True)):
        chart[60:76, 4:124, channel] = np.interp(across, (0, 0.5, 1), levels)
    chart[80:92, 4:124] = 20 + 200 * across[:, None]
    return Image.fromarray(np.rint(chart).astype(np.uint8))


SAMPLE_PICTURES: dict[str, Callable[[], Image.Image]] = {
    "scene.png": draw_scene,
    "text.png": draw_text,
    "zone_plate.png": draw_zone_plate,
    "flat.png": draw_flat,
}


def main() -> None:
    """Write every sample picture."""
    SAMPLES.mkdir(parents=True, exist_ok=True)
    for name, draw in SAMPLE_PICTURES.items():
        draw().save(SAMPLES / name, optimize=True)
        print(f"{name}: {(SAMPLES / name).stat().st_size / 1024:.1f} KiB")


if __name__ == "__main__":
    main()
