"""Write docs/api.md: the public names of tconv_core with their signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import tconv_core
from docs.markdown import anchors

PAGE = Path(__file__).parents[1] / "docs" / "api.md"
HEAD = """# The core's interface

Every public name of `tconv_core`, from its own docstring: `import tconv_core as tc`, then
`tc.trace_scatter(...)`. This page is written by `make api`.
"""
CHAPTERS = {
    "Describe a layer": ("geometry",),
    "Compute it": ("operators",),
    "Watch it, stamp by stamp": ("traces.scatter", "traces.channels"),
    "Watch other operations": ("traces.windows", "traces.upsampling"),
    "Overlap and evenness": ("evenness",),
    "As a matrix, and by phase": ("matrix",),
    "Ask for a size": ("solve",),
    "Fit and score pictures": ("fit", "metrics"),
    "Kernels by name": ("kernels",),
    "Stacks of layers": ("network",),
}
"""Each heading, and the modules or packages of tconv_core whose names stand under it."""


def api_page() -> str:
    """Return the page's text.

    Raises:
        ValueError: A public name has no chapter, or a chapter no names.
    """
    names = dict(_public(tconv_core))
    parts = {
        title: [name for name, (_, at) in names.items() if at.startswith(modules)]
        for title, modules in CHAPTERS.items()
    }
    lost = names.keys() - {name for chosen in parts.values() for name in chosen}
    if lost or not all(parts.values()):
        raise ValueError(f"No chapter holds {sorted(lost)}, or one is empty: {parts}")
    body = "\n".join(
        f"## {title}\n\n" + "\n".join(_entry(name, names[name][0]) for name in chosen)
        for title, chosen in parts.items()
    )
    return f"{HEAD}\n{_contents(parts, body)}\n\n{body}"


def _public(module: ModuleType) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Yield (name below tconv_core, (value, the core's module it belongs to))."""
    inside = module.__name__.partition(".")[2]
    own = [name for name, value in vars(module).items() if _made_in(module, name, value)]
    for name in getattr(module, "__all__", own):
        value = getattr(module, name)
        if inspect.ismodule(value):
            yield from _public(value)
        elif inside:
            yield f"{inside}.{name}", (value, inside)
        else:
            yield name, (value, value.__module__.partition(".")[2])


def _made_in(module: ModuleType, name: str, value: Any) -> bool:
    own = inspect.isfunction(value) and value.__module__ == module.__name__
    return own and not name.startswith("_")


def _contents(parts: dict[str, list[str]], body: str) -> str:
    places = dict(anchors(body))
    return "\n\n".join(
        f"**{title}:** " + " · ".join(f"[{name}](#{places[name]})" for name in chosen)
        for title, chosen in parts.items()
    )


def _entry(name: str, value: Any) -> str:
    text = f"### {name}\n\n"
    if not inspect.isclass(value) and not inspect.isfunction(value):
        return text + f"```python\n{name} = {_constant(value)}\n```\n"
    text += f"{_call(name, value)}{_words(value)}"
    for each in _members(value) if inspect.isclass(value) else ():
        member = inspect.getattr_static(value, each)
        call = "" if isinstance(member, property) else _call(each, getattr(value, each))
        text += f"\n#### {name}.{each}\n\n{call}{_words(member)}"
    return text


def _constant(value: Any) -> str:
    """How it is spelled, the same on every run: a set's order is not."""
    if isinstance(value, frozenset):
        return "{" + ", ".join(map(repr, sorted(value))) + "}"
    return repr(value)


def _call(name: str, value: Any) -> str:
    return f"```python\n{name}{_signature(value)}\n```\n\n"


def _signature(value: Any) -> str:
    """How it is called; the annotations as they stand in the file."""
    if inspect.isclass(value) and issubclass(value, Exception):
        return f"({value.__mro__[1].__name__})"
    plain = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(value)))
    return plain.removesuffix(" -> None") if inspect.isclass(value) else plain


def _members(value: type) -> list[str]:
    """The documented methods and properties that a class itself defines."""
    kinds = (classmethod, property, FunctionType)
    return [
        name
        for name, member in vars(value).items()
        if not name.startswith("_") and isinstance(member, kinds) and inspect.getdoc(member)
    ]


def _words(value: Any) -> str:
    """A docstring: its first paragraph, its sections as they are laid out, its examples as code."""
    first, _, rest = (inspect.getdoc(value) or "").partition("\n\n")
    sections, prompt, examples = rest.partition(">>> ")
    blocks = [("text", sections.rstrip()), ("pycon", (prompt + examples).rstrip())]
    shown = "".join(f"\n```{kind}\n{text}\n```\n" for kind, text in blocks if text)
    return " ".join(first.split()) + "\n" + shown


if __name__ == "__main__":
    PAGE.write_text(api_page(), encoding="utf-8")
