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
    others = ["linked", "input", "weights", "seed", "step", "pin", "export", "export_width"]
    names = [*DEFAULTS, *others]
    link = dict.fromkeys(names, text[: 500_000 // len(names)])  # more, and Streamlit reads nothing
    lab = Lab(link=link)
    assert lab.sliders == DEFAULTS
    assert lab.notes
    check_step_page(lab)


def test_an_infinite_seed_falls_back_and_can_be_set() -> None:
    lab = Lab(link={"weights": "random", "seed": "1e999"})
    (note,) = lab.notes
    assert "seed=`1e999` is not a whole number from 0 to 999; using 0." in note
    check_step_page(lab)
    before = lab.payload.values("kernel")
    lab.slide(seed=5)
    assert (lab.payload.values("kernel") != before).any()


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
