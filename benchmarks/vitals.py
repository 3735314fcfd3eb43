"""What a first-time visitor waits for, page by page: python -m benchmarks.vitals.

One server, started for this; every visit has a browser context of its own, with an empty cache.
"""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, expect

from tests.browser.app import App
from tests.browser.vitals import Vitals, read_vitals
from tests.serving import ROOT, browsing, served

VISITS = 3
GOOD_PAINT, GOOD_SHIFT = 2500, 0.1
"""Milliseconds and cumulative layout shift that web.dev calls good."""


def main() -> None:
    """Print the table."""
    with browsing() as browser, served(ROOT / "serve.py") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        paths = App(page, address).paths()
        page.close()
        print(
            f"Cold visits, 1280 × 900: median of {VISITS} (good: at most {GOOD_PAINT} ms and "
            f"{GOOD_SHIFT})\n\n"
            "| page | largest paint, ms | slowest, ms | layout shift | sidebar's opening |\n"
            "|---|---|---|---|---|"
        )
        for path in paths:
            visits = [_visit(browser, address, path) for _ in range(VISITS)]
            paints = [visit.paint for visit in visits]
            print(
                f"| /{path} | {statistics.median(paints):.0f} | {max(paints):.0f} | "
                f"{max(visit.shift for visit in visits):.3f} | "
                f"{max(visit.opening for visit in visits):.3f} |"
            )


def _visit(browser: Browser, address: str, path: str) -> Vitals:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    app = App(page, address)
    page.goto(f"{address}/{path}")
    expect(page.locator("h1")).to_be_visible()
    app.settle()
    page.wait_for_timeout(1500)
    found = read_vitals(page)
    context.close()
    return found


if __name__ == "__main__":
    main()
