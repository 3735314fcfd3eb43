"""The floors of the house: imports point down only, and what no screen code may do.

Each rule is a function from source text to what it breaks, tried on small bad sources first and
then on every file that exists.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
APP = [ROOT / "app.py", ROOT / "serve.py"]
PAGES = sorted(ROOT.glob("pages/**/*.py"))
UI = sorted(ROOT.glob("tconv_ui/**/*.py"))
CORE = sorted(ROOT.glob("tconv_core/**/*.py"))

STREAMLIT_UI = frozenset(
    {
        "controls",  # the sidebar's layer
        "doorway",  # the button that opens another page in a state
        "editor",  # the grid widget of controls; what its text means is in cells
        "faults",  # what a visitor reads of an error nobody foresaw
        "links",  # what the address carries where the widgets' own binding does not
        "navigation",  # the pages, declared once
        "player",  # the animation component
        "room",  # height kept for what comes up late
        "samples",  # the sample pictures, each decoded once
        "show",  # figures, their numbers and the theme, the same way on every page
        "tiles",  # small grids side by side, on several pages
        "source",  # the code behind a picture, read when it is opened
        "decoder.changes",  # what the page's controls do to the stack
        "decoder.layer_editor",  # the settings of one layer
        "decoder.sections",  # what it shows on demand
        "decoder.state",  # the stack being edited, in the session and in the link
        "decoder.study",  # its runs, remembered
        "decoder.table",  # its controls
        "decoder.views",  # what the page draws of it
        "export.offers",  # each file of the section below
        "export.section",  # what a player's page offers as files
        "field_guide.sections",  # its parts, drawn on demand
        "frameworks.sections",  # what the page draws
        "home.sections",  # the hero, the doors, the cards and the map, drawn
        "lesson.quiz",  # the questions, one at a time
        "operations.parts",  # a player with its facts, and the round trip, drawn
        "overlap.cure_section",
        "overlap.sections",  # what the page shows on demand
        "solver.sections",  # what the page draws
        "solver.stack_doors",  # the ways into the Decoder
        "step_by_step.channel_controls",  # how many channels
        "step_by_step.reading_controls",  # its switches and its badge
        "upsample.crop_tool",  # a component of its own
        "upsample.panels",  # a component
        "upsample.picture_source",  # the sample chooser and the uploader
        "upsample.section_compare",
        "upsample.section_learn",
        "upsample.section_spectrum",
        "upsample.section_take_away",
        "upsample.section_wipe",
        "upsample.sections",  # the five above, by name
        "upsample.study",  # the page's controls and its caches
        "upsample.wipe",  # a component
    }
)
"""The modules of tconv_ui that may import streamlit. Add one only with a reason beside it."""

PURE_NAMES = frozenset(
    {"cells", "code", "facts", "figures", "formulas", "layer", "layer_code", "palette"}
    | {"pictures", "scenes", "uploads", "words"}
)
"""Names, of a module or of its package, that no module of STREAMLIT_UI may ever have."""

PAGE_PACKAGES = frozenset(path.stem for path in PAGES)

LENT = {
    "lesson.quiz": "field_guide",  # shows the answer in its figure of stamps
    "solver.stack_doors": "decoder",  # leaves a stack for the Decoder, which alone knows stacks
}
"""The modules that may import one other page's package. Add one only with a reason beside it."""

CORE_MAY_IMPORT = frozenset({"numpy", "tconv_core"}) | sys.stdlib_module_names
TOOLING = frozenset({"benchmarks", "scripts", "tests"})

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
    """Return a module's name below tconv_ui."""
    return ".".join(path.relative_to(ROOT / "tconv_ui").with_suffix("").parts)


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


def breaks_pure_ui(source: str) -> list[str]:
    """A module without streamlit imports neither it nor a module that does."""
    tainted = {"streamlit"} | {f"tconv_ui.{module}" for module in STREAMLIT_UI}
    return [
        f"{line}: imports {name}"
        for line, name in imported(source, "tconv_ui")
        if any(f"{name}.".startswith(f"{bad}.") for bad in tainted)
    ]


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
    (breaks_ui, "from scripts import make_samples"),
    (breaks_pure_ui, "import streamlit as st"),
    (breaks_pure_ui, "from streamlit.components import v2"),
    (breaks_pure_ui, "from tconv_ui import controls"),
    (breaks_pure_ui, "from tconv_ui.player import Player"),
    (breaks_pure_ui, "import tconv_ui.controls"),
    (breaks_pure_ui, "from . import controls"),
    (breaks_pure_ui, "from .player import Player"),
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
    (breaks_app, "import scripts.make_samples"),
    (breaks_app, "from benchmarks import table"),
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
]

