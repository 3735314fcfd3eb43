"""The app as a visitor handles it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import numpy as np
from playwright.sync_api import FloatRect, Locator, Page, expect

from tconv_core import Geometry
from tconv_core.arrays import FloatArray
from tconv_ui.layer.settings import COLS, SETTINGS

LABELS = {setting.name: setting.label for setting in SETTINGS}


@dataclass(frozen=True)
class App:
    """A page of the app in a browser."""

    page: Page
    address: str

    def open(self, path: str = "step_by_step") -> None:
        self.page.goto(f"{self.address}/{path}")
        expect(self.page.locator("h1")).to_be_visible()
        self.settle()

    def paths(self) -> list[str]:
        """The addresses of all pages in the navigation, below the app's own; the first is empty."""
        self.open("")
        found = [self.page.locator("[data-testid=stTopNavLink]").get_attribute("href")]
        for group in self.page.locator("[data-testid=stTopNavSection]").all():
            group.click()
            links = self.page.locator("[data-testid=stTopNavDropdownLink]")
            expect(links.first).to_be_visible()
            found += [link.get_attribute("href") for link in links.all()]
            self.page.keyboard.press("Escape")
            expect(links).to_have_count(0)
        return [urlsplit(address or "").path.strip("/") for address in found]

    def visit(self, group: str, name: str) -> None:
        """Open a page by the navigation at the top."""
        self.page.locator("[data-testid=stTopNavSection]", has_text=group).click()
        self.page.locator("[data-testid=stTopNavDropdownLink]", has_text=name).click()
        expect(self.page.locator("h1")).to_have_text(name)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and what it sent is drawn."""
        self.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]')"
            "?.getAttribute('data-test-script-state') === 'notRunning'"
        )
        self.page.wait_for_timeout(150)

    def wait_for_link(self, **wanted: str) -> None:
        """Wait until the address carries these parameters."""
        for name, value in wanted.items():
            self.page.wait_for_function(
                "([name, value]) => new URLSearchParams(location.search).get(name) === value",
                arg=[name, value],
            )

    @property
    def link(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    @property
    def controls(self) -> Locator:
        """The controls of the layer."""
        return self.page.locator(".controls")

    def slider(self, key: str) -> Locator:
        """A slider of the layer, or of the page's own."""
        label = LABELS.get(key.removesuffix(COLS))
        if label is None:
            return self.page.locator(f".st-key-{key} input[type=range]")
        name = rf"{label}(, {'columns' if key.endswith(COLS) else 'rows'})?"
        return self.controls.get_by_role("slider", name=re.compile(f"^{name}$"))

    @property
    def refusal(self) -> Locator:
        """Where the controls say why a layer is not shown."""
        return self.controls.get_by_role("status")

    def set_slider(self, key: str, value: int) -> None:
        slider = self.slider(key)
        slider.focus()
        now = int(slider.input_value())
        for _ in range(abs(value - now)):
            slider.press("ArrowRight" if value > now else "ArrowLeft")
        expect(slider).to_have_value(str(value))
        self.page.wait_for_timeout(250)
        self.settle()

    def take_photo(self) -> None:
        """Open the image page's camera and press its shutter once there is something to see."""
        self.page.get_by_role("button", name="Crop, size, camera").click()
        self.page.get_by_text("Use the camera").click()
        self.page.wait_for_function("() => document.querySelector('video')?.currentTime > 0")
        self.page.get_by_role("button", name="Take photo").click()

    @property
    def alerts(self) -> list[str]:
        return self.page.locator("[data-testid=stAlert]").all_inner_texts()

    def beyond_the_edge(self) -> list[str]:
        """What of the page reaches past the window's right edge."""
        found: list[str] = self.page.evaluate(
            """() => {
            const skip = '[data-testid=stSidebar], .katex-mathml, pre, [data-testid=stSlider], '
                + '[data-testid=stDataFrame] *';
            const beyond = (node) =>
                !node.closest(skip) && node.getBoundingClientRect().right > innerWidth + 1;
            const wide = (root) => [...root.querySelectorAll('*')].flatMap((node) => [
                ...(node.shadowRoot ? wide(node.shadowRoot) : []),
                ...(beyond(node) ? [`${node.tagName}.${node.className}`] : []),
            ]);
            return wide(document.querySelector('[data-testid=stMain]'));
        }"""
        )
        return found

    # The player ---------------------------------------------------------------------------

    @property
    def player(self) -> Locator:
        return self.page.locator(".player")

    @property
    def step(self) -> int:
        return int(self.player.get_attribute("data-step") or -1)

    def button(self, name: str) -> Locator:
        return self.player.locator(f".transport .{name}")

    def wait_for_step(self, step: int, timeout: float = 60_000) -> None:
        expect(self.player).to_have_attribute("data-step", str(step), timeout=timeout)

    def wait_past_step(self, step: int) -> None:
        handle = self.player.element_handle()
        self.page.wait_for_function(
            "([player, step]) => Number(player.dataset.step) >= step", arg=[handle, step]
        )

    @property
    def output_size(self) -> str:
        """What the output's subtitle says, as in `full 7 × 7, padding 1 crops it to 5 × 5`."""
        return self.player.locator("figure.output figcaption span").inner_text()

    def canvas(self, role: str) -> Locator:
        return self.player.locator(f"figure.{role} canvas")

    def click_cell(self, role: str, row: int, col: int, shape: tuple[int, int]) -> None:
        """Click a cell of a grid of (rows, cols)."""
        box = self.grid_box(role)
        self.page.mouse.click(
            box["x"] + (col + 0.5) * box["width"] / shape[1],
            box["y"] + (row + 0.5) * box["height"] / shape[0],
        )

    def pinned_total(self) -> float:
        return number(self.player.locator(".pin .total").inner_text())

    def caption(self) -> str:
        return self.player.locator("p.caption").inner_text()

    def read_cell(self, role: str, row: int, col: int, shape: tuple[int, int]) -> str:
        """What the player says of a cell under the mouse, as in `y[1,2] = 3`."""
        canvas = self.canvas(role)
        box = self.grid_box(role)
        x = box["x"] + (col + 0.5) * box["width"] / shape[1]
        y = box["y"] + (row + 0.5) * box["height"] / shape[0]
        self.page.mouse.move(x, y)
        return canvas.get_attribute("title") or ""

    def read_output(self, geometry: Geometry) -> FloatArray:
        """The output's numbers as the player shows them; 0 where nothing has been added yet."""
        shown = np.zeros(geometry.output_shape)
        whole = geometry.uncropped.output_shape
        top, left = geometry.rows.output_slice.start, geometry.cols.output_slice.start
        for y, x in np.ndindex(*geometry.output_shape):
            text = self.read_cell("output", y + top, x + left, whole)
            assert text.startswith(f"y[{y},{x}]"), text
            shown[y, x] = number(text.split("=")[1]) if "=" in text else 0.0
        return shown

    def grid_box(self, role: str) -> FloatRect:
        box = self.canvas(role).bounding_box()
        assert box is not None
        return box


def number(text: str) -> float:
    """The number a text spells with a real minus sign."""
    found = re.search(r"[−-]?\d[\d.]*(e[−-]?\d+)?", text)
    assert found, text
    return float(found[0].replace("−", "-"))
