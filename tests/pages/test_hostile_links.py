"""Links made to break the page: it answers in words and goes on."""

from __future__ import annotations

import pytest

from tests.pages.lab import DEFAULTS, Lab, check_player, check_step_page

HOSTILE = [
    "9" * 400,
    "9" * 5000,
    "1e999",
    "-1e300 nan inf",
    "1 " * 20_000,
    "; ".join(["1 2 3"] * 500),
    "🂡 ½ 𝟙 ١٢ ²",
    "\x00\x07\u202e\u200b\ufeff",
    "<script>alert(1)</script>",
    "${jndi:ldap://x} $\\frac$ `x` **",
    "__import__('os')",
    "[" * 3000,
    "]," * 3000,
    "1_000",
    ";;;;",
    "%00%0d%0a",
]
LONG = pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))


@LONG
@pytest.mark.parametrize("key", ["x", "w"])
def test_hostile_cells_never_break_the_page(key: str, text: str) -> None:
    lab = Lab(link={"input": "custom", "weights": "custom", key: text, "xw"[key == "x"]: "1"})
    check_player(lab)
    assert len(lab.warnings) <= 1
    lab.go("Overlap")
    lab.go("Upsample an image")


@LONG
def test_hostile_links_never_break_the_page(text: str) -> None:
    if len(text) > 4300 and text.isdigit():
        text = text[:400]  # its own test is above
    link = dict.fromkeys([*DEFAULTS, "linked", "input", "weights", "seed", "step", "pin"], text)
    lab = Lab(link=link)
    assert lab.sliders == DEFAULTS
    assert lab.notes
    check_step_page(lab)


@pytest.mark.parametrize(
    "link",
    [
        {"size": "![](//a.bc/d)"},
        {"input": "![](//a.bc/d)"},
        {"step": "![](//a.bc/d)"},
        {"input": "custom", "x": "1 ![](//a.bc/d)"},
    ],
)
def test_a_link_cannot_draw_on_the_page(link: dict[str, str]) -> None:
    lab = Lab(link=link)
    (said,) = [*lab.notes, *lab.warnings]
    assert "![](//a.bc/d)" not in said.replace("`![](//a.bc/d)`", "")
