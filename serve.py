"""The app with the headers that a public server should send: `streamlit run serve.py`.

`app.py` alone is enough at home. Here a browser is told that the app loads nothing from anybody
else, and may be framed by nobody else. What each part of the policy is for: docs/decisions/0008.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tconv_ui.faults import say_fault

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
CHART_PAGES = frozenset(
    {"overlap", "operations", "upsample", "decoder", "frameworks", "field_guide"}
)
"""The pages, by address, that begin with a chart: it is fetched while they still connect."""
PRIVATE = "/_stcore/metrics"
"""What a monitor on the machine itself may ask of Streamlit, and a visitor may not."""


class SafeHeaders:
    """Send HEADERS with every answer, and keep PRIVATE from visitors."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS | hints)
            await send(message)

        path = scope["path"].rstrip("/")
        charts = CHARTS if path.rpartition("/")[2] in CHART_PAGES else None
        hints = {"Link": f"<static/js/{charts.name}>; rel=modulepreload"} if charts else {}
        private = path.endswith(PRIVATE)
        answer = PlainTextResponse("Not found.", 404) if private else self.app
        await answer(scope, receive, send_with_headers)


app = st.App("app.py", middleware=[Middleware(SafeHeaders)], on_script_error=say_fault)
