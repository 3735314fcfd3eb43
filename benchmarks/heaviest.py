"""What the heaviest requests take: processor and memory.

`python -m benchmarks.heaviest` prints a table; a name, or a part of one, measures that alone. Each
is asked of a process of its own that has served the page once. Exits with 1 beyond the promise.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from benchmarks.upload_costs import forget_peak, peak_megabytes
from tconv_ui.shell.links import UNREAD
from tests.pages.heaviest import Ask, requests
from tests.serving import ROOT

MOST_SECONDS = 2.0
MOST_MEGABYTES = 300.0
"""What one request may add to the process, at its peak."""


def measure(ask: Ask) -> tuple[float, float]:
    """Return the processor seconds and the megabytes that one request adds to a warm process."""
    _remember_navigation()
    visit(Ask(ask.page))
    before = _forgotten()
    begun = time.process_time()
    at = visit(ask)
    seconds, peak = time.process_time() - begun, peak_megabytes()
    if ask.picture:
        before, begun = _forgotten(), time.process_time()
        uploader: Any = at.get("file_uploader")[0]
        uploader.set_value(("mine.png", ask.picture, "image/png"))
        at.run()
        seconds, peak = time.process_time() - begun, peak_megabytes()
    for key in ask.press:
        before, begun = _forgotten(), time.process_time()
        at.button(key=key).click().run()
        seconds, peak = time.process_time() - begun, peak_megabytes()
    if at.exception:
        raise RuntimeError(at.exception[0].message)
    return seconds, peak - before


def visit(ask: Ask) -> AppTest:
    """Open a page of the app by a link, as a new visitor."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    for name, value in ask.link.items():
        at.query_params[name] = value
    at.switch_page(ask.page).run()
    if unread := [info.value for info in at.info if info.value.startswith(UNREAD)]:
        raise RuntimeError(f"{ask.page} {ask.link}: {unread[0]}")
    return at


def _remember_navigation() -> None:
    """Tell AppTest, as a server knows, that `st.navigation` has been called."""
    begin = PagesManager.__init__

    def remembering(self: PagesManager, *args: Any, **options: Any) -> None:
        begin(self, *args, **options)
        PagesManager.uses_pages_directory = False

    PagesManager.__init__ = remembering  # type: ignore[method-assign]


def _forgotten() -> float:
    forget_peak()
    return peak_megabytes()


def main(part: str = "") -> int:
    """Print a row per request, each from a process of its own; return 1 beyond the promise."""
    print("| asked | processor s | MB more |\n|---|---|---|")
    beyond = []
    for name in requests():
        if part not in name:
            continue
        command = [sys.executable, "-m", "benchmarks.heaviest", "--one", name]
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if found.returncode:
            print(f"| {name} | failed: {found.stderr.strip().splitlines()[-1]} | |", flush=True)
            beyond.append(name)
            continue
        seconds, megabytes = map(float, found.stdout.split())
        print(f"| {name} | {seconds:.2f} | {megabytes:.0f} |", flush=True)
        if seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES:
            beyond.append(name)
    print(f"\nBeyond the promise: {'; '.join(beyond)}." if beyond else "\nNothing is beyond it.")
    return 1 if beyond else 0


if __name__ == "__main__":
    run: Callable[[], int] = lambda: main(*sys.argv[1:2])  # noqa: E731
    if sys.argv[1:2] == ["--one"]:
        print(*measure(requests()[sys.argv[2]]))
    else:
        sys.exit(run())
