"""The floors of the house: imports point down only, and what no screen code may do.

Each rule is a function from source text to what it breaks, tried on small bad sources first and
then on every file that exists.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APP = [ROOT / "app.py", ROOT / "serve.py"]
PAGES = sorted(ROOT.glob("pages/**/*.py"))
UI = sorted(ROOT.glob("tconv_ui/**/*.py"))
CORE = sorted(ROOT.glob("tconv_core/**/*.py"))

SCREEN = frozenset({"shell"})
"""The packages of tconv_ui that may import streamlit."""
SCREEN_ENDINGS = (
    "button",  # a widget that several pages draw
    "component",  # the Python side of a component of our own
    "controls",  # widgets of one page
    "editor",  # widgets that edit one thing
    "section",  # a part of a page
    "sections",
    "state",  # what the session keeps
    "study",  # what a page computes, remembered for all visitors
)
"""How the names of the modules end that may import it too."""

PAGE_PACKAGES = frozenset(path.stem for path in PAGES)

LENT = {
    "lesson.sections": "field_guide",  # shows the answer in its figure of stamps
    "solver.decoder_section": "decoder",  # leaves a stack for the Decoder, which alone knows stacks
}
"""The modules that may import one other page's package. Add one only with a reason beside it."""

VIEWS = ROOT / "tconv_ui" / "live" / "views.py"
"""The table of what can be asked for by address: it stands above the pages' packages."""

CORE_MAY_IMPORT = frozenset({"numpy", "tconv_core"}) | sys.stdlib_module_names
TOOLING = frozenset({"benchmarks", "docs", "tests"})

HEX_COLOUR = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6})\b|^#[0-9a-f]{3,4}$", re.IGNORECASE)

Rule = Callable[[str], list[str]]


def imported(source: str, package: str = "") -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of each import; a relative one is resolved against package."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                parents = package.split(".")
                parents = parents[: len(parents) - level + 1] if level else []
                base = parents + ([module] if module else [])
                yield from ((node.lineno, ".".join([*base, alias.name])) for alias in names)
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def dotted(path: Path) -> str:
    """Return a module's name as imports spell it."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def sources(*paths: Path) -> dict[str, str]:
    """Return the text of modules by their names."""
    return {dotted(path): path.read_text(encoding="utf-8") for path in paths}


def graph(modules: dict[str, str]) -> dict[str, set[str]]:
    """Return what each module imports: of these modules, and streamlit."""
    known = {*modules, "streamlit"}
    found: dict[str, set[str]] = {}
    for module, source in modules.items():
        names = [name for _, name in imported(source, module.rpartition(".")[0])]
        nearest = {name: longest(name, known) for name in names}
        found[module] = {each for each in nearest.values() if each and each != module}
    return found


def longest(name: str, known: set[str]) -> str:
    """Return the known module that a dotted name is, or is in; nothing if there is none."""
    parts = name.split(".")
    starts = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((start for start in starts if start in known), "")


def drawing(modules: dict[str, str]) -> set[str]:
    """Return the modules that import streamlit, or one that does."""
    edges = graph(modules)
    reached: set[str] = {"streamlit"}
    while grown := {name for name, to in edges.items() if to & reached} - reached:
        reached |= grown
    return reached - {"streamlit"}


def circle(modules: dict[str, str]) -> list[str]:
    """Return modules that import each other in a circle; none where there is no circle."""
    try:
        TopologicalSorter(graph(modules)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def may_draw(name: str) -> bool:
    """Whether a module of tconv_ui stands where streamlit may be imported."""
    package, _, last = name.removeprefix("tconv_ui.").rpartition(".")
    return package in SCREEN or last.split("_")[-1] in SCREEN_ENDINGS


def floor(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def breaks_core(source: str) -> list[str]:
    """The core imports NumPy, the standard library and itself."""
    names = imported(source, "tconv_core")
    return [f"{line}: imports {name}" for line, name in names if floor(name) not in CORE_MAY_IMPORT]


def breaks_ui(source: str) -> list[str]:
    """tconv_ui imports nothing that stands above or beside it."""
    above = {"app", "pages"} | TOOLING
    names = imported(source, "tconv_ui")
    return [f"{line}: imports {name}" for line, name in names if floor(name) in above]


def breaks_page(source: str) -> list[str]:
    """A page imports neither app.py, nor another page, nor the tooling."""
    beside = {"app", "pages"} | TOOLING
    names = imported(source, "pages")
    return [f"{line}: imports {name}" for line, name in names if floor(name) in beside]


def borrows(own: str = "", lender: str = "") -> Rule:
    """Return the rule that what belongs to one page, or to none, imports no other page's package.

    Args:
        own: The page; none for what the pages share.
        lender: The one other page whose package it may import.
    """
    package = f"tconv_ui.{own}" if own else "tconv_ui"
    others = {f"tconv_ui.{page}" for page in PAGE_PACKAGES - {own, lender}}

    def borrowed(source: str) -> list[str]:
        return [
            f"{line}: imports {name}"
            for line, name in imported(source, package)
            if any(f"{name}.".startswith(f"{other}.") for other in others)
        ]

    return borrowed


def owner(path: Path) -> str:
    """Return the page that a file of pages/ or tconv_ui/ belongs to; nothing if it is shared."""
    name = path.stem if path in PAGES else path.parent.name
    return name if name in PAGE_PACKAGES else ""


def breaks_app(source: str) -> list[str]:
    """app.py does not import the tooling."""
    return [f"{line}: imports {name}" for line, name in imported(source) if floor(name) in TOOLING]


def breaks_tests(source: str) -> list[str]:
    """Benchmarks may use what tests drive the app with; not the other way."""
    names = imported(source)
    return [f"{line}: imports {name}" for line, name in names if floor(name) == "benchmarks"]


def sleeps(source: str) -> list[str]:
    """No code waits with time.sleep, whatever it is called here."""
    tree = ast.parse(source)
    clocks = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name == "time"
    }
    found = [f"{line}: imports {name}" for line, name in imported(source) if name == "time.sleep"]
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="sleep") if name in clocks:
                found.append(f"{node.lineno}: {name}.sleep")
    return found


def injects_html(source: str) -> list[str]:
    """No code passes unsafe_allow_html, not even from a dict."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.keyword(arg="unsafe_allow_html") | ast.Constant(value="unsafe_allow_html"):
                found.append(f"{node.lineno}: unsafe_allow_html")
    return found


