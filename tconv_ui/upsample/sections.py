"""The sections of the image page; only the one that is open is computed and drawn."""

from __future__ import annotations

from collections.abc import Callable

from tconv_ui.upsample.section_compare import compare
from tconv_ui.upsample.section_learn import learn
from tconv_ui.upsample.section_spectrum import spectra
from tconv_ui.upsample.section_take_away import take_away
from tconv_ui.upsample.section_wipe import wipe
from tconv_ui.upsample.study import Study

SECTIONS: dict[str, Callable[[Study], None]] = {
    "Compare": compare,
    "Wipe": wipe,
    "Spectrum": spectra,
    "Learn": learn,
    "Take away": take_away,
}
