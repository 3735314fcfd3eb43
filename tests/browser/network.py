"""A network that can be cut: what a browser sends passes through here on its way to the server."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit


class Network:
    """A port that hands everything on to a server, until it is cut.

    Attributes:
        most_sent: Bytes a browser may send over one connection before that is cut; None for any.
    """

    def __init__(self, address: str) -> None:
        self._server = ("localhost", urlsplit(address).port)
        self._listener = socket.create_server(("localhost", 0))
        self.address = f"http://localhost:{self._listener.getsockname()[1]}"
        self.most_sent: int | None = None
        self._whole = True
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End all connections and take no new ones."""
        self._whole = False
        for end in self._open:
            _close(end)
        self._open.clear()

    def mend(self) -> None:
        """Take connections again."""
        self._whole = True

    def __enter__(self) -> Network:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            if not self._whole:
                _close(browser)
                continue
            server = socket.create_connection(self._server)
            self._open += [browser, server]
            for source, target, limited in ((browser, server, True), (server, browser, False)):
                threading.Thread(
                    target=self._pass_on, args=(source, target, limited), daemon=True
                ).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, limited: bool) -> None:
        passed = 0
        with suppress(OSError):
            while data := source.recv(2**16):
                passed += len(data)
                if limited and self.most_sent is not None and passed > self.most_sent:
                    break
                target.sendall(data)
        _close(source)
        _close(target)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
