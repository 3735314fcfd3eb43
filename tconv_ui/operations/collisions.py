"""The input sizes that a convolution takes to one output size, and what tells them apart."""

from __future__ import annotations

from tconv_core import Axis, conv_input_sizes


def spare_cells(axis: Axis) -> dict[int, int]:
    """Return the input sizes that share this one's output size, with their output_padding.

    Args:
        axis: Of the way back; its `output_size` is the input's.

    >>> spare_cells(Axis.from_conv(6, 3, stride=2, padding=1))
    {5: 0, 6: 1}
    """
    smallest = axis.full_size - 2 * axis.crop[0]
    return {size: size - smallest for size in conv_input_sizes(axis)}


def sizes_around(axis: Axis) -> list[tuple[int, int]]:
    """Return (input size, output size) of the convolution for the colliding sizes and two beside.

    >>> sizes_around(Axis.from_conv(6, 3, stride=2, padding=1))
    [(3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (8, 4)]
    """
    group, padding = conv_input_sizes(axis), axis.crop[0]
    least = max(1, axis.effective_kernel - 2 * padding)
    beside = min(axis.stride, 2)
    sizes = range(max(least, group.start - beside), group.stop + beside)
    return [(m, (m + 2 * padding - axis.effective_kernel) // axis.stride + 1) for m in sizes]


def collision_sentence(axis: Axis) -> str:
    """Return which input sizes share this one's output size, and what tells them apart.

    >>> collision_sentence(Axis.from_conv(6, 3, stride=2, padding=1))
    'Input sizes 5 and 6 both become 3: output_padding chooses which comes back, here 1 for 6.'
    """
    group, size = spare_cells(axis), axis.output_size
    if len(group) == 1:
        return f"Only input size {size} becomes {axis.input_size}: there is nothing to choose."
    *rest, last = map(str, group)
    both = "both" if len(group) == 2 else "all"
    return (
        f"Input sizes {', '.join(rest)} and {last} {both} become {axis.input_size}: output_padding "
        f"chooses which comes back, here {group[size]} for {size}."
    )
