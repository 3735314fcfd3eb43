"""The heaviest thing that a link or a button can ask of each page: processor and memory.

`python -m tests.pages.heaviest` prints a table; a name, or a part of one, measures that alone. Each
is asked of a process of its own that has served the page once. Exits with 1 beyond the promise.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from tconv_ui.export.sections import SCALES
from tconv_ui.shell.links import UNREAD
from tests.serving import ROOT
from tests.ui.pictures.upload_costs import forget_peak, peak_megabytes

MOST_SECONDS = 2.0
MOST_MEGABYTES = 300.0
"""What one request may add to the process, at its peak."""
Link = Mapping[str, str | list[str]]
LAYER: Link = {
    "size": "16",
    "kernel": "9",
    "stride": "5",
    "padding": "0",
    "dilation": "3",
    "input": "random",
    "weights": "random",
}
READINGS = {"readings": ["Scatter", "Gather", "Matrix"]}
ALL_METHODS = ["Sidebar kernel", "Evened-out kernel", "Fitted kernel", "Bilinear then convolution"]
MORE_METHODS = ["Random weights", "Bicubic weights", "Pixel shuffle ICNR", "Pillow Lanczos"]
LARGE = {"work": "1024", "stride": "2", "kernel": "9", "dilation": "3", "padding": "0"}
SOLVER = {"max_kernel": "64", "no_holes": "false", "whole_input": "false"}


@dataclass(frozen=True, slots=True)
class Ask:
    """A page, a link to it, and buttons to press there, by key."""

    page: str
    link: Link = field(default_factory=dict)
    press: tuple[str, ...] = ()
    picture: bytes = b""
    """A file of one's own, put in where the page has a place for it."""


def _noise() -> bytes:
    file = BytesIO()
    levels = np.random.default_rng(0).integers(0, 256, (1024, 1024, 3), dtype=np.uint8)
    Image.fromarray(levels).save(file, "PNG")
    return file.getvalue()


def stacks() -> dict[str, str]:
    """Stacks at the edges of what the text takes, by what is large in them."""
    return {
        "wide": "-".join(["512x64x64", *["conv512.k3.p1"] * 12]),
        "tall": "-".join(["3x256x256", "tconv16.k4.s2.p1", *["conv16.k3.p1"] * 5]),
        "taller": "-".join(["1x256x256", "tconv8.k8.s4.p2", "conv4.k3.p1", "conv1.k1"]),
        "broad kernels": "-".join(["8x32x32", *["conv8.k63.p31"] * 12]),
        "dilated": "-".join(["16x64x64", *["conv16.k9.p32.d8"] * 12]),
        "a large step": "-".join(["64x32x32", "tconv64.k64.s32.p16", "conv4.k3.p1"]),
        "joined": "-".join(["16x64x64", *[f"conv16.k3.p1.cat{it}" for it in range(11)]]),
        "shuffled": "-".join(["16x128x128", "conv64.k3.p1", "shuffle.s8"]),
    }


def requests() -> dict[str, Ask]:
    """Return what is asked, by name."""
    step, overlap, up = "pages/step_by_step.py", "pages/overlap.py", "pages/upsample.py"
    operations, decoder, solver = "pages/operations.py", "pages/decoder.py", "pages/solver.py"
    asks = {
        "Step by step, stamps": Ask(step, LAYER),
        "Step by step, by output cell": Ask(step, {**LAYER, **READINGS, "walk": "By output cell"}),
        "Step by step, three readings": Ask(
            step, {**LAYER, **READINGS, "size": "8", "kernel": "9", "stride": "5", "dilation": "2"}
        ),
        "Frameworks": Ask("pages/frameworks.py", LAYER),
        "Lesson, 20 questions": Ask("pages/lesson.py", {"quiz": "999", "questions": "20"}),
        "Lesson, 1 question": Ask("pages/lesson.py", {"quiz": "7", "questions": "1"}),
    }
    for kind in ("GIF", "WebP"):
        for name, link in {
            "one per cell": {**LAYER, "kernel": "3", "stride": "2", "dilation": "1"},
            "the longest": {**LAYER, "size": "16", "kernel": "9", "stride": "5", "dilation": "1"},
        }.items():
            asked = {**link, "export": kind, "export_width": max(SCALES, key=int)}
            asks[f"{kind}, {name}"] = Ask(step, asked, ("export_draw",))
    for section in ("Phases", "Cure", "Map", "Edges", "Stacks", "Watch it build"):
        asks[f"Overlap, {section}"] = Ask(overlap, {**LAYER, "section": section})
    for left, right in (
        ("Convolution", "Transposed convolution"),
        ("Transposed convolution", "Transposed convolution"),
        ("Bilinear upsampling", "Pixel shuffle"),
    ):
        asks[f"Operations, {left} beside {right}"] = Ask(
            operations, {**LAYER, "left": left, "right": right}
        )
        asks[f"Operations, {left} beside {right}, small steps"] = Ask(
            operations, {**LAYER, "stride": "1", "dilation": "1", "left": left, "right": right}
        )
    for name, text in stacks().items():
        for look in ("Numbers", "Checkerboard", "Reach", "Code"):
            asks[f"Decoder, {name}, {look}"] = Ask(decoder, {"stack": text, "look": look})
    for have, need in ((7, 28), (512, 1024), (64, 1024), (33, 999)):
        sizes = {"have": f"{have}", "need": f"{need}"}
        asks[f"Solver, {have} to {need}"] = Ask(solver, {**SOLVER, **sizes})
    both = {"apart": "true", "have": "512", "need": "1024", "have_cols": "500", "need_cols": "999"}
    asks["Solver, apart"] = Ask(solver, {**SOLVER, **both})
    for view in ("Compare", "Wipe", "Spectrum", "Learn", "Take away"):
        for title, methods in (("layers", ALL_METHODS), ("others", MORE_METHODS)):
            link = {**LARGE, "view": view, "methods": methods}
            asks[f"Upsample, {view}, {title}"] = Ask(up, link, picture=_noise())
    for part in ("Often said", "The layers"):
        asks[f"Field guide, {part}"] = Ask("pages/field_guide.py", {"part": part})
    return asks


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
        command = [sys.executable, "-m", "tests.pages.heaviest", "--one", name]
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
