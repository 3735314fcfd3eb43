"""The Overlap page's cure: a repaired kernel with undo, and what else would help."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from tconv_core import GeometryError, even_out, transpose_conv
from tconv_ui.charts.sections import csv_button, draw_tiles, tiles_csv_button
from tconv_ui.layer import cells
from tconv_ui.layer.cells import CUSTOM, format_cells
from tconv_ui.layer.checkerboard import FLAT, amount_of, constant_response
from tconv_ui.layer.cures import cures
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.state import current_choice, set_words, shown_choice
from tconv_ui.overlap.judgement import deviation, said
from tconv_ui.pictures.arrays import brightness_gain
from tconv_ui.pictures.samples import load_sample
from tconv_ui.theme import Theme


def draw_cure(layer: Layer, theme: Theme) -> None:
    """Repair the kernel, and show what else would help."""
    geometry, kernel = layer.geometry, layer.kernel
    before = _kernel_before(layer)
    try:
        after = even_out(before, geometry.stride, dilation=geometry.dilation)
    except GeometryError as error:
        st.warning(f"This kernel cannot be evened out: {error}")
    else:
        _draw_repair(layer, before, after, theme)
    st.divider()
    st.markdown("**Other cures**, each fed the same constant input and drawn on the same scale:")
    if geometry.dilation != (1, 1):
        st.caption("Drawn for dilation 1.")
    found = cures(kernel, geometry, shown_choice()[0].seed)
    swings = [float(np.abs(cure.pattern - 1).max()) for cure in found if cure.amount is not None]
    limit = max(0.05, *swings)
    tiles = [(f"{cure.name}<br><b>{said(cure.amount)}</b>", cure.pattern - 1) for cure in found]
    draw_tiles(
        tiles,
        min(limit, 1.0),
        theme,
        key="cures",
        alt="; ".join(f"{cure.name}: {said(cure.amount)}" for cure in found),
    )
    st.caption("Percentages are the checkerboard each leaves. Random weights differ by seed.")
    tiles_csv_button("Cures as CSV", [(cure.name, cure.pattern) for cure in found], "cures")


def _draw_repair(layer: Layer, before: cells.Cells, after: cells.Cells, theme: Theme) -> None:
    amount = amount_of(before, layer.geometry)
    if amount is not None and amount <= FLAT:
        st.success("This kernel is even already: nothing to repair.")
        return
    change = float(np.abs(after - before).max())
    st.markdown(
        f"**The smallest repair** moves no weight by more than {change:.3g} and makes all phases "
        "sum to the same."
    )
    if np.array_equal(layer.kernel, after) and "before_even" in st.session_state:
        st.button("Undo: back to the kernel as it was", on_click=_undo, icon=":material/undo:")
    else:
        st.button(
            "Even out this kernel",
            on_click=_apply_even,
            args=(before, after),
            icon=":material/healing:",
        )
    draw_tiles(
        [("Kernel before", before), ("Change", after - before), ("Kernel after", after)],
        float(max(np.abs(before).max(), np.abs(after).max())),
        theme,
        key="repair",
        alt="The kernel before, the change, and after",
    )
    with st.container(horizontal=True):
        csv_button("Kernel before as CSV", before, "kernel_before")
        csv_button("Kernel after as CSV", after, "kernel_after")
    draw_tiles(
        _responses(layer, before, after),
        max(0.05, min(1.0, amount or 1.0)) * 1.5,
        theme,
        key="repair_response",
        alt="The response to a constant, and a flat patch of a picture, before and after",
    )


def _responses(
    layer: Layer, before: cells.Cells, after: cells.Cells
) -> list[tuple[str, cells.Cells]]:
    """What a constant and a flat patch become with both kernels, as shares of their level."""
    geometry, tiles = layer.geometry, []
    for name, kernel in (("Response before", before), ("Response after", after)):
        share = deviation(constant_response(kernel, geometry), kernel, geometry)
        if share is not None:
            tiles.append((f"{name}<br><b>{said(amount_of(kernel, geometry))}</b>", share))
    for name, kernel in (("A flat patch before", before), ("A flat patch after", after)):
        try:
            tiles.append((name, _flat_patch(kernel, layer)))
        except GeometryError:
            continue
    return tiles


def _flat_patch(kernel: cells.Cells, layer: Layer) -> cells.Cells:
    """The middle of a flat part of a picture after the layer, as a share above its own level."""
    flat = load_sample("flat")[10:26, 10:26, 1].astype(float)
    gain = brightness_gain(kernel, layer.geometry) or 1.0
    geometry = layer.geometry.with_input((flat.shape[0], flat.shape[1]))
    weight = (kernel / gain)[np.newaxis, np.newaxis]
    levels = np.clip(np.rint(transpose_conv(flat[np.newaxis], weight, geometry)[0]), 0, 255)
    middle = levels[tuple(slice(size // 3, size // 3 + 12) for size in levels.shape)]
    return np.asarray(middle / flat.mean() - 1)


def _apply_even(before: cells.Cells, after: cells.Cells) -> None:
    now, _ = shown_choice()
    st.session_state["before_even"] = (now.weights, now.w, before)
    set_words(replace(now, weights=CUSTOM, w=format_cells(after)).words)


def _undo() -> None:
    name, text, _ = st.session_state.pop("before_even")
    set_words(replace(current_choice()[0], weights=name, w=text).words)


def _kernel_before(layer: Layer) -> cells.Cells:
    """The kernel to repair: the current one, or the one an applied repair began with."""
    stored = st.session_state.get("before_even")
    if stored is None:
        return layer.kernel
    before: cells.Cells = stored[2]
    if before.shape == layer.kernel.shape and shown_choice()[0].weights == CUSTOM:
        geometry = layer.geometry
        after = even_out(before, geometry.stride, dilation=geometry.dilation)
        if np.allclose(after, layer.kernel):
            return before
    del st.session_state["before_even"]
    return layer.kernel
