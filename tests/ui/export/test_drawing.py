"""Drawn scenes: every number stands in its cell, and nothing of an earlier frame is left."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from PIL import Image

from tconv_core import Geometry, Trace, conv_transpose2d, trace_scatter
from tconv_ui.export.drawing import Drawing, picture
from tconv_ui.export.lettering import draw_text, shortened, text_width
from tconv_ui.export.measures import HIGHEST, SMALL, TITLE, WIDTH
from tconv_ui.export.stage import shown_shape, stage_of, too_large
from tconv_ui.export.tiles import Look, colours, fitted, shade_of
from tconv_ui.player.replay import State, framed, state_after, states, step_count
from tconv_ui.player.scatter import count_scene, scatter_scene
from tconv_ui.player.scene import Grid, Scene
from tconv_ui.player.words import caption, heading, number_text
from tconv_ui.theme import DARK, LEAST_CONTRAST, LIGHT, Theme, contrast
from tests.node import theme_numbers
from tests.ui.player.test_scatter import traces

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def layer(n: int | tuple[int, int], k: int | tuple[int, int], **rest: int) -> Trace:
    geometry = Geometry.from_torch(n, k, **rest)
    rng = np.random.default_rng(0)
    x = rng.integers(-4, 5, geometry.input_shape).astype(float)
    return trace_scatter(x, rng.integers(-6, 7, geometry.kernel_shape) / 4, geometry)


LAYERS = {
    "first": layer(3, 3, stride=2, padding=1),
    "six": layer(6, 3, stride=2, padding=1),
    "dilated": layer(3, 3, stride=2, dilation=2, padding=1),
    "rectangular": layer((2, 5), (3, 4), stride=2),
    "output padding": layer(4, 3, stride=2, padding=1, output_padding=1),
    "holes": layer(3, 1, stride=3),
    "large kernel": layer(3, 9, stride=2),
    "sixteen": layer(16, 3, stride=2),
    "one": layer(1, 1),
    "tall": layer((16, 1), (9, 1), stride=5),
}
every_layer = pytest.mark.parametrize("trace", LAYERS.values(), ids=LAYERS)


def pixels(scene: Scene, done: int, theme: Theme = LIGHT) -> np.ndarray:
    return np.asarray(picture(scene, done, theme))


# Numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["first", "six", "dilated", "rectangular", "output padding"])
def test_the_last_frame_says_the_output(name: str) -> None:
    trace = LAYERS[name]
    scene = scatter_scene(trace)
    last = state_after(scene, step_count(scene))
    drawing = Drawing(scene, LIGHT, [last])
    rows, cols = framed(scene.grids[3])
    axes = (trace.geometry.rows, trace.geometry.cols)
    padding = tuple(axis.crop[0] for axis in axes)
    wanted = conv_transpose2d(
        trace.input[np.newaxis],
        trace.kernel[np.newaxis, np.newaxis],
        stride=tuple(axis.stride for axis in axes),
        padding=padding,
        output_padding=tuple(axis.crop[0] - axis.crop[1] for axis in axes),
        dilation=tuple(axis.dilation for axis in axes),
    )[0]
    for y, x in np.ndindex(wanted.shape):
        look = drawing.look(3, last, rows.start + y, cols.start + x)
        if look.hole:
            assert wanted[y, x] == 0
            continue
        spellings = [number_text(wanted[y, x], digits) for digits in (4, 3, 2)]
        assert look.text in spellings
        assert look.shade == shade_of(wanted[y, x], float(drawing_limit(scene)))


def drawing_limit(scene: Scene) -> float:
    return max(float(np.abs(grid).max()) for state in states(scene) for grid in state.values)


def test_one_other_number_makes_another_picture() -> None:
    scene = scatter_scene(LAYERS["first"])
    last = state_after(scene, 9)
    drawing = Drawing(scene, LIGHT, [last])
    whole = np.asarray(drawing.frame(last))
    rows, cols = framed(scene.grids[3])
    for row, col in product(range(rows.start, rows.stop), range(cols.start, cols.stop)):
        other = last.values[3].copy()
        other[row, col] += 0.25
        changed = State(9, (*last.values[:3], other), last.reached)
        differs = (np.asarray(drawing.frame(changed)) != whole).any(axis=-1)
        place = drawing.stage.places[3]
        ys, xs = np.nonzero(differs)
        assert ys.size
        assert ys.min() >= place.top + row * place.cell
        assert ys.max() < place.top + (row + 1) * place.cell
        assert xs.min() >= place.left + col * place.cell
        assert xs.max() < place.left + (col + 1) * place.cell


@settings(max_examples=15)
@given(traces())
def test_a_frame_is_the_same_whatever_was_drawn_before(trace: Trace) -> None:
    scene = scatter_scene(trace)
    every = list(states(scene))
    drawing = Drawing(scene, DARK, every)
    forward = [drawing.frame(state) for state in every]
    for state, before in zip(reversed(every), reversed(forward), strict=True):
        again = np.asarray(Drawing(scene, DARK, every).frame(state))
        np.testing.assert_array_equal(np.asarray(before), again)
        np.testing.assert_array_equal(np.asarray(drawing.frame(state)), again)


def test_the_finished_picture_marks_no_step() -> None:
    scene = scatter_scene(LAYERS["first"])
    last = state_after(scene, 9)
    drawing = Drawing(scene, LIGHT, [last])
    stamp = tuple(int(LIGHT.stamp[at : at + 2], 16) for at in (1, 3, 5))
    place = drawing.stage.places[2]
    below = slice(place.top, place.top + 3 * place.cell + 4)
    marked, finished = (
        (np.asarray(drawing.frame(last, finished=each))[below] == stamp).all(-1).sum()
        for each in (False, True)
    )
    assert marked > 50
    assert finished == 0


# The picture's language -----------------------------------------------------------------------


def test_shades_are_those_of_the_player() -> None:
    _, shape = theme_numbers()
    for value in np.linspace(-7, 7, 29):
        share = (abs(value) / 7) ** shape
        assert shade_of(value, 7.0) == round(share * 48) * (-1 if value < 0 else 1)


@both_themes
@pytest.mark.parametrize(("cropped", "tinted"), [(False, False), (True, False), (False, True)])
def test_numbers_are_readable_on_every_ground(theme: Theme, cropped: bool, tinted: bool) -> None:
    for shade in range(-48, 49):
        back, ink = colours(Look(shade, cropped=cropped, tinted=tinted), theme)
        assert contrast(back, ink) >= LEAST_CONTRAST


def test_marks_change_the_cells_they_mark() -> None:
    trace = LAYERS["output padding"]
    scene = scatter_scene(trace)
    last = state_after(scene, 16)
    drawing = Drawing(scene, LIGHT, [last])
    looks = [[drawing.look(3, last, row, col) for col in range(9)] for row in range(9)]
    assert [look.cropped for look in looks[0]] == [True] * 9
    assert [look.tinted for look in looks[8]] == [False] + [True] * 8
    assert not any(look.hole for row in looks for look in row)
    holes = scatter_scene(LAYERS["holes"])
    end = state_after(holes, 9)
    drawing = Drawing(holes, LIGHT, [end])
    found = [[drawing.look(3, end, y, x).hole for x in range(7)] for y in range(7)]
    reached = np.zeros((7, 7), bool)
    reached[::3, ::3] = True
    np.testing.assert_array_equal(found, ~reached)


@given(traces())
@settings(max_examples=25)
def test_numbers_fit_their_cells(trace: Trace) -> None:
    for value, cell in product(trace.output.ravel(), (20, 24, 36, 42)):
        text, size = fitted(float(value), cell, 1)
        assert text_width(text, size) <= cell - 3
        assert not text or size >= 8


def check_letters(texts: set[str]) -> None:
    """The font holds every letter: none is drawn as the box of one it lacks."""

    def drawn(letter: str) -> bytes:
        image = Image.new("L", (60, 60))
        draw_text(image, (10, 45), letter, 28, "white")
        return image.tobytes()

    missing = drawn("\uffff")
    assert drawn("a") != missing
    assert [letter for letter in {*"".join(texts)} - {" "} if drawn(letter) == missing] == []


def test_every_sign_of_a_scene_can_be_written() -> None:
    texts: set[str] = {"0123456789.−e→×·₀₁"}
    for trace in LAYERS.values():
        for scene in (scatter_scene(trace), count_scene(trace.geometry)):
            for state in states(scene):
                texts |= set(caption(scene, state))
                texts |= {text for grid in scene.grids for text in heading(scene, grid, state)}
            texts |= {text for _, text in scene.legend}
            texts |= {item for item in scene.factors if isinstance(item, str)}
    check_letters(texts)


# Layout -------------------------------------------------------------------------------------


def check_stage(scene: Scene) -> None:
    every = list(states(scene))
    stage = stage_of(scene, every)
    boxes = []
    for at, place in stage.places.items():
        rows, cols = shown_shape(scene.grids[at])
        boxes.append((place.left, place.top - 34, place.left + cols * place.cell))
        boxes[-1] += (place.top + rows * place.cell,)
        assert place.cell >= 2
        assert place.left >= 0
        assert boxes[-1][2] <= WIDTH
        assert place.left + place.slot <= WIDTH
        assert boxes[-1][3] < stage.caption < stage.height
    for first, second in combinations(boxes, 2):
        apart = first[2] <= second[0] or second[2] <= first[0]
        assert apart or first[3] <= second[1] or second[3] <= first[1]
    assert stage.height <= HIGHEST + 120


@every_layer
def test_nothing_overlaps_or_leaves_the_picture(trace: Trace) -> None:
    check_stage(scatter_scene(trace))
    check_stage(count_scene(trace.geometry))


@settings(max_examples=25)
@given(traces())
def test_any_layer_finds_its_place(trace: Trace) -> None:
    check_stage(scatter_scene(trace))


@pytest.mark.parametrize("name", ["first", "six", "dilated", "rectangular", "output padding"])
def test_cells_of_small_layers_are_legible_at_480_pixels(name: str) -> None:
    scene = scatter_scene(LAYERS[name])
    stage = stage_of(scene, list(states(scene)))
    assert min(place.cell for place in stage.places.values()) >= 28


@pytest.mark.parametrize("name", sorted(set(LAYERS) - {"sixteen", "tall"}))
def test_headings_are_not_cut(name: str) -> None:
    scene = scatter_scene(LAYERS[name])
    every = list(states(scene))
    stage = stage_of(scene, every)
    for at, place in stage.places.items():
        for state in every:
            title, subtitle = heading(scene, scene.grids[at], state)
            assert shortened(title, TITLE, place.slot) == title
            assert shortened(subtitle, SMALL, place.slot) == subtitle


def many_grids(count: int, shape: tuple[int, int] = (3, 3)) -> Scene:
    """A scene with any number of factors, one of them drawn as a column where that is known."""
    scene = scatter_scene(LAYERS["first"])
    extra = tuple(
        Grid("kernel", f"Kernel {at}", "", "w", shape, np.full(shape, float(at)))
        for at in range(count)
    )
    factors: list[int | str] = [0, "×", 1, "=", 2]
    for at in range(count):
        factors += ["+", 4 + at]
    return replace(scene, grids=(*scene.grids, *extra), factors=tuple(factors))


@pytest.mark.parametrize("count", [0, 1, 3, 6])
def test_any_number_of_factors_is_drawn(count: int) -> None:
    scene = many_grids(count)
    stage = stage_of(scene, list(states(scene)))
    assert set(stage.places) == set(range(4 + count))
    check_stage(scene)
    assert pixels(scene, 4).shape == (stage_of(scene, [state_after(scene, 4)]).height, WIDTH, 3)


def test_what_is_too_large_to_draw_is_said() -> None:
    assert too_large(scatter_scene(layer(16, 9, stride=5))) is None
    assert "16,000" in (too_large(many_grids(1, (140, 120))) or "")
    assert "side of 700" in (too_large(many_grids(1, (2, 700))) or "")


@both_themes
def test_a_larger_scale_is_the_same_picture_finer(theme: Theme) -> None:
    scene = scatter_scene(LAYERS["first"])
    small, large = picture(scene, 5, theme), picture(scene, 5, theme, 2)
    assert large.size == (2 * small.width, 2 * small.height)
    apart = np.asarray(large.reduce(12), int) - np.asarray(small.reduce(6), int)
    assert np.abs(apart).mean() < 2.5
    assert pixels(scene, 5, theme)[2, 2].tolist() == [
        int(theme.page[at : at + 2], 16) for at in (1, 3, 5)
    ]
