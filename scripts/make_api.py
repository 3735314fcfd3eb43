"""Write docs/api.md: the public names of tconv_core with their signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import FunctionType
from typing import Any

import tconv_core
from tconv_core import kernels, network

PAGE = Path(__file__).parents[1] / "docs" / "api.md"
HEAD = """# `tconv_core`

Every public name, from its own docstring. This page is written by `python -m scripts.make_api`.

"""


def api_page() -> str:
    """Return the page's text."""
    public = {name: getattr(tconv_core, name) for name in tconv_core.__all__}
    parts = [_entry(name, each) for name, each in public.items() if not inspect.ismodule(each)]
    makers = [each for each in vars(kernels).values() if _made_there(each)]
    parts += [_entry(f"kernels.{each.__name__}", each) for each in makers]
    layers = {name: getattr(network, name) for name in network.__all__}
    parts += [
        _entry(f"network.{name}", each)
        for name, each in layers.items()
        if inspect.isclass(each) or inspect.isfunction(each)
    ]
    return HEAD + "\n".join(parts)


def _made_there(value: Any) -> bool:
    own = inspect.isfunction(value) and value.__module__ == kernels.__name__
    return own and not value.__name__.startswith("_")


def _entry(name: str, value: Any) -> str:
    text = f"## {name}\n\n{_call(name, value)}{_words(value)}"
    for each in _members(value) if inspect.isclass(value) else ():
        member = inspect.getattr_static(value, each)
        call = "" if isinstance(member, property) else _call(each, getattr(value, each))
        text += f"\n### {name}.{each}\n\n{call}{_words(member)}"
    return text


def _call(name: str, value: Any) -> str:
    return f"```python\n{name}{_signature(value)}\n```\n\n"


def _signature(value: Any) -> str:
    """How it is called; the annotations as they stand in the file."""
    if inspect.isclass(value) and issubclass(value, Exception):
        return f"({value.__mro__[1].__name__})"
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(value)))


def _members(value: type) -> list[str]:
    """The documented methods and properties that a class itself defines."""
    kinds = (classmethod, property, FunctionType)
    return [
        name
        for name, member in vars(value).items()
        if not name.startswith("_") and isinstance(member, kinds) and inspect.getdoc(member)
    ]


def _words(value: Any) -> str:
    """A docstring as a block that keeps its layout, after its first paragraph."""
    first, _, rest = (inspect.getdoc(value) or "").partition("\n\n")
    summary = " ".join(first.split()) + "\n"
    return summary + (f"\n```text\n{rest.rstrip()}\n```\n" if rest.strip() else "")


if __name__ == "__main__":
    PAGE.write_text(api_page(), encoding="utf-8")
