"""Field guide: the whole subject in short chapters, each with its picture, formula and source."""

import streamlit as st

from tconv_ui.field_guide.sections import PARTS
from tconv_ui.layer.state import current_layer, show_notices
from tconv_ui.shell.header import current_theme, show_head
from tconv_ui.shell.links import asked_of, choose_one, show_unmet, unmet
from tconv_ui.shell.pages import PAGES

show_head(PAGES["field_guide"])
_, notices = current_layer()
show_notices(notices)
asked = asked_of("part", "chapter")
part = choose_one(st, "Part", PARTS, key="part", label_visibility="collapsed", width="stretch")
PARTS[part](current_theme())
show_unmet(
    [
        unmet(asked, "part", f"one of {', '.join(PARTS)}"),
        unmet(asked, "chapter", "the title of a chapter"),
    ]
)