def spells_colours(source: str) -> list[str]:
    """No text, f-strings included, holds a hex colour."""
    return [
        f"{node.lineno}: {match[0]}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for match in HEX_COLOUR.finditer(node.value)
    ]


def longer_than(limit: int) -> Rule:
    """Return the rule that a file has at most limit lines."""

    def too_long(source: str) -> list[str]:
        count = len(source.splitlines())
        return [f"{count} lines, {limit} at most"] if count > limit else []

    return too_long


def long_functions(limit: int) -> Rule:
    """Return the rule that a function has at most limit lines beside its docstring."""

    def too_long(source: str) -> list[str]:
        found = []
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[1] if ast.get_docstring(node) and node.body[1:] else node.body[0]
                count = (
                    (node.end_lineno or 0) - first.lineno + 1 + (node.body[0].lineno - node.lineno)
                )
                if count > limit:
                    found.append(f"{node.lineno}: {node.name} has {count} lines, {limit} at most")
        return found

    return too_long


def broken(paths: list[Path], rule: Rule) -> list[str]:
    """Return what rule finds in the files, each with its path."""
    return [
        f"{path.relative_to(ROOT)}:{problem}"
        for path in paths
        for problem in rule(path.read_text(encoding="utf-8"))
    ]


BAD = [
    (breaks_core, "import streamlit"),
    (breaks_core, "import numpy as np, plotly.graph_objects as go"),
    (breaks_core, "from PIL import Image"),
    (breaks_core, "import scipy.signal"),
    (breaks_core, "from tconv_ui import palette"),
    (breaks_core, "def late():\n    import streamlit as st"),
    (breaks_core, "from importlib import import_module\nimport_module('streamlit')"),
    (breaks_core, "import importlib\nimportlib.import_module('PIL.Image')"),
    (breaks_core, "__import__('plotly')"),
    (breaks_core, "from .. import app"),
    (breaks_ui, "from pages import overlap"),
    (breaks_ui, "import pages.overlap"),
    (breaks_ui, "import app"),
    (breaks_ui, "from .. import app"),
    (breaks_ui, "from benchmarks.table import rows"),
    (breaks_ui, "from docs import make_samples"),
    (breaks_page, "import app"),
    (breaks_page, "from pages.overlap import draw"),
    (breaks_page, "from . import overlap"),
    (breaks_page, "import benchmarks"),
    (borrows("overlap"), "from tconv_ui.upsample.frames import Frame"),
    (borrows("overlap"), "from tconv_ui.upsample import frames"),
    (borrows("overlap"), "from tconv_ui import upsample"),
    (borrows("overlap"), "import tconv_ui.upsample.frames as frames"),
    (borrows("overlap", "decoder"), "from tconv_ui.upsample import frames"),
    (borrows(), "from tconv_ui.overlap.stacks import stack_patterns"),
    (borrows(), "from .overlap import stacks"),
    (borrows(), "from . import overlap"),
    (breaks_app, "import docs.make_samples"),
    (breaks_app, "from benchmarks import table"),
    (breaks_tests, "from benchmarks import table"),
    (sleeps, "import time\ntime.sleep(1)"),
    (sleeps, "import time as t\nt.sleep(1)"),
    (sleeps, "from time import sleep"),
    (sleeps, "from time import sleep as rest"),
    (sleeps, "import time\nrest = time.sleep"),
    (injects_html, "st.markdown('<b>', unsafe_allow_html=True)"),
    (injects_html, "st.markdown('<b>', **{'unsafe_allow_html': True})"),
    (spells_colours, "line = dict(color='#3b5bdb')"),
    (spells_colours, "colour = '#3B5BDBCC'"),
    (spells_colours, "colour = '#fff'"),
    (spells_colours, "css = f'a {{ color: #3b5bdb; width: {w}px }}'"),
    (longer_than(2), "a\nb\nc\n"),
    (long_functions(2), "def f():\n    'words'\n    a\n    return b\n"),
]

