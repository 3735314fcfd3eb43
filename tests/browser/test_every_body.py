"""Every page, whatever it is, for every body: axe-core finds nothing, in either theme.

The pages are those of the navigation, so one that is added is held to this as it stands.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App
from tests.pages.lab import PAGES

VENDOR = Path(__file__).with_name("vendor")
AXE = (VENDOR / "axe.min.js").read_text(encoding="utf-8")
STREAMLITS_OWN = {("presentation-role-conflict", "minor", "stFileUploaderDropzone")}
"""(rule, impact, data-testid) of what Streamlit itself draws; nothing else is let pass."""
MORE = [
    "upsample?view=Learn",
    "upsample?view=Take+away",
    "upsample?view=Wipe&zoom=4×&crop=50",
    "overlap?section=Cure",
    "step_by_step?export=PyTorch",
    "field_guide?part=Often+said",
    "field_guide?part=The+layers",
    "step_by_step?input=custom&x=1+word&weights=random&linked=false&size=99",
]
"""What is not drawn when a page opens."""
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds, a row per element, but for what is Streamlit's own."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        """async () => {
        const { violations } = await axe.run(document, { resultTypes: ['violations'] });
        return violations.flatMap(({ id, impact, nodes }) => nodes.map((node) => ({
            id, impact, html: node.html.slice(0, 300), why: node.failureSummary,
            testid: node.element?.dataset?.testid
                ?? (node.html.match(/^<[^>]*data-testid="([^"]+)"/) ?? [])[1] ?? '',
        })));
    }"""
    )
    return [it for it in found if (it["id"], it["impact"], it["testid"]) not in STREAMLITS_OWN]


def wordless(page: Page) -> list[str]:
    """Every picture, canvas and chart that has no words for somebody who cannot see it."""
    found: list[str] = page.evaluate(
        """() => {
        const deep = (root) => [...root.querySelectorAll('*')].flatMap(
            (node) => [node, ...(node.shadowRoot ? deep(node.shadowRoot) : [])]);
        const words = (node) => node.getAttribute('alt') || node.getAttribute('aria-label')
            || node.getAttribute('aria-hidden');
        return deep(document.querySelector('[data-testid=stMain]'))
            .filter((node) => node.matches('img, canvas, [data-testid=stPlotlyChart]'))
            .filter((node) => !words(node) && !node.querySelector('[aria-label], [alt]'))
            .filter((node) => !node.closest('[data-testid=stDataFrame]'))  // read cell by cell
            .map((node) => node.outerHTML.slice(0, 200));
    }"""
    )
    return found


def check(app: App, path: str, theme: str) -> None:
    """Open a page in a theme: what the server colours keeps its theme until it runs again."""
    app.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    app.open(path)
    app.page.wait_for_timeout(250)
    assert violations(app.page) == [], f"{path}, {theme}"
    assert wordless(app.page) == [], f"{path}, {theme}"


def test_axe_is_the_one_that_was_published() -> None:
    digest = hashlib.sha256((VENDOR / "axe.min.js").read_bytes()).hexdigest()
    assert digest in (VENDOR / "README.md").read_text(encoding="utf-8")
    assert "axe v4.14.1" in AXE[:200]


def test_axe_finds_what_is_planted(page: Page) -> None:
    page.set_content("<title>t</title><img src='data:,'><p style='color:#aaa'>pale</p>")
    rules = {it["id"] for it in violations(page)}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= rules


def test_the_search_for_pictures_without_words_finds_one(page: Page) -> None:
    page.set_content("<main data-testid=stMain><canvas></canvas><img alt='a' src='data:,'></main>")
    assert wordless(page) == ["<canvas></canvas>"]


@THEMES
def test_axe_finds_nothing_and_every_picture_has_words_on_any_page(app: App, theme: str) -> None:
    paths = app.paths()
    assert len(paths) == len(PAGES)
    for path in paths:
        check(app, path, theme)


@THEMES
def test_so_it_is_with_what_is_drawn_on_demand(app: App, theme: str) -> None:
    for path in MORE:
        check(app, path, theme)


def test_the_player_is_worked_and_heard_without_a_mouse(app: App) -> None:
    app.open()
    caption = app.player.locator("p.caption")
    assert caption.get_attribute("aria-live") == "polite"
    app.player.focus()
    app.page.keyboard.press("Home")
    app.wait_for_step(0)
    before = app.caption()
    app.page.keyboard.press("ArrowRight")
    app.wait_for_step(1)
    expect(caption).not_to_have_text(before)
