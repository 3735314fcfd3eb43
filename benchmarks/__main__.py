"""Run every benchmark: python -m benchmarks."""

from benchmarks import browser, core, decoders, exported_code, pictures

browser.main()
pictures.main()
core.main()
exported_code.main()
decoders.main()
