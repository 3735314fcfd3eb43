"""The components' modules run by Node, which the development requirements bring along."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parents[1] / "assets"


def run_node(script: str) -> str:
    """Run a module that imports from the assets, as in "./player/scene.js"; return its output."""
    command = [Path(sys.executable).with_name("node"), "--input-type=module", "-"]
    done = subprocess.run(
        command, input=script, cwd=ASSETS, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@cache
def theme_numbers() -> tuple[float, float]:
    """Return the player's BLEND and SHAPE: how far, and how, its shades go to an end's colour."""
    told = run_node('import { BLEND, SHAPE } from "./player/theme.js"; console.log(BLEND, SHAPE);')
    blend, shape = map(float, told.split())
    return blend, shape