GOOD = [
    (
        breaks_core,
        "import math, os.path\nimport numpy.typing\nfrom tconv_core.geometry.geometry import Axis",
    ),
    (breaks_core, "from . import kernels\nfrom .geometry import Axis"),
    (breaks_core, "'import streamlit'  # import streamlit"),
    (breaks_ui, "import streamlit, application\nfrom tconv_ui import pages_of_text"),
    (breaks_page, "import streamlit as st\nfrom tconv_ui import controls, figures"),
    (borrows("overlap"), "from tconv_ui.overlap import stacks\nfrom . import sections"),
    (borrows("overlap"), "from tconv_ui.overlap_words import title\nfrom tconv_ui import pictures"),
    (borrows("overlap"), "import numpy as np\nfrom tconv_ui.player.scatter import count_scene"),
    (borrows("overlap", "decoder"), "from tconv_ui.decoder.text import read_plan"),
    (breaks_app, "import streamlit as st\nfrom tconv_ui import controls"),
    (sleeps, "import time\ntime.perf_counter()\nbed.sleep()"),
    (injects_html, "st.markdown('text')  # unsafe_allow_html is never needed"),
    (spells_colours, "'see #12 and #123, y = #cells'  # 3b5bdb is the blue: #3b5bdb"),
    (longer_than(2), "a\nb\n"),
    (long_functions(2), "def f():\n    'words'\n\n    return b\n"),
    (breaks_tests, "from tests.serving import served"),
]


@pytest.mark.parametrize(("rule", "source"), BAD)
def test_rule_finds_what_breaks_it(rule: Rule, source: str) -> None:
    assert len(rule(source)) == 1


@pytest.mark.parametrize(("rule", "source"), GOOD)
def test_rule_passes_what_keeps_it(rule: Rule, source: str) -> None:
    assert rule(source) == []


def test_problems_name_their_file_and_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    bad = tmp_path / "bad.py"
    bad.write_text("import math\nimport plotly\n", encoding="utf-8")
    assert broken([bad], breaks_core) == ["bad.py:2: imports plotly"]


def test_the_core_is_there_to_be_checked() -> None:
    assert {"__init__", "axis", "geometry", "scatter", "transposed"} <= {path.stem for path in CORE}


