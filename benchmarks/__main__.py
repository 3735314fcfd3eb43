"""Run every benchmark: python -m benchmarks."""

from benchmarks import browser, core, decoders, exported_code, pictures, stack_edits

browser.main()
pictures.main()
stack_edits.main()
core.main()
exported_code.main()
decoders.main()
