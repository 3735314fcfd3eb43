"""The sections of the Overlap page, one drawn at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from tconv_core import axis_deficit, phase_sums
from tconv_ui.charts.figures import spectrum_figure
from tconv_ui.charts.sections import csv_button, draw_tiles, show_figure, tiles_csv_button
from tconv_ui.export.sections import export_section
from tconv_ui.layer import cells
from tconv_ui.layer.cells import CUSTOM, KERNELS, format_cells
from tconv_ui.layer.formulas import cells_cropped, clean_padding_words
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.state import current_choice, set_words, shown_choice
from tconv_ui.overlap.cure_section import draw_cure
from tconv_ui.overlap.judgement import phase_blocks, said, tap_words, unevenness_map
from tconv_ui.overlap.phase_figures import map_figure, phases_figure
from tconv_ui.overlap.stacks import stack_patterns
from tconv_ui.player.component import play
from tconv_ui.player.payload import encode
from tconv_ui.player.scatter import count_scene
from tconv_ui.theme import Theme
from tconv_ui.wording import times

SIZES, STRIDES = range(1, 10), range(1, 6)


def draw_build(layer: Layer, theme: Theme) -> None:  # noqa: ARG001 - all sections take both
    """Watch the count build: each stamp adds 1."""
    st.markdown("Each input cell lands once and adds 1 to every cell its stamp covers.")
    scene = count_scene(layer.geometry)
    view = play(encode(scene), key="count_player")
    export_section(
        {"Overlap count": scene}, None if view is None else view.step, key="count_export"
    )


def draw_phases(layer: Layer, theme: Theme) -> None:
    """Show the sub-kernels of the phases, and which sums differ."""
    geometry, kernel = layer.geometry, layer.kernel
    sums = phase_sums(kernel, geometry.stride, dilation=geometry.dilation)
    st.markdown(
        f"An output cell meets {tap_words(geometry)}. The sums of these {sums.size} sub-kernels "
        "decide: away from the edges a constant stays constant exactly when they agree."
    )
    common = np.median(sums)
    odd = np.abs(sums - common) > 1e-9 * max(float(np.abs(kernel).sum()), 1)
    show_figure(
        phases_figure(phase_blocks(kernel, geometry), sums, odd, theme),
        key="phases",
        alt=f"The sums of the {sums.size} phases: {format_cells(sums)}",
    )
    csv_button("Phase sums as CSV", sums, "phase_sums")


def draw_map(layer: Layer, theme: Theme) -> None:
    """Show the unevenness of this family of kernels for every size and stride."""
    choice, _ = shown_choice()
    name = choice.weights
    family = "ones" if name == CUSTOM else name
    st.markdown(
        f"Checkerboard of **{family}** kernels. Click a cell to set both sliders. Where a phase "
        "gets no tap, as with a kernel smaller than the stride, the output has holes."
    )
    make: Callable[[cells.Shape], cells.Cells] = lambda shape: KERNELS[family](  # noqa: E731
        shape, choice.seed
    )
    amounts = unevenness_map(make, SIZES, STRIDES, layer.geometry.dilation)
    geometry = layer.geometry
    square = geometry.rows.kernel_size == geometry.cols.kernel_size and geometry.rows.stride == (
        geometry.cols.stride
    )
    current = (geometry.rows.kernel_size, geometry.rows.stride) if square else None
    st.plotly_chart(
        map_figure(amounts, current, theme),
        theme=None,
        key="map",
        on_select=_take_map_click,
        selection_mode="points",
        config={"displayModeBar": False},
        alt="Unevenness for kernel sizes 1 to 9 and strides 1 to 5",
    )
    csv_button("Map as CSV", amounts, "unevenness_map")


def draw_edges(layer: Layer, theme: Theme) -> None:  # noqa: ARG001
    """Say which border cells are short, and what removing them costs."""
    geometry = layer.geometry
    short = (*axis_deficit(geometry.rows), *axis_deficit(geometry.cols))
    names = ("top", "bottom", "left", "right")
    sides = ", ".join(f"{count} at the {name}" for name, count in zip(names, short, strict=True))
    st.markdown(f"Border cells that get fewer stamps than the interior: **{sides}**.")
    for name, axis in (("Rows", geometry.rows), ("Columns", geometry.cols)):
        st.markdown(f"{name}: {clean_padding_words(axis)}")
    full, output = geometry.full_shape, geometry.output_shape
    lost = cells_cropped(geometry)
    st.markdown(
        f"This layer makes {times(output)} of a full output of {times(full)}: "
        + (
            f"{lost} of {full[0] * full[1]} cells are computed and thrown away."
            if lost
            else "nothing is thrown away."
        )
    )


def draw_stacks(layer: Layer, theme: Theme) -> None:
    """Show how the pattern compounds over layers, and how a stride-1 layer dampens it."""
    left, right = st.columns(2)
    depth = left.slider("Layers", 1, 4, 2, key="stack_depth", bind="query-params")
    smooth = right.toggle(
        "A 3×3 layer of stride 1 at the end", key="stack_smooth", bind="query-params"
    )
    patterns = stack_patterns(layer.kernel, layer.geometry, depth, smooth=smooth)
    if patterns is None:
        st.info("The phase sums cancel, so there is no level to compare with.")
        return
    limit = max(0.05, *(float(np.abs(p.cells - 1).max()) for p in patterns))
    draw_tiles(
        [(f"{p.name}<br><b>{said(p.amount)}</b>", p.cells - 1) for p in patterns],
        min(limit, 1.5),
        theme,
        key="stacks",
        alt="; ".join(f"{p.name}: {said(p.amount)}" for p in patterns),
    )
    s = layer.geometry.cols.stride
    named = s * s if depth > 1 and s <= 3 else s
    show_figure(
        spectrum_figure(
            [(p.name, p.spectrum) for p in patterns],
            [(k / named, f"{k}/{named}") for k in range(1, named // 2 + 1)],
            theme,
        ),
        key="stack_spectrum",
        alt=f"Amplitude of each frequency along a row; peaks lie only at multiples of 1/{s**depth}",
    )
    if s > 1:
        st.caption(
            f"A layer of stride {s} puts its pattern at multiples of 1/{s} of a cycle per cell; "
            f"deeper stacks add multiples of 1/{s}², 1/{s}³ …"
        )
    tiles_csv_button("Patterns as CSV", [(p.name, p.cells) for p in patterns], "patterns")
    amplitudes = [(p.name, p.spectrum[np.newaxis]) for p in patterns]
    tiles_csv_button("Amplitudes as CSV", amplitudes, "amplitudes")


SECTIONS: dict[str, Callable[[Layer, Theme], None]] = {
    "Phases": draw_phases,
    "Cure": draw_cure,
    "Map": draw_map,
    "Edges": draw_edges,
    "Stacks": draw_stacks,
    "Watch it build": draw_build,
}


def _take_map_click() -> None:
    points = st.session_state["map"]["selection"]["points"]
    if not points:
        return
    size, stride = int(points[0]["y"]), int(points[0]["x"])
    if size not in SIZES or stride not in STRIDES:
        return
    now, _ = current_choice()
    fits = max(stride, *now.dilation) - 1
    padding = (min(now.output_padding[0], fits), min(now.output_padding[1], fits))
    weights = "ones" if now.weights == CUSTOM else now.weights
    numbers = {"kernel": (size, size), "stride": (stride, stride), "output_padding": padding}
    asked = replace(now, **numbers)  # type: ignore[arg-type]
    set_words(replace(asked, weights=weights, w="").words)