def test_core_imports_only_numpy_and_the_standard_library() -> None:
    assert broken(CORE, breaks_core) == []


def test_tconv_ui_imports_only_what_is_below() -> None:
    assert broken(UI, breaks_ui) == []


def test_streamlit_is_found_however_far_away() -> None:
    modules = {"a": "from streamlit import cache", "p.b": "import a.part", "p.c": "from . import b"}
    free = {"p.d": "import json", "p.e": "import streamlit_free"}
    assert drawing({**modules, **free}) == {"a", "p.b", "p.c"}


def test_streamlit_stays_where_a_name_tells_of_it() -> None:
    assert {name for name in drawing(sources(*UI)) if not may_draw(name)} == set()


def test_a_circle_is_found() -> None:
    assert circle({"p.a": "from p import b", "p.b": "import p.c", "p.c": "from . import d"}) == []
    found = circle({"p.a": "from p import b", "p.b": "import p.c", "p.c": "from . import a"})
    assert set(found) == {"p.a", "p.b", "p.c"}


def test_nothing_is_imported_in_a_circle() -> None:
    tools = [path for name in sorted(TOOLING) for path in ROOT.glob(f"{name}/**/*.py")]
    assert circle(sources(*APP, *PAGES, *UI, *CORE, *tools)) == []


def test_tests_import_no_benchmark() -> None:
    assert broken(sorted(ROOT.glob("tests/**/*.py")), breaks_tests) == []


def test_the_root_of_tconv_ui_holds_packages() -> None:
    assert len(list(ROOT.glob("tconv_ui/*.py"))) <= 4


def test_pages_import_no_page_and_no_tooling() -> None:
    assert broken(PAGES, breaks_page) == []


def test_every_page_has_a_package_of_its_own() -> None:
    assert {owner(path) for path in UI} == {*PAGE_PACKAGES, ""}


def test_no_page_imports_another_pages_package() -> None:
    lent = {path: LENT.get(dotted(path).removeprefix("tconv_ui."), "") for path in UI}
    rules = {path: borrows(owner(path), lent.get(path, "")) for path in PAGES + UI if path != VIEWS}
    assert [problem for path, rule in rules.items() for problem in broken([path], rule)] == []


def test_every_module_that_is_lent_something_needs_it() -> None:
    borrowers = {
        dotted(path).removeprefix("tconv_ui.")
        for path in UI
        if path != VIEWS and borrows(owner(path))(path.read_text("utf-8"))
    }
    assert borrowers == LENT.keys()


def test_app_imports_no_tooling() -> None:
    assert broken(APP, breaks_app) == []


@pytest.mark.parametrize("rule", [sleeps, injects_html])
def test_the_app_never_sleeps_and_never_injects_html(rule: Rule) -> None:
    assert broken(APP + PAGES + UI + CORE, rule) == []


def test_only_the_theme_spells_colours() -> None:
    others = [path for path in APP + PAGES + UI if path != ROOT / "tconv_ui" / "theme.py"]
    assert broken(others, spells_colours) == []


def test_app_is_at_most_40_lines() -> None:
    assert broken(APP[:1], longer_than(40)) == []


def test_a_page_is_at_most_130_lines() -> None:
    assert broken(PAGES, longer_than(130)) == []


def test_a_module_is_at_most_250_lines_and_a_function_40() -> None:
    every = APP + PAGES + UI + CORE
    scripts = [
        path
        for folder in ("controls", "maps", "panels", "player", "shared", "wipe")
        for path in (ROOT / "assets" / folder).glob("*.js")
    ]
    assert broken(every + scripts, longer_than(250)) == []
    assert broken(every, long_functions(40)) == []


def test_code_is_shown_in_one_colour_and_wrapped() -> None:
    """Streamlit's colours of Python are too pale, and no key scrolls its boxes."""
    found = 0
    for path in [*ROOT.glob("pages/*.py"), *ROOT.glob("tconv_ui/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".code"):
                given = {word.arg: ast.unparse(word.value) for word in node.keywords}
                found += 1
                assert (given.get("language"), given.get("wrap_lines")) == ("None", "True"), path
    assert found >= 5
