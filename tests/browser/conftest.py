"""One server and one browser for all browser tests; a fresh context for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.app import App
from tests.serving import ROOT, browsing, served

MOST_WAIT = 60_000
"""Milliseconds until a test gives up: no promise of the app's, but what a slow machine needs."""
expect.set_options(timeout=MOST_WAIT)
A_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The app as it is deployed: whatever the browser tests do, they do under its headers."""
    with served(ROOT / "serve.py") as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with browsing(*A_CAMERA) as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(MOST_WAIT)
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    yield context
    context.close()
    assert [text for text in said if "Content Security Policy" in text] == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def app(page: Page, address: str) -> App:
    return App(page, address)
