"""Run every benchmark: python -m benchmarks."""

from benchmarks import browser

browser.main()
