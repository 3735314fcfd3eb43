"""The chapters on what the layer does: its readings and its sizes."""

from __future__ import annotations

from tconv_ui.field_guide.chapter import (
    DUMOULIN,
    KERAS,
    LONG,
    ODENA,
    PYTORCH,
    RADFORD,
    Chapter,
)
from tconv_ui.field_guide.facts import (
    back_numbers,
    basic_numbers,
    matrix_numbers,
    output_padding_numbers,
    size_numbers,
    zero_numbers,
)
from tconv_ui.field_guide.pictures import (
    along,
    as_matrix,
    convolved,
    enlarged,
    gathered,
    played,
)
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.formulas import SIZE_FORMULA
from tconv_ui.layer.page_link import PageLink

MECHANICS = (
    Chapter(
        "why",
        "Why enlarge?",
        "A network that reads a picture shrinks it on the way. To draw one, or to label every "
        "pixel, it must enlarge again. Copying or blending cells does so by a fixed rule. **A "
        "transposed convolution enlarges with weights that are learned.** Here {input} cells "
        "become {output}.",
        "Grids: the input, its cells copied, and the output of stamping, {output} cells.",
        basic_numbers,
        enlarged,
        r"n' = s\,n \quad{\text{when } k - 2p = s,\; d = 1}",
        PageLink("upsample", LayerChoice.of(size=3, kernel=4)),
        "Enlarge a picture",
        (LONG, RADFORD),
    ),
    Chapter(
        "convolution",
        "First, the convolution",
        "A convolution slides the kernel over its input. At each place it multiplies the cells it "
        "covers by the weights and adds up: **many cells in, one cell out**. Padding puts zeros "
        "around the input, here {padding} deep. Moving {stride} cells at a time takes {input} "
        "cells to {made}.",
        "Grids: an input of {input} cells, a kernel of {kernel}, and the {made} cells of output.",
        back_numbers,
        convolved,
        r"y[i] = \sum_u w[u]\; x[i\,s + u\,d - p]",
        PageLink("operations", LayerChoice.of(size=5)),
        "Open in Operations",
        (DUMOULIN,),
    ),
    Chapter(
        "stamping",
        "Stamping",
        "The transposed convolution runs the other way: **one cell in, many cells out**. Each "
        "input cell scales the whole kernel by its value and stamps it onto the output. "
        "Neighbouring stamps land {stride} cells apart. Where they overlap, they add.",
        "The stamps of {input} input cells landing on the output.",
        basic_numbers,
        played,
        r"y[i\,s + u\,d - p] \mathrel{+}= x[i]\; w[u]",
        PageLink("step_by_step", LayerChoice.of(size=3)),
        "Open in Step by step",
        (DUMOULIN, ODENA),
    ),
    Chapter(
        "zeros",
        "Zero insertion",
        "The same numbers, seen from the output. Put zeros between neighbouring input cells, "
        "here {gap}, and around them all. **Flip the kernel** on both axes and slide it one cell "
        "at a time. Of the {cells} cells it slides over, {added} are such zeros.",
        "Grids: the input with zeros inserted, the flipped kernel, and the {output} output.",
        zero_numbers,
        gathered,
        r"y[o] = \sum_u w[k-1-u]\; z[o + u\,d]",
        PageLink(
            "step_by_step", LayerChoice.of(size=3, weights="ramp"), view={"readings": "Gather"}
        ),
        "Open in Step by step",
        (DUMOULIN,),
    ),
    Chapter(
        "matrix",
        "The matrix",
        "A convolution multiplies its input by a matrix: C takes {outputs} cells to {inputs}. "
        "The transposed convolution multiplies by **the transpose of C**, and so takes {inputs} "
        "cells to {outputs}. Each column of Cᵀ is a stamp; {zeros} of its entries are zero.",
        "The matrix and its transpose, {shape}: a column per input cell, holding its stamp.",
        matrix_numbers,
        as_matrix,
        r"y = C^{\top} x",
        PageLink("step_by_step", LayerChoice.of(size=3), view={"readings": "Matrix"}),
        "Open in Step by step",
        (DUMOULIN,),
    ),
    Chapter(
        "sizes",
        "Sizes",
        "Count along a row. Stamps begin {stride} cells apart, so that of {last} begins {start} "
        "cells after the first, and each is {reach} long. Together they cover {full_length} cells: "
        "the **full output**.",
        "Where the stamps of {n} input cells land on {full_length} cells.",
        size_numbers,
        along,
        r"F = (n-1)\,s + d\,(k-1) + 1",
        PageLink("step_by_step", LayerChoice.of(size=4, padding=0)),
        "Open in Step by step",
        (DUMOULIN,),
    ),
    Chapter(
        "padding",
        "Padding crops",
        "In a convolution, padding adds a border. Its transpose takes that border away: **padding "
        "crops the output**. Here it cuts {padding} from each end of the {full_length} cells and "
        "leaves {length}.",
        "Stamps on {full_length} cells, of which the crop leaves {length}.",
        basic_numbers,
        along,
        r"n' = F - 2\,p",
        PageLink("step_by_step", LayerChoice.of(size=4)),
        "Open in Step by step",
        (DUMOULIN, PYTORCH),
    ),
    Chapter(
        "output_padding",
        "output_padding",
        "With a stride, a convolution takes inputs of different lengths to the same output: here "
        "{lengths} cells both become {n}. On the way back, `output_padding` says which was meant. "
        "It lengthens the output by {extra} at the end: **{added}.**",
        "Stamps on {length} output cells, the last {extra} added by output_padding.",
        output_padding_numbers,
        along,
        f"n' = {SIZE_FORMULA}",
        PageLink("step_by_step", LayerChoice.of(size=3, output_padding=1)),
        "Open in Step by step",
        (PYTORCH, KERAS, DUMOULIN),
    ),
)
