"""Every link in the project's texts and within the app leads somewhere.

There is no internet in the tests: addresses outside are only held to their spelling, and
`python -m docs.list_links` lists them.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from docs.list_links import ROOT, TEXTS, fault, files, outside_links, strings
from docs.markdown import anchors, links
from tconv_ui.field_guide.chapters import CHAPTERS
from tconv_ui.shell.pages import PAGES

DOCUMENTS = [path.relative_to(ROOT).as_posix() for path in files(TEXTS)]
APP = files(("app.py", "pages/**/*.py", "tconv_ui/**/*.py"))
FOLDERS = "assets|benchmarks|deploy|docs|pages|tests|tconv_core|tconv_lab|tconv_ui"
PATH = re.compile(rf"`((?:{FOLDERS})/[\w./*-]*)`")
TEST = re.compile(r"`(test_\w*)(\*?\.py)?`")
PAGE = re.compile(r"pages/\w+\.py")


@cache
def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def broken_links(document: str) -> list[str]:
    """Return the targets within the project that are not there, or have no such heading."""
    found = []
    for target in links(read(document)):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        path = (ROOT / document).parent / parts.path if parts.path else ROOT / document
        if not path.exists() or not path.resolve().is_relative_to(ROOT.resolve()):
            found.append(target)
        elif parts.fragment:
            headings = anchors(path.read_text(encoding="utf-8"))
            found += [target] if parts.fragment not in dict(headings).values() else []
    return found


CITED = re.compile(r"([A-Z][\w-]+)(?:, [A-Z]\w+)*(?: et al\.| & [A-Z]\w+),? ((?:19|20)\d\d)")
TWO_PAPERS = {"Wang"}


def test_a_paper_has_one_year_everywhere() -> None:
    texts = [read(name) for name in DOCUMENTS]
    texts += [path.read_text("utf-8") for path in [*APP, *files(("tconv_core/**/*.py",))]]
    texts += [f"{each.who} {each.year}" for chapter in CHAPTERS for each in chapter.sources]
    years: dict[str, set[str]] = {}
    for who, year in CITED.findall("\n".join(texts)):
        years.setdefault(who, set()).add(year)
    assert {who for who, found in years.items() if len(found) > 1} == TWO_PAPERS
    assert (years["Long"], years["Radford"]) == ({"2015"}, {"2016"})  # CVPR, ICLR


# Texts ------------------------------------------------------------------------------------------


def test_a_broken_link_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "there.md").write_text("# A heading\n```\n# no heading\n```\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(
        "[1](there.md) [2](there.md#a-heading) [3](https://e.org/gone) `[4](no.md)`\n"
        "[5](there.md#no-heading) ![6](gone.png) [![7](gone.gif)](there.md) [8](#gone)\n"
        '<img src="lost.png" alt="9"> [10](../there.md)\n',
        encoding="utf-8",
    )
    read.cache_clear()
    wanted = ["#gone", "../there.md", "gone.gif", "gone.png", "lost.png", "there.md#no-heading"]
    assert sorted(broken_links("a.md")) == sorted(wanted)
    read.cache_clear()


def test_the_texts_are_there_to_be_checked() -> None:
    wanted = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/reliability.md"}
    assert wanted <= {*DOCUMENTS}
    assert len(links(read("README.md"))) >= 10


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_and_pictures_of_a_text_are_there(document: str) -> None:
    assert broken_links(document) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_that_a_text_names_are_there(document: str) -> None:
    assert [path for path in PATH.findall(read(document)) if not [*ROOT.glob(path)]] == []


@pytest.mark.parametrize("document", [name for name in DOCUMENTS if TEST.search(read(name))])
def test_tests_that_a_text_names_are_there(document: str) -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in ROOT.glob("tests/**/*.py")}
    defined = {it for source in sources.values() for it in re.findall(r"^def (\w+)", source, re.M)}
    for name, suffix in TEST.findall(read(document)):
        if suffix:
            assert [*ROOT.glob(f"tests/**/{name}{suffix}")], name + suffix
        else:
            assert name in defined


def test_every_picture_is_shown() -> None:
    shown = {
        ((ROOT / document).parent / target).resolve()
        for document in DOCUMENTS
        for target in links(read(document))
    }
    assert [path.name for path in (ROOT / "docs/pictures").iterdir() if path not in shown] == []


# The app ----------------------------------------------------------------------------------------


def navigation() -> set[str]:
    return {f"pages/{page}.py" for page in PAGES}


def test_the_navigation_holds_every_page() -> None:
    assert navigation() == {path.relative_to(ROOT).as_posix() for path in ROOT.glob("pages/*.py")}


def test_pages_named_by_their_file_are_in_the_navigation() -> None:
    named = {
        (text, path.relative_to(ROOT).as_posix())
        for path in APP
        for text in strings(path.read_text(encoding="utf-8"))
        if PAGE.fullmatch(text)
    }
    assert named
    assert [each for each in named if each[0] not in navigation()] == []


def page_links(source: str) -> list[str]:
    """Return the page of each `PageLink(page, ...)`, whose name may be one of the module's own."""
    tree = ast.parse(source)
    names = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    handed = {argument.arg for function in functions for argument in function.args.args}
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="PageLink"), args=[ast.Name(id=name), *_]) if (
                name in handed
            ):
                pass  # whoever calls the function names the page
            case ast.Call(func=ast.Name(id="preset_link"), args=[_, ast.Constant(value=page)]):
                found.append(page)
            case ast.Call(func=ast.Name(id="PageLink"), args=[ast.Constant(value=page), *_]):
                found.append(page)
            case ast.Call(func=ast.Name(id="PageLink"), args=[ast.Name(id=name), *_]):
                found.append(names.get(name, name))
            case ast.Call(func=ast.Name(id="PageLink")):
                found.append(ast.unparse(node))
    return found


