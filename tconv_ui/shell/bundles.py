"""The components' own scripts and styles, bundled: what the browser is sent of them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "assets" / "bundles"
SCRIPTS = "scripts"
"""Where a server offers the scripts, below the app's own address."""
_served = False


def read_bundle(name: str) -> str:
    """Return the text of a bundle, which `make bundle` writes from its sources in assets/."""
    return (FOLDER / name).read_text(encoding="utf-8")


def serve_scripts() -> None:
    """Let components load their scripts by address: whoever calls this answers there."""
    global _served  # noqa: PLW0603 - a fact about the process, which does not change again
    _served = True


def is_served() -> bool:
    """Whether a server answers at the scripts' addresses, and sends pages with their styles."""
    return _served


def component_script(name: str) -> str:
    """Return the script that a component is registered with.

    Streamlit sends it again with every change of the component's data: by address it is a line, and
    the browser loads it once. Without the routes it is the bundle itself.

    >>> "\\n" in component_script("player.js")  # a single line would be taken for a path
    True
    """
    if not _served:
        return read_bundle(name)
    address = f"{SCRIPTS}/{script_hash(name)}/{name}"
    return (
        f'const {{ default: draw }} = await import(new URL("{address}", document.baseURI));\n'
        "export default draw;\n"
    )


@cache
def script_hash(name: str) -> str:
    """Return twelve hexadecimal digits that change with a bundle.

    >>> len(script_hash("player.js"))
    12
    """
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
