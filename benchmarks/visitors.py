"""Visitors without a browser: they speak Streamlit's own protocol, one websocket each.

The messages are those of the Streamlit that is installed: server and visitors must be one version.
"""

from __future__ import annotations

import asyncio
import json
import random
import struct
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import urlencode

from httpx2 import AsyncClient
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tconv_ui.layer.settings import Setting

PATIENCE = 60.0  # seconds


class Question(NamedTuple):
    """How a figure's question was answered, and after how many seconds."""

    status: int
    seconds: float


class FaultError(RuntimeError):
    """The server answered with an error, or not at all."""


@dataclass
class Visitor:
    """One session on one page with the layer's controls, which moves one of their sliders.

    Attributes:
        address: Where the app answers, as in http://localhost:8501.
        page: The page's address below the app's own.
        query: What the link carries.
        cookies: What a proxy knows the visitor by.
        session_id: The server's name for the session, once it is there.
        live: Where the page's figure asks for pictures.
    """

    address: str
    page: str = "step_by_step"
    query: str = ""
    cookies: str = ""
    session_id: str = ""
    live: str = ""
    _socket: ClientConnection | None = field(default=None, init=False)
    _controls: str = field(default="", init=False)
    _fragment: str = field(default="", init=False)
    _words: dict[str, str] = field(default_factory=dict, init=False)
    _kept: set[str] = field(default_factory=set, init=False)
    _page: str = field(default="", init=False)

    async def __aenter__(self) -> Visitor:
        self._socket = await connect(
            self.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": self.cookies} if self.cookies else {},
            max_size=None,
            compression=None,
            open_timeout=PATIENCE,
        )
        await self._rerun(BackMsg())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def drag(self, setting: Setting, seconds: float, client: AsyncClient) -> list[Question]:
        """Move a slider at 20 values a second, as a hand that holds it does; return the questions.

        One at a time, always about the newest value; what was answered before is kept, as a browser
        keeps it.
        """
        asked: list[Question] = []
        begun = time.perf_counter()
        while (passed := time.perf_counter() - begun) < seconds:
            span = setting.high - setting.low
            value = setting.high - abs(span - int(20 * passed) % (2 * span))
            address = f"{self.address}/{self.live}?{urlencode(self._words | {setting.name: value})}"
            if address in self._kept:
                await asyncio.sleep(0.05 - passed % 0.05)
                continue
            sent = time.perf_counter()
            status = (await client.get(address)).status_code
            asked.append(Question(status, time.perf_counter() - sent))
            if status == 200:
                self._kept.add(address)
            else:
                await asyncio.sleep(0.05)
        return asked

    async def move(self, setting: Setting, rng: random.Random) -> float:
        """Let a slider go at any value; return the seconds until the page's body is whole.

        Raises:
            FaultError: The page has no controls, or it failed.
        """
        if not self._controls:
            raise FaultError("The page has no controls of a layer.")
        words = self._words | {setting.name: str(rng.randint(setting.low, setting.high))}
        message = BackMsg()
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = _make_trigger_id(self._controls, "events")
        widget.json_trigger_value = json.dumps([{"event": "words", "value": words}])
        message.rerun_script.fragment_id = self._fragment
        begun = time.perf_counter()
        await self._rerun(message)
        return time.perf_counter() - begun

    async def _rerun(self, message: BackMsg) -> None:
        assert self._socket is not None
        message.rerun_script.query_string = self.query
        if self._page:
            message.rerun_script.page_script_hash = self._page
        else:  # the first time, the page is known by its address alone
            message.rerun_script.page_name = self.page
        await self._socket.send(message.SerializeToString())
        while not self._take(await asyncio.wait_for(self._socket.recv(), PATIENCE)):
            pass

    def _take(self, data: str | bytes) -> bool:
        """Remember what a message tells; return whether it ends a run of the page."""
        assert isinstance(data, bytes)
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session_id = message.new_session.initialize.session_id
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
            found = {page.page_script_hash: page for page in message.navigation.app_pages}
            if found[self._page].url_pathname != self.page:
                raise FaultError(f"Asked for {self.page!r}, was shown {found[self._page]}.")
        elif kind == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "bidi_component":
                self._meet(element.bidi_component, message.delta.fragment_id)
            elif element.WhichOneof("type") == "exception":
                raise FaultError(element.exception.message)
        return (
            kind == "script_finished"
            and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        )

    def _meet(self, component: Any, fragment: str) -> None:
        if component.component_name == "tconv_controls":
            self._controls, self._fragment = component.id, fragment
            self._words = json.loads(component.json)["words"]
        elif component.bytes:
            (length,) = struct.unpack_from("<I", component.bytes)
            self.live = json.loads(component.bytes[8 : 8 + length]).get("live", "")
