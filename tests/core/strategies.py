"""Random settings for the property tests."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tconv_core import Axis, Geometry
from tconv_core.arrays import FloatArray


@st.composite
def torch_axes(draw: st.DrawFn, max_size: int = 5) -> Axis:
    """Any axis PyTorch accepts, small."""
    stride, dilation = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    n, k = draw(st.integers(1, max_size)), draw(st.integers(1, 5))
    output_padding = draw(st.integers(0, max(stride, dilation) - 1))
    full = Axis(n, k, stride, dilation).full_size
    padding = draw(st.integers(0, (full + output_padding - 1) // 2))
    return Axis.from_torch(
        n, k, stride=stride, padding=padding, output_padding=output_padding, dilation=dilation
    )


@st.composite
def any_axes(draw: st.DrawFn, max_size: int = 5) -> Axis:
    """Any axis at all: crops of either sign, each side by itself."""
    axis = Axis(*(draw(st.integers(1, bound)) for bound in (max_size, 5, 5, 3)))
    begin = draw(st.integers(-3, axis.full_size - 1))
    end = draw(st.integers(-3, axis.full_size - 1 - begin))
    return Axis(axis.input_size, axis.kernel_size, axis.stride, axis.dilation, (begin, end))


def geometries(axes: st.SearchStrategy[Axis]) -> st.SearchStrategy[Geometry]:
    """Two such axes."""
    return st.builds(Geometry, axes, axes)


def arrays(*shape: int) -> st.SearchStrategy[FloatArray]:
    """Float64 arrays of small numbers with short decimals."""
    return hnp.arrays(np.float64, shape, elements=st.integers(-64, 64).map(lambda q: q / 8))
