"""What is often said of transposed convolution, what is correct, and the proof of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tconv_ui.field_guide.pattern_proofs import prove_fractional, prove_mixing, prove_shuffle
from tconv_ui.field_guide.proofs import (
    Proof,
    prove_dilated,
    prove_enlarges,
    prove_holes,
    prove_inverse,
    prove_kernel_size,
    prove_matrix,
    prove_padding,
    prove_true_convolution,
    prove_two_readings,
)
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.layer import Layer
from tconv_ui.layer.page_link import PageLink


@dataclass(frozen=True, slots=True)
class Misconception:
    """A row: the words, the proof, and the layer it is computed on.

    `shows` says what the proof found; each number in it is a `{name}`.
    """

    key: str
    said: str
    correct: str
    shows: str
    prove: Callable[[Layer], Proof]
    link: PageLink


_STEP = "step_by_step"
MISCONCEPTIONS = (
    Misconception(
        "inverse",
        "It is the inverse of a convolution: it undoes it.",
        "It is the adjoint, Cᵀ. It restores the shape, not the values.",
        "An image convolved and brought back is {shape} again, but a cell is off by {far}.",
        prove_inverse,
        PageLink("operations", LayerChoice.of(size=5)),
    ),
    Misconception(
        "matrix",
        "It has nothing to do with a matrix transpose.",
        "It is multiplication by Cᵀ, where C is the matrix of the convolution.",
        "C is {shape}. Cᵀ x and the stamps differ by {gap}.",
        prove_matrix,
        PageLink(_STEP, LayerChoice.of(size=3), view={"readings": "Matrix"}),
    ),
    Misconception(
        "true",
        "It is not a true convolution.",
        "Stamping is the true convolution of the input with zeros inserted. What deep learning "
        "calls convolution is cross-correlation.",
        "Stamping a row and convolving it agree; the cross-correlation differs in {apart} cells.",
        prove_true_convolution,
        PageLink(_STEP, LayerChoice.of(size=3, weights="ramp")),
    ),
    Misconception(
        "enlarges",
        "It always enlarges.",
        "With s = 1, d = 1 and 2p > k − 1 it shrinks. Nor does every convolution shrink: with "
        "s = 1 and “same” padding it keeps the size.",
        "Stride {stride}, padding {padding}: {before} becomes {after}.",
        prove_enlarges,
        PageLink(_STEP, LayerChoice.of(size=6, stride=1, padding=2)),
    ),
    Misconception(
        "padding",
        "Padding adds a border.",
        "Here padding crops the output.",
        "Padding {padding} cuts {full} to {kept}; what is left is unchanged.",
        prove_padding,
        PageLink(_STEP, LayerChoice.of(size=3)),
    ),
    Misconception(
        "kernel",
        "The transposed kernel is larger.",
        "It is the same kernel, of the same size.",
        "A kernel of {kernel} stamps {reach} cells.",
        prove_kernel_size,
        PageLink(_STEP, LayerChoice.of(size=3, input="impulse")),
    ),
    Misconception(
        "readings",
        "Zeros are inserted, then convolved. No: kernels are stamped.",
        "Two readings of the same numbers. The first needs the flipped kernel, and k − 1 − p zeros "
        "around (d = 1, output_padding 0).",
        "Both readings agree. Without the flip, {wrong} of {cells} cells are wrong.",
        prove_two_readings,
        PageLink(_STEP, LayerChoice.of(size=3, weights="ramp"), view={"readings": "Gather"}),
    ),
    Misconception(
        "fractional",
        "A fractionally strided convolution is another operation, without the checkerboard.",
        "It is another name for the same one. The reverse of pooling without weights is unpooling.",
        "Computed by inserting zeros, a flat input still comes out uneven by {amount}.",
        prove_fractional,
        PageLink("overlap", LayerChoice.of(size=4, padding=0, input="constant", weights="ones")),
    ),
    Misconception(
        "shuffle",
        "Pixel shuffle never makes a checkerboard.",
        "Only while its filters have equal sums, which ICNR gives them to begin with.",
        "On a flat input, random filters spread over {random}; with equal sums over {equal}.",
        prove_shuffle,
        PageLink(
            "overlap",
            LayerChoice.of(size=4, padding=0, input="constant", weights="ones"),
            view={"section": "Cure"},
        ),
    ),
    Misconception(
        "mixing",
        "A 1×1 convolution after it removes the pattern.",
        "It need not: it mixes channels, not neighbours. Only patterns that cancel each other go.",
        "Uneven by {before} before mixing with another channel, by {after} after; mixed with its "
        "complement, by {cancelled}.",
        prove_mixing,
        PageLink("overlap", LayerChoice.of(size=4, padding=0, input="constant", weights="ones")),
    ),
    Misconception(
        "dilated",
        "Dilated kernels are cheaper.",
        "They have as many taps and reach wider.",
        "{taps} products per cell with {kernel} weights, over {reach} cells.",
        prove_dilated,
        PageLink(_STEP, LayerChoice.of(size=3, dilation=2, padding=0)),
    ),
    Misconception(
        "holes",
        "A 1×1 kernel with stride 2 raises the resolution.",
        "Three of four cells are zeros.",
        "{holes} of {cells} output cells are reached by no stamp.",
        prove_holes,
        PageLink(
            _STEP,
            LayerChoice.of(
                size=3, kernel=1, padding=0, output_padding=1, input="worked map", weights="ones"
            ),
        ),
    ),
)
