"""Start the app, or any Streamlit script, and a headless browser to look at it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.find_chromium import find_chromium

ROOT = Path(__file__).parents[1]
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class ServerError(RuntimeError):
    """The server did not come up."""


@dataclass
class Server:
    """A Streamlit script served on a port of its own with the project's settings.

    Below a path of its own, where one is given, as behind a proxy that many apps share.
    """

    script: Path = ROOT / "app.py"
    port: int = 0
    below: str = ""
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _log: Path | None = field(default=None, init=False)
    _last_words: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.port = self.port or free_port()

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}{f'/{self.below}' if self.below else ''}"

    @property
    def pid(self) -> int:
        """The number of its process.

        Raises:
            ServerError: It is not started.
        """
        if self._process is None:
            raise ServerError(f"{self.script.name} is not started.")
        return self._process.pid

    def start(self, timeout: float = 60.0) -> None:
        """Start it, and wait until it answers.

        Raises:
            ServerError: It does not answer within timeout seconds; its output is in the message.
        """
        port = str(self.port)
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(self.script),
            "--server.port",
            port,
            *(["--server.baseUrlPath", self.below] if self.below else []),
        ]
        with tempfile.NamedTemporaryFile(suffix=".log", delete=False) as log:
            self._log = Path(log.name)
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
            )
        if not answers_health(self.address, self._process, timeout):
            self.stop()
            raise ServerError(f"{self.script.name} did not start: {self.said[-2000:]}")

    @property
    def said(self) -> str:
        """What it has printed since it was started last."""
        return self._log.read_text(encoding="utf-8") if self._log else self._last_words

    def kill(self) -> None:
        """End it without a word, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._put_log_away()

    def stop(self, timeout: float = 10.0) -> float:
        """Ask it to end, end it after timeout seconds; return the seconds it took."""
        begun = time.monotonic()
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout)
            except subprocess.TimeoutExpired:
                self.kill()
        seconds = time.monotonic() - begun
        self._put_log_away()
        return seconds

    def _put_log_away(self) -> None:
        self._last_words = self.said
        if self._log is not None:
            self._log.unlink(missing_ok=True)
            self._log = None


@contextmanager
def served(script: Path = ROOT / "app.py", below: str = "") -> Iterator[str]:
    """Serve a Streamlit script on a free port with the project's settings; yield its address.

    Raises:
        ServerError: It does not answer; its output is in the message.
    """
    server = Server(script, below=below)
    try:
        server.start()
        yield server.address
    finally:
        server.stop()


@contextmanager
def browsing(*flags: str) -> Iterator[Browser]:
    """Yield a headless Chromium, started with these flags besides the usual ones.

    Raises:
        BrowserNotFoundError: There is none and none can be installed.
    """
    executable = os.environ.get("CHROMIUM") or find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=[*BROWSER_FLAGS, *flags]
        )
        try:
            yield browser
        finally:
            browser.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def answers_health(address: str, process: subprocess.Popen[Any], timeout: float) -> bool:
    """Return whether Streamlit answers there within timeout seconds, before its process ends."""
    pause = 0.1
    for _ in range(int(timeout / pause)):
        if process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return True
        except (urllib.error.URLError, ConnectionError):
            time.sleep(pause)
    return False
