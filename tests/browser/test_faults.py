"""What goes wrong around the app, and what its visitors notice of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.app import App
from tests.browser.network import Network
from tests.serving import ROOT, Server

SERVE = ROOT / "serve.py"
MALFORMED = [
    "nothing",
    "text",
    "noise",
    "cut",
    "no-bytes",
    "header-only",
    "no-grids",
    "odd-offset",
]
"""The payloads of planted.py."""
LAYER = {"size": "5", "kernel": "4", "stride": "3", "padding": "0", "weights": "gaussian"}
"""A layer that no default and no preset describes, as the address carries it."""
CUT = 20
"""Seconds without a network: longer than Streamlit waits between its first tries."""


def png(colour: str, size: tuple[int, int] = (44, 33)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def upload(app: App, data: bytes) -> None:
    app.page.locator("input[type=file]").set_input_files(
        {"name": "mine.png", "mimeType": "image/png", "buffer": data}
    )
    app.settle()


def picture_colour(app: App) -> tuple[int, ...]:
    """The middle pixel of the first picture shown."""
    image = app.page.locator(".panels img").first
    expect(image).to_be_visible()
    shown = Image.open(BytesIO(image.screenshot())).convert("RGB")
    colour = shown.getpixel((shown.width // 2, shown.height // 2))
    assert isinstance(colour, tuple)
    return colour


def shown(app: App) -> Locator:
    """What is said of the input's panel beside its name."""
    return app.page.locator(".panels .detail").first


def alert(app: App) -> Locator:
    return app.page.locator("[data-testid=stAlert]")


def sliders(app: App) -> dict[str, str]:
    found = app.controls.get_by_role("slider")
    expect(found.first).to_be_visible()
    assert found.count() >= 6
    return {box.get_attribute("aria-label") or "": box.input_value() for box in found.all()}


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(SERVE)
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def planted() -> Iterator[str]:
    server = Server(Path(__file__).with_name("planted.py"))
    server.start()
    yield server.address
    server.stop()


def link(path: str = "step_by_step") -> str:
    return f"{path}?" + "&".join(f"{name}={value}" for name, value in LAYER.items())


def kill_and_restart(app: App, server: Server) -> None:
    """Cut the power, wait until the page notices, and turn it on again."""
    server.kill()
    status = app.page.get_by_text("Connecting").or_(app.page.get_by_text("Connection error"))
    expect(status.first).to_be_visible()
    server.start()
    expect(status).to_have_count(0, timeout=60_000)
    app.settle()


def test_a_restart_brings_every_control_back(page: Page, server: Server) -> None:
    app = App(page, server.address)
    app.open(link())
    before, said, address = sliders(app), app.output_size, page.url
    kill_and_restart(app, server)
    assert (sliders(app), app.output_size, page.url) == (before, said, address)
    app.set_slider("dilation", 2)
    app.wait_for_link(**LAYER, dilation="2")
    changed = app.output_size
    assert changed != said
    page.reload()
    app.settle()
    expect(app.player).to_be_visible()
    assert app.output_size == changed


def test_a_restart_says_that_the_upload_is_lost(page: Page, server: Server) -> None:
    app = App(page, server.address)
    app.open("upsample?methods=Pillow+nearest")
    upload(app, png("red"))
    app.wait_for_link(own="true")
    expect(shown(app)).to_have_text("44 × 33 pixels")
    kill_and_restart(app, server)
    app.set_slider("kernel", 4)
    expect(alert(app)).to_contain_text("A picture of your own")
    expect(shown(app)).to_have_text("192 × 128 pixels")
    expect(page.get_by_text("mine.png")).to_have_count(0)
    upload(app, png("blue"))
    expect(shown(app)).to_have_text("44 × 33 pixels")
    expect(alert(app)).to_have_count(0)
    assert picture_colour(app) == (0, 0, 255)


def test_a_restart_says_that_the_photo_is_lost_and_keeps_the_crop(
    page: Page, server: Server
) -> None:
    app = App(page, server.address)
    app.open("upsample?methods=Pillow+nearest&work=128&crop_w=50&crop_x=100")
    expect(shown(app)).to_have_text("96 × 128 pixels")
    app.take_photo()
    app.wait_for_link(own="true")
    expect(shown(app)).not_to_have_text("96 × 128 pixels")
    kill_and_restart(app, server)
    app.set_slider("crop_h", 75)
    expect(alert(app)).to_contain_text("A picture of your own")
    expect(shown(app)).to_have_text("96 × 96 pixels")
    app.wait_for_link(crop_w="50", crop_h="75", crop_x="100", work="128")


