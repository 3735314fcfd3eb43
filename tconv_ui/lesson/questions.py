"""Questions about transposed convolution: drawn from a seed, answered and explained by the core."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from tconv_core import Axis, Geometry, GeometryError, conv_input_sizes, kernels, unevenness
from tconv_ui.layer.checkerboard import FLAT, percent
from tconv_ui.layer.choice import LayerChoice
from tconv_ui.layer.formulas import output_padding_words, overlap_verdict, torch_settings
from tconv_ui.layer.page_link import PageLink
from tconv_ui.wording import counted, times

Random = np.random.Generator
OPTIONS = 4
"""Answers to choose from."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        kind: What it is about.
        prompt: Markdown.
        options: The answers to choose from, all different.
        right: The index of the correct one.
        explanation: Why it is correct, with the numbers.
        link: The page that shows it, in the question's state.
    """

    kind: str
    prompt: str
    options: tuple[str, ...]
    right: int
    explanation: str
    link: PageLink

    def is_right(self, answer: str) -> bool:
        """Whether an answer is the correct one."""
        return answer == self.options[self.right]


def draw_questions(seed: int, count: int) -> tuple[Question, ...]:
    """Return the quiz of a seed: always the same, every kind once before any comes again.

    >>> draw_questions(3, 5) == draw_questions(3, 8)[:5]
    True
    """
    drawn = []
    for number in range(count):
        turn, place = divmod(number, len(KINDS))
        order = np.random.default_rng([seed, turn]).permutation(len(KINDS))
        kind = list(KINDS)[order[place]]
        drawn.append(KINDS[kind](np.random.default_rng([seed, turn, place])))
    return tuple(drawn)


def _question(random: Random, question: Question, tempting: Iterable[str]) -> Question:
    """Add wrong answers, the most tempting first, to the right one, and shuffle them."""
    right = question.options[question.right]
    others = list(dict.fromkeys(each for each in tempting if each != right))[: OPTIONS - 1]
    options = [right, *others]
    random.shuffle(options)
    return replace(question, options=tuple(options), right=options.index(right))


def _drawn(random: Random, fits: Callable[[Axis], bool], **ranges: range) -> Axis:
    """Return an axis of settings within ranges that is legal and fits."""
    while True:
        settings = {name: int(random.choice(each)) for name, each in ranges.items()}
        try:
            axis = Axis.from_torch(settings.pop("n"), settings.pop("k"), **settings)
        except GeometryError:
            continue
        if fits(axis):
            return axis


def _link(axis: Axis, step: int | None = None) -> PageLink:
    """The player with this axis on both sides; after how many stamps to open it."""
    view = {} if step is None else {"step": str(step)}
    return PageLink("step_by_step", _choice(axis), view=view)


def _choice(axis: Axis, **cells: str) -> LayerChoice:
    return LayerChoice.from_geometry(Geometry(axis, axis), **cells)


def _described(axis: Axis, *, size: bool = True) -> str:
    padding, output_padding = torch_settings(axis)
    parts = [
        f"input {axis.input_size}" if size else "",
        f"kernel {axis.kernel_size}",
        f"stride {axis.stride}",
        f"padding {padding}",
        f"output_padding {output_padding}" if output_padding else "",
        f"dilation {axis.dilation}" if axis.dilation > 1 else "",
    ]
    return ", ".join(part for part in parts if part)


def _size(random: Random) -> Question:
    axis = _drawn(
        random,
        lambda axis: 3 <= axis.output_size <= 24,
        n=range(2, 7),
        k=range(1, 6),
        stride=range(1, 5),
        padding=range(3),
        output_padding=range(2),
        dilation=range(1, 3),
    )
    n, k, s = axis.input_size, axis.kernel_size, axis.stride
    p, extra = torch_settings(axis)
    right = axis.output_size
    cut = [
        f"padding crops {p} from each end" if p else "",
        f"output_padding adds {output_padding_words(axis)}",
    ]
    cuts = ", ".join(part for part in cut[: 1 + bool(extra)] if part)
    question = Question(
        "Output size",
        f"A transposed convolution: **{_described(axis)}**. How many cells long is a row of its "
        "output?",
        (str(right),),
        0,
        f"The last stamp begins {counted((n - 1) * s, 'cell')} after the first and is "
        f"{axis.effective_kernel} long: {axis.full_size} in full. "
        + (f"Then {cuts}: {right}." if cuts else "Nothing is cropped."),
        _link(axis),
    )
    tempting = [n * s, axis.full_size, right - extra, (n - 1) * s + k + 2 * p, n * s + k]
    tempting += [right + 1, right + 2, right + 3]
    return _question(random, question, [str(each) for each in tempting if each > 0])


def _stamp(random: Random) -> Question:
    axis = _drawn(
        random,
        lambda axis: axis.stride != axis.kernel_size,
        n=range(3, 6),
        k=range(2, 5),
        stride=range(1, 4),
        dilation=range(1, 3),
    )
    i = int(random.integers(1, axis.input_size))
    k, s, d = axis.kernel_size, axis.stride, axis.dilation
    reached = range(axis.full_size)[axis.full_slice(i)]

    def spelled(start: int, step: int) -> str:
        return ", ".join(str(o) for o in range(start, start + (k - 1) * step + 1, step))

    question = Question(
        "Where a stamp lands",
        f"A row of {counted(axis.input_size, 'cell')}, **{_described(axis, size=False)}**. Which "
        f"of the output’s cells, counted from 0, does the stamp of **x[{i}]** touch?",
        (", ".join(map(str, reached)),),
        0,
        f"It begins at {i} · {s} = {reached[0]}. Its {k} taps land {counted(d, 'cell')} apart, so "
        f"the last is at {reached[-1]}.",
        _link(axis, step=i * axis.input_size + i + 1),
    )
    tempting = [(i, d), (i * k, d), (i * s, 3 - d), (i * s + 1, d), (max(i * s - 1, 0), d)]
    return _question(random, question, [spelled(*each) for each in tempting])


def _checkerboard(random: Random) -> Question:
    pairs = [(k, s) for s in range(2, 5) for k in range(s, 9)]
    amounts = {pair: unevenness(kernels.ones(pair[0]), pair[1]) for pair in pairs}
    uneven = [pair for pair in pairs if amounts[pair] > FLAT]
    flat = [pair for pair in pairs if amounts[pair] <= FLAT]
    k, s = uneven[random.integers(len(uneven))]
    axis = Axis(5, k, s)
    link = PageLink("overlap", _choice(axis, input="constant", weights="ones"))
    question = Question(
        "The checkerboard",
        "A flat input, a kernel of equal weights. **Which setting makes a checkerboard?**",
        (_setting(k, s),),
        0,
        f"{overlap_verdict(link.choice.layer.geometry).reason} A flat input comes out uneven by "
        f"{percent(amounts[k, s])}. In the others the stride divides the kernel.",
        link,
    )
    return _question(random, question, [_setting(*flat[i]) for i in random.permutation(len(flat))])


def _setting(k: int, s: int) -> str:
    return f"kernel {times((k, k))}, stride {s}"


def _collide(random: Random) -> Question:
    axis = _drawn(
        random,
        lambda axis: conv_input_sizes(axis).start > axis.kernel_size,
        n=range(3, 7),
        k=range(2, 6),
        stride=range(2, 4),
        padding=range(2),
    )
    shared = conv_input_sizes(axis)
    first, other = (int(each) for each in random.permutation(list(shared))[:2])
    question = Question(
        "Sizes that collide",
        f"A **convolution** with {_described(axis, size=False)} takes {first} cells to "
        f"{axis.input_size}. Which other input gives {axis.input_size} too?",
        (str(other),),
        0,
        f"A stride of {axis.stride} skips what is left over at the end: inputs of "
        f"{_either(shared)} cells all give {axis.input_size}. On the way back, output_padding says "
        "which was meant.",
        _link(axis),
    )
    outside = [shared.stop, shared.start - 1, shared.stop + 1, shared.start - 2]
    return _question(random, question, [str(each) for each in outside])


def _either(numbers: range) -> str:
    *rest, last = map(str, numbers)
    return f"{', '.join(rest)} or {last}"


KINDS: dict[str, Callable[[Random], Question]] = {
    "Output size": _size,
    "Where a stamp lands": _stamp,
    "The checkerboard": _checkerboard,
    "Sizes that collide": _collide,
}
