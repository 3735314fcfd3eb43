"""Open the app: `tconv-lab`, or `python -m tconv_lab`."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOST = "localhost"
WINDOW = "window"
"""The name of the thread that opens a browser."""


def app_folder() -> Path:
    """Return the folder that holds serve.py.

    An installed package carries the whole app inside itself; in a working copy the app lies beside
    this package.

    Raises:
        FileNotFoundError: There is no app in either place.
    """
    for folder in (HERE / "app", HERE.parent):
        if (folder / "serve.py").is_file():
            return folder
    raise FileNotFoundError(f"serve.py is neither in {HERE / 'app'} nor in {HERE.parent}.")


def asked(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the arguments of `tconv-lab` ask for: a port, and headless or not.

    Raises:
        SystemExit: They ask for help, or cannot be understood.

    >>> asked(["--port", "8600"])
    Namespace(port=8600, headless=False)
    """
    parser = argparse.ArgumentParser(
        prog="tconv-lab",
        description="Open the Transposed Convolution Lab in your browser. Ctrl+C ends it.",
    )
    parser.add_argument(
        "--port", type=_port, default=8501, help="the port to serve at (default: 8501)"
    )
    parser.add_argument(
        "--headless", action="store_true", help="serve only, and open no browser window"
    )
    return parser.parse_args(arguments)


def answers(port: int) -> bool:
    """Return whether somebody listens on that port of this machine."""
    try:
        with socket.create_connection((HOST, port), timeout=1):
            return True
    except OSError:
        return False


def open_when_served(port: int, seconds: float = 60.0) -> None:
    """Open a browser window as soon as somebody listens; give up after that many seconds."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.2)):
        if answers(port):
            webbrowser.open(f"http://{HOST}:{port}")
            return
        pause.wait(0.2)


def main() -> None:
    """Serve the app to this machine until it is stopped."""
    wanted = asked(sys.argv[1:])
    if answers(wanted.port):
        other = wanted.port + (1 if wanted.port < 65535 else -1)
        sys.exit(f"Port {wanted.port} is taken: name another, as in tconv-lab --port {other}")
    os.chdir(app_folder())  # the app names its settings and its pictures from its own folder
    port = str(wanted.port)
    sys.argv = ["streamlit", "run", "serve.py", "--server.port", port, "--server.address", HOST]
    from streamlit.web.cli import main as streamlit  # noqa: PLC0415 - --help needs no server

    if not wanted.headless:  # Streamlit opens no window for an app with headers of its own
        threading.Thread(
            target=open_when_served, args=(wanted.port,), name=WINDOW, daemon=True
        ).start()
    streamlit()


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


if __name__ == "__main__":
    main()
