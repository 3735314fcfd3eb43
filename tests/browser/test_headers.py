"""Every page under the very policy that is deployed: serve.py sends it, the browser keeps it."""

from __future__ import annotations

import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from serve import HEADERS
from tests.browser.app import App

ABSENT = ("_stcore/host-config", "_stcore/health")
"""What Streamlit itself looks for below a sub-page's address, where there is nothing."""


def test_every_page_runs_under_the_policy_without_an_error(app: App) -> None:
    hosts: set[str] = set()
    errors: list[str] = []
    app.page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    app.page.on("pageerror", lambda error: errors.append(str(error)))
    app.page.on(
        "console",
        lambda it: errors.append(f"{it.text} {it.location['url']}") if it.type == "error" else None,
    )
    paths = app.paths()
    for path in paths:
        app.open(path)
        app.page.wait_for_timeout(700)
    expected = [f"{app.address}/{path}/{name}" for path in paths if path for name in ABSENT]
    found = [error for error in errors if not error.endswith(tuple(expected))]
    assert found == []
    assert len(errors) <= len(expected)
    assert hosts - {""} == {urlsplit(app.address).netloc}


def test_the_policy_is_kept(browser: Browser, address: str) -> None:
    """A script of somebody else's, and one inside the page, are not run."""
    page = browser.new_page()
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    broken = page.evaluate(
        """() => new Promise((done) => {
        const broken = [];
        document.addEventListener('securitypolicyviolation', (event) => {
            broken.push(event.effectiveDirective);
            if (broken.length === 3) done(broken.sort());
        });
        const add = (tag, values) =>
            document.head.append(Object.assign(document.createElement(tag), values));
        add('script', { src: 'https://example.org/x.js' });
        add('script', { textContent: 'window.mine = 1' });
        add('img', { src: 'https://example.org/x.png' });
    })"""
    )
    assert broken == ["img-src", "script-src-elem", "script-src-elem"]
    assert page.evaluate("() => window.mine") is None
    page.close()


@pytest.mark.parametrize("path", ["", "overlap", "_stcore/health", "static/nothing.js"])
def test_every_answer_carries_the_headers(address: str, path: str) -> None:
    status, headers = answer(f"{address}/{path}")
    assert status in (200, 404)
    assert {name: headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", ["_stcore/metrics", "_stcore/metrics/", "overlap/_stcore/metrics"])
def test_no_visitor_reads_the_metrics(address: str, path: str) -> None:
    status, _ = answer(f"{address}/{path}")
    assert status == 404


def answer(address: str) -> tuple[int, dict[str, str]]:
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            found = response.status, response.headers
    except urllib.error.HTTPError as error:
        found = error.code, error.headers
    return found[0], {name: found[1].get(name, "") for name in HEADERS}


def test_the_charts_script_is_fetched_once_and_early_where_there_are_charts(app: App) -> None:
    asked: list[str] = []
    app.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    app.open("overlap")
    expect(app.page.locator(".js-plotly-plot").first).to_be_visible()
    charts = [place for place, path in enumerate(asked) if "/PlotlyChart." in path]
    streams = [place for place, path in enumerate(asked) if path.endswith("/_stcore/health")]
    assert len(charts) == 1
    assert charts[0] < streams[0]
    asked.clear()
    app.open("")
    assert [path for path in asked if "/PlotlyChart." in path] == []
