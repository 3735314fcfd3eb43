"""Run every benchmark: python -m benchmarks."""

from benchmarks import browser, pictures

browser.main()
pictures.main()
