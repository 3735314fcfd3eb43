"""The sample pictures are the ones the script draws, and small enough to be enlarged."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from docs.make_samples import SAMPLE_PICTURES, SAMPLES
from tconv_ui.pictures import samples
from tconv_ui.pictures.uploads import load_image

SIZES = {
    "scene.png": (192, 128),
    "text.png": (160, 120),
    "zone_plate.png": (128, 128),
    "flat.png": (128, 96),
}


def kept(name: str) -> np.ndarray:
    levels = load_image((SAMPLES / name).read_bytes())
    assert levels.shape == (*SIZES[name][::-1], 3)
    return levels.astype(int)


def test_the_folder_holds_what_the_script_draws() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == set(SAMPLE_PICTURES) == set(SIZES)


def test_a_visitor_can_choose_each_of_them() -> None:
    assert sorted(f"{file}.png" for file in samples.SAMPLES.values()) == sorted(SIZES)
    assert samples.FOLDER == SAMPLES


@pytest.mark.parametrize("name", SIZES)
def test_the_script_draws_the_kept_picture(name: str) -> None:
    """Fonts and averages may round otherwise elsewhere, so text gets 2 levels, the others 0.05."""
    again = np.asarray(SAMPLE_PICTURES[name]()).astype(int)
    assert np.abs(again - kept(name)).mean() <= (2 if name == "text.png" else 0.05)


@pytest.mark.parametrize("name", SIZES)
def test_the_script_draws_the_same_picture_twice(name: str) -> None:
    first, second = (np.asarray(SAMPLE_PICTURES[name]()) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("name", SIZES)
def test_a_sample_is_a_small_rgb_file(name: str) -> None:
    with Image.open(SAMPLES / name) as image:
        assert image.mode == "RGB"
        assert image.size == SIZES[name]
    assert max(SIZES[name]) <= 256
    assert (SAMPLES / name).stat().st_size < 64 * 1024


def test_the_zone_plate_ends_at_half_a_cycle_per_pixel() -> None:
    levels = kept("zone_plate.png")[..., 0]
    spectrum = np.abs(np.fft.rfft2(levels - levels.mean()))
    rows, cols = np.fft.fftfreq(128)[:, None], np.fft.rfftfreq(128)
    reach = np.hypot(rows, cols)
    assert spectrum[reach > 0.52].sum() < 0.03 * spectrum.sum()
    assert spectrum[(reach > 0.4) & (reach < 0.5)].mean() > 0.3 * spectrum[reach < 0.4].mean()


def test_the_flat_chart_is_mostly_flat_and_the_scene_is_not() -> None:
    still = {
        name: (np.abs(np.diff(kept(name), axis=1)).max(axis=2) <= 2).mean()
        for name in ("flat.png", "scene.png")
    }
    assert still["flat.png"] > 0.85
    assert 0.1 < still["scene.png"] < 0.6
