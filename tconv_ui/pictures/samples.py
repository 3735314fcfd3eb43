"""The sample pictures, under the names a visitor chooses them by."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tconv_ui.pictures.arrays import Picture
from tconv_ui.pictures.uploads import load_image

FOLDER = Path(__file__).parents[2] / "assets" / "samples"
SAMPLES = {"Scene": "scene", "Text": "text", "Zone plate": "zone_plate", "Flat colours": "flat"}
"""The name of each one's file, without its ending."""


@lru_cache(maxsize=len(SAMPLES))
def load_sample(name: str) -> Picture:
    """Return a sample picture by its file's name, (H, W, 3) uint8, shared and so not writeable."""
    picture = load_image((FOLDER / f"{name}.png").read_bytes())
    picture.setflags(write=False)
    return picture
