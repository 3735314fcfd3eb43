"""Every kind of control, used at the first instant it is on the page: no press is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import App

PRESS = """([selector, text]) => {
  const look = () => {
    const found = [...document.querySelectorAll(selector)].find(
      (node) => node.textContent.includes(text) && !node.disabled);
    if (!found || window.pressed) return;
    window.pressed = true;
    (found.querySelector("input") ?? found).click();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}"""
"""Clicks the first element of a selector that holds a text, in the very turn it appears in."""

CLICKS = [
    ("step_by_step", "button", "Gather", {"readings": "Gather"}),
    ("overlap", "button", "Stacks", {"section": "Stacks"}),
    ("operations", "button", "Dilation 2", {"right": "Dilated convolution"}),
    ("upsample", "button", "Spectrum", {"view": "Spectrum"}),
    ("decoder", "button", "Reach", {"look": "Reach"}),
    ("frameworks", "button", "Zeros appended", {"kernel": "1"}),
    ("solver", "label", "No output_padding", {"no_output_padding": "True"}),
    ("field_guide", "button", "Often said", {"part": "Often said"}),
]


def begin(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")


def check(app: App, wanted: dict[str, str]) -> None:
    """The page comes to rest in the state asked for."""
    app.page.wait_for_function(
        """(wanted) => {
            const link = new URLSearchParams(location.search);
            return Object.entries(wanted).every(([name, value]) =>
                link.getAll(name).some((each) => each.toLowerCase() === value.toLowerCase()));
        }""",
        arg=wanted,
    )
    app.settle()
    assert app.page.locator("[data-testid=stException]").count() == 0


@pytest.mark.parametrize(("path", "selector", "text", "wanted"), CLICKS)
def test_a_click_is_taken(
    app: App, path: str, selector: str, text: str, wanted: dict[str, str]
) -> None:
    app.page.add_init_script(f"({PRESS})({[selector, text]!r})")
    begin(app.page, f"{app.address}/{path}")
    app.page.wait_for_function("() => window.pressed")
    check(app, wanted)


@pytest.mark.parametrize(
    "path", ["step_by_step", "overlap", "operations", "upsample", "frameworks"]
)
def test_a_slider_follows_the_keys(app: App, path: str) -> None:
    begin(app.page, f"{app.address}/{path}")
    slider = app.slider("stride")
    slider.focus()
    slider.press("ArrowRight")
    check(app, {"stride": "3"})


def test_a_text_is_read(app: App) -> None:
    begin(app.page, f"{app.address}/frameworks")
    box = app.page.locator(".st-key-pasted input")
    box.fill("nn.ConvTranspose2d(16, 8, 4, stride=2)")
    box.press("Enter")
    check(app, {"pasted": "nn.ConvTranspose2d(16, 8, 4, stride=2)"})
    expect(app.page.get_by_text("Read as PyTorch")).to_be_visible()


def test_a_choice_from_a_list_is_taken(app: App) -> None:
    begin(app.page, f"{app.address}/overlap")
    app.controls.get_by_label("Kernel", exact=True).select_option("ones")
    check(app, {"weights": "ones"})


def test_a_preset_is_taken(app: App) -> None:
    begin(app.page, f"{app.address}/step_by_step")
    app.controls.get_by_label("Preset").select_option("DCGAN 4×4")
    check(app, {"size": "4", "kernel": "4"})


def test_rows_and_columns_are_taken_apart(app: App) -> None:
    begin(app.page, f"{app.address}/step_by_step")
    app.controls.get_by_role("switch").click()
    app.set_slider("stride_cols", 3)
    check(app, {"linked": "false", "stride_cols": "3"})


def test_the_player_plays(app: App) -> None:
    begin(app.page, f"{app.address}/step_by_step")
    app.button("play").click()
    app.wait_past_step(2)


def test_a_file_is_read(app: App) -> None:
    begin(app.page, f"{app.address}/upsample")
    pixel = b"GIF89a\1\0\1\0\x80\0\0" + bytes(6) + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
    uploader = app.page.locator("[data-testid=stFileUploader] input")
    uploader.set_input_files({"name": "x.jfif", "mimeType": "image/jpeg", "buffer": pixel})
    check(app, {"own": "true"})
    assert app.alerts == []


def test_the_camera_shows_a_picture(app: App) -> None:
    begin(app.page, f"{app.address}/upsample")
    app.take_photo()
    check(app, {"own": "true"})
