"""What the Frameworks page draws: strips, columns, and the translation with its proof."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from tconv_ui.charts.sections import show_figure, tiles_csv_button
from tconv_ui.frameworks.calls import LONGEST, PastedError
from tconv_ui.frameworks.columns import Column, impulse_cell, impulse_response
from tconv_ui.frameworks.figures import Strip, strips_figure
from tconv_ui.frameworks.pasted import Pasted, read_layer
from tconv_ui.frameworks.translation import DIRECTIONS, Translation, translate
from tconv_ui.frameworks.words import compared, crop_words
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.state import set_numbers
from tconv_ui.shell.header import highlight_if
from tconv_ui.shell.links import choose_one
from tconv_ui.shell.reserved_space import label_width
from tconv_ui.theme import Theme
from tconv_ui.wording import sentence, times

EXAMPLES = {
    "Shifted by one pixel": (3, 3, 2, 1, 1, 1),
    "Three sizes": (3, 3, 2, 1, 0, 1),
    "All agree": (4, 2, 2, 0, 0, 1),
    "Zeros appended": (3, 1, 2, 0, 0, 1),
    "PyTorch only": (3, 3, 1, 1, 1, 2),
    "Refused by all": (3, 3, 2, 1, 2, 1),
}


def example_buttons(choice: LayerChoice) -> None:
    """Offer settings that show a difference each; the one in force is highlighted."""
    with st.container(horizontal=True, gap="xsmall"):
        for label, numbers in EXAMPLES.items():
            example = LayerChoice.of(*numbers)
            st.button(
                highlight_if(label, choice.numbers == example.numbers),
                key=f"example_{label}",
                on_click=set_numbers,
                args=(example,),
                width=label_width(label),
            )


def draw_strips(choice: LayerChoice, found: Sequence[Column], impulse: str, theme: Theme) -> None:
    """Draw what each framework keeps of the full output; both axes where they differ."""
    full = choice.full
    names = ["Rows and columns"] if choice.linked else ["Rows", "Columns"]
    for index, (name, place) in enumerate(zip(names, st.columns(len(names)), strict=True)):
        axis = full.axes[index]
        strips = [Strip(each.name, each.axes[index] if each.axes else None) for each in found]
        cell = impulse_cell(axis.input_size, impulse)
        with place:
            if len(names) > 1:
                st.markdown(f"**{name}**")
            show_figure(
                strips_figure(axis, strips, cell, theme),
                key=f"strips_{name}",
                alt=f"{name}: of {axis.full_size} cells of the full output, "
                + "; ".join(_kept(strip) for strip in strips),
                toolbar=False,
            )
            rows = [
                (each.name, impulse_response(each.axis, cell)[np.newaxis])
                for each in strips
                if each.axis
            ]
            tiles_csv_button("Kept cells as CSV", rows, f"strips_{index}")


def draw_columns(found: Sequence[Column], reference: Column) -> None:
    """Draw a card a framework: its size, its crop, its code, its note or its error."""
    for start in range(0, len(found), 2):
        for column, place in zip(found[start : start + 2], st.columns(2, border=True), strict=True):
            with place:
                _draw_column(column, reference)


def _draw_column(column: Column, reference: Column) -> None:
    if column.geometry is None:
        st.markdown(f":material/block: **{column.name}** refuses")
        st.code(column.error or "", language=None, wrap_lines=True)
        st.markdown(f"In plain words: {column.remedy}")
    else:
        st.markdown(f"**{column.name}** makes **{times(column.geometry.output_shape)}**")
        rows, cols = crop_words(column.geometry.rows), crop_words(column.geometry.cols)
        cuts = f"{rows}." if rows == cols else f"rows: {rows}; columns: {cols}."
        beside = compared(column, reference)
        st.markdown(f"{sentence(cuts)} {beside}".strip())
    st.code(column.code, language=None, wrap_lines=True)
    st.caption(column.note)


# Translation --------------------------------------------------------------------------------


def draw_translation(choice: LayerChoice) -> None:
    """Show the call of the other framework that computes the same numbers, and the proof."""
    text = st.text_input(
        "Paste a layer, or leave this empty for the one of the sliders",
        key="pasted",
        max_chars=LONGEST,
        bind="query-params",
        placeholder="nn.ConvTranspose2d(16, 8, 4, stride=2, padding=1)",
    )
    direction = choose_one(st, "From", DIRECTIONS, key="translate", disabled=bool(text.strip()))
    if not text.strip():
        _draw_translated(translate(choice, DIRECTIONS[direction]))
        return
    try:
        pasted = read_layer(text, choice.size)
    except PastedError as error:
        st.warning(f"{error} Until then, nothing is translated.")
        return
    _draw_pasted(pasted)
    _draw_translated(
        translate(pasted.choice, pasted.padding, channels=pasted.channels, bias=pasted.bias)
    )


def _draw_pasted(pasted: Pasted) -> None:
    """Say what was read, and offer to set the sliders to it where they reach."""
    choice = pasted.choice
    words = [
        f"{pasted.channels[0]} → {pasted.channels[1]} channels",
        f"kernel {times(choice.kernel)}",
        f"stride {times(choice.stride)}",
        f'padding "{pasted.padding}"' if pasted.padding else f"padding {times(choice.padding)}",
        _output_padding_words(pasted),
        f"dilation {times(choice.dilation)}",
    ]
    st.markdown(f"Read as {pasted.framework}: {', '.join(words)}. {pasted.remark}".strip())
    if beyond := choice.beyond_sliders():
        st.caption(f"The sliders, and the other pages, do not reach its {' and '.join(beyond)}.")
        return
    if pasted.padding and choice.keras_output_padding == (0, 0):
        st.caption("The sliders cannot say it: they leave an output_padding of 0 out.")
        return
    st.button(
        "Set the sliders to this layer", key="take_pasted", on_click=set_numbers, args=(choice,)
    )


def _output_padding_words(pasted: Pasted) -> str:
    """Keras reads an output_padding that is left out otherwise than a 0."""
    if pasted.padding and pasted.choice.keras_output_padding is None:
        return "output_padding left out"
    return f"output_padding {times(pasted.choice.output_padding)}"


def _draw_translated(translated: Translation) -> None:
    if translated.error is not None:
        st.markdown(
            f"**{translated.source} refuses this layer**, so there is nothing to translate."
        )
        st.code(translated.error, language=None, wrap_lines=True)
        return
    st.markdown(translated.words)
    before, after = st.columns([5, 6])
    before.caption(translated.source)
    before.code(translated.source_code, language=None, wrap_lines=True)
    after.caption(f"{translated.target}, the same numbers")
    after.code(translated.code, language=None, wrap_lines=True)
    proof = translated.proof
    assert proof is not None
    shape = " × ".join(map(str, proof.shape))
    st.markdown(
        f":material/check_circle: **Largest difference {proof.largest:g}** over {shape} outputs, "
        "both spellings computed here on the same random integers, bias included."
    )


def _kept(strip: Strip) -> str:
    if strip.axis is None:
        return f"{strip.name} refuses"
    return f"{strip.name} keeps {strip.axis.output_size} and {crop_words(strip.axis)}"
