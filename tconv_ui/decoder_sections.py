"""What the Decoder page draws of a network: the strip, the maps, and what lies behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st

from tconv_core import GeometryError
from tconv_core.network import (
    Network,
    field_shape,
    he_weights,
    largest_fields,
    projective_field,
    repairs,
    run,
)
from tconv_core.network.network import NetworkError, Shape
from tconv_ui.decoder_code import FILE, weights_npz
from tconv_ui.decoder_figures import pattern_tiles, reach_figure
from tconv_ui.decoder_keras import keras_code, keras_loading
from tconv_ui.decoder_pictures import (
    CONSTANT,
    NOISE,
    Maps,
    contact_sheet,
    made_input,
    map_picture,
    output_picture,
    picture_input,
)
from tconv_ui.decoder_presets import FIRST, USES
from tconv_ui.decoder_run import (
    KEPT,
    Pattern,
    Result,
    affordable,
    cured,
    lighter_words,
    pattern_of,
    result_of,
)
from tconv_ui.decoder_state import LAYER, open_preset, set_plan, set_repair
from tconv_ui.decoder_strip import strip_html
from tconv_ui.decoder_text import Plan, read_plan, write_plan
from tconv_ui.decoder_torch import torch_code, torch_loading
from tconv_ui.decoder_words import (
    bytes_words,
    count_words,
    field_words,
    layer_words,
    shape_words,
    short_words,
)
from tconv_ui.formulas import times
from tconv_ui.palette import Theme
from tconv_ui.picture_source import SAMPLES, load_sample
from tconv_ui.pictures import full_png
from tconv_ui.show import show_figure


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A stack as it is shown.

    Attributes:
        network: The last one that was legal.
        shown: What of it is run: itself, a lighter one, or None.
        feed, seed: What it is fed, and the seed of its weights.
        layer: The index of the layer chosen, within the network.
    """

    network: Network
    shown: Network | None
    feed: str
    seed: int
    layer: int

    @property
    def result(self) -> Result | None:
        """What the network made of its input, remembered."""
        return None if self.shown is None else _result(_text(self.shown), self.feed, self.seed)

    @property
    def pattern(self) -> Pattern | None:
        """What every layer makes of a constant, remembered."""
        return None if self.shown is None else _pattern(_text(self.shown), self.seed)


def legal_network(plan: Plan) -> tuple[Network, NetworkError | None]:
    """Return the plan's network, or one near it and what is wrong with this one.

    That is the one with the first repair, or the last legal one where no single change mends it.
    """
    try:
        network = plan.network()
    except NetworkError as error:
        found = repairs(plan.input_shape, plan.layers)
        if found:
            return Plan(found[0].input_shape, found[0].layers).network(), error
        return read_plan(st.session_state.get("stack_legal", FIRST.text)).network(), error
    st.session_state["stack_legal"] = write_plan(plan)
    return network, None


def use_buttons(plan: Plan) -> None:
    """Draw where transposed convolution is used, each use with its presets."""
    text = write_plan(plan)
    for column, (use, presets) in zip(st.columns([5, 3, 2, 3]), USES.items(), strict=True):
        column.caption(use)
        with column.container(horizontal=True, gap="xsmall"):
            for preset in presets:
                st.button(
                    preset.label,
                    key=f"stack_{preset.label}",
                    type="primary" if preset.text == text else "secondary",
                    on_click=open_preset,
                    args=(preset,),
                )
    for presets in USES.values():
        for preset in presets:
            if preset.text == text:
                st.caption(f"{preset.about} {preset.source}")


def show_problem(plan: Plan, error: NetworkError) -> None:
    """Say which layer does not fit, on which axis, and offer what works."""
    with st.container(border=True):
        found = repairs(plan.input_shape, plan.layers)
        if not found:
            st.warning(f"{error} Until then, the last legal stack is run.")
            return
        st.warning(f"{error}")
        st.caption("The nearest that works, one change each; until then, the first of them is run:")
        with st.container(horizontal=True, gap="xsmall"):
            for index, repair in enumerate(found):
                st.button(
                    f"{repair.words[0].upper()}{repair.words[1:]}",
                    key=f"repair_{index}",
                    icon=":material/build:",
                    on_click=set_repair,
                    args=(repair.input_shape, repair.layers),
                )


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
    with st.container(horizontal=True, gap="medium"):
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
                "The projective field: rows and columns of the input that reach one output cell, "
                "at most.",
            ),
        ):
            st.metric(label, value, help=words, width="content")


def show_input(study: Study, theme: Theme) -> None:
    """Draw what the network is fed."""
    if study.result is not None:
        _picture(_input_picture(study.result, study.feed, theme), "The input")


