"""Take the README's pictures of the app: python -m scripts.make_screenshots."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from scripts.serving import browsing, served

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SHOTS = {
    "step_by_step.png": ("step_by_step?step=5&pin=1,2", ".player canvas", 800),
    "readings.png": (
        "?readings=Scatter&readings=Gather&readings=Matrix&step=5&pin=1,2",
        ".player canvas",
        1180,
    ),
    "overlap.png": ("overlap?size=5&padding=0", ".js-plotly-plot", 800),
    "upsample.png": (
        "upsample?weights=ones&mode=Restore&methods=Sidebar+kernel&methods=Fitted+kernel&zoom=4×",
        ".st-key-pix img",
        900,
    ),
}


def main() -> None:
    """Write one picture per page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as address, browsing() as browser:
        for name, (path, wanted, height) in SHOTS.items():
            _shoot(browser, f"{address}/{path}", wanted, height, FOLDER / name)
            print(FOLDER / name)


def _shoot(browser: Browser, address: str, wanted: str, height: int, target: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": height}, device_scale_factor=1.5)
    page.goto(address)
    page.wait_for_selector(wanted)
    page.wait_for_timeout(2000)
    page.screenshot(path=target)
    page.close()


if __name__ == "__main__":
    main()
