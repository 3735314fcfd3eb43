"""The components' own scripts and styles, bundled: what the browser is sent of them."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parents[2] / "assets" / "bundles"


def read_bundle(name: str) -> str:
    """Return the text of a bundle, which `make bundle` writes from its sources in assets/."""
    return (_FOLDER / name).read_text(encoding="utf-8")
