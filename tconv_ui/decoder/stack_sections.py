"""What the Decoder page draws beside its controls: uses, problems, the strip, the maps."""

from __future__ import annotations

import streamlit as st

from tconv_core.network import Network, largest_fields
from tconv_core.network.network import Shape
from tconv_ui.decoder.pictures import (
    CONSTANT,
    NOISE,
    contact_sheet,
    map_picture,
    output_picture,
)
from tconv_ui.decoder.presets import USES
from tconv_ui.decoder.run import KEPT, NetworkCure, Pattern, Result, lighter_words
from tconv_ui.decoder.state import LAYER, open_preset, set_plan, set_repair
from tconv_ui.decoder.strip import strip_html
from tconv_ui.decoder.study import Problem, Study
from tconv_ui.decoder.text import Plan, write_plan
from tconv_ui.decoder.words import (
    border_words,
    bytes_words,
    count_words,
    field_words,
    kept_words,
    layer_words,
    shape_words,
    share_words,
)
from tconv_ui.pictures.arrays import Picture, full_png
from tconv_ui.shell.header import highlight_if
from tconv_ui.shell.reserved_space import label_width, reserve_height
from tconv_ui.theme import Theme
from tconv_ui.wording import sentence

_SMALL = 120  # pixels: the input beside its controls, on a phone too
TOTALS_HEIGHT = 76
"""Pixels of a row of totals."""


def use_buttons(plan: Plan) -> None:
    """Draw where transposed convolution is used, each use with its presets."""
    text = write_plan(plan)
    for column, (use, presets) in zip(st.columns([5, 3, 2, 3]), USES.items(), strict=True):
        column.caption(use)
        with column.container(horizontal=True, gap="xsmall"):
            for preset in presets:
                st.button(
                    highlight_if(preset.label, preset.text == text),
                    key=f"stack_{preset.label}",
                    on_click=open_preset,
                    args=(preset,),
                    width=label_width(preset.label),
                )
    for presets in USES.values():
        for preset in presets:
            if preset.text == text:
                st.caption(f"{preset.about} {preset.source}")


def show_problem(problem: Problem) -> None:
    """Say which layer does not fit, on which axis, and offer what works."""
    with st.container(border=True):
        if not problem.repairs:
            st.warning(f"{problem.error} Until then, the last legal stack is run.")
            return
        st.warning(str(problem.error))
        st.caption("The nearest that works, one change each; until then, the first of them is run:")
        with st.container(horizontal=True, gap="xsmall"):
            for index, repair in enumerate(problem.repairs):
                st.button(
                    sentence(repair.words),
                    key=f"repair_{index}",
                    icon=":material/build:",
                    on_click=set_repair,
                    args=(repair.input_shape, repair.layers),
                )
        if harms := [f"{each.words}: {each.harm}" for each in problem.repairs if each.harm]:
            st.caption(f"What some do besides: {'; '.join(harms)}.")


def show_strip(plan: Plan, shapes: tuple[Shape, ...], broken: int | None, theme: Theme) -> None:
    """Draw the stack as boxes."""
    st.html(
        strip_html(
            shapes,
            plan.layers,
            theme,
            selected=int(st.session_state.get(LAYER, 1)) - 1,
            broken=broken,
        )
    )


def show_totals(network: Network) -> None:
    """Say what comes out and what it costs."""
    total = network.total
    with reserve_height(TOTALS_HEIGHT), st.container(horizontal=True, gap="medium"):
        for label, value, words in (
            ("Output", shape_words(network.output_shape), "Channels, rows, columns."),
            ("Parameters", count_words(total.parameters), f"{total.parameters:,} with biases."),
            (
                "Multiply-adds",
                count_words(total.multiply_adds),
                f"{total.multiply_adds:,} for one input; PyTorch's counter says twice as many "
                "operations.",
            ),
            (
                "Activation memory",
                bytes_words(total.activation_bytes),
                "Every layer's output, one input, float32: what training keeps.",
            ),
            (
                "One cell sees",
                field_words(largest_fields(network)[-1], network),
                "The receptive field: rows and columns of the input that reach one output cell, "
                "at most.",
            ),
        ):
            st.metric(label, value, help=words, width="content")


def show_input(study: Study, theme: Theme) -> None:
    """Draw what the network is fed."""
    if study.result is not None:
        picture = _input_picture(study.result, study.feed, theme)
        st.image(full_png(picture), width=_SMALL, output_format="PNG", alt="The input")


def show_outputs(study: Study, theme: Theme) -> None:
    """Draw the input, the output, and the output of the resize-convolution version beside it."""
    if words := lighter_words(study.network, study.shown):
        st.info(words, icon=":material/speed:")
    result = study.result
    if result is None or study.shown is None:
        return
    cure = study.cure
    columns = st.columns(2 if cure else [3, 1])
    with columns[0]:
        st.markdown(f"**Output**, {shape_words(study.shown.output_shape)}")
        _picture(_output(result, theme), "The network's output")
        _say_pattern(study.pattern, kept_words(study.shown.output_shape))
    if cure is not None:
        with columns[1]:
            _show_cure(cure, study, theme)


def _show_cure(cure: NetworkCure, study: Study, theme: Theme) -> None:
    st.markdown(f"**Cured**, {shape_words(cure.network.output_shape)}")
    _picture(_output(study.cured_result(cure), theme), "The cured output")
    _say_pattern(study.cured_pattern(cure))
    if cure.icnr:
        st.caption(
            "The filters that the shuffle lays side by side begin equal: "
            "[ICNR](https://arxiv.org/abs/1707.02937)."
        )
    if words := border_words(cure.network):
        st.caption(words)
    if cure.rebuilt:
        layers = cure.network.layers
        st.button(
            "Use the cure",
            key="cure",
            icon=":material/healing:",
            help="Makes it the stack: upsampling, then a convolution, in the place of each strided "
            "transposed one.",
            on_click=set_plan,
            args=(Plan(cure.network.input_shape, layers), len(layers)),
        )


def show_maps(study: Study, theme: Theme) -> None:
    """Draw the feature maps of the layer chosen."""
    result = study.result
    if result is None:
        return
    maps, spec = result.maps[study.layer], result.network.layers[study.layer]
    shape = result.network.shapes[study.layer]
    st.markdown(f"**Layer {study.layer + 1}**: {layer_words(spec)}, {shape_words(shape)}")
    centre = 0.5 if spec.activation == "sigmoid" else 0.0
    sheet = contact_sheet(maps, theme, centre=centre)
    _picture(sheet, f"Feature maps of layer {study.layer + 1}")
    first = f"The first {KEPT} of {shape[0]} channels" if shape[0] > KEPT else "Every channel"
    st.caption(f"{first}, each on its own scale around {centre:g}.{kept_words(shape)}")


def _input_picture(result: Result, feed: str, theme: Theme) -> Picture:
    if feed in (NOISE, CONSTANT):
        return map_picture(result.input[0], theme)
    shown = result.input[:3] if len(result.input) >= 3 else result.input[[0, 0, 0]]
    return output_picture(shown, "sigmoid", theme)


def _output(result: Result, theme: Theme) -> Picture:
    return output_picture(result.maps[-1], result.network.layers[-1].activation, theme)


def _picture(picture: Picture, alt: str) -> None:
    st.image(full_png(picture), width="stretch", output_format="PNG", alt=alt)


def _say_pattern(pattern: Pattern | None, more: str = "") -> None:
    if pattern is not None:
        share = share_words(pattern.response_share[-1])
        st.caption(f"Away from the border, a constant input comes out {share}.{more}")
