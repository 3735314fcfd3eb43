"""Sizes asked backwards: which settings reach a size, and which sizes one output stands for."""

from __future__ import annotations

from dataclasses import dataclass

from tconv_core.geometry.axis import Axis
from tconv_core.geometry.checks import GeometryError, whole

MOST_TRIED = 2**18
"""The most settings `solve` tries: kernels to 64 with strides to 90, say."""


@dataclass(frozen=True, slots=True)
class Solution:
    """One choice of PyTorch's settings, dilation 1."""

    kernel_size: int
    stride: int
    padding: int
    output_padding: int

    def axis(self, n: int) -> Axis:
        """Return the axis these settings give an input of n cells.

        >>> Solution(4, 2, 1, 0).axis(4).output_size
        8
        """
        return Axis.from_torch(
            n,
            self.kernel_size,
            stride=self.stride,
            padding=self.padding,
            output_padding=self.output_padding,
        )


def solve(
    n: int, target: int, *, max_kernel: int = 16, max_stride: int = 16
) -> tuple[Solution, ...]:
    """Return every setting that turns n cells into target cells, conventional choices first.

    First come settings without holes (kernel at least the stride) whose stride is the enlargement,
    then those without output_padding, with even overlap, with a small kernel.

    Args:
        n, target: Cells before and after, at least 1.
        max_kernel, max_stride: The largest values listed.

    Raises:
        GeometryError: A number is below 1, or there are more settings than can be listed.

    Source:
        Size formula of torch.nn.ConvTranspose2d, solved for the padding.

    >>> solve(4, 8)[:2]  # the U-Net's, and that of PyTorch's DCGAN
    (Solution(kernel_size=2, stride=2, padding=0, output_padding=0), \
Solution(kernel_size=4, stride=2, padding=1, output_padding=0))
    """
    given = {"n": n, "target": target, "max_kernel": max_kernel, "max_stride": max_stride}
    for name, value in given.items():
        whole(name, value, at_least=1)
    tried = max_kernel * max_stride * (max_stride + 1) // 2
    if tried > MOST_TRIED:
        most = 2 * MOST_TRIED // (max_stride * (max_stride + 1))
        raise GeometryError(
            f"kernels to {max_kernel} and strides to {max_stride} are {tried:,} settings, at most "
            f"{MOST_TRIED:,} are tried: use a max_kernel of at most "
            + (f"{most}." if most else "64 and a max_stride of at most 64.")
        )
    found = [
        Solution(k, s, surplus // 2, output_padding)
        for s in range(1, max_stride + 1)
        for k in range(1, max_kernel + 1)
        for output_padding in range(s)
        if (surplus := (n - 1) * s + k + output_padding - target) >= 0 and surplus % 2 == 0
    ]
    return tuple(sorted(found, key=lambda each: _preference(each, n, target)))


def conv_input_sizes(axis: Axis) -> range:
    """Return the sizes that the convolution, of which axis is the transpose, takes to input_size.

    That convolution pads as much as the axis crops at its begin, and at its end as much as it
    crops there without output_padding. A stride s makes s sizes share one output; which of them
    comes back is what PyTorch's `output_padding` or `output_size` chooses.

    Source:
        torch.nn.ConvTranspose2d (PyTorch 2.13), the range its `output_size` may lie in.

    >>> conv_input_sizes(Axis.from_torch(3, 3, stride=2, padding=1))
    range(5, 7)
    """
    begin, end = axis.crop
    smallest = axis.full_size - begin - max(begin, end)
    return range(max(smallest, 1), max(smallest + axis.stride, 1))


def _preference(each: Solution, n: int, target: int) -> tuple[int, ...]:
    return (
        each.kernel_size < each.stride,
        abs(n * each.stride - target),
        each.output_padding,
        each.kernel_size % each.stride != 0,
        each.kernel_size,
        each.padding,
    )
