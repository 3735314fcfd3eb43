"""Visitors without a browser: they speak Streamlit's own protocol, one websocket each.

The messages are those of the Streamlit that is installed: server and visitors must be one version.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0  # seconds


class FaultError(RuntimeError):
    """The server answered with an error, or not at all."""


@dataclass
class Visitor:
    """One session on one page, which moves one slider.

    Attributes:
        address: Where the app answers, as in http://localhost:8501.
        page: The page's address below the app's own.
        query: What the link carries.
        cookies: What a proxy knows the visitor by.
        session_id: The server's name for the session, once it is there.
    """

    address: str
    page: str = "step_by_step"
    query: str = ""
    cookies: str = ""
    session_id: str = ""
    _socket: ClientConnection | None = field(default=None, init=False)
    _sliders: dict[str, Any] = field(default_factory=dict, init=False)
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

    async def move(self, label: str, rng: random.Random) -> float:
        """Move the slider of this label anywhere; return the seconds until the page is whole.

        Raises:
            FaultError: There is no such slider, or the page failed.
        """
        if label not in self._sliders:
            raise FaultError(f"No slider {label!r} among {sorted(self._sliders)}.")
        slider = self._sliders[label]
        steps = round((slider.max - slider.min) / slider.step)
        message = BackMsg()
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = slider.id
        widget.double_array_value.data.append(slider.min + slider.step * rng.randint(0, steps))
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
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
            found = {page.page_script_hash: page for page in message.navigation.app_pages}
            if found[self._page].url_pathname != self.page:
                raise FaultError(f"Asked for {self.page!r}, was shown {found[self._page]}.")
        elif kind == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "slider":
                self._sliders[element.slider.label] = element.slider
            elif element.WhichOneof("type") == "exception":
                raise FaultError(element.exception.message)
        return (
            kind == "script_finished"
            and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        )
