"""Print the path of a browser for the browser tests, installing Chromium if there is none.

Standard library only, so that it runs before anything is installed:

    python tests/find_chromium.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")

STDERR = 2
"""The file descriptor: a test runner may have put an object without one at sys.stderr."""

PRINT_PLAYWRIGHT_PATH = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: print(playwright.chromium.executable_path)"
)


class BrowserNotFoundError(RuntimeError):
    """No browser was found and none could be installed: one sentence with what to do."""


def find_chromium() -> str:
    """Return the path of a browser that starts, installing Chromium if the machine has none.

    Tried in this order: $CHROMIUM, a Chromium or Chrome on PATH, apt-get (as root on Debian or
    Ubuntu), the Chromium that Playwright downloads.

    Raises:
        BrowserNotFoundError: $CHROMIUM does not start, or nothing could be installed.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        if path is None or not _starts(path):
            raise BrowserNotFoundError(
                f"CHROMIUM is {named!r}, which is not a browser that starts: correct or unset it."
            )
        return path
    path = _on_path() or _from_apt() or _from_playwright()
    if path is None:
        raise BrowserNotFoundError(
            f"The browser tests need a browser: none of {', '.join(NAMES)} on PATH starts, and "
            "neither apt-get nor `playwright install chromium` could install one; install "
            "Chromium or Chrome, or set CHROMIUM to its path."
        )
    return path


def _on_path() -> str | None:
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path and _starts(path)), None)


def _from_apt() -> str | None:
    # Windows has no geteuid, and no apt-get either.
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    installed = _run("apt-get", "update") and _run("apt-get", "install", "-y", "chromium")
    return _on_path() if installed else None


def _from_playwright() -> str | None:
    if not _run(sys.executable, "-m", "playwright", "install", "chromium"):
        return None
    path = _output(sys.executable, "-c", PRINT_PLAYWRIGHT_PATH)
    return path if path and _starts(path) else None


def _starts(path: str) -> bool:
    """Return whether path runs: Ubuntu's chromium-browser may only advise to install a snap."""
    return _output(path, "--version") is not None


def _run(*command: str) -> bool:
    """Run command with its talk on stderr, as stdout is for the path; return its success."""
    print("+", *command, file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=STDERR, env=environment, check=False
    )
    return done.returncode == 0


def _output(*command: str) -> str | None:
    """Return what command prints, or None if it fails or hangs."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def main() -> int:
    try:
        print(find_chromium())
    except BrowserNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
