"""The app with what a public server should send: `streamlit run serve.py`.

`app.py` alone is enough at home. Here a browser is told that the app loads nothing from anybody
else, and may be framed by nobody else, and whoever is sent a link is told what it leads to. What
each part of the policy is for: docs/decisions/0008.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tconv_ui.live.routes import live_routes
from tconv_ui.shell.bundles import serve_scripts
from tconv_ui.shell.errors import show_error
from tconv_ui.shell.pages import PAGES
from tconv_ui.shell.previews import PICTURE, preview_tags

INLINE_SCRIPT = "sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA="
"""The one script inside Streamlit's index.html, `window.prerenderReady = false`."""

POLICY = {
    "default-src": "'self'",
    "script-src": f"'self' blob: '{INLINE_SCRIPT}'",  # components are imported from blob:
    "style-src": "'self' 'unsafe-inline'",  # Streamlit writes its styles as it draws
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data:",  # the camera's photo is read from a data: address
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CHARTS = next((Path(st.__file__).parent / "static/static/js").glob("PlotlyChart.*.js"), None)
"""The script that draws charts: large, and asked for last if nobody hints at it."""
TITLE = b"<title>Streamlit</title>"
"""What Streamlit's index.html calls every page."""
ASSETS = Path(__file__).parent / "assets"
BY_PATH = {info.path: info for info in PAGES.values()}
LIVE = "/live/"
"""What the addresses of pictures hold: they may end as a page's does."""
PRIVATE = "/_stcore/metrics"
"""What Streamlit tells a monitor of itself: nobody gets it here, whoever asks."""


class _OfRequests:
    """Stands before the app and answers requests; what is none, such as a socket, is handed on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self.answer if scope["type"] == "http" else self.app
        await answer(scope, receive, send)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        raise NotImplementedError


class SafeHeaders(_OfRequests):
    """Send HEADERS with every answer, and answer PRIVATE with 404."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS | hints)
            await send(message)

        path = scope["path"].rstrip("/")
        info = BY_PATH.get(path.rpartition("/")[2]) if LIVE not in path else None
        charts = CHARTS if info and info.charts else None
        hints = {"Link": f"<static/js/{charts.name}>; rel=modulepreload"} if charts else {}
        private = path.endswith(PRIVATE)
        answer = PlainTextResponse("Not found.", 404) if private else self.app
        await answer(scope, receive, send_with_headers)


class Previews(_OfRequests):
    """Name each page in its HTML, where Streamlit names itself, and serve the preview's picture."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        above, _, last = scope["path"].rstrip("/").rpartition("/")
        if last == PICTURE:
            await FileResponse(ASSETS / PICTURE)(scope, receive, send)
        elif last not in BY_PATH or LIVE in above:
            await self.app(scope, receive, send)
        else:
            address = str(Request(scope).url.replace(path=f"{above}/", query="", fragment=""))
            tags = preview_tags(BY_PATH[last], address).encode()
            plain = [(name, text) for name, text in scope["headers"] if name != b"accept-encoding"]
            whole = {**scope, "headers": plain, "method": "GET"}  # a HEAD tells a GET's length
            await self.app(whole, receive, _Named(send, tags, scope["method"] == "HEAD"))


class _Named:
    """Sends what it is given, and HTML with tags in the place of Streamlit's title.

    Of an answer to HEAD it sends the headers alone.
    """

    def __init__(self, send: Send, tags: bytes, head: bool) -> None:
        self.send, self.tags, self.head = send, tags, head
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                self.start = message
                return
        elif self.start is not None:
            self.body += message.get("body", b"")
            if message.get("more_body", False):
                return
            page = self.body.replace(TITLE, self.tags)
            MutableHeaders(scope=self.start)["content-length"] = str(len(page))
            await self.send(self.start)
            message = {"type": "http.response.body", "body": page}
        if self.head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send(message)


serve_scripts()
app = st.App(
    "app.py",
    routes=live_routes(st.get_option("server.baseUrlPath")),
    middleware=[Middleware(SafeHeaders), Middleware(Previews)],
    on_script_error=show_error,
)