GOOD = [
    (
        breaks_core,
        "import math, os.path\nimport numpy.typing\nfrom tconv_core.geometry import Axis",
    ),
    (breaks_core, "from . import kernels\nfrom .geometry import Axis"),
    (breaks_core, "'import streamlit'  # import streamlit"),
    (breaks_ui, "import streamlit, application\nfrom tconv_ui import pages_of_text"),
    (breaks_pure_ui, "import plotly.graph_objects as go\nfrom tconv_ui import palette"),
    (breaks_pure_ui, "from tconv_ui.controls_free import words\nimport streamlit_free"),
    (breaks_page, "import streamlit as st\nfrom tconv_ui import controls, figures"),
    (borrows("overlap"), "from tconv_ui.overlap import stacks\nfrom . import sections"),
    (borrows("overlap"), "from tconv_ui.overlap_words import title\nfrom tconv_ui import pictures"),
    (borrows("overlap"), "import numpy as np\nfrom tconv_ui.scenes.scatter import count_scene"),
    (borrows("overlap", "decoder"), "from tconv_ui.decoder.text import read_plan"),
    (breaks_app, "import streamlit as st\nfrom tconv_ui import controls"),
    (sleeps, "import time\ntime.perf_counter()\nbed.sleep()"),
    (injects_html, "st.markdown('text')  # unsafe_allow_html is never needed"),
    (spells_colours, "'see #12 and #123, y = #cells'  # 3b5bdb is the blue: #3b5bdb"),
    (longer_than(2), "a\nb\n"),
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
    assert {"__init__", "axis", "geometry", "trace", "transposed"} <= {path.stem for path in CORE}


def test_core_imports_only_numpy_and_the_standard_library() -> None:
    assert broken(CORE, breaks_core) == []


def test_tconv_ui_imports_only_what_is_below() -> None:
    assert broken(UI, breaks_ui) == []


def test_every_module_listed_is_there_and_needs_to_be() -> None:
    assert {dotted(path) for path in UI if breaks_pure_ui(path.read_text("utf-8"))} == STREAMLIT_UI


def test_streamlit_stays_in_the_listed_modules_of_tconv_ui() -> None:
    assert [name for name in STREAMLIT_UI if PURE_NAMES & set(name.split("."))] == []
    pure = [path for path in UI if dotted(path) not in STREAMLIT_UI]
    assert broken(pure, breaks_pure_ui) == []


def test_pages_import_no_page_and_no_tooling() -> None:
    assert broken(PAGES, breaks_page) == []


def test_every_page_has_a_package_of_its_own() -> None:
    assert {owner(path) for path in UI} == {*PAGE_PACKAGES, ""}


def test_no_page_imports_another_pages_package() -> None:
    lent = {path: LENT.get(dotted(path), "") for path in UI}
    rules = {path: borrows(owner(path), lent.get(path, "")) for path in PAGES + UI}
    assert [problem for path, rule in rules.items() for problem in broken([path], rule)] == []


def test_every_module_that_is_lent_something_needs_it() -> None:
    borrowers = {dotted(path) for path in UI if borrows(owner(path))(path.read_text("utf-8"))}
    assert borrowers == LENT.keys()


def test_app_imports_no_tooling() -> None:
    assert broken(APP, breaks_app) == []


@pytest.mark.parametrize("rule", [sleeps, injects_html])
def test_the_app_never_sleeps_and_never_injects_html(rule: Rule) -> None:
    assert broken(APP + PAGES + UI + CORE, rule) == []


def test_only_the_palette_spells_colours() -> None:
    others = [path for path in APP + PAGES + UI if path != ROOT / "tconv_ui" / "palette.py"]
    assert broken(others, spells_colours) == []


def test_app_is_at_most_40_lines() -> None:
    assert broken(APP[:1], longer_than(40)) == []


def test_a_page_is_at_most_130_lines() -> None:
    assert broken(PAGES, longer_than(130)) == []


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
