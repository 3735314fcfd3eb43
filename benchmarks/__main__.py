"""Run every benchmark: python -m benchmarks."""

from benchmarks import browser, core

browser.main()
core.main()
