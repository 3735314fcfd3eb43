"""The image page as a visitor handles it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from tests.browser.app import App


def detail(app: App) -> Locator:
    """What is said of the first panel beside its name."""
    return app.page.locator(".panels .detail").first


def drag(app: App, place: Locator, begin: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag from one point of a place to another, (x, y) as shares of its width and height."""
    place.evaluate("node => node.scrollIntoView({ block: 'center' })")
    box = place.bounding_box()
    assert box is not None
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (begin, end)]
    app.page.mouse.move(*points[0])
    app.page.mouse.down()
    app.page.mouse.move(*points[1], steps=8)
    app.page.mouse.up()


def choose(app: App, key: str, option: str) -> None:
    """Press a segment of a segmented control."""
    control = app.page.locator(f".st-key-{key}")
    control.get_by_role("radio", name=option, exact=True).click()
    app.wait_for_link(**{key: option})
    app.settle()


def rotated_jpeg(width: int, height: int) -> bytes:
    """A JPEG stored on its side: its EXIF says to turn it a quarter clockwise."""
    image = Image.new("RGB", (width, height), (30, 90, 200))
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, quality=95)
    return buffer.getvalue()


def test_upload_a_rotated_jpeg_and_download_the_result(app: App, tmp_path: Path) -> None:
    app.open("upsample?kernel=4&methods=Sidebar+kernel")
    upload = app.page.locator("input[type=file]")
    upload.set_input_files(
        {"name": "on its side.jpg", "mimeType": "image/jpeg", "buffer": rotated_jpeg(60, 40)}
    )
    expect(app.page.get_by_text("40 × 60 pixels")).to_be_visible()
    expect(app.page.get_by_text("80 × 120 pixels")).to_be_visible()
    choose(app, "view", "Take away")
    with app.page.expect_download() as download:
        app.page.get_by_role("button", name="PNG").click()
    target = tmp_path / "result.png"
    download.value.save_as(target)
    assert download.value.suggested_filename == "sidebar_kernel.png"
    with Image.open(target) as result:
        assert (result.size, result.mode) == ((80, 120), "RGB")
        assert np.abs(np.asarray(result)[60, 40].astype(int) - (30, 90, 200)).max() <= 4


def test_a_large_upload_is_reduced_and_said_so(app: App) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (1600, 800), "teal").save(buffer, "PNG")
    app.open("upsample")
    app.page.locator("input[type=file]").set_input_files(
        {"name": "large.png", "mimeType": "image/png", "buffer": buffer.getvalue()}
    )
    expect(app.page.get_by_text("Reduced from 1600 × 800")).to_be_visible()
    expect(detail(app)).to_have_text("512 × 256 pixels")


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(app: App) -> None:
    app.open("upsample")
    app.page.locator("input[type=file]").set_input_files(
        {"name": "note.png", "mimeType": "image/png", "buffer": b"just text"}
    )
    expect(app.page.locator("[data-testid=stAlert]")).to_contain_text(
        "The sample is shown instead."
    )
    expect(detail(app)).to_have_text("192 × 128 pixels")