def test_two_visitors_two_pictures_nothing_shared(app: App, browser: Browser, address: str) -> None:
    other_context = browser.new_context()
    other = App(other_context.new_page(), address)
    for each, colour in ((app, "red"), (other, "blue")):
        each.open("upsample?methods=Pillow+nearest")
        upload(each, png(colour))
    for each, colour in ((app, (255, 0, 0)), (other, (0, 0, 255))):
        each.set_slider("kernel", 5)
        expect(shown(each)).to_have_text("44 × 33 pixels")
        assert picture_colour(each) == colour
    other_context.close()


@pytest.fixture
def network(address: str) -> Iterator[Network]:
    with Network(address) as network:
        yield network


def test_a_cut_of_the_network_changes_nothing(page: Page, network: Network) -> None:
    app = App(page, network.address)
    app.open("upsample?methods=Pillow+nearest")
    upload(app, png("red"))
    app.set_slider("kernel", 5)
    network.cut()
    connecting = page.get_by_text("Connecting").or_(page.get_by_text("Connection error"))
    expect(connecting.first).to_be_visible()
    page.wait_for_timeout(1000 * CUT)
    network.mend()
    expect(connecting).to_have_count(0, timeout=60_000)
    app.settle()
    app.set_slider("kernel", 4)
    expect(shown(app)).to_have_text("44 × 33 pixels")
    assert picture_colour(app) == (255, 0, 0)
    assert app.alerts == []


def test_reload_and_back_keep_the_view(app: App) -> None:
    app.open(link())
    said = app.output_size
    app.page.reload()
    app.settle()
    expect(app.player).to_be_visible()
    assert app.output_size == said
    app.visit("See", "Overlap")
    app.wait_for_link(**LAYER)
    app.settle()
    app.page.go_back()
    expect(app.page.locator("h1")).to_have_text("Step by step")
    app.settle()
    expect(app.player).to_be_visible()
    assert app.output_size == said


def test_two_tabs_are_two_views(app: App, context: BrowserContext, address: str) -> None:
    tab = App(context.new_page(), address)
    app.open(link())
    said = app.output_size
    tab.open()
    tab.set_slider("size", 6)
    tab.wait_for_link(size="6")
    app.page.bring_to_front()
    app.set_slider("dilation", 2)
    app.set_slider("dilation", 1)
    assert app.output_size == said
    assert tab.link["size"] == "6"


def test_an_upload_cut_half_way_is_said_and_can_be_repeated(page: Page, network: Network) -> None:
    app = App(page, network.address)
    app.open("upsample?methods=Pillow+nearest")
    noise = np.random.default_rng(0).integers(0, 256, (400, 400, 3), dtype=np.uint8)
    file = BytesIO()
    Image.fromarray(noise).save(file, "PNG")
    network.most_sent = len(file.getvalue()) // 2
    upload(app, file.getvalue())
    expect(page.locator("[data-testid=stFileUploader]")).to_contain_text(re.compile("rror|ailed"))
    network.most_sent = None
    expect(shown(app)).to_have_text("192 × 128 pixels")
    upload(app, png("blue"))
    expect(shown(app)).to_have_text("44 × 33 pixels")
    assert picture_colour(app) == (0, 0, 255)


@pytest.mark.parametrize("fault", MALFORMED)
def test_the_player_says_that_its_data_is_malformed(page: Page, planted: str, fault: str) -> None:
    app = App(page, planted)
    app.open(f"?fault={fault}")
    failure = page.locator(".player.failure")
    expect(failure).to_be_visible()
    assert failure.get_attribute("role") == "alert"
    assert failure.inner_text().startswith("The player could not read its data")


def hidden(text: str) -> bool:
    secrets = ("secret of the house", "RuntimeError", "Traceback", "planted.py")
    return not any(secret in text for secret in secrets)


def test_an_error_shows_a_reference_and_not_its_trace(page: Page) -> None:
    server = Server(Path(__file__).with_name("planted_app.py"))
    server.start()
    App(page, server.address).open("?fault=error")
    text = page.locator("[data-testid=stAlert]").inner_text()
    (reference,) = re.findall(r"[0-9a-f]{8}", text)
    assert hidden(page.content())
    assert server.stop() <= 2
    assert f"Fault {reference}" in server.said
    assert "the secret of the house" in server.said


def test_an_error_of_the_plain_app_shows_no_trace_either(page: Page, planted: str) -> None:
    App(page, planted).open("?fault=error")
    expect(page.locator("[data-testid=stException]")).to_be_visible()
    assert hidden(page.content())


@pytest.mark.parametrize("script", ["planted.py", "planted_app.py"])
def test_the_server_ends_within_two_seconds_in_the_middle_of_a_rerun(
    page: Page, script: str
) -> None:
    server = Server(Path(__file__).with_name(script))
    server.start()
    page.goto(f"{server.address}/?fault=slow")
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert server.stop() <= 2
