"""Make the README's pictures and the links': the app exports its animation and is looked at.

`make pictures`, or python -m docs.make_pictures; names after it make only those, as in
`python -m docs.make_pictures overlap`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tconv_core import trace_scatter
from tconv_ui.export.animation import animate
from tconv_ui.layer.presets import PRESETS
from tconv_ui.player.scatter import scatter_scene
from tconv_ui.shell.previews import PICTURE, PICTURE_SIZE
from tconv_ui.theme import LIGHT
from tests.serving import ROOT, browsing, served

FOLDER = ROOT / "docs" / "pictures"
ANIMATION, PREVIEW = "stamps", "preview"
VIEW, HEADER = (1280, 920), 60


@dataclass(frozen=True, slots=True)
class Shot:
    """What of the app is looked at.

    Attributes:
        path: The page's address below the app's own; it is the picture's name too.
        link: The parameters of the view.
        wanted: The selector of what the page must have drawn.
        top: The selector of what stands at the picture's upper edge; none is the page's begin.
    """

    path: str
    link: str = ""
    wanted: str = "h1"
    top: str = ""

    @property
    def name(self) -> str:
        """The stem of the picture's file."""
        return self.path or "home"


SHOTS = (
    Shot(""),
    Shot("step_by_step", "step=5&pin=1,2", ".player canvas"),
    Shot("overlap", "size=5&padding=0&weights=ones", ".js-plotly-plot"),
    Shot("operations", "", ".player canvas", top="[data-testid=stLayoutWrapper]:has(.player)"),
    Shot(
        "upsample",
        "weights=ones&mode=Restore&methods=Sidebar+kernel&methods=Fitted+kernel&zoom=4×",
        ".st-key-pix img, .st-key-pix canvas",
        top=".st-key-zoom",
    ),
    Shot("decoder", "", "[data-testid=stMain] img"),
    Shot("frameworks", "", ".js-plotly-plot"),
    Shot("solver"),
    Shot("field_guide"),
    Shot("lesson"),
)
"""Every page, in the order of the navigation."""


def main() -> None:
    """Write what is asked for, or everything."""
    asked = set(sys.argv[1:])
    known = {ANIMATION, PREVIEW, *(shot.name for shot in SHOTS)}
    if unknown := asked - known:
        sys.exit(f"No picture is called {', '.join(sorted(unknown))}; there are {sorted(known)}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not asked or ANIMATION in asked:
        _write(FOLDER / f"{ANIMATION}.gif", animation())
    with served(ROOT / "serve.py") as address, browsing() as browser:
        for shot in SHOTS:
            if not asked or shot.name in asked:
                _write(FOLDER / f"{shot.name}.png", look(browser, address, shot, VIEW))
        if not asked or PREVIEW in asked:
            width, height = PICTURE_SIZE
            taken = look(browser, address, SHOTS[0], (width, height + HEADER))
            _write(ROOT / "assets" / PICTURE, taken)


def animation() -> bytes:
    """Return the first preset's stamps as a GIF, by the code of the page's export."""
    layer = next(iter(PRESETS.values())).choice.layer
    scene = scatter_scene(trace_scatter(layer.input, layer.kernel, layer.geometry))
    return animate(scene, LIGHT, "GIF", scale=2).data


def look(browser: Browser, address: str, shot: Shot, view: tuple[int, int]) -> bytes:
    """Return what a visitor sees beside the sidebar, as a PNG of few colours.

    Args:
        browser: Which looks.
        address: The app's own.
        shot: At what.
        view: (width, height) of the window in pixels.
    """
    width, height = view
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    page.goto(f"{address}/{shot.path}?{shot.link}".rstrip("?"))
    page.wait_for_selector(shot.wanted)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')"
        "?.getAttribute('data-test-script-state') === 'notRunning'"
    )
    page.wait_for_timeout(2500)  # until pictures have faded in and the player rests
    if shot.top:
        page.locator(shot.top).first.evaluate(
            "(node, margin) => { node.style.scrollMarginTop = `${margin}px`;"
            "node.scrollIntoView({block: 'start'}); }",
            HEADER + 16,
        )
        page.wait_for_timeout(500)
    main = page.locator("[data-testid=stMain]").bounding_box()
    assert main is not None
    x, across, down = main["x"], main["width"], height - HEADER
    taken = page.screenshot(clip={"x": x, "y": HEADER, "width": across, "height": down})
    page.close()
    buffer = BytesIO()
    Image.open(BytesIO(taken)).convert("RGB").quantize(256).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    print(f"{path.relative_to(ROOT)}  {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
