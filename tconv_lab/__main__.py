"""Open the app: `tconv-lab`, or `python -m tconv_lab`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent


def app_folder() -> Path:
    """Return the folder that holds app.py.

    An installed package carries the whole app inside itself; in a working copy the app lies beside
    this package.

    Raises:
        FileNotFoundError: There is no app in either place.
    """
    for folder in (HERE / "app", HERE.parent):
        if (folder / "app.py").is_file():
            return folder
    raise FileNotFoundError(f"app.py is neither in {HERE / 'app'} nor in {HERE.parent}.")


def streamlit_arguments(arguments: Sequence[str]) -> list[str]:
    """Return what `streamlit` is told for the arguments of `tconv-lab`.

    Raises:
        SystemExit: They ask for help, or cannot be understood.

    >>> streamlit_arguments(["--port", "8600"])[2:4]
    ['--server.port', '8600']
    """
    parser = argparse.ArgumentParser(
        prog="tconv-lab", description="Open the Transposed Convolution Lab in your browser."
    )
    parser.add_argument(
        "--port", type=_port, default=8501, help="the port to serve at (default: 8501)"
    )
    parser.add_argument(
        "--headless", action="store_true", help="serve only, and open no browser window"
    )
    asked = parser.parse_args(arguments)
    return [
        "run",
        "app.py",
        "--server.port",
        str(asked.port),
        "--server.headless",
        str(asked.headless).lower(),
        "--server.showEmailPrompt",
        "false",
    ]


def main() -> None:
    """Serve the app until it is stopped."""
    arguments = streamlit_arguments(sys.argv[1:])
    os.chdir(app_folder())  # the app names its settings and its pictures from its own folder
    sys.argv = ["streamlit", *arguments]
    from streamlit.web.cli import main as streamlit  # noqa: PLC0415 - --help needs no server

    streamlit()


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: give a number from 1 to 65535")
    return int(text)


if __name__ == "__main__":
    main()