def test_pictures_are_crisp(app: App) -> None:
    app.open("upsample")
    pictures = app.page.locator(".st-key-pix img")
    expect(pictures).to_have_count(4)
    for index in range(4):
        rendering = pictures.nth(index).evaluate("image => getComputedStyle(image).imageRendering")
        assert rendering == "pixelated"
    boxes = [pictures.nth(index).bounding_box() for index in range(2)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["width"] == pytest.approx(boxes[1]["width"], abs=1)
    assert boxes[0]["height"] == pytest.approx(boxes[1]["height"], abs=1)


def test_methods_are_chosen_and_restored(app: App) -> None:
    app.open("upsample?methods=Pillow+nearest&methods=Fitted+kernel")
    expect(app.page.locator(".st-key-pix img")).to_have_count(3)
    choose(app, "mode", "Restore")
    scores = app.page.locator(".st-key-pix").get_by_text("PSNR")
    expect(scores).to_have_count(2)
    values = [float(text.split()[1]) for text in scores.all_inner_texts()]
    assert values[1] > values[0] > 10
    expect(app.page.locator("[data-testid=stMetricValue]")).to_contain_text("dB")
    app.page.locator(".st-key-methods").get_by_role("button", name="Pillow nearest").click()
    expect(app.page.locator(".st-key-pix img")).to_have_count(2)
    app.wait_for_link(methods="Fitted kernel")
    choose(app, "show", "Flattest patch")
    expect(app.page.get_by_text("levels RMS")).to_have_count(1)


def test_a_kernel_and_a_contact_sheet_are_taken_home(app: App, tmp_path: Path) -> None:
    app.open("upsample?view=Take+away&methods=Fitted+kernel&methods=Pillow+nearest")
    for button, name in (
        ("Kernel .npy", "fitted_kernel.npy"),
        ("Contact sheet", "contact_sheet.png"),
    ):
        with app.page.expect_download() as download:
            app.page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
    assert np.load(tmp_path / "fitted_kernel.npy").shape == (8, 8)
    with Image.open(tmp_path / "contact_sheet.png") as sheet:
        assert sheet.width > 600
    expect(app.page.get_by_text("torch.nn.functional")).to_be_visible()


def iteration(app: App) -> int:
    text = app.page.get_by_text(re.compile(r"^Iteration \d+ of 200$")).inner_text()
    return int(text.split()[1])


def test_learning_runs_stops_and_goes_on_to_the_end(app: App) -> None:
    app.open("upsample?view=Learn")
    go, stop = (app.page.locator(f".st-key-learn_{name} button") for name in ("go", "stop"))
    assert iteration(app) == 0
    expect(stop).to_be_disabled()
    go.click()
    expect(go).to_be_disabled()
    expect(app.page.get_by_text(re.compile("Iteration (?!0 )"))).to_be_visible()
    stop.click()
    expect(go).to_be_enabled()
    app.settle()
    stopped = iteration(app)
    assert 0 < stopped < 200
    app.page.wait_for_timeout(800)
    assert iteration(app) == stopped
    go.click()
    expect(app.page.get_by_text("Iteration 200 of 200")).to_be_visible(timeout=60_000)
    expect(stop).to_be_disabled()
    expect(go).to_be_disabled()
    words = app.page.get_by_text("PSNR now").inner_text()
    now, best = (float(found) for found in re.findall(r"([\d.]+) dB", words))
    assert best - 0.1 < now <= best
    app.page.locator(".st-key-learn_again button").click()
    expect(app.page.get_by_text("Iteration 0 of 200")).to_be_visible()


def test_a_wipe_is_moved_by_keys_and_by_mouse(app: App) -> None:
    app.open("upsample?view=Wipe&methods=Sidebar+kernel&methods=Pillow+nearest")
    wipe = app.page.locator(".wipe")
    expect(wipe.locator(".names span")).to_have_text(["Input", "Pillow nearest"])
    images = wipe.locator("img")
    expect(images).to_have_count(2)
    sizes = [image.bounding_box() for image in images.all()]
    assert sizes[0] == sizes[1]
    assert images.first.evaluate("image => image.naturalWidth") == 383
    handle = wipe.locator("input[type=range]")
    expect(handle).to_have_value("50")
    handle.focus()
    for _ in range(3):
        handle.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuetext", "53% Input, 47% Pillow nearest")
    assert wipe.evaluate("wipe => wipe.style.getPropertyValue('--at')") == "53%"
    handle.press("Home")
    expect(handle).to_have_value("0")
    box = wipe.locator(".frame").bounding_box()
    assert box is not None
    app.page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
    assert abs(int(handle.input_value()) - 80) <= 3
    choose(app, "zoom", "4×")
    expect(images.first).to_have_js_property("naturalWidth", 95)
    assert abs(int(handle.input_value()) - 80) <= 3


@pytest.mark.parametrize("view", ["Compare", "Wipe", "Spectrum", "Learn", "Take away"])
def test_every_section_fits_a_phone(browser: Browser, address: str, view: str) -> None:
    context = browser.new_context(viewport={"width": 400, "height": 800})
    app = App(context.new_page(), address)
    app.open(f"upsample?mode=Restore&zoom=4×&view={view.replace(' ', '+')}")
    app.page.wait_for_timeout(800)
    overflow = app.beyond_the_edge()
    context.close()
    assert overflow == []


def test_a_part_is_kept_and_in_the_link(app: App) -> None:
    app.open("upsample?methods=Pillow+nearest")
    app.page.get_by_role("button", name="Crop, size, camera").click()
    app.set_slider("crop_w", 95)
    app.wait_for_link(crop_w="95")
    expect(app.page.get_by_text("Cropped from 192 × 128 to 182 × 128 pixels.")).to_be_visible()
    expect(detail(app)).to_have_text("182 × 128 pixels")
    drag(app, app.page.locator("[data-testid=stPopoverBody] .nsewdrag"), (0.5, 0.25), (0.75, 0.75))
    app.page.wait_for_function(
        "() => Number(new URL(location).searchParams.get('crop_h') ?? 100) < 60"
    )
    app.settle()
    kept = [int(app.link[key]) for key in ("crop_w", "crop_h", "crop_x", "crop_y")]
    assert kept == pytest.approx([25, 50, 67, 50], abs=1)
    expect(detail(app)).to_have_text(f"{round(1.92 * kept[0])} × {round(1.28 * kept[1])} pixels")
    app.page.get_by_role("button", name="Keep all").click()
    expect(detail(app)).to_have_text("192 × 128 pixels")
    assert "crop_w" not in app.link
    assert app.page.locator("[data-testid=stCameraInput]").count() == 0


def test_a_photo_is_taken_with_the_camera(app: App) -> None:
    app.open("upsample?methods=Pillow+nearest&work=64")
    app.take_photo()
    reduced = re.compile(r"^Reduced from \d+ × \d+ to 64 × \d+")
    expect(app.page.get_by_text(reduced)).to_have_count(1)
    expect(detail(app)).to_have_text(re.compile("^64 × "))


def test_the_panels_are_moved_as_one(app: App) -> None:
    app.open("upsample?methods=Pillow+nearest&methods=Sidebar+kernel")
    panels = app.page.locator(".panels")
    windows = panels.locator(".window")
    images = panels.locator("img")
    expect(images).to_have_count(3)
    box = windows.nth(1).bounding_box()
    assert box is not None
    app.page.mouse.dblclick(box["x"] + 0.75 * box["width"], box["y"] + 0.25 * box["height"])
    app.wait_for_link(zoom="2×")
    app.settle()
    looks = [float(app.link[key]) for key in ("look_x", "look_y")]
    assert looks == pytest.approx([75, 25], abs=0.6)
    expect(panels).to_have_attribute("data-zoom", "2")
    expect(images.first).to_have_js_property("naturalWidth", 191)
    before = pixel(images.nth(2), 95, 63)
    drag(app, windows.first, (0.5, 0.5), (0.2, 0.8))
    app.wait_for_link(look_x="100", look_y="0")
    app.settle()
    right, down = 192 - round(1.92 * looks[0]), round(1.28 * looks[1])
    assert pixel(images.nth(2), 95 - right, 63 + down) == before
    panels.locator(".grid").focus()
    app.page.keyboard.press("ArrowDown")
    app.wait_for_link(look_x="100")
    app.page.wait_for_function("() => Number(new URL(location).searchParams.get('look_y')) > 10")
    app.page.keyboard.press("-")
    expect(panels).to_have_attribute("data-zoom", "1")
    assert "zoom" not in app.link
    windows.first.hover(position={"x": 10, "y": 10})
    expect(panels.locator(".mark").nth(1)).to_be_visible()


def pixel(image: Locator, x: int, y: int) -> list[int]:
    """The colour of one pixel of a picture on the page."""
    found: list[int] = image.evaluate(
        """(image, [x, y]) => {
        const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        return [...context.getImageData(x, y, 1, 1).data];
    }""",
        [x, y],
    )
    return found
