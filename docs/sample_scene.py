"""The sample photograph: a lake at evening, made of noise, gradients and strokes.

Lengths are in picture heights from the top left, colours are levels 0 to 255.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Field = NDArray[np.float64]
Colour = tuple[float, float, float] | Field
Point = tuple[float, float]

SIZE = (192, 128)
FINE = 5
"""The scene is drawn this many times larger, then averaged: that makes every edge smooth."""

WIDTH, HEIGHT = SIZE[0] * FINE, SIZE[1] * FINE
Y, X = (np.mgrid[:HEIGHT, :WIDTH] + 0.5) / HEIGHT
HORIZON = 0.63
SUN = (0.93, 0.43)


def draw_scene() -> Image.Image:
    """Return the scene, 192 × 128 RGB."""
    rng = np.random.default_rng(7)
    view = _sky(rng)
    for layer in (_far_range, _hills, _forest):
        view = layer(view, rng)
    view = _water(view, rng)
    canvas = Image.fromarray(view.clip(0, 255).astype(np.uint8))
    brush = _Brush(canvas)
    _shore(brush, rng)
    _tree(brush, rng)
    small = np.asarray(canvas.resize(SIZE, Image.Resampling.BOX), dtype=np.float64)
    grain = rng.normal(0, 0.9, (*small.shape[:2], 1))
    return Image.fromarray((small + grain).clip(0, 255).astype(np.uint8))


class _Brush:
    """Draws on a canvas in picture heights."""

    def __init__(self, canvas: Image.Image) -> None:
        self._draw = ImageDraw.Draw(canvas)

    def fill(self, colour: Colour, *corners: Point) -> None:
        self._draw.polygon([(x * HEIGHT, y * HEIGHT) for x, y in corners], fill=_levels(colour))

    def line(self, colour: Colour, width: float, *corners: Point) -> None:
        points = [(x * HEIGHT, y * HEIGHT) for x, y in corners]
        self._draw.line(points, fill=_levels(colour), width=max(1, round(width * HEIGHT)))


def _levels(colour: Colour) -> tuple[int, int, int]:
    red, green, blue = (min(255, max(0, int(level))) for level in colour)
    return red, green, blue


def _noise(rng: np.random.Generator, rows: int, cols: int, octaves: int = 5) -> Field:
    """Return smooth noise of mean 0 and deviation 1; rows and cols count its largest blobs."""
    total = np.zeros((HEIGHT, WIDTH))
    for octave in range(octaves):
        grid = rng.normal(size=(rows << octave, cols << octave)).astype(np.float32)
        blobs = Image.fromarray(grid).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
        total += np.asarray(blobs) / 1.9**octave
    return np.asarray((total - total.mean()) / total.std())


def _mix(under: Field, over: Field | tuple[int, int, int], amount: Field) -> Field:
    amount = amount[..., None].clip(0, 1)
    return under * (1 - amount) + np.asarray(over) * amount


def _glow(reach: float) -> Field:
    return np.asarray(np.exp(-np.hypot(X - SUN[0], (Y - SUN[1]) * 1.15) / reach))


def _sky(rng: np.random.Generator) -> Field:
    stops = (0.0, 0.25, 0.45, HORIZON)
    colours = np.array([(62, 98, 158), (126, 160, 196), (222, 196, 178), (250, 205, 150)])
    sky = np.stack([np.interp(Y, stops, channel) for channel in colours.T], axis=-1)
    sky = _mix(sky, (255, 214, 150), 0.85 * _glow(0.22))
    clouds = _noise(rng, 9, 3) + 0.6 * np.sin(9 * Y + 1.5)
    cover = np.clip((clouds - 0.35) / 1.7, 0, 1) * np.clip((0.56 - Y) / 0.25, 0, 1)
    lit = np.clip(1.25 * _glow(0.5), 0, 1)[..., None]
    sky = _mix(sky, np.array([206, 206, 222]) * (1 - lit) + np.array([255, 226, 190]) * lit, cover)
    disc = np.clip((0.03 - np.hypot(X - SUN[0], Y - SUN[1])) * 110, 0, 1)
    return _mix(sky, (255, 250, 228), disc + 0.95 * _glow(0.055))


def _ridge(rng: np.random.Generator, top: float, relief: float, rough: float) -> Field:
    """Return the height of a skyline at each column: octaves of noise, rough from 0 to 1."""
    line, at = np.zeros(WIDTH), np.linspace(0, 1, WIDTH)
    for octave in range(8):
        knots = rng.normal(size=3 * 2**octave + 1)
        line += np.interp(at, np.linspace(0, 1, len(knots)), knots) * rough**octave
    return top - relief * line


def _slopes(rng: np.random.Generator, rows: int, cols: int, octaves: int = 6) -> Field:
    """Return how much light falls on rough ground from the side of the sun, about -1 to 1."""
    ground = _noise(rng, rows, cols, octaves)
    across = np.gradient(ground, axis=1) * np.sign(SUN[0] - X) + 0.6 * np.gradient(ground, axis=0)
    return np.asarray(np.tanh(-across / across.std()))


def _far_range(view: Field, rng: np.random.Generator) -> Field:
    top = _ridge(rng, 0.44, 0.05, 0.52)
    rock = np.array([132, 136, 164]) + 22 * _slopes(rng, 6, 8)[..., None]
    rock = _mix(rock, (244, 206, 172), 0.75 * (Y - 0.36) / (HORIZON - 0.36) + 0.35 * _glow(0.2))
    return _mix(view, rock, (top < Y).astype(float))


def _hills(view: Field, rng: np.random.Generator) -> Field:
    for top, colour, haze in ((0.535, (86, 104, 124), 0.5), (0.575, (58, 84, 86), 0.25)):
        line = _ridge(rng, top, 0.022, 0.45)
        land = np.array(colour) + 9 * _noise(rng, 40, 20)[..., None]
        fade = haze * (Y - line) / 0.08 + 0.7 * _glow(0.16)
        view = _mix(view, _mix(land, (240, 196, 150), fade), (line < Y).astype(float))
    return view


def _forest(view: Field, rng: np.random.Generator) -> Field:
    """Plant conifers on both banks of the far shore, the tallest at the sides."""
    mask = Image.new("L", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(mask)
    for x in rng.uniform(-0.02, 1.52, 420):
        tall = (0.018 + 0.085 * abs(x - 0.72) ** 1.6) * rng.uniform(0.6, 1.25)
        _conifer(draw, x, HORIZON + 0.002, tall, rng)
    shade = np.array([30, 46, 44]) + 10 * _noise(rng, 64, 96, 2)[..., None]
    shade = _mix(shade, (206, 150, 96), 0.55 * _glow(0.14))
    return _mix(view, shade, np.asarray(mask) / 255)


def _conifer(
    draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float, rng: np.random.Generator
) -> None:
    """Draw a stack of ragged triangles, narrower towards the top."""
    levels = 7
    for level in range(levels):
        base = foot - tall * level / levels * 0.85
        half = tall * 0.2 * (1 - level / levels) * rng.uniform(0.75, 1.2)
        tip = base - tall * 0.34
        corners = ((x - half, base), (x + half, base), (x, tip))
        draw.polygon([(a * HEIGHT, b * HEIGHT) for a, b in corners], fill=255)


def _water(view: Field, rng: np.random.Generator) -> Field:
    """Mirror what stands above the horizon, broken by ripples that grow towards the viewer."""
    depth = np.clip((Y - HORIZON) / (1 - HORIZON), 0, 1)
    waves = _noise(rng, 60, 8, 3) + 0.7 * _noise(rng, 22, 5, 3)
    rows = (2 * HORIZON - Y + waves * (0.003 + 0.03 * depth)) * HEIGHT
    cols = X * HEIGHT + waves * (1 + 10 * depth)
    seen = rows.clip(0, HORIZON * HEIGHT - 1).astype(int), cols.clip(0, WIDTH - 1).astype(int)
    mirror = view[seen]
    mirror = _mix(mirror * 0.9, (34, 62, 88), 0.06 + 0.6 * depth + 0.1 * waves * depth)
    path = np.exp(-(((X - SUN[0]) / (0.05 + 0.16 * depth)) ** 2))
    sparkle = np.clip(waves - 0.15, 0, 1) * path * (1 - 0.45 * depth)
    mirror = _mix(mirror, (255, 226, 168), 1.1 * sparkle)
    return _mix(view, mirror, (Y > HORIZON).astype(float))


def _shore(brush: _Brush, rng: np.random.Generator) -> None:
    """Cover the foreground with grass, blade by blade from the back, and set the cabin in it."""
    bumps = _ridge(rng, 0.0, 0.006, 0.5)
    outline = [(x, _bank(x, bumps)) for x in np.linspace(0, 1.5, 200)]
    brush.fill((38, 44, 26), *outline, (1.5, 1.01), (0.0, 1.01))
    spots = [(x, _bank(x, bumps) + down) for x, down in rng.uniform(0, (1.5, 0.22), (9000, 2))]
    spots.sort(key=lambda spot: spot[1])
    floor = 0.825
    behind = sum(foot <= floor for _, foot in spots)
    for index, (x, foot) in enumerate(spots):
        if index == behind:
            _cabin(brush, rng, floor)
        _blade(brush, rng, x, foot, foot - _bank(x, bumps))


def _bank(x: float, bumps: Field) -> float:
    """Return the height of the waterline at x."""
    rise = 0.2 / (1 + np.exp(-(x - 0.98) * 9)) + 0.12 * np.exp(-((x / 0.34) ** 2))
    return float(0.985 - rise + bumps[min(int(x * HEIGHT), WIDTH - 1)])


def _blade(brush: _Brush, rng: np.random.Generator, x: float, foot: float, down: float) -> None:
    long = (0.01 + 0.13 * down) * rng.uniform(0.5, 1.2)
    lean = rng.normal(0.1, 0.35) * long
    light = rng.uniform(0.5, 1.2) * (0.85 - 1.8 * down + 0.6 * np.exp(-abs(x - SUN[0]) / 0.3))
    colour = (np.array((122, 112, 54)) + rng.normal(0, 12) * np.array((1.4, 0.5, 0.4))) * light
    brush.line(colour, 0.003 + 0.02 * down, (x, foot), (x + lean, foot - long))


def _cabin(brush: _Brush, rng: np.random.Generator, floor: float) -> None:
    """Build a log cabin, row by row; the sun is behind it and the lamps are lit."""
    left, middle, corner, right = 1.13, 1.2, 1.27, 1.36
    ridge, eaves = floor - 0.205, floor - 0.115
    brush.fill((84, 70, 68), (1.29, 0.7), (1.29, ridge - 0.04), (1.312, ridge - 0.04), (1.312, 0.7))
    for y in np.arange(ridge, floor, 0.0065):
        half = (corner - middle) * min(1.0, (y - ridge) / (eaves - ridge))
        tone = rng.uniform(0.72, 1.12)
        brush.line(np.array((122, 82, 56)) * tone, 0.0068, (middle - half, y), (middle + half, y))
        if y > eaves - 0.01:
            brush.line(np.array((86, 58, 46)) * tone, 0.0068, (corner, y), (right, y))
    for down in np.linspace(0, 1, 30):
        y = ridge - 0.008 + down * (eaves + 0.022 - ridge)
        start, stop = middle + 0.086 * down, right - 0.05 + 0.065 * down
        tile = np.array((92, 66, 68)) * rng.uniform(0.7, 1.15)
        brush.line(tile, 0.0058, (start, y), (stop, y))
    gable = (left - 0.016, eaves + 0.014), (middle, ridge - 0.008), (corner + 0.016, eaves + 0.014)
    brush.line((240, 196, 146), 0.008, *gable[:2])
    brush.line((150, 112, 86), 0.008, *gable[1:])
    brush.fill((44, 30, 28), (1.212, floor), (1.212, 0.755), (1.242, 0.755), (1.242, floor))
    _window(brush, 1.158, 0.745, 0.028, 0.036)
    _window(brush, 1.3, 0.748, 0.028, 0.036)


def _window(brush: _Brush, x: float, y: float, wide: float, tall: float) -> None:
    frame = (x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall)
    brush.fill((255, 214, 126), *frame)
    brush.line((206, 182, 150), 0.004, *frame, frame[0])
    brush.line((206, 182, 150), 0.003, (x + wide / 2, y), (x + wide / 2, y + tall))
    brush.line((206, 182, 150), 0.003, (x, y + tall / 2), (x + wide, y + tall / 2))


def _tree(brush: _Brush, rng: np.random.Generator) -> None:
    """Grow a tree at the left: every branch forks, and the thin ones carry leaves."""
    tips: list[Point] = []

    def grow(x: float, y: float, angle: float, long: float, thick: float) -> None:
        end = (x + long * float(np.sin(angle)), y - long * float(np.cos(angle)))
        brush.line((44, 34, 31), thick, (x, y), end)
        if thick < 0.008:
            tips.append(end)
        if thick > 0.0022:
            for side in (-1, 1):
                turn = 0.85 * angle + side * rng.uniform(0.2, 0.6)
                grow(*end, turn, long * rng.uniform(0.7, 0.9), thick * rng.uniform(0.6, 0.74))

    brush.fill((44, 34, 31), (0.135, 0.965), (0.155, 0.8), (0.185, 0.8), (0.21, 0.965))
    grow(0.17, 0.95, 0.04, 0.19, 0.034)
    leaves = np.repeat(tips, 14, axis=0) + rng.normal(0, 0.022, (14 * len(tips), 2))
    for x, y in leaves[rng.permutation(len(leaves))]:
        towards = np.exp(-np.hypot(x - SUN[0], y - SUN[1]) / 0.4)
        light = rng.uniform(0.35, 0.9) + 2.4 * towards * rng.uniform(0.2, 1)
        tilt = rng.uniform(0, np.pi)
        half = 0.0045 * np.array((np.cos(tilt), np.sin(tilt)))
        ends = (x - half[0], y - half[1]), (x + half[0], y + half[1])
        brush.line(np.array((92, 92, 42)) * light, 0.006, *ends)
