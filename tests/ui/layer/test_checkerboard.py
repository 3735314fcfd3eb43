"""How much of a checkerboard, as people write it."""

from __future__ import annotations

import pytest

from tconv_ui.layer.checkerboard import percent


@pytest.mark.parametrize(
    ("share", "text"), [(0.2, "20 %"), (0.0, "0 %"), (1.732, "173 %"), (0.0412, "4.1 %")]
)
def test_percent(share: float, text: str) -> None:
    assert percent(share) == text
