"""Run every benchmark: python -m benchmarks."""

from benchmarks import browser, core, pictures

browser.main()
pictures.main()
core.main()
