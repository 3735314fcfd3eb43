"""The chapters of the field guide, in reading order."""

from __future__ import annotations

from tconv_ui.field_guide.consequences import CONSEQUENCES
from tconv_ui.field_guide.mechanics import MECHANICS

CHAPTERS = (*MECHANICS, *CONSEQUENCES)
