"""Export as a visitor meets it: draw, download, read the file."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from tests.browser.app import App


def section(app: App) -> Locator:
    return app.page.locator("[data-testid=stMain] [data-testid=stExpander]", has_text="Export")


def choose(app: App, name: str) -> None:
    section(app).get_by_role("radio", name=name, exact=True).click()
    app.settle()


def download(app: App, label: str, folder: Path) -> Path:
    with app.page.expect_download() as found:
        section(app).get_by_role("button", name=label).click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path


def test_a_gif_is_drawn_downloaded_and_plays(app: App, tmp_path: Path) -> None:
    app.open("step_by_step?size=3&kernel=3&stride=2&padding=1")
    section(app).locator("summary").click()
    section(app).get_by_role("button", name="Draw the GIF").click()
    expect(section(app).get_by_role("button", name="Download the GIF")).to_be_visible()
    path = download(app, "Download the GIF", tmp_path)
    assert path.name == "output_3x3_3x3_7x7.gif"
    assert path.stat().st_size < 300_000
    with Image.open(path) as image:
        assert (image.format, image.n_frames, image.width) == ("GIF", 10, 480)
        assert image.info["loop"] == 0
        frames = []
        for index in range(image.n_frames):
            image.seek(index)
            frames.append(np.asarray(image.convert("RGB")))
    assert len({frame.tobytes() for frame in frames}) == 10
    assert frames[0][1, 1].tolist() == [255, 255, 255]
    app.button("next").click()  # a rerun of the page keeps the file
    app.wait_for_link(step="6")
    app.settle()
    expect(section(app).get_by_role("button", name="Download the GIF")).to_be_visible()
    app.set_slider("stride", 3)
    expect(section(app).get_by_role("button", name="Draw the GIF")).to_be_visible()


def test_a_picture_and_the_numbers_follow_the_player(app: App, tmp_path: Path) -> None:
    app.open("step_by_step?export=PNG&step=2")
    app.button("next").click()
    app.wait_for_link(step="3")
    expect(section(app).get_by_text("Step 3 of 9")).to_be_visible()
    path = download(app, "Download the PNG", tmp_path)
    assert path.name == "output_3x3_3x3_7x7_step_3.png"
    with Image.open(path) as image:
        assert (image.format, image.width) == ("PNG", 480)
    choose(app, "CSV")
    app.wait_for_link(export="CSV")
    path = download(app, "Download the CSV", tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    last = {(line["row"], line["column"]): line["value"] for line in lines if line["step"] == "9"}
    assert float(last["4", "4"]) == (4 - 1 + 1 + 2) * 0.25  # four stamps meet there
    choose(app, "Keras")
    expect(section(app).get_by_text("Conv2DTranspose")).to_be_visible()


def test_a_phone_shows_every_format_in_the_dark(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800}, color_scheme="dark")
    context.set_default_timeout(20_000)
    app = App(context.new_page(), address)
    app.open("step_by_step?export=NPZ")
    section(app).scroll_into_view_if_needed()
    for name in ("GIF", "Keras"):
        box = section(app).get_by_role("radio", name=name, exact=True).bounding_box()
        assert box is not None
        assert 0 < box["x"] < box["x"] + box["width"] < 400
    assert app.beyond_the_edge() == []
    context.close()
