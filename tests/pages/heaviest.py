"""The heaviest thing that a link or a button can ask of each page.

What each takes: `python -m benchmarks.heaviest`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

import numpy as np
from PIL import Image

from tconv_ui.export.sections import SCALES

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
