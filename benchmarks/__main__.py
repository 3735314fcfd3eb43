"""Run every benchmark: python -m benchmarks."""

from benchmarks import browser, core, decoders, pictures

browser.main()
pictures.main()
core.main()
decoders.main()
