"""The palette: the same in the theme file, readable, and told apart by every kind of eye."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage.color import xyz2lab
from skimage.color.colorconv import xyz_from_rgb

from tconv_ui.theme import (
    DARK,
    LIGHT,
    THEMES,
    Theme,
    contrast,
    counts_colour,
    counts_scale,
    css_variables,
    mix,
    readable,
)
from tests.node import run_node, theme_numbers

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
TEXT_ROLES = ("ink", "soft", "input", "kernel", "stamp", "output", "warning")
SHARES = np.linspace(0, 1, 961)
READS = 4.5
"""The least contrast of text this small, WCAG 2.2, success criterion 1.4.3."""

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@pytest.mark.parametrize("name", THEMES)
def test_streamlit_gets_the_colours_of_the_palette(name: str) -> None:
    theme = THEMES[name]
    told = CONFIG["theme"][name]
    assert told["primaryColor"] == theme.input
    assert told["backgroundColor"] == theme.page
    assert told["secondaryBackgroundColor"] == theme.panel
    assert told["textColor"] == theme.ink
    assert told["borderColor"] == theme.line
    assert told["sidebar"]["backgroundColor"] == theme.panel
    assert told["sidebar"]["secondaryBackgroundColor"] == theme.page


def test_the_player_gets_every_role_it_paints_with() -> None:
    script = """
    import { Theme } from "./player/theme.js";
    const asked = [];
    const getPropertyValue = (name) => asked.push(name) && "#000000";
    globalThis.getComputedStyle = () => ({ getPropertyValue });
    new Theme(null, 1);
    console.log(asked.join(" "));"""
    asked = run_node(script).split()
    assert len(asked) >= 10
    variables = css_variables()
    for name, theme in THEMES.items():
        (block,) = re.findall(rf'\[data-theme="{name}"\] \{{ (.*) \}}', variables)
        for role in asked:
            assert f"{role}: {getattr(theme, role.removeprefix('--'))};" in block


@both_themes
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_text_is_readable_on_page_and_panel(theme: Theme, role: str) -> None:
    for back in (theme.page, theme.panel):
        assert contrast(getattr(theme, role), back) >= READS


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#ff0000", "#ffffff") == contrast("#ffffff", "#ff0000")
    assert contrast("#ff0000", "#ffffff") == pytest.approx(4.0, abs=0.005)


def worst_text(theme: Theme, end: str) -> tuple[float, str]:
    """The least contrast of the text chosen for a shade between page and end, and that shade."""
    blend, _ = theme_numbers()
    shades = {mix(theme.page, end, blend * share) for share in SHARES}
    assert len(shades) > 60
    return min((contrast(readable(theme, shade), shade), shade) for shade in shades)


@both_themes
@pytest.mark.parametrize("end", ["positive", "negative", "output"])
def test_numbers_are_readable_on_every_shade(theme: Theme, end: str) -> None:
    least, shade = worst_text(theme, getattr(theme, end))
    assert least >= READS, f"{least:.2f} on {shade}"


@both_themes
def test_counts_run_from_the_page_towards_the_output(theme: Theme) -> None:
    scale = counts_scale(theme)
    assert [share for share, _ in scale] == [0, 0.25, 0.5, 0.75, 1]
    assert scale[0][1] == theme.page
    blend, _ = theme_numbers()
    assert scale[-1][1] == counts_colour(theme, 1) == mix(theme.page, theme.output, blend)
    distances = [contrast(theme.page, colour) for _, colour in scale]
    assert all(near < far for near, far in pairwise(distances))


# How others see it --------------------------------------------------------------------------

MACHADO = {
    "all cones": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""What is left of linear RGB: Machado, Oliveira & Fernandes 2009, doi 10.1109/TVCG.2009.113,
at severity 1.0."""

JUST_NOTICEABLE = 2.3
"""CIE76 distance: Mahy, Van Eycken & Oosterlinck 1994, Color Research and Application 19."""
ENDS_APART = 25 * JUST_NOTICEABLE
ROLES_APART = 4 * JUST_NOTICEABLE
"""Modest: each grid also has its title, its letter and its place, so hue is never alone."""

every_eye = pytest.mark.parametrize("eye", MACHADO)


def lab(colour: str, eye: str = "all cones") -> NDArray[np.float64]:
    """CIE L*a*b* (D65) of an sRGB colour, as an eye sees it."""
    share = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(MACHADO[eye]) @ linear, 0, 1)
    return np.asarray(xyz2lab(xyz_from_rgb @ seen))


def apart(first: str, second: str, eye: str) -> float:
    return float(np.linalg.norm(lab(first, eye) - lab(second, eye)))


@every_eye
def test_every_eye_sees_grey_as_grey(eye: str) -> None:
    np.testing.assert_allclose(np.sum(MACHADO[eye], axis=1), 1, atol=2e-6)


@both_themes
@every_eye
def test_positive_and_negative_are_told_apart(theme: Theme, eye: str) -> None:
    blend, _ = theme_numbers()
    ends = [mix(theme.page, end, blend) for end in (theme.positive, theme.negative)]
    assert apart(theme.positive, theme.negative, eye) >= ENDS_APART
    assert apart(*ends, eye) >= ENDS_APART


@both_themes
@every_eye
def test_the_sign_shows_from_a_tenth_of_the_scale_on(theme: Theme, eye: str) -> None:
    blend, shape = theme_numbers()
    share = blend * 0.1**shape
    tints = [mix(theme.page, end, share) for end in (theme.positive, theme.negative)]
    assert apart(*tints, eye) >= ROLES_APART


@both_themes
@every_eye
def test_the_roles_are_told_apart(theme: Theme, eye: str) -> None:
    for first, second in combinations(("input", "kernel", "stamp", "output"), 2):
        distance = apart(getattr(theme, first), getattr(theme, second), eye)
        assert distance >= ROLES_APART, f"{first} and {second}: {distance:.1f}"


@both_themes
@every_eye
def test_more_stamps_are_always_lighter_or_always_darker(theme: Theme, eye: str) -> None:
    lightness = [lab(counts_colour(theme, share), eye)[0] for share in np.linspace(0, 1, 10)]
    steps = np.diff(lightness)
    assert (steps > JUST_NOTICEABLE).all() or (steps < -JUST_NOTICEABLE).all()
