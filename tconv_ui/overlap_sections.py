"""The sections of the Overlap page, one drawn at a time."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from tconv_core import GeometryError, edge_deficit, even_out, phase_sums, polyphase
from tconv_ui import cells
from tconv_ui.cells import CUSTOM, KERNELS, format_cells
from tconv_ui.checkerboard import (
    FLAT,
    amount_of,
    constant_response,
    cures,
    deviation,
    dilations,
    percent,
    stack_patterns,
    strides,
    unevenness_map,
)
from tconv_ui.figures import CONFIG, spectrum_figure, tiles_figure
from tconv_ui.formulas import times
from tconv_ui.layer import COLS, Layer
from tconv_ui.links import introduce
from tconv_ui.overlap_figures import map_figure, phases_figure
from tconv_ui.palette import Theme
from tconv_ui.picture_source import load_sample
from tconv_ui.pictures import brightness_gain, upsample
from tconv_ui.player import play
from tconv_ui.scenes import count_scene

SIZES, STRIDES = range(1, 10), range(1, 6)


def csv_button(label: str, grid: NDArray[np.floating] | NDArray[np.integer], key: str) -> None:
    """Offer the numbers of a picture as a CSV file."""

    def text() -> str:
        buffer = io.StringIO()
        np.savetxt(buffer, np.atleast_2d(grid), delimiter=",", fmt="%.10g")
        return buffer.getvalue()

    st.download_button(
        label,
        text,
        file_name=f"{key}.csv",
        mime="text/csv",
        key=f"csv_{key}",
        icon=":material/table:",
        type="tertiary",
        on_click="ignore",
    )


def draw_tiles(
    tiles: Sequence[tuple[str, cells.Cells]], limit: float, theme: Theme, *, key: str, alt: str
) -> None:
    """Draw small grids on one scale, four in a row, two on a phone."""
    for start in range(0, len(tiles), 4):
        for half, place in enumerate(st.columns(2)):
            pair = tiles[start + 2 * half : start + 2 * half + 2]
            if not pair:
                continue
            place.plotly_chart(
                tiles_figure(pair, limit, theme, columns=2),
                theme=None,
                key=f"{key}_{start + 2 * half}",
                config=CONFIG,
                alt=alt,
            )


def draw_build(layer: Layer, theme: Theme) -> None:  # noqa: ARG001 - all sections take both
    """Watch the count build: each stamp adds 1."""
    st.markdown("Each input cell lands once and adds 1 to every cell its stamp covers.")
    play(count_scene(layer.geometry), key="count_player")


def draw_phases(layer: Layer, theme: Theme) -> None:
    """Show the sub-kernels of the phases, and which sums differ."""
    geometry, kernel = layer.geometry, layer.kernel
    sums = phase_sums(kernel, strides(geometry), dilation=dilations(geometry))
    st.markdown(
        f"An output cell meets only every {_ordinal(strides(geometry))} tap. These {sums.size} "
        "sub-kernels make the phases of the output; a constant stays constant exactly when their "
        "sums agree."
    )
    if dilations(geometry) != (1, 1):
        st.info("Sub-kernels are drawn for dilation 1; the sums are those of this dilation.")
    common = np.median(sums)
    odd = np.abs(sums - common) > 1e-9 * max(float(np.abs(kernel).sum()), 1)
    blocks = polyphase(kernel, strides(geometry))
    st.plotly_chart(
        phases_figure(blocks, sums, odd, theme),
        theme=None,
        key="phases",
        config=CONFIG,
        alt=f"The sums of the {sums.size} phases: {format_cells(sums)}",
    )
    csv_button("Phase sums as CSV", sums, "phase_sums")


def draw_cure(layer: Layer, theme: Theme) -> None:
    """Repair the kernel, and show what else would help."""
    geometry, kernel = layer.geometry, layer.kernel
    before = _kernel_before(layer)
    try:
        after = even_out(before, strides(geometry), dilation=dilations(geometry))
    except GeometryError as error:
        st.warning(f"This kernel cannot be evened out: {error}")
    else:
        _draw_repair(layer, before, after, theme)
    st.divider()
    st.markdown("**Other cures**, each fed the same constant input and drawn on the same scale:")
    if dilations(geometry) != (1, 1):
        st.caption("Drawn for dilation 1.")
    found = cures(kernel, geometry, st.session_state.get("seed", 0))
    swings = [float(np.abs(cure.pattern - 1).max()) for cure in found if cure.amount is not None]
    limit = max(0.05, *swings)
    tiles = [(f"{cure.name}<br><b>{_said(cure.amount)}</b>", cure.pattern - 1) for cure in found]
    draw_tiles(
        tiles,
        min(limit, 1.0),
        theme,
        key="cures",
        alt="; ".join(f"{cure.name}: {_said(cure.amount)}" for cure in found),
    )
    st.caption("Percentages are the checkerboard each leaves. Random weights differ by seed.")


def _draw_repair(layer: Layer, before: cells.Cells, after: cells.Cells, theme: Theme) -> None:
    geometry = layer.geometry
    amount, repaired = amount_of(before, geometry), np.array_equal(layer.kernel, after)
    if amount is not None and amount <= FLAT:
        st.success("This kernel is even already: nothing to repair.")
        return
    change = float(np.abs(after - before).max())
    st.markdown(
        f"**The smallest repair** moves no weight by more than {change:.3g} and makes all phases "
        "sum to the same."
    )
    if repaired and "before_even" in st.session_state:
        st.button("Undo: back to the kernel as it was", on_click=_undo, icon=":material/undo:")
    else:
        st.button(
            "Even out this kernel",
            on_click=_apply_even,
            args=(before, after),
            type="primary",
            icon=":material/healing:",
        )
    limit = float(max(np.abs(before).max(), np.abs(after).max()))
    draw_tiles(
        [("Kernel before", before), ("Change", after - before), ("Kernel after", after)],
        limit,
        theme,
        key="repair",
        alt="The kernel before, the change, and after",
    )
    tiles = []
    for name, kernel in (("Response before", before), ("Response after", after)):
        share = deviation(constant_response(kernel, geometry), kernel, geometry)
        if share is not None:
            tiles.append((f"{name}<br><b>{_said(amount_of(kernel, geometry))}</b>", share))
    flat = load_sample("flat")[10:26, 10:26]
    for name, kernel in (("A flat patch before", before), ("A flat patch after", after)):
        gain = brightness_gain(kernel, geometry) or 1.0
        try:
            patch = upsample(flat, kernel / gain, geometry).picture[..., 1].astype(float)
        except GeometryError:
            continue
        middle = patch[tuple(slice(size // 3, size // 3 + 12) for size in patch.shape)]
        tiles.append((name, middle / max(float(flat[..., 1].mean()), 1.0) - 1))
    draw_tiles(
        tiles,
        max(0.05, min(1.0, amount or 1.0)) * 1.5,
        theme,
        key="repair_response",
        alt="The response to a constant, and a flat patch of a picture, before and after",
    )


def draw_map(layer: Layer, theme: Theme) -> None:
    """Show the unevenness of this family of kernels for every size and stride."""
    name = st.session_state["weights"]
    family = "ones" if name == CUSTOM else name
    st.markdown(
        f"Checkerboard of **{family}** kernels. Click a cell to set both sliders. Where the "
        "kernel is smaller than the stride, the output has holes."
    )
    make: Callable[[cells.Shape], cells.Cells] = lambda shape: KERNELS[family](  # noqa: E731
        shape, st.session_state.get("seed", 0)
    )
    amounts = unevenness_map(make, SIZES, STRIDES)
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
    short = edge_deficit(geometry)
    sides = ", ".join(f"{count} at the {name}" for name, count in short._asdict().items())
    st.markdown(f"Border cells that get fewer stamps than the interior: **{sides}**.")
    for name, axis in (("Rows", geometry.rows), ("Columns", geometry.cols)):
        whole = edge_deficit(geometry.uncropped)
        needed = max(whole.top, whole.bottom) if name == "Rows" else max(whole.left, whole.right)
        left = axis.full_size - 2 * needed
        if needed == 0:
            st.markdown(f"{name}: no border cell is short, so no padding is needed.")
        elif left < 1:
            st.markdown(
                f"{name}: padding {needed} would remove them all, but the full output has only "
                f"{axis.full_size} cells: use a larger input."
            )
        else:
            st.markdown(
                f"{name}: padding **{needed}** removes them all and leaves {left} of "
                f"{axis.full_size} cells."
            )
    full, output = geometry.full_shape, geometry.output_shape
    lost = full[0] * full[1] - output[0] * output[1]
    st.markdown(
        f"This layer's crop takes the full output from {times(full)} to {times(output)}: "
        + (
            f"{lost} of {full[0] * full[1]} cells are computed and thrown away."
            if lost > 0
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
        [(f"{p.name}<br><b>{_said(p.amount)}</b>", p.cells - 1) for p in patterns],
        min(limit, 1.5),
        theme,
        key="stacks",
        alt="; ".join(f"{p.name}: {_said(p.amount)}" for p in patterns),
    )
    s = layer.geometry.cols.stride
    named = s * s if depth > 1 and s <= 3 else s
    st.plotly_chart(
        spectrum_figure(
            [(p.name, p.spectrum) for p in patterns],
            [(k / named, f"{k}/{named}") for k in range(1, named // 2 + 1)],
            theme,
        ),
        theme=None,
        key="stack_spectrum",
        config=CONFIG,
        alt=f"Amplitude of each frequency along a row; the peaks lie at multiples of 1/{s}",
    )
    st.caption(
        f"A layer of stride {s} puts its pattern at multiples of 1/{s} of a cycle per cell; "
        f"deeper stacks add multiples of 1/{s}², 1/{s}³ …"
    )
    csv_button("Last pattern as CSV", patterns[-1].cells, "stack_pattern")


SECTIONS: dict[str, Callable[[Layer, Theme], None]] = {
    "Phases": draw_phases,
    "Cure": draw_cure,
    "Map": draw_map,
    "Edges": draw_edges,
    "Stacks": draw_stacks,
    "Watch it build": draw_build,
}


# Callbacks ------------------------------------------------------------------------------------


def _apply_even(before: cells.Cells, after: cells.Cells) -> None:
    state = st.session_state
    state["before_even"] = (state["weights"], state.get("w", ""), before)
    text = format_cells(after)
    if state["weights"] == CUSTOM:
        state["w"] = text
    else:
        state["weights"] = CUSTOM
        introduce("w", text, "")


def _undo() -> None:
    name, text, _ = st.session_state.pop("before_even")
    st.session_state["weights"] = name
    if name == CUSTOM:
        st.session_state["w"] = text


def _kernel_before(layer: Layer) -> cells.Cells:
    """The kernel to repair: the current one, or the one an applied repair began with."""
    stored = st.session_state.get("before_even")
    if stored is None:
        return layer.kernel
    before: cells.Cells = stored[2]
    if before.shape == layer.kernel.shape and st.session_state["weights"] == CUSTOM:
        geometry = layer.geometry
        after = even_out(before, strides(geometry), dilation=dilations(geometry))
        if np.allclose(after, layer.kernel):
            return before
    del st.session_state["before_even"]
    return layer.kernel


def _take_map_click() -> None:
    points = st.session_state["map"]["selection"]["points"]
    if not points:
        return
    size, stride = int(points[0]["y"]), int(points[0]["x"])
    if size not in SIZES or stride not in STRIDES:
        return
    state = st.session_state
    for name, value in (("kernel", size), ("stride", stride)):
        state[name] = value
        if not state["linked"]:
            state[name + COLS] = value
    fits = max(stride, state["dilation"]) - 1
    state["output_padding"] = min(state["output_padding"], fits)
    if not state["linked"]:
        key = "output_padding" + COLS
        state[key] = min(state[key], fits)
    if state["weights"] == CUSTOM:
        state["weights"] = "ones"


def _said(amount: float | None) -> str:
    if amount is None:
        return "no level"
    return "flat" if amount <= FLAT else percent(amount)


def _ordinal(stride: tuple[int, int]) -> str:
    names = {1: "single", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
    if stride[0] == stride[1]:
        return names[stride[0]]
    return f"{names[stride[0]]} (rows) and {names[stride[1]]} (columns)"
