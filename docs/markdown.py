"""What a Markdown text points at, and what in it can be pointed at, as GitHub draws it."""

from __future__ import annotations

import re
from collections import Counter

_FENCED = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"\[[^\[\]]*(?:!\[[^\[\]]*\]\([^()]*\))?[^\[\]]*\]\(([^()\s]+)[^()]*\)")
_PICTURE = re.compile(r"!\[[^\[\]]*\]\(([^()\s]+)[^()]*\)")
_BARE = re.compile(r"<(https?://[^<>\s]+)>")
_TAG = re.compile(r"<(?:a|img|source|video)\b[^>]*?\b(?:href|src|srcset)=\"([^\"]+)\"")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def links(text: str) -> list[str]:
    """Return the targets of a text's links and pictures, sorted, each once; code has none.

    >>> links("[![a](b.png)](c.md#d) and <https://e.org>, not `[f](g)`")
    ['b.png', 'c.md#d', 'https://e.org']
    """
    prose = _CODE.sub("", _FENCED.sub("", text))
    kinds = (_LINK, _PICTURE, _BARE, _TAG)
    return sorted({target for kind in kinds for target in kind.findall(prose)})


def anchors(text: str) -> list[tuple[str, str]]:
    """Return each heading of a text, in order, with what a link to it ends with.

    >>> anchors("# Run it, now\\n## `Axis.size`\\n# Run it now")
    [('Run it, now', 'run-it-now'), ('`Axis.size`', 'axissize'), ('Run it now', 'run-it-now-1')]
    """
    found, seen = [], Counter[str]()
    for heading in _HEADING.findall(_FENCED.sub("", text)):
        shown = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", heading)
        plain = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
        found.append((heading, f"{plain}-{seen[plain]}" if seen[plain] else plain))
        seen[plain] += 1
    return found
