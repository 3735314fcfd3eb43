"""What the Decoder page shows on demand: numbers, checkerboard, reach, code."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from tconv_core import GeometryError
from tconv_core.network import field_shape, largest_fields, projective_field, receptive_field
from tconv_ui.charts.sections import csv_button, draw_tiles, show_figure, tiles_csv_button
from tconv_ui.code.keras_network import keras_network, keras_weights_loading
from tconv_ui.code.network_parts import FILE
from tconv_ui.code.torch_network import torch_network, torch_weights_loading
from tconv_ui.decoder.figures import pattern_tile, reach_figure
from tconv_ui.decoder.study import Study, study_npz
from tconv_ui.decoder.words import (
    even_words,
    field_words,
    is_even,
    shape_words,
    share_words,
    short_words,
)
from tconv_ui.shell.links import choose_one
from tconv_ui.theme import Theme
from tconv_ui.wording import counted, times

RECEPTIVE = "Receptive: what a cell sees"
FIELDS = {RECEPTIVE: receptive_field, "Projective: what a cell reaches": projective_field}


def numbers(study: Study, theme: Theme) -> None:  # noqa: ARG001 - all sections take a theme
    """Draw every layer's settings, shape, cost and pattern as a table."""
    network, pattern = study.network, study.pattern
    fields = largest_fields(network)
    same = pattern is not None and study.shown == network
    rows = []
    for index, (spec, cost) in enumerate(zip(network.layers, network.costs, strict=True)):
        shape = network.shapes[index]
        row = {
            "Layer": f"{index + 1} · {short_words(spec)}",
            "Output": shape_words(shape),
            "Parameters": cost.parameters,
            "Multiply-adds": cost.multiply_adds,
            "Memory, KiB": cost.activation_bytes / 1024,
            "A cell sees": field_words(fields[index], network),
        }
        if same and pattern is not None:
            row["Overlap, %"] = _percent(pattern.overlap_share[index])
            row["Response, %"] = _percent(pattern.response_share[index])
        rows.append(row)
    st.dataframe(
        rows,
        hide_index=True,
        column_config={
            "Parameters": st.column_config.NumberColumn(format="localized"),
            "Multiply-adds": st.column_config.NumberColumn(format="localized"),
            "Memory, KiB": st.column_config.NumberColumn(format="%.1f"),
            "Overlap, %": st.column_config.NumberColumn(format="%.1f"),
            "Response, %": st.column_config.NumberColumn(format="%.1f"),
        },
    )
    st.caption(
        "Memory: the layer's output, one input, float32. A cell sees: the input's rows and columns "
        "that reach it, at most. Overlap: how unevenly the taps fall, all weights equal. "
        "Response: how far a constant input is from staying constant, with these weights."
    )


def checkerboard(study: Study, theme: Theme) -> None:
    """Draw how evenly the taps fall after each layer, and what a constant becomes."""
    pattern = study.pattern
    if pattern is None or study.shown is None:
        st.info("This stack is not run, so there is no pattern to show.")
        return
    for name, key, cells, shares, words in (
        (
            "Overlap",
            "overlap",
            pattern.overlap,
            pattern.overlap_share,
            "All taps equal: orange cells are reached by more of them, blue ones by fewer.",
        ),
        (
            "Response to a constant",
            "response",
            pattern.response,
            pattern.response_share,
            "The channel that varies most with these weights, fed with ones. Even overlap does "
            "not make it even: the weights of each phase would have to sum to the same.",
        ),
    ):
        st.markdown(f"**{name}** after each layer. {even_words(shares)}")
        tiles = [
            (
                f"{at + 1} {short_words(study.shown.layers[at])}<br><b>{share_words(share)}</b>",
                pattern_tile(cells[at]),
            )
            for at, share in enumerate(shares)
            if not is_even(share)
        ]
        alt = f"{name} after each layer: {'; '.join(map(share_words, shares))}"
        draw_tiles(tiles, 1, theme, key=f"{key}_tiles", alt=alt)
        if tiles:
            st.caption(f"{words} The middle of every map.")
            named = [(title.partition("<br>")[0], tile) for title, tile in tiles]
            tiles_csv_button(f"{name} as CSV", named, f"{key}_tiles")


def reach(study: Study, theme: Theme) -> None:
    """Draw which input cells reach an output cell that the visitor chooses, or the other way."""
    network = study.network
    field = choose_one(st, "Field", FIELDS, key="field")
    start, end = (network.input_shape[1:], network.output_shape[1:])
    height, width = end if field == RECEPTIVE else start
    name = "Output" if field == RECEPTIVE else "Input"
    row, col = (
        column.slider(f"{name} cell, % {way}", 0, 100, 50, key=key, bind="query-params")
        for column, way, key in zip(
            st.columns(2), ("down", "across"), ("cell_y", "cell_x"), strict=True
        )
    )
    cell = round(row / 100 * (height - 1)), round(col / 100 * (width - 1))
    highlighted = FIELDS[field](network, cell)
    one = np.zeros((height, width), np.bool_)
    one[cell] = True
    before, after = (highlighted, one) if field == RECEPTIVE else (one, highlighted)
    words = reached_words(highlighted, field == RECEPTIVE)
    show_figure(
        reach_figure(before, after, theme),
        key="reach",
        toolbar=False,
        alt=f"{name} cell {cell} {words}.",
    )
    letter = "y" if field == RECEPTIVE else "x"
    st.caption(f"{letter}[{cell[0]},{cell[1]}] of {times((height, width))} cells {words}.")
    csv_button("Its field as CSV", highlighted.astype(np.uint8), "field_cells")


def reached_words(field: NDArray[np.bool_], receptive: bool) -> str:
    """Return how many cells a field has, and how far they span.

    >>> reached_words(np.ones((2, 1), bool), receptive=True)
    'is reached by 2 input cells, which span 2 × 1'
    """
    count = int(field.sum())
    cells = counted(count, "input cell" if receptive else "output cell")
    span = f", which span {times(field_shape(field))}" if count > 1 else ""
    return f"{'is reached by' if receptive else 'reaches'} {cells}{span}"


def code(study: Study, theme: Theme) -> None:  # noqa: ARG001
    """Draw the network as code, and hand over the weights it was run with."""
    network = study.network
    if study.shown == network:
        st.download_button(
            f"Weights, input and output as {FILE}",
            lambda: study_npz(study),
            file_name=FILE,
            key="npz",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(
            "Put the file beside the code: the second part loads it and prints the largest "
            "difference from what is shown here."
        )
    for name, tab in zip(("PyTorch", "Keras"), st.tabs(["PyTorch", "Keras"]), strict=True):
        with tab:
            try:
                pytorch = name == "PyTorch"
                code = torch_network(network) if pytorch else keras_network(network)
                st.code(code, language=None, wrap_lines=True)
                if study.shown == network:
                    code = (
                        torch_weights_loading(network)
                        if pytorch
                        else keras_weights_loading(network)
                    )
                    st.code(code, language=None, wrap_lines=True)
            except GeometryError as error:
                st.warning(str(error))


SECTIONS: dict[str, Callable[[Study, Theme], None]] = {
    "Numbers": numbers,
    "Checkerboard": checkerboard,
    "Reach": reach,
    "Code": code,
}


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
