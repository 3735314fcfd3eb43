"""The image page's Learn section: gradient descent on the kernel, live and stoppable."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

import numpy as np
import streamlit as st

from tconv_core import box_reduce, fit_geometry, transpose_conv
from tconv_ui.charts.sections import csv_button, show_figure
from tconv_ui.pictures.arrays import Picture, shown_png
from tconv_ui.shell.header import current_theme
from tconv_ui.theme import Theme
from tconv_ui.upsample.charts import kernel_figure, loss_figure
from tconv_ui.upsample.compare import make_task
from tconv_ui.upsample.learning import MOST, Learning, decibels
from tconv_ui.upsample.levels import show
from tconv_ui.upsample.study import Study
from tconv_ui.upsample.weights import Kernel, Planes
from tconv_ui.wording import times

_PER_DRAWING = 4  # iterations
_PAUSE = 0.15  # seconds from one drawing to the next, asked for by the browser
_MIDDLE = 96  # pixels a side of the picture that is restored along the way


@dataclass(slots=True, eq=False)
class _Lesson:
    """A descent on one picture, and whether it goes on."""

    about: tuple[str, int, int]
    truth: Planes
    descent: Learning
    running: bool = False


def learn(study: Study) -> None:
    """Draw the descent: from random weights to the least-squares kernel of this picture."""
    st.markdown(
        "Called *learnable* because of this: gradient descent turns random weights into the kernel "
        "that best restores this picture from its reduced self."
    )
    lesson = _lesson(study)
    descent = lesson.descent
    row = st.container(horizontal=True)
    started = descent.iteration > 0
    row.button(
        "Continue" if started else "Learn",
        key="learn_go",
        icon=":material/play_arrow:",
        disabled=lesson.running or descent.done,
        on_click=_run,
        args=(True,),
    )
    row.button(
        "Stop",
        key="learn_stop",
        icon=":material/stop:",
        disabled=not lesson.running,
        on_click=_run,
        args=(False,),
    )
    row.button(
        "Start again",
        key="learn_again",
        icon=":material/replay:",
        disabled=not started and not lesson.running,
        on_click=_forget,
    )
    with st.container(key="pix_learn"):
        st.html("<style>.st-key-pix_learn img { image-rendering: pixelated; }</style>")
        st.fragment(_draw, run_every=_PAUSE if lesson.running else None)()


def _draw() -> None:
    """Go on a little where the lesson runs, and draw where it stands."""
    lesson = st.session_state.get("lesson")
    if not isinstance(lesson, _Lesson):
        return
    descent, theme = lesson.descent, current_theme()
    if lesson.running:
        descent.advance(_PER_DRAWING)
    now, best = (
        f"{decibels(error):.2f} dB".replace("-", "−")
        for error in (descent.losses[-1], descent.floor)
    )
    st.progress(descent.iteration / MOST, f"Iteration {descent.iteration} of {MOST}")
    curve, learned, wanted = st.columns([2, 1, 1])
    with curve:
        st.markdown(f"**Squared error**, PSNR now {now}, at best {best}")
        show_figure(
            loss_figure(descent.losses, descent.floor, theme, most=MOST, height=330),
            key="loss",
            toolbar=False,
            alt=f"Loss curve, now {now}, at best {best}",
        )
        csv_button("Errors as CSV", np.array(descent.losses), "squared_errors")
    with learned:
        _kernel("Learned", lesson, descent.kernel, theme)
    with wanted:
        _kernel("Least squares", lesson, descent.best, theme)
    if lesson.running and descent.done:
        lesson.running = False
        st.rerun()


def _kernel(name: str, lesson: _Lesson, kernel: Kernel, theme: Theme) -> None:
    """Draw a kernel, and what it restores."""
    st.markdown(f"**{name}**, {times((kernel.shape[0], kernel.shape[1]))}")
    show_figure(
        kernel_figure(kernel, theme, height=170),
        key=f"kernel {name}",
        toolbar=False,
        alt=f"{name} kernel",
    )
    csv_button("Weights as CSV", kernel, f"{name.lower()} weights")
    # In the page itself: a file of its own would be gone before the browser came for it.
    picture = b64encode(shown_png(_restored(lesson, kernel))).decode()
    st.image(f"data:image/png;base64,{picture}", width="stretch", alt=f"{name}, restored")


def _lesson(study: Study) -> _Lesson:
    """Return the lesson on this picture, begun anew if picture, stride or seed are others."""
    stride, seed = study.settings.one_stride, study.settings.seed
    about = (study.source.digest, stride, seed)
    lesson = st.session_state.get("lesson")
    if not isinstance(lesson, _Lesson) or lesson.about != about:
        truth = make_task(study.source.picture, (stride, stride), "Restore").truth
        assert truth is not None
        size = 2 * stride
        lesson = _Lesson(about, truth, Learning.start(truth, stride, size, seed))
        st.session_state["lesson"] = lesson
    return lesson


def _restored(lesson: _Lesson, kernel: Kernel) -> Picture:
    """The middle of the picture, reduced and restored with a kernel."""
    stride, size = lesson.about[1], lesson.truth.shape[1:]
    spans = []
    for side in size:
        length = min(_MIDDLE, side) // stride * stride
        start = (side - length) // 2 // stride * stride
        spans.append(slice(start, start + length))
    reduced = box_reduce(lesson.truth[:, spans[0], spans[1]], stride)
    geometry = fit_geometry((reduced.shape[1], reduced.shape[2]), stride, len(kernel))
    weight = np.broadcast_to(kernel.astype(np.float32), (3, 1, *kernel.shape))
    return show(transpose_conv(reduced, weight, geometry, groups=3)).picture


def _run(running: bool) -> None:
    if isinstance(lesson := st.session_state.get("lesson"), _Lesson):
        lesson.running = running


def _forget() -> None:
    st.session_state.pop("lesson", None)