def test_page_links_are_read() -> None:
    source = "A = 'overlap'\nPageLink('solver', {})\nf(PageLink(A, {}))\n"
    source += "PageLink(page=A)\nPageLink(B, {})"
    assert sorted(page_links(source)) == ["B", "PageLink(page=A)", "overlap", "solver"]
    source = "def preset_link(preset, page):\n    PageLink(page)\npreset_link(P, 'lesson')"
    assert page_links(source) == ["lesson"]


def test_every_page_link_leads_to_a_page() -> None:
    pages = {Path(page).stem for page in navigation()}
    found = [page for path in APP for page in page_links(path.read_text(encoding="utf-8"))]
    assert len(found) >= 20
    assert [page for page in found if page not in pages] == []


def test_links_in_the_apps_texts_lead_outside_or_to_a_page() -> None:
    targets = {
        target
        for path in APP
        for text in strings(path.read_text(encoding="utf-8"))
        for target in links(text)
    }
    pages = {Path(page).stem for page in navigation()}
    inside = [each for each in targets if not (urlsplit(each).scheme or urlsplit(each).netloc)]
    assert len(targets) > len(inside)
    assert [each for each in inside if urlsplit(each).path.strip("/") not in pages] == []


# Outside ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://arxiv.org/abs/1603.07285", ""),
        ("https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html", ""),
        ("http://arxiv.org/abs/1603.07285", "not https"),
        ("ftp://arxiv.org", "not https"),
        ("https://localhost/x", "no host's name"),
        ("https://arxiv", "no host's name"),
        ("https://arxiv.org/abs/1603.07285.", "a stray sign"),
        ("https://arxiv.org/{name}", "a stray sign"),
    ],
)
def test_a_badly_spelled_address_is_found(address: str, said: str) -> None:
    assert fault(address) == said


def test_addresses_outside_are_well_spelled() -> None:
    found = outside_links()
    assert "https://arxiv.org/abs/1603.07285" in found
    assert {address: fault(address) for address in found if fault(address)} == {}


def test_no_address_is_spelled_in_two_ways() -> None:
    found = outside_links()
    plain = [re.sub(r"^https://(www\.)?", "", address).rstrip("/") for address in found]
    assert sorted({*plain}) == sorted(plain)
