"""What a browser itself counts of a page: its largest paint, and how far things jump."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

_READ = """
() => new Promise((done) => {
  const column = document.querySelector('[data-testid=stMain]');
  const own = '[data-testid=stMainBlockContainer], [data-testid=stHeader] *';
  const isShell = (node) => node?.contains(column) || node?.matches?.(own);
  const found = { paint: 0, shift: 0, opening: 0 };
  const read = (type, add) =>
    new PerformanceObserver((list) => list.getEntries().forEach(add))
      .observe({ type, buffered: true });
  read('largest-contentful-paint', (entry) => (found.paint = entry.startTime));
  read('layout-shift', (entry) => {
    if (entry.hadRecentInput) return;
    const whole = entry.sources.length && entry.sources.every(({ node }) => isShell(node));
    found[whole ? 'opening' : 'shift'] += entry.value;
  });
  setTimeout(() => done(found), 200);
})
"""


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a browser counted since it opened a page.

    Attributes:
        paint: Milliseconds to the largest contentful paint.
        shift: Cumulative layout shift of what stands on the page.
        opening: That of Streamlit's own shell: it draws the page's column, empty, before it learns
            how wide the page is and that it has a sidebar. No app has a say in it.
    """

    paint: float
    shift: float
    opening: float


def read_vitals(page: Page) -> Vitals:
    """Return what the browser counted of a page that has come to rest."""
    found = page.evaluate(_READ)
    return Vitals(found["paint"], found["shift"], found["opening"])
