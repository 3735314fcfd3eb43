"""What the bytes of a picture depend on besides the question: the code that makes and reads it."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import tconv_core

_ROOT = Path(__file__).parents[2]


@cache
def content_hash() -> str:
    """Return twelve hexadecimal digits that change with the core, the interface or their scripts.

    >>> len(content_hash())
    12
    """
    core = Path(tconv_core.__file__).parent  # installed, it lies outside the app's folder
    sources = [*core.rglob("*.py"), *(_ROOT / "tconv_ui").rglob("*.py")]
    files = sorted([*sources, *(_ROOT / "assets" / "bundles").iterdir()])
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]
