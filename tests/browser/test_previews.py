"""What a link says of itself before anything runs, and after."""

from __future__ import annotations

import urllib.request
from html.parser import HTMLParser
from io import BytesIO

from PIL import Image

from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.previews import PICTURE_SIZE
from tests.browser.app import App


class Head(HTMLParser):
    """The title of a page, and its meta tags by name or property."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.titles: list[str] = []
        self.tags: dict[str, str] = {}
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "title"
        given = dict(attrs)
        if tag == "meta" and (name := given.get("name") or given.get("property")):
            self.tags[name] = given.get("content") or ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.titles.append(data)


def fetch(address: str) -> bytes:
    """Fetch as a chat's crawler does, which runs no script."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "identity"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        body: bytes = answer.read()
        assert int(answer.headers["content-length"]) == len(body)
    return body


def test_a_link_names_its_page_before_and_after_it_runs(app: App) -> None:
    paths = app.paths()
    assert set(paths) == {place.path for place in PAGES.values()}
    for place in PAGES.values():
        address = f"{app.address}/{place.path}"
        head = Head(fetch(f"{address}?size=4").decode())
        assert head.titles == [place.window_title]
        assert head.tags["og:title"] == place.window_title
        assert head.tags["og:url"] == address
        assert head.tags["og:description"] == head.tags["description"]
        assert "*" not in head.tags["description"]
        app.open(place.path)
        assert app.page.title() == place.window_title
        assert app.page.locator("h1").inner_text() == place.title


def test_the_previews_picture_is_there_in_the_shape_it_says(app: App) -> None:
    head = Head(fetch(f"{app.address}/lesson").decode())
    picture = Image.open(BytesIO(fetch(head.tags["og:image"])))
    told = int(head.tags["og:image:width"]), int(head.tags["og:image:height"])
    assert picture.size == told == PICTURE_SIZE
