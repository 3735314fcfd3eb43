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
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.find_chromium import find_chromium

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


@contextmanager
def served(script: Path = ROOT / "app.py", *, timeout: float = 60.0) -> Iterator[str]:
    """Serve a Streamlit script on a free port with the project's settings; yield its address.

    Raises:
        ServerError: It does not answer within timeout seconds; its output is in the message.
    """
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            address = f"http://localhost:{port}"
            if not _answers(address, process, timeout):
                log.seek(0)
                raise ServerError(f"{script.name} did not start: {log.read()[-2000:]}")
            yield address
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(address: str, process: subprocess.Popen[bytes], timeout: float) -> bool:
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
