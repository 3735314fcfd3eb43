"""The app as a server runs it, without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.runtime.pages_manager import PagesManager


@pytest.fixture(autouse=True)
def _remembered_navigation(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server remembers that `st.navigation` was called once; AppTest forgets it before each run.

    Without it, Streamlit would run each page alone, without `app.py`, from the second run on.
    """
    begin = PagesManager.__init__

    def remembering(self: PagesManager, *args: Any, **options: Any) -> None:
        begin(self, *args, **options)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", remembering)