def show_outputs(study: Study, theme: Theme) -> None:
    """Draw the input, the output, and the output of the resize-convolution version beside it."""
    if words := lighter_words(study.network, study.shown):
        st.info(words, icon=":material/speed:")
    result = study.result
    if result is None or study.shown is None:
        return
    plan = cured(study.shown)
    cure = None if plan is None else affordable(plan.network())
    columns = st.columns(2 if cure else [3, 1])
    with columns[0]:
        st.markdown(f"**Output**, {shape_words(study.shown.output_shape)}")
        _picture(_output(result, theme), "The network's output")
        _say_pattern(study.pattern)
    if cure is None or plan is None:
        return
    with columns[1]:
        st.markdown(f"**Cured**, {shape_words(cure.output_shape)}")
        _picture(_output(_result(_text(cure), study.feed, study.seed), theme), "The cured output")
        _say_pattern(_pattern(_text(cure), study.seed))
        st.button(
            "Use the cure",
            key="cure",
            icon=":material/healing:",
            help="Makes it the stack: upsampling, then a convolution, in the place of each strided "
            "transposed one.",
            on_click=set_plan,
            args=(plan, len(plan.layers)),
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
    st.caption(f"{first}, each on its own scale around {centre:g}.")


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
    if pattern is None:
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
            "The strongest channel with these weights, fed with ones. Even overlap does not make "
            "it even: the weights of each phase would have to sum to the same.",
        ),
    ):
        titles = [f"{at}: {_share(share)}" for at, share in enumerate(shares, start=1)]
        st.markdown(f"**{name}** after each layer")
        show_figure(
            pattern_tiles(list(zip(titles, cells, strict=True)), theme),
            key=f"{key}_tiles",
            alt=f"{name} after each layer: {'; '.join(titles)}",
            toolbar=False,
        )
        st.caption(f"{words} The middle of every map.")


def reach(study: Study, theme: Theme) -> None:
    """Draw which input cells reach an output cell that the visitor chooses."""
    network = study.network
    _, height, width = network.output_shape
    row, col = (
        column.slider(label, 0, 100, 50, key=key, bind="query-params")
        for column, label, key in zip(
            st.columns(2),
            ("Output cell, % down", "Output cell, % across"),
            ("cell_y", "cell_x"),
            strict=True,
        )
    )
    cell = round(row / 100 * (height - 1)), round(col / 100 * (width - 1))
    field = projective_field(network, cell)
    show_figure(
        reach_figure(field, cell, network, theme),
        key="reach",
        toolbar=False,
        alt=f"Output cell {cell} is reached by {int(field.sum())} input cells.",
    )
    st.caption(
        f"y[{cell[0]},{cell[1]}] of {times((height, width))} cells is reached by "
        f"{int(field.sum()):,} input cells, which span {times(field_shape(field))}."
    )


def code(study: Study, theme: Theme) -> None:  # noqa: ARG001
    """Draw the network as code, and hand over the weights it was run with."""
    network = study.network
    if study.shown == network:
        st.download_button(
            f"Weights, input and output as {FILE}",
            lambda: _npz(study),
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
                st.code(torch_code(network) if pytorch else keras_code(network))
                if study.shown == network:
                    st.code(torch_loading(network) if pytorch else keras_loading(network))
            except GeometryError as error:
                st.warning(str(error))


SECTIONS: dict[str, Callable[[Study, Theme], None]] = {
    "Numbers": numbers,
    "Checkerboard": checkerboard,
    "Reach": reach,
    "Code": code,
}


def _text(network: Network) -> str:
    return write_plan(Plan(network.input_shape, network.layers))


def _feed(name: str, shape: Shape, seed: int) -> Maps:
    if name in (NOISE, CONSTANT):
        return made_input(name, shape, seed)
    return picture_input(load_sample(SAMPLES[name]), shape)


@st.cache_resource(max_entries=12, show_spinner=False)
def _result(text: str, feed: str, seed: int) -> Result:
    return result_of(read_plan(text).network(), lambda shape: _feed(feed, shape, seed), seed)


@st.cache_resource(max_entries=12, show_spinner=False)
def _pattern(text: str, seed: int) -> Pattern:
    return pattern_of(read_plan(text).network(), seed)


def _npz(study: Study) -> bytes:
    weights = he_weights(study.network, study.seed)
    x = _feed(study.feed, study.network.input_shape, study.seed)
    return weights_npz(study.network, weights, x, run(study.network, x, weights)[-1])


def _input_picture(result: Result, feed: str, theme: Theme) -> np.ndarray:
    if feed in (NOISE, CONSTANT):
        return map_picture(result.input[0], theme)
    shown = result.input[:3] if len(result.input) >= 3 else result.input[[0, 0, 0]]
    return output_picture(shown, "sigmoid", theme)


def _output(result: Result, theme: Theme) -> np.ndarray:
    return output_picture(result.maps[-1], result.network.layers[-1].activation, theme)


def _picture(picture: np.ndarray, alt: str) -> None:
    st.image(full_png(picture), width="stretch", output_format="PNG", alt=alt)


def _say_pattern(pattern: Pattern | None) -> None:
    if pattern is not None:
        st.caption(f"A constant input comes out {_share(pattern.response_share[-1])}.")


def _share(share: float | None) -> str:
    if share is None:
        return "all zeros"
    return "even" if share < 5e-4 else f"{share:.1%} uneven"


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
