"""The routes that a server adds to Streamlit's: pictures of a layer, and the components' scripts.

Any copy of the app may answer: a question says everything, and nothing about who asks is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tconv_ui.live.kept import Kept
from tconv_ui.live.version import content_hash
from tconv_ui.live.views import VIEWS, Answer, live_answer, normalised
from tconv_ui.shell.bundles import FOLDER, SCRIPTS, script_hash

LONGEST = 8192
"""Bytes of a query."""
AT_ONCE, WAITING = 2, 6
"""Answers computed at a time, and questions that may wait for their turn."""
KEEP = {"Cache-Control": "private, max-age=3600"}
NEVER_KEEP = {"Cache-Control": "no-store"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_SCRIPTS = frozenset(path.name for path in FOLDER.glob("*.js"))


class Live:
    """Answers questions about pictures, a few at a time.

    Attributes:
        asked: Questions being answered, or waiting for it.
    """

    def __init__(self, compute: Callable[[str, str], Answer] = live_answer) -> None:
        self._compute = compute
        self._kept = Kept()
        self._limiter: CapacityLimiter | None = None
        self.asked = 0

    async def answer(self, request: Request) -> Response:
        """Answer one question, in words where it cannot be answered with a picture."""
        view, raw = request.path_params["view"], request.scope["query_string"]
        if view not in VIEWS:
            return PlainTextResponse("There is no such picture.", 404, NEVER_KEEP)
        if len(raw) > LONGEST:
            said = f"The question takes {len(raw)} bytes, and {LONGEST} are read at most."
            return PlainTextResponse(said, 414, NEVER_KEEP)
        if request.path_params["hash"] != content_hash():
            return JSONResponse({"reload": True}, headers=NEVER_KEEP)
        question = view, normalised(view, raw.decode("latin-1"))
        answer = self._kept.get(question) or await self._computed(question)
        if answer is None:
            return PlainTextResponse("Ask again.", 503, {**NEVER_KEEP, "Retry-After": "1"})
        return Response(answer.body, media_type=answer.kind, headers=KEEP)

    async def _computed(self, question: tuple[str, str]) -> Answer | None:
        """Compute an answer off the event loop; None where too many wait already."""
        if self.asked >= AT_ONCE + WAITING:
            return None
        self._limiter = self._limiter or CapacityLimiter(AT_ONCE)
        self.asked += 1
        try:
            answer = await to_thread.run_sync(self._compute, *question, limiter=self._limiter)
        finally:
            self.asked -= 1
        self._kept.put(question, answer)
        return answer


async def script(request: Request) -> Response:
    """Answer with a component's script: what stands at an address never changes."""
    name = request.path_params["name"]
    if name not in _SCRIPTS or request.path_params["hash"] != script_hash(name):
        return PlainTextResponse("There is no such script.", 404, NEVER_KEEP)
    return FileResponse(FOLDER / name, headers=FOR_EVER, media_type="text/javascript")


def live_routes(base_path: str = "") -> list[Route]:
    """Return the routes below a server's base path, which Streamlit does not put before them.

    >>> [route.path for route in live_routes("lab")]
    ['/lab/live/{hash}/{view}', '/lab/scripts/{hash}/{name}']
    """
    base = f"/{base_path.strip('/')}" if base_path.strip("/") else ""
    return [
        Route(f"{base}/live/{{hash}}/{{view}}", Live().answer),
        Route(f"{base}/{SCRIPTS}/{{hash}}/{{name}}", script),
    ]
