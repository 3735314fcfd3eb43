"""The sections of the image page; only the one that is open is computed and drawn."""

from __future__ import annotations

from collections.abc import Callable

from tconv_ui.upsample.compare_section import compare
from tconv_ui.upsample.learn_section import learn
from tconv_ui.upsample.spectrum_section import spectra
from tconv_ui.upsample.study import Study
from tconv_ui.upsample.take_away_section import take_away
from tconv_ui.upsample.wipe_section import wipe

SECTIONS: dict[str, Callable[[Study], None]] = {
    "Compare": compare,
    "Wipe": wipe,
    "Spectrum": spectra,
    "Learn": learn,
    "Take away": take_away,
}
