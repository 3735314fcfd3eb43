"""Print every address outside the project that a text of it names: python -m docs.list_links.

The tests have no internet. Before a release, open what this prints.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from docs.markdown import links

ROOT = Path(__file__).parents[1]
TEXTS = ("*.md", "docs/**/*.md", "tests/**/*.md")
SOURCES = ("*.py", "pages/**/*.py", "tconv_core/**/*.py", "tconv_lab/**/*.py", "tconv_ui/**/*.py")
OWN_HOSTS = ("localhost", "127.0.0.1")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`)\]|]+")


def files(patterns: tuple[str, ...]) -> list[Path]:
    """Return the project's files of these patterns, sorted."""
    return sorted({path for pattern in patterns for path in ROOT.glob(pattern)})


def outside_links() -> dict[str, list[str]]:
    """Return every outside address with the files that name it, both sorted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in files(TEXTS):
        for target in links(path.read_text(encoding="utf-8")):
            if urlsplit(target).scheme:
                found[target].add(path.relative_to(ROOT).as_posix())
    for path in files(SOURCES):
        for text in strings(path.read_text(encoding="utf-8")):
            for target in _ADDRESS.findall(text):
                found[target].add(path.relative_to(ROOT).as_posix())
    return {
        target: sorted(found[target])
        for target in sorted(found)
        if urlsplit(target).hostname not in OWN_HOSTS
    }


def strings(source: str) -> list[str]:
    """Return the texts that a source file spells, docstrings among them; f-strings have none.

    >>> strings("print('a', f'https://{host}')")
    ['a']
    """
    tree = ast.parse(source)
    made = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in made
    ]


def fault(address: str) -> str:
    """Return what is wrong with how an outside address is spelled; nothing is an empty text.

    >>> fault("https://arxiv.org/abs/1603.07285"), fault("http://arxiv.org")
    ('', 'not https')
    """
    parts = urlsplit(address)
    if parts.scheme != "https":
        return "not https"
    if not re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", parts.netloc):
        return "no host's name"
    if not address.isascii() or re.search(r"[\s{}\\^]|[.,;:]$", address):
        return "a stray sign"
    return ""


def main() -> None:
    """Print each address, and below it the files that name it."""
    for address, names in outside_links().items():
        print(address, *(f"    {name}" for name in names), sep="\n")


if __name__ == "__main__":
    main()
