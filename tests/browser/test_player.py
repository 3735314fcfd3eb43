"""The player in a real browser: what it shows is what NumPy says, and it asks no server."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from tconv_core import Geometry, kernels, trace_scatter
from tconv_core.traces.scatter import Trace
from tconv_ui.layer.cells import EXAMPLE
from tests.browser.app import App, number


def example_trace(**settings: int) -> Trace:
    """The layer a fresh page shows, with some settings changed."""
    settings = {"stride": 2, "padding": 1, **settings}
    geometry = Geometry.from_torch(3, 3, **settings)
    return trace_scatter(np.array(EXAMPLE, float), kernels.bilinear(3), geometry)


TRACE = example_trace()


def sum_of_steps(trace: Trace, count: int) -> np.ndarray:
    total = np.zeros(trace.geometry.output_shape)
    for step in trace.steps[:count]:
        total[step.output_window] += step.kept
    return total


def test_play_fills_the_output(app: App) -> None:
    app.open()
    app.player.locator("select").select_option("8")
    app.button("play").click()
    expect(app.player).to_have_attribute("data-playing", "true")
    app.wait_past_step(3)
    assert app.step < 9
    app.wait_for_step(9)
    expect(app.player).to_have_attribute("data-playing", "false")
    np.testing.assert_allclose(app.read_output(TRACE.geometry), TRACE.output, rtol=2e-3)


def test_steps_forth_and_back(app: App) -> None:
    app.open()
    app.button("first").click()
    app.wait_for_step(0)
    assert "Press play" in app.caption()
    for count in (1, 2, 3):
        app.button("next").click()
        app.wait_for_step(count)
        np.testing.assert_allclose(
            app.read_output(TRACE.geometry), sum_of_steps(TRACE, count), rtol=2e-3
        )
    app.button("back").click()
    app.wait_for_step(2)
    np.testing.assert_allclose(app.read_output(TRACE.geometry), sum_of_steps(TRACE, 2), rtol=2e-3)
    assert app.caption().startswith("Step 2 of 9. x[0,1] = 2 scales the kernel")
    app.button("last").click()
    app.wait_for_step(9)
    expect(app.button("next")).to_be_disabled()


def test_a_step_stands_still_at_its_sums_and_a_pause_keeps_them(app: App) -> None:
    app.open("step_by_step?step=4&padding=0")
    expect(app.player).to_have_attribute("data-phase", "rest")
    app.page.evaluate(
        """() => {
        const look = (root) => [...root.querySelectorAll("*")].flatMap((node) =>
            [...(node.classList.contains("player") ? [node] : []),
             ...(node.shadowRoot ? look(node.shadowRoot) : [])]);
        const [player] = look(document);
        window.phases = [];
        new MutationObserver(() => window.phases.push([player.dataset.phase, performance.now()]))
            .observe(player, { attributes: true, attributeFilter: ["data-phase"] });
    }"""
    )
    app.button("next").click()
    app.wait_for_step(5)
    (begun, ended) = app.page.evaluate(
        """() => {
        const at = window.phases.findIndex(([phase]) => phase === "add");
        return [window.phases[at][1], window.phases[at + 1][1]];
    }"""
    )
    assert ended - begun >= 800
    assert "Five cells already held numbers, so the two add: 1.5 + 1 = 2.5." in app.caption()
    app.button("back").click()
    app.wait_for_step(4)
    app.button("next").click()
    expect(app.player).to_have_attribute("data-phase", "add")
    app.button("play").click()
    expect(app.player).to_have_attribute("data-playing", "false")
    still = app.player.locator("canvas.overlay").screenshot()
    app.page.wait_for_timeout(1200)
    expect(app.player).to_have_attribute("data-phase", "add")
    assert app.player.locator("canvas.overlay").screenshot() == still
    app.button("next").click()
    app.wait_for_step(5)
    expect(app.player).to_have_attribute("data-phase", "rest")


def test_keys(app: App) -> None:
    app.open()
    app.player.locator("p.caption").click()
    for key, step in (
        ("Home", 0),
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("End", 9),
    ):
        app.page.keyboard.press(key)
        app.wait_for_step(step)
    app.page.keyboard.press("Home")
    app.page.keyboard.press("Space")
    expect(app.player).to_have_attribute("data-playing", "true")
    app.page.keyboard.press("Space")
    expect(app.player).to_have_attribute("data-playing", "false")


def test_scrub(app: App) -> None:
    app.open()
    scrub = app.player.locator("input[type=range]")
    scrub.fill("7")
    app.wait_for_step(7)
    assert app.caption().startswith("Step 7 of 9.")
    np.testing.assert_allclose(app.read_output(TRACE.geometry), sum_of_steps(TRACE, 7), rtol=2e-3)


def test_loop_begins_again(app: App) -> None:
    app.open("step_by_step?size=1&kernel=2&padding=0")
    app.button("loop").click()
    app.player.locator("select").select_option("8")
    app.button("play").click()
    app.wait_for_step(1)
    app.wait_for_step(0)
    expect(app.player).to_have_attribute("data-playing", "true")
    app.wait_for_step(1)


def test_click_on_an_input_cell_jumps_to_its_step(app: App) -> None:
    app.open()
    app.click_cell("input", 2, 1, (3, 3))
    app.wait_for_step(8)
    assert "x[2,1] = 1" in app.caption()
    app.wait_for_link(step="8")


@pytest.mark.parametrize("cell", [(1, 2), (0, 0), (4, 4), (2, 1)])
def test_pinned_sum_is_numpys(app: App, cell: tuple[int, int]) -> None:
    app.open("step_by_step?step=9")
    whole = TRACE.geometry.uncropped.output_shape
    app.click_cell("output", cell[0] + 1, cell[1] + 1, whole)
    pin = app.player.locator(".pin")
    expect(pin).to_contain_text(f"Pinned y[{cell[0]},{cell[1]}]")
    assert app.pinned_total() == pytest.approx(TRACE.output[cell], rel=1e-3)
    terms = pin.locator("small").first.inner_text()
    total = 0.0
    for i, j, u, v in re.findall(r"x\[(\d),(\d)\]·w\[(\d),(\d)\]", terms):
        assert (2 * int(i) + int(u) - 1, 2 * int(j) + int(v) - 1) == cell
        total += TRACE.input[int(i), int(j)] * TRACE.kernel[int(u), int(v)]
    assert total == pytest.approx(TRACE.output[cell])
    app.wait_for_link(pin=f"{cell[0]},{cell[1]}")


def test_a_pin_follows_the_steps_and_can_be_taken_out(app: App) -> None:
    app.open("step_by_step?step=2&pin=1,2")
    pin = app.player.locator(".pin")
    expect(pin).to_contain_text("1 so far")
    expect(pin.locator(".later")).to_have_count(1)
    app.button("last").click()
    expect(pin.locator(".later")).to_have_count(0)
    assert app.pinned_total() == TRACE.output[1, 2]
    app.click_cell("output", 2, 3, TRACE.geometry.uncropped.output_shape)
    expect(pin).not_to_contain_text("Pinned")


def test_cells_are_chosen_by_keyboard(app: App) -> None:
    app.open("step_by_step?step=9")
    app.canvas("output").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight", "Enter"):
        app.page.keyboard.press(key)
    expect(app.player.locator(".pin")).to_contain_text("Pinned y[1,0]")
    app.wait_for_step(9)


def test_no_message_to_the_server_while_it_plays(app: App) -> None:
    sent: list[object] = []

    def note(frame: object) -> None:
        sent.append(frame)

    app.page.on("websocket", lambda socket: socket.on("framesent", note))
    app.open("step_by_step?size=4")
    app.player.locator("select").select_option("4")
    before = len(sent)
    app.button("play").click()
    app.wait_past_step(12)
    assert len(sent) == before
    app.wait_for_step(16)
    app.wait_for_link(step="16")
    assert len(sent) == before + 1


@pytest.mark.parametrize(("motion", "few"), [("reduce", True), ("no-preference", False)])
def test_reduced_motion_draws_steps_only(
    browser: Browser, address: str, motion: str, few: bool
) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce" if few else "no-preference"
    )
    app = App(context.new_page(), address)
    app.open("step_by_step?step=1")
    pictures = app.player.locator("canvas.overlay").evaluate(
        """(overlay) => new Promise((done) => {
            const seen = new Set();
            let frames = 0;
            overlay.getRootNode().querySelector('.play').click();
            const look = () => {
                seen.add(overlay.toDataURL());
                frames += 1;
                if (frames < 40) requestAnimationFrame(look);
                else done(seen.size);
            };
            look();
        })"""
    )
    context.close()
    assert (pictures <= 4) == few, motion


CASES = {
    "input 1×1": ("size=1", 1, 3, {"stride": 2, "padding": 1}),
    "kernel 1×1": ("kernel=1&padding=0", 3, 1, {"stride": 2}),
    "stride 5": ("stride=5", 3, 3, {"stride": 5, "padding": 1}),
    "holes": ("kernel=2&stride=3&padding=0&size=2", 2, 2, {"stride": 3}),
    "one cell left": ("padding=3", 3, 3, {"stride": 2, "padding": 3}),
    "dilation 3": ("dilation=3&size=2", 2, 3, {"stride": 2, "padding": 1, "dilation": 3}),
    "output_padding = max − 1": (
        "stride=2&dilation=3&output_padding=2&size=2",
        2,
        3,
        {"stride": 2, "padding": 1, "dilation": 3, "output_padding": 2},
    ),
    "beyond every stamp": (
        "stride=4&kernel=2&padding=0&output_padding=3&size=2",
        2,
        2,
        {"stride": 4, "output_padding": 3},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_odd_settings_are_drawn_right(app: App, name: str) -> None:
    link, n, k, settings = CASES[name]
    geometry = Geometry.from_torch(n, k, **settings)
    x = np.resize(np.array(EXAMPLE, float), (3, 3))[:n, :n]
    trace = trace_scatter(x, kernels.bilinear(k), geometry)
    app.open(f"step_by_step?{link}")
    app.player.locator("input[type=range]").fill(str(n * n))
    app.wait_for_step(n * n)
    np.testing.assert_allclose(app.read_output(geometry), trace.output, rtol=2e-3)
    formula = app.page.locator(".katex-mathml annotation").first.text_content() or ""
    assert number(formula.split("=")[1].split("mathbf")[1]) == geometry.rows.output_size


def test_dark_theme(browser: Browser, address: str) -> None:
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        app = App(context.new_page(), address)
        app.open()
        expect(app.player).to_have_attribute("data-theme", scheme)
        context.close()


def test_a_new_layer_keeps_the_player_and_its_place(app: App) -> None:
    app.open("step_by_step?step=9")
    app.set_slider("stride", 3)
    geometry = Geometry.from_torch(3, 3, stride=3, padding=1)
    app.wait_for_step(9)
    trace = example_trace(stride=3)
    np.testing.assert_allclose(app.read_output(geometry), trace.output, rtol=2e-3)
